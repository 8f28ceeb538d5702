// golden: documents compared byte for byte with the files of a folder. What changes from run to run (tokens, form keys,
// numbers of requests, hashes of assets) is replaced by its name. LOTSE_GOLDEN=write (make golden) writes the files anew.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, sql, temporary } from "./client.mjs";

const rewrite = process.env.LOTSE_GOLDEN === "write";

export function normalise(text) {
    return text
        .replace(/(name="csrf" value=")[^"]+/g, "$1CSRF")
        .replace(/(name="key" value=")[^"]+/g, "$1KEY")
        .replace(/(\/assets\/[a-z0-9-]+\.)[0-9a-f]{8,}\./g, "$1HASH.")
        .replace(/\/media\/[0-9a-f]{64}\//g, "/media/HASH/")
        .replace(/(Vorgang )[0-9a-f]+/g, "$1REQUEST")
        .replace(/("request": ?")[0-9a-f]+/g, "$1REQUEST");
}

// One line of JSON is hard to compare: two spaces a level.
export const readable = (data) => `${normalise(JSON.stringify(data, null, 2))}\n`;

// The ids that the renderer counts through a pack (n_39), counted through this piece alone: what is written before it in
// the pack does not change it.
export function renumber(piece) {
    const counted = /\b([dnr])_\d+(?![0-9])/g, ids = [...new Set(piece.match(counted) ?? [])];
    return piece.replace(counted, (id, letter) => `${letter}_${ids.indexOf(id) + 1}`);
}

export class Goldens {
    constructor(folder) {
        this.folder = join("tests/golden", folder);
        this.made = new Set();
    }

    // from: where the text comes from, for the reader of a difference.
    check(name, text, from) {
        const file = join(root, this.folder, name);
        this.made.add(name);
        if (rewrite) {
            mkdirSync(dirname(file), { recursive: true });
            return writeFileSync(file, text);
        }
        if (existsSync(file) && readFileSync(file, "utf8") === text) return;
        const fresh = join(temporary(), "fresh"), label = join(this.folder, name);
        writeFileSync(fresh, text);
        const { stdout } = spawnSync("diff", ["-u", "--label", label, "--label", from, existsSync(file) ? file : "/dev/null", fresh], { encoding: "utf8" });
        assert.fail(`${label} differs; when that is meant: make golden\n${stdout.slice(0, 6000)}`);
    }

    // No file is left of a document that is no longer compared.
    assertComplete() {
        const folder = join(root, this.folder);
        const files = readdirSync(folder).filter((name) => /\.(html|json|csv)$/.test(name));
        if (rewrite) files.filter((name) => !this.made.has(name)).forEach((name) => rmSync(join(folder, name)));
        else assert.deepEqual(files.sort(), [...this.made].sort());
    }
}

// Questions and options stand in an order that the seed says; one seed for all, and the order of their ids.
export function fixAttempts(data) {
    sql(data, `UPDATE attempt SET seed = 7;
        CREATE TEMP TABLE ordered AS SELECT attempt, row_number() OVER (PARTITION BY attempt ORDER BY item) AS position, item, must_pass FROM attempt_item;
        DELETE FROM attempt_item;
        INSERT INTO attempt_item (attempt, position, item, must_pass) SELECT attempt, position, item, must_pass FROM ordered;`);
}

const VOID = new Set(["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);

// The first element whose start tag fits the pattern, whole. Our markup closes what it opens; svg closes with "/>".
export function elementOf(html, startTag) {
    const found = startTag.exec(html);
    if (!found) return null;
    const tags = /<(\/?)([a-z][a-zA-Z0-9]*)(?:"[^"]*"|[^">])*?(\/?)>/g;
    tags.lastIndex = found.index;
    for (let depth = 0, tag; (tag = tags.exec(html)); ) {
        if (tag[1]) depth--;
        else if (!tag[3] && !VOID.has(tag[2])) depth++;
        if (depth === 0) return html.slice(found.index, tags.lastIndex);
    }
    return assert.fail(`${startTag} is not closed`);
}
