// What every page must keep to, in every state: one list of findings per page, empty when all is well.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { axeFindings, sidewaysPixels } from "./browser.mjs";

const WIDTHS = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];
const SCHEMES = ["light", "dark"];
const NARROWEST = { width: 320, height: 800 };
const HEAVIEST = 100 * 1024;

// The recommended rules, less those that concern taste or that our markup breaks on purpose: labels around a field are bound
// by id too, "don't know" shares the name of the answer, and a region that scrolls is a <div>.
const validator = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: {
        "no-trailing-whitespace": "off",
        "long-title": "off",
        "attribute-boolean-style": "off",
        "attribute-empty-style": "off",
        "doctype-style": "off",
        "no-redundant-for": "off",
        "form-dup-name": "off",
        "prefer-native-element": "off",
        "unique-landmark": "off", // axe knows better which <aside> is one
        "aria-label-misuse": ["error", { allowAnyNamable: true }],
        "no-inline-style": "error",
    },
});

export async function markupFindings(html) {
    const report = await validator.validateString(html);
    return report.results.flatMap((result) =>
        result.messages.map((m) => `markup: line ${m.line}: ${m.message} [${m.ruleId}]: ${html.split("\n")[m.line - 1].slice(Math.max(0, m.column - 40), m.column + 60)}`));
}

// A message that has no words shows its id between question marks.
const untranslated = (html) => [...html.matchAll(/\?[a-z]+(?:-[a-z0-9]+)+\?/g)].map((m) => `no words for ${m[0]}`);

// Bytes that crossed the wire for the page as it was loaded last, nothing from a cache.
export async function weigh(page) {
    const devtools = await page.context().newCDPSession(page);
    const meter = { bytes: 0 };
    let loads = new Set(); // of the page that is open: what an earlier one asked for may still arrive
    await devtools.send("Network.enable");
    await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
    devtools.on("Network.requestWillBeSent", ({ requestId, loaderId }) => {
        if (requestId === loaderId) [loads, meter.bytes] = [new Set(), 0];
        loads.add(requestId);
    });
    devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
        if (loads.has(requestId)) meter.bytes += encodedDataLength;
    });
    return meter;
}

async function inEveryLook(page, check) {
    for (const size of WIDTHS) {
        await page.setViewportSize(size);
        for (const colorScheme of SCHEMES) {
            await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            await check(`${size.width} ${colorScheme}`, `${size.width}-${colorScheme}`);
        }
    }
}

// PICTURES=folder: the page in every look is kept there for looking at.
async function keepPicture(page, name, look) {
    if (!process.env.PICTURES) return;
    mkdirSync(process.env.PICTURES, { recursive: true });
    await page.screenshot({ path: join(process.env.PICTURES, `${name}-${look}.png`), fullPage: true });
}

// The page as it stands, whatever request made it. html: the reply's body.
export async function pageFindings(page, name, html, meter) {
    const findings = [...page.complaints, ...untranslated(html), ...(await markupFindings(html))];
    if (meter.bytes > HEAVIEST) findings.push(`the page weighs ${meter.bytes} bytes`);
    await inEveryLook(page, async (look, file) => {
        await keepPicture(page, name, file);
        const sideways = await sidewaysPixels(page);
        if (sideways > 0) findings.push(`${look}: ${sideways} px wider than the window`);
        for (const finding of await axeFindings(page)) findings.push(`${look}: ${finding}`);
    });
    await page.setViewportSize(NARROWEST);
    const sideways = await sidewaysPixels(page);
    if (sideways > 0) findings.push(`${NARROWEST.width}: ${sideways} px wider than the window`);
    await page.setViewportSize(WIDTHS[0]);
    page.complaints.length = 0; // what the checks themselves caused
    return findings;
}
