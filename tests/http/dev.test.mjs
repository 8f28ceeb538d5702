// dev: with --dev a page shows its template as it is on disk now, and what is wrong with it by file and line.
//
// The server runs in a folder of its own with a copy of the templates, so that this test may break them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Client, binary, lotseOk, root, temporary } from "./client.mjs";

const folder = temporary();
const template = join(folder, "web/templates/sign-in.mustache");
const whole = readFileSync(join(root, "web/templates/sign-in.mustache"), "utf8");
const lines = whole.split("\n").length;
let child, client;

before(async () => {
    const data = join(folder, "data");
    lotseOk(["demo", "--data", data, "--people", "50", "--seed", "1", "--as-of", "2026-11-23"]);
    cpSync(join(root, "web/templates"), join(folder, "web/templates"), { recursive: true });
    cpSync(join(root, "courses"), join(folder, "courses"), { recursive: true });
    child = spawn(binary, ["serve", "--dev", "--data", data, "--listen", "127.0.0.1:0"], {
        cwd: folder, stdio: ["ignore", "pipe", "ignore"],
    });
    const line = await new Promise((done) => {
        child.stdout.once("data", (text) => done(`${text}`));
        child.once("exit", () => done(""));
    });
    const port = /:(\d+)\n$/.exec(line)?.[1];
    assert.ok(port, `the server did not start: ${line}`);
    client = new Client({ port: Number(port) });
});

after(() => child?.kill("SIGTERM"));

async function pageOf(text, code) {
    writeFileSync(template, text);
    const reply = await client.get("/sign-in");
    assert.equal(reply.code, code, reply.body.slice(0, 400));
    return reply.body;
}

test("a changed template is shown at once", async () => {
    assert.doesNotMatch(await pageOf(whole, 200), /changed just now/);
    assert.match(await pageOf(`${whole}<p>changed just now</p>`, 200), /changed just now/);
});

test("what is wrong is told by file and line, and mended without a restart", async () => {
    assert.equal(await pageOf(`${whole}{{nowhere}}`, 500), `sign-in.mustache:${lines}: 'nowhere' is not in the document`);
    assert.equal(await pageOf(`${whole}{{>msg/no-such}}`, 500), `sign-in.mustache:${lines}: there is no message 'no-such'`);
    assert.equal(await pageOf(`${whole}{{#open}}`, 500), `sign-in.mustache:${lines}: section 'open' is not closed`);
    assert.match(await pageOf(whole, 200), /<form/);
});
