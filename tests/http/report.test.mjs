// report: what lies around a unit's figures: where its links lead after a reorganisation, and the record of who looked.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { demoCity, root, Server, sql } from "./client.mjs";

const data = demoCity();
const courses = join(root, "courses");
let server, hr, lead;

before(async () => {
    server = await Server.start({ data, courses });
    [hr, lead] = [await server.as("hr"), await server.as("lead")];
});
after(() => server.stop());

const views = () => sql(data, "SELECT count(*) AS n FROM report_view")[0].n;
const crumbs = (html) => [...(/<nav class="crumbs"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? "").matchAll(/href="([^"]*)"/g)].map((m) => m[1]);
const rows = (html) => [...html.matchAll(/<th scope="row"><a href="(\/units\/[^"]*)"/g)].map((m) => m[1]);

test("opening a report is recorded in every format; HEAD shows nothing and records nothing", async () => {
    for (const path of ["/units/SD", "/units/SD.json", "/units/SD.csv"]) {
        const n = views();
        await hr.page(path);
        assert.equal(views(), n + 1, path);
        const reply = await hr.ask("HEAD", path);
        assert.deepEqual([reply.code, reply.body], [200, ""], path);
        assert.equal(views(), n + 1, `HEAD ${path}`);
    }
});

// Another program that writes, for as long as its input is open.
async function holdWriteLock() {
    const holder = spawn("sqlite3", [join(data, "lotse.db")], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = new Promise((done) => holder.once("exit", done));
    holder.stdin.write("PRAGMA busy_timeout = 5000;\nBEGIN IMMEDIATE;\nSELECT 'held';\n");
    await new Promise((held) => holder.stdout.on("data", (text) => `${text}`.includes("held") && held()));
    return async () => {
        holder.stdin.end("ROLLBACK;\n");
        await ended;
    };
}

test("without a record there is no report", { timeout: 60000 }, async () => {
    const n = views();
    const release = await holdWriteLock();
    const [reply, head] = await Promise.all([hr.get("/units/SD.json"), hr.ask("HEAD", "/units/SD.json")]);
    await release();
    assert.equal(reply.code, 503);
    assert.equal(reply.headers["retry-after"] > 0, true);
    assert.deepEqual(Object.keys(JSON.parse(reply.body)), ["error"]);
    assert.equal(head.code, 200, "a HEAD does not need the writer");
    assert.equal(views(), n);
    await hr.page("/units/SD.json");
    assert.equal(views(), n + 1);
});

test("links lead to units as they stand today, not as they stood at the cut", async () => {
    const [child, moved] = sql(data, "SELECT u.code FROM unit u JOIN unit p ON p.id = u.parent WHERE p.code = 'SD' ORDER BY u.place").map((row) => row.code);
    assert.deepEqual(crumbs(await lead.page(`/units/${child}`)), ["/units/SD"]);
    assert.ok(rows(await lead.page("/units/SD")).includes(`/units/${moved}`));
    // Every unit gets another place, and one child of SD leaves for a department that did not exist.
    sql(data, `UPDATE unit SET place = place + 100000, last = last + 100000;
        INSERT INTO unit (code, name, parent, place, last) SELECT 'NEU', 'Neues Departement', id, 300000, 300001 FROM unit WHERE code = 'STADT';
        UPDATE unit SET parent = (SELECT id FROM unit WHERE code = 'NEU'), place = 300001, last = 300001 WHERE code = '${moved}'`);
    assert.deepEqual(crumbs(await lead.page(`/units/${child}`)), ["/units/SD"], "the same unit under another number");
    const shown = await lead.page("/units/SD");
    assert.ok(rows(shown).includes(`/units/${child}`));
    assert.ok(!rows(shown).includes(`/units/${moved}`), "the figures of the day stay, the way to them is closed");
    assert.equal((await lead.get(`/units/${moved}`)).code, 403);
});
