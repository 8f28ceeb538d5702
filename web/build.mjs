// Builds the web assets into the folder named by the first argument: one style sheet, one script, the icon sprite,
// the font, the pictures. Every file is named NAME.HASH.EXT after its bytes (so it may be cached for ever) and, where it
// pays, lies beside .br and .gz forms. The same sources give the same bytes. Nothing here runs in the server.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const out = process.argv[2];
if (!out) throw new Error("usage: node build.mjs FOLDER");

const FONT = "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2";
// Of KERN only what the templates use; its colours and fonts are left out, ours take their names (styles/tokens.css).
const KERN = ["tokens/primitives/font", "tokens/primitives/sizes", "tokens/primitives/spacing", "tokens/variables", "layers",
    "components/accordion", "components/alert", "components/badge", "components/button", "components/check",
    "components/checkbox", "components/radio", "components/input", "components/select", "components/progress", "typography/label"];
// The cascade: what narrows, adapts or prints comes last.
const STYLES = ["tokens", "base", "layout", "parts", "learning", "questions", "prose", "drawing", "report", "packs", "reference", "search", "sign-in", "narrow", "modes", "print"];

const read = (...path) => readFileSync(join(...path), "utf8");
const hashed = new Map(); // "chart.svg" -> "chart.1a2b3c4d.svg"

function emit(name, content) {
    const bytes = Buffer.from(content);
    const ext = extname(name);
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
    const file = `${name.slice(0, -ext.length)}.${hash}${ext}`;
    hashed.set(name, file);
    writeFileSync(join(out, file), bytes);
    if (ext === ".woff2") return; // compressed already
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
    writeFileSync(join(out, `${file}.br`), brotliCompressSync(bytes, options));
    writeFileSync(join(out, `${file}.gz`), gzipSync(bytes, { level: 9 }));
}

function iconPaths(name) {
    const source = read(packages, "lucide-static/icons", `${name}.svg`);
    return source.replace(/<!--[^]*?-->/g, "").replace(/^[^]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/\s+/g, " ").trim();
}

// The icons that templates name as {{>icon/NAME}} make the sprite.
function sprite() {
    const used = new Set();
    for (const file of readdirSync(join(here, "templates")))
        for (const match of read(here, "templates", file).matchAll(/\{\{>\s*icon\/([a-z0-9-]+)\s*\}\}/g)) used.add(match[1]);
    const symbols = [...used].sort().map((name) => `<symbol id="${name}" viewBox="0 0 24 24">${iconPaths(name)}</symbol>`);
    return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

// An icon that a style sheet uses as a mask is a file of its own: the policy allows no data: addresses.
function maskIcon(name) {
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="2" ` +
        `stroke-linecap="round" stroke-linejoin="round">${iconPaths(name)}</svg>\n`;
}

// url("NAME") of our styles becomes the hashed address; the name must exist.
function withHashedUrls(css) {
    return css.replace(/url\("([a-z0-9.-]+)"\)/g, (whole, name) => {
        const icon = /^icon-([a-z0-9-]+)\.svg$/.exec(name);
        if (icon && !hashed.has(name)) emit(name, maskIcon(icon[1]));
        if (!hashed.has(name)) throw new Error(`styles: no asset ${name}`);
        return `url("${hashed.get(name)}")`;
    });
}

async function styleSheet() {
    const uses = KERN.map((part) => `@use "@kern-ux/native/src/scss/core/${part}";`).join("\n");
    const kern = sass.compileString(uses, { loadPaths: [packages], charset: false, quietDeps: true, logger: sass.Logger.silent }).css
        .replace(/(?:-webkit-)?mask: url\("data:[^"]*"\)[^;]*;/g, ""); // parts.css draws them
    const ours = STYLES.map((name) => read(here, "styles", `${name}.css`)).join("\n");
    const css = `@layer kern, lotse;\n${read(here, "styles", "font.css")}\n@layer kern {\n${kern}\n}\n@layer lotse {\n${ours}\n}\n`;
    const { code, warnings } = await esbuild.transform(withHashedUrls(css), { loader: "css", minify: true, charset: "utf8" });
    if (warnings.length > 0) throw new Error(warnings.map((w) => `style sheet: ${w.text}: ${w.location?.lineText}`).join("\n")); // an open brace is one
    return code;
}

async function script() {
    const options = { entryPoints: [join(here, "islands/lotse.ts")], bundle: true, minify: true, format: "esm", target: "es2022" };
    return (await esbuild.build({ ...options, write: false, legalComments: "none", logLevel: "error" })).outputFiles[0].contents;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
emit("atkinson.woff2", readFileSync(join(packages, FONT)));
for (const picture of readdirSync(join(here, "art")).sort()) emit(picture, read(here, "art", picture));
emit("icons.svg", sprite());
emit("lotse.css", await styleSheet());
emit("lotse.js", await script());
