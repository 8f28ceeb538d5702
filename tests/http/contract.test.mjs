// contract: the names and shapes that others build on: documents as JSON and CSV, and the command line.
//
// A document may gain keys; those listed here stay, with these types.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addUser, copyOf, demoCity, formOf, lotse, lotseLater, lotseOk, NOW, PASSWORD, root, Server, sql, temporary } from "./client.mjs";

const COMMANDS = ["serve", "check", "demo", "cut", "user", "verify", "backup", "config", "routes", "sql", "version"];
const courses = join(root, "courses");
const data = demoCity();
const untouched = copyOf(data);
let server, staff, hr, lead;

before(async () => {
    server = await Server.start({ data, courses });
    [staff, hr, lead] = [await server.as("staff"), await server.as("hr"), await server.as("lead")];
});
after(() => server.stop());

// fits(value, "int"), fits(value, ["text"]), fits(value, {key: shape}): every key of the shape is there with its type.
const types = {
    text: (v) => typeof v === "string" && v.length > 0,
    "text?": (v) => v === null || (typeof v === "string" && v.length > 0),
    int: (v) => Number.isInteger(v),
    "int?": (v) => v === null || Number.isInteger(v),
    bool: (v) => typeof v === "boolean",
    day: (v) => /^\d{4}-\d{2}-\d{2}$/.test(v),
    "day?": (v) => v === null || /^\d{4}-\d{2}-\d{2}$/.test(v),
    url: (v) => /^\/[^/]/.test(v),
    "url?": (v) => v === null || /^\/[^/]/.test(v),
    any: (v) => v !== undefined,
};
function fits(value, shape, at = "") {
    if (typeof shape === "string") return assert.ok(types[shape](value), `${at} is no ${shape}: ${JSON.stringify(value)}`);
    if (Array.isArray(shape)) {
        assert.ok(Array.isArray(value), `${at} is no list`);
        return value.forEach((one, i) => fits(one, shape[0], `${at}[${i}]`));
    }
    assert.ok(value && typeof value === "object" && !Array.isArray(value), `${at} is no map: ${JSON.stringify(value)}`);
    for (const [key, part] of Object.entries(shape)) fits(value[key], part, `${at}.${key}`);
}

// Rows of a CSV, with quotes.
function csvRows(text, separator) {
    const rows = [[""]];
    let quoted = false;
    for (let i = 0; i < text.length; i++) {
        const c = text[i], row = rows.at(-1);
        if (quoted && c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
        else if (c === '"') quoted = !quoted;
        else if (!quoted && c === separator) row.push("");
        else if (!quoted && /^(\r\n|\n)/.test(text.slice(i, i + 2))) (c === "\r" && i++, rows.push([""]));
        else row[row.length - 1] += c;
    }
    assert.deepEqual(rows.pop(), [""], "the last line ends");
    return rows;
}

const ROW = { id: "text", title: "text", url: "url", content_lang: "text", minutes: { n: "int" }, done: "int", of: "int", is_new: "bool", is_started: "bool", is_finished: "bool", is_expired: "bool", valid_until: "day?" };

test("the sign-in form has what a client needs", async () => {
    const client = server.client();
    const { fields, html } = formOf(await client.page("/sign-in"), "/sign-in");
    assert.deepEqual(Object.keys(fields), ["csrf"]);
    for (const name of ["name", "password"]) assert.match(html, new RegExp(`<input[^>]* name="${name}"`));
    const reply = await client.post("/sign-in", { ...fields, name: "trainer", password: PASSWORD });
    assert.equal(reply.code, 303);
    // Each page has a token of its own (packed pages must not repeat a secret), and any of them serves any form.
    const tokens = [];
    for (const path of ["/learn", "/courses/informationssicherheit", "/courses/informationssicherheit/schutzziele", "/account"]) {
        const own = new Set([...(await client.page(path)).matchAll(/name="csrf" value="([^"]+)"/g)].map(([, token]) => token));
        assert.equal(own.size, 1);
        tokens.push(...own);
    }
    assert.equal(new Set(tokens).size, tokens.length);
    const lesson = "/courses/informationssicherheit/schutzziele";
    for (const csrf of tokens) assert.notEqual((await client.post(`${lesson}/done`, { csrf })).code, 403);
});

test("GET /healthz", async () => {
    assert.equal((await server.client().get("/healthz")).code, 200);
});

test("/learn.json", async () => {
    const doc = await staff.json("/learn.json");
    fits(doc, { open_courses: [ROW], finished_courses: [ROW], competences: [{ id: "text", title: "text", assessable: "bool", level: "int", level_name: "text?", target: "int", target_name: "text", reached: "bool", items_missing: "any" }] });
    assert.ok(doc.next === null || types.url(doc.next.url));
});

test("/courses.json and /courses/{id}.json", async () => {
    const { courses: list } = await staff.json("/courses.json");
    fits(list, [{ ...ROW, about: "text", competences: ["text"] }]);
    assert.ok(list.some((c) => c.id === "informationssicherheit"));
    const doc = await staff.json("/courses/informationssicherheit.json");
    fits(doc, {
        id: "text", title: "text", content_lang: "text", summary: "text", minutes: { n: "int" }, finished: "bool", expired: "bool", valid_until: "day?",
        lessons: [{ id: "text", number: "int", title: "text", url: "url", minutes: { n: "int" }, done: "bool", started: "bool", objectives: [{ text: "text", competence: "text?" }] }],
        conditions: [{ text: "text", met: "bool" }], test: { title: "text", questions: { n: "int" }, pass_percent: "int" },
        attempts: [{ number: "int", url: "url", day: "day", percent: "int", passed: "bool" }],
    });
    assert.ok(doc.lessons.length >= 4);
});

test("/courses/{id}/{lesson}.json", async () => {
    const { lessons } = await staff.json("/courses/informationssicherheit.json");
    for (const { id, url } of lessons) {
        const doc = await staff.json(`${url}.json`);
        fits(doc, { course: { id: "text", title: "text", url: "url" }, id: "text", title: "text", content_lang: "text", number: "int", of: "int", minutes: { n: "int" }, objectives: ["text"], progress: { done: "int", of: "int" }, done: "bool", parts: ["any"] });
        assert.equal(doc.id, id);
        const practice = doc.parts.flatMap((part) => part.practice ?? []);
        fits(practice, [{ id: "text", kind: "text", competence: "text", level: "int", several: "bool", prompt: "text", options: [{ id: "text", answer: "text" }] }], id);
        assert.ok(doc.parts.some((part) => types.text(part.prose)), id);
    }
});

test("/attempts/{id}.json: from the start to the result, without a form's key", async () => {
    await server.stop(); // a clock without pauses and open attempts of the demo's history
    server = await Server.start({ data, courses, now: NOW + 30 * 86400 });
    [staff, hr, lead] = [await server.as("staff"), await server.as("hr"), await server.as("lead")];
    const attempt = await staff.go("/courses/informationssicherheit/attempts");
    assert.match(attempt, /^\/attempts\/\d+$/);
    const doc = await staff.json(`${attempt}.json`);
    const question = { number: "int", answered: "bool", dont_know: "bool", id: "text", kind: "text", lang: "text", competence: "text", level: "int", several: "bool", prompt: "text", options: [{ id: "text", answer: "text" }], given: ["text"] };
    fits(doc, { id: "text", course: { id: "text", title: "text", url: "url" }, test_title: "text", of: "int", answered: "int", finished: "bool", questions: [question] });
    assert.equal(doc.questions.length, doc.of);
    for (const q of doc.questions) {
        const answers = q.kind === "text" ? ["ein Versuch"] : q.options.slice(0, q.several ? 2 : 1).map((o) => o.id);
        const reply = await staff.post(`${attempt}/answers`, [["question", q.id], ...answers.map((a) => ["answer", a])]);
        assert.equal(reply.code, 303, q.id);
    }
    const all = await staff.json(`${attempt}.json`);
    assert.equal(all.answered, all.of);
    assert.ok(all.questions.every((q) => q.answered && q.given.length > 0));
    assert.equal(await staff.go(`${attempt}/finish`), `${attempt}/result`);
    const result = await staff.json(`${attempt}/result.json`);
    fits(result, { passed: "bool", percent: "int", pass_percent: "int", right: "int", of: "int", day: "day", valid_until: "day?", answers: [{ number: "int", points: "text", question: { id: "text" }, result: { verdict: "text", explanation: "text" } }] });
    assert.equal((await staff.json(`${attempt}.json`)).finished, true);
});

const CELL = { unit: "text", function: "text?", competence: "text", n: "int?", share: "int?", edge: "any", counted_in: "text?" };

function checkFigures(cells, where) {
    for (const cell of cells) {
        const at = `${where} ${JSON.stringify(cell)}`;
        if (cell.counted_in === null) {
            assert.ok(cell.n >= 5, at);
            assert.ok(cell.share >= 1 && cell.share <= 99, at);
            assert.ok([null, "under", "over"].includes(cell.edge), at);
        } else {
            assert.deepEqual([cell.n, cell.share, cell.edge], [null, null, null], at);
        }
    }
}

test("the units that every demo has", async () => {
    const { children } = await hr.json("/units/STADT.json");
    const departments = children.map((c) => c.code);
    assert.equal(departments.length, 9);
    for (const code of ["FD", "SD"]) assert.ok(departments.includes(code), code);
    assert.ok((await hr.json("/units/FD.json")).children.some((c) => c.code === "OIZ"));
    assert.deepEqual((await lead.json("/units.json")).units.map((u) => u.code), ["SD"]);
});

for (const code of ["STADT", "SD", "FD", "OIZ"])
    test(`/units/${code}.json, and the same cells as CSV`, async () => {
        const doc = await hr.json(`/units/${code}.json`);
        fits(doc, { code: "text", name: "text", snapshot: "day", n: "int?", cells: [CELL], coverage: [CELL], courses: [{ unit: "text", course: "text", n: "int?", counted_in: "text?" }], children: [{ code: "text", name: "text", n: "int?" }] });
        assert.ok(doc.cells.length > 0, "there are figures");
        assert.equal(doc.code, code);
        for (const cell of doc.cells) assert.deepEqual(Object.keys(cell), ["unit", "function", "competence", "n", "share", "edge", "counted_in"]);
        checkFigures([...doc.cells, ...doc.coverage, ...doc.courses, ...doc.participation], code);
        // Cells are of the unit and its children, and of the rest groups of each.
        const known = new Set([code, ...doc.children.map((c) => c.code)].flatMap((c) => [c, `${c}*`]));
        for (const cell of doc.cells) assert.ok(known.has(cell.unit), cell.unit);
        // counted_in names a unit or the rest group of one.
        const units = new Set(sql(data, "SELECT code FROM unit").map((row) => row.code));
        for (const { counted_in: group } of doc.cells) assert.ok(group === null || units.has(group.replace(/\*$/, "")), group);

        const raw = csvRows((await hr.get(`/units/${code}.csv?raw=1`)).body, ",");
        assert.deepEqual(raw.shift(), Object.keys(CELL));
        const asText = (v) => (v === null ? "" : `${v}`);
        assert.deepEqual(raw, doc.cells.map((cell) => Object.values(cell).map(asText)));
        const reply = await hr.get(`/units/${code}.csv`);
        assert.match(reply.headers["content-disposition"], /^attachment; filename=/);
        assert.equal(reply.body.codePointAt(0), 0xfeff, "spreadsheets need the mark");
        const rows = csvRows(reply.body.slice(1), ";");
        assert.deepEqual(rows.slice(1), raw);
        assert.equal(new Set(rows[0]).size, 7);
    });

test("the page says the day of the figures and links its data", async () => {
    const html = await hr.page("/units/SD");
    const { snapshot } = await hr.json("/units/SD.json");
    const [year, month, day] = snapshot.split("-").map(Number);
    assert.match(html, new RegExp(`Stand[^<]*(<[^>]*>)*\\s*${day}\\. ?(${month}\\.|\\p{L}+) ?${year}`, "u"));
    for (const url of ["/units/SD.csv", "/units/SD.json"]) assert.ok(html.includes(`href="${url}"`), url);
    assert.match(html, /fiktiven? Daten/);
});

test("the work of a unit's page does not grow with the people", async () => {
    const queries = async (people, of) => {
        const one = await Server.start({ data: of, courses });
        const reader = await one.as("hr");
        for (const path of ["/units/STADT", "/units/SD", "/units/OIZ.json"]) await reader.page(path);
        await one.stop();
        return [...one.log.matchAll(/route=\/units\/\{unit\} .*queries=(\d+)/g)].map((m) => Number(m[1]));
    };
    const few = await queries(300, untouched), many = await queries(1000, demoCity({ people: 1000 }));
    assert.equal(few.length, 3);
    assert.deepEqual(many, few);
    assert.ok(few.every((n) => n > 0 && n <= 20), `${few}`);
});

// ---------- the command line ----------

test("verify is clean, and finds what was tampered with", async () => {
    assert.equal(lotse(["verify", "--data", untouched]).status, 0);
    for (const [what, change] of [
        ["a cell", "UPDATE snapshot_cell SET reached = reached + 1 WHERE (snapshot, place, subject) IN (SELECT snapshot, place, subject FROM snapshot_cell WHERE people IS NOT NULL LIMIT 1)"],
        ["a cell's people", "UPDATE snapshot_cell SET people = people + 1 WHERE people IS NOT NULL AND place = 0"],
        ["a checksum", "UPDATE snapshot SET checksum = 'x' WHERE id = (SELECT min(id) FROM snapshot)"],
        ["a level", "UPDATE standing SET level = (level + 1) % 5 WHERE learner = (SELECT min(learner) FROM standing)"],
        ["a standing that goes", "DELETE FROM standing WHERE learner = (SELECT max(learner) FROM standing)"],
        ["a standing from nowhere", "INSERT INTO standing VALUES (1, 'digcomp-3.0:4.1', 1, 4)"],
        ["a last day", "UPDATE activity SET last_day = last_day + 1 WHERE learner = (SELECT min(learner) FROM activity)"],
        ["a last day that goes", "DELETE FROM activity WHERE learner = (SELECT min(learner) FROM activity)"],
    ]) {
        const copy = copyOf(untouched);
        const [{ n }] = sql(copy, `${change}; SELECT changes() AS n`);
        assert.ok(n > 0, `${what}: nothing to tamper with`);
        const done = lotse(["verify", "--data", copy]);
        assert.equal(done.status, 1, `${what}: ${done.stdout}`);
        assert.match(done.stdout, /NOT equal/);
    }
});

test("a day is cut once", () => {
    const copy = copyOf(untouched), args = ["cut", "--data", copy, "--courses", courses, "--date", "2026-11-23"];
    assert.match(lotseOk(args), /^snapshot of 2026-11-23: \d+ units/);
    const again = lotse(args);
    assert.equal(again.status, 2);
    assert.match(again.stderr, /2026-11-23/);
    assert.equal(lotse(["cut", "--data", copy, "--courses", courses, "--date", "23.11.2026"]).status, 2);
    lotseOk(["verify", "--data", copy]);
});

test("no statement reads a whole table without a reason", () => {
    assert.equal(lotseOk(["sql", "--check", "--data", untouched]), "");
    assert.match(lotseOk(["sql", "--data", untouched]), /full scan, /);
});

test("statements are explained where there is no database, and nothing is left behind", () => {
    const folder = temporary(), nowhere = join(folder, "nothing");
    const listed = lotseOk(["sql", "--data", nowhere], { env: { TMPDIR: folder } });
    assert.equal(listed, lotseOk(["sql", "--data", untouched]));
    assert.equal(lotseOk(["sql", "--check", "--data", nowhere], { env: { TMPDIR: folder } }), "");
    assert.deepEqual(readdirSync(folder), []);
});

for (const pack of readdirSync(join(root, "tests/packs")).filter((name) => existsSync(join(root, "tests/packs", name))))
    test(`check ${pack}`, () => {
        const path = `tests/packs/${pack}`, bad = pack.startsWith("bad-");
        const text = lotse(["check", path]), json = lotse(["check", "--format", "json", path]);
        const { findings } = JSON.parse(json.stdout);
        const errors = findings.filter((f) => f.level === "error");
        assert.equal(text.status, errors.length ? 1 : 0, text.stdout);
        assert.equal(json.status, text.status);
        assert.equal(findings.length > 0, bad);
        fits(findings, [{ file: "text", line: "int", column: "int", level: "text", code: "text", message: "text", mend: "text" }]);
        const lines = text.stdout.trim().split("\n");
        if (findings.length) for (const line of lines) assert.match(line, /^tests\/packs\/[^:]+(:\d+:\d+)?: (error|warning): .+ \[[a-z0-9-]+\]$/);
        assert.equal(lines.length, Math.max(1, findings.length));
        assert.equal(lotse(["check", "--strict", path]).status, findings.length ? 1 : 0);
    });

test("check passes over what is no pack, unless it is all there is", () => {
    const courses = readdirSync(join(root, "courses")).map((name) => `courses/${name}`);
    assert.ok(courses.includes("courses/schema"));
    const all = lotse(["check", "--strict", ...courses]);
    assert.deepEqual([all.status, all.stdout], [0, "keine Befunde\n"]);
    assert.match(all.stderr, /^lotse: courses\/schema has no course\.xml: passed over$/m);
    assert.equal(lotse(["check", "courses/schema"]).status, 1, "named alone it was meant");
    assert.equal(lotse(["check", "courses/schema", "docs"]).status, 2, "nothing to check");
    assert.notEqual(lotse(["check", "courses/schema", "courses/gibt-es-nicht"]).status, 0);
    assert.match(lotseOk(["check", "--help"]), /passed over/);
});

test("the packs that are delivered have no findings", () => {
    for (const name of readdirSync(courses).filter((n) => existsSync(join(courses, n, "course.xml"))))
        lotseOk(["check", "--strict", `courses/${name}`]);
    lotseOk(["check", "--strict", "tests/golden/courses/probe"]);
});

test("every command explains itself", () => {
    const list = lotseOk(["help"]);
    for (const name of COMMANDS) {
        assert.match(list, new RegExp(`^  ${name} `, "m"));
        const help = lotseOk([name, "--help"]);
        assert.match(help, new RegExp(`^lotse ${name} `));
        assert.match(help, /--data DIR/);
        assert.match(help, /Exit codes: 0 fine, 1 findings, 2 usage or failure/);
        const wrong = lotse([name, "--gibt-es-nicht"]);
        assert.equal(wrong.status, 2, name);
        assert.match(wrong.stderr, /--gibt-es-nicht/);
    }
    assert.equal(lotse(["gibt-es-nicht"]).status, 2);
    assert.equal(lotse([]).status, 2);
    assert.match(lotseOk(["version"]), /^lotse \d+\.\d+/);
});

test("config says where each value comes from", () => {
    const folder = temporary();
    writeFileSync(join(folder, "lotse.ini"), "threads = 64\nzone = UTC\n");
    const out = lotseOk(["config", "--data", folder, "--log-level", "warn"], { env: { LOTSE_LISTEN: "127.0.0.1:8123" } });
    for (const [name, value, where] of [["data", folder, "--data"], ["listen", "127.0.0.1:8123", "LOTSE_LISTEN"], ["threads", "64", `${folder}/lotse.ini:1`],
        ["zone", "UTC", `${folder}/lotse.ini:2`], ["log-level", "warn", "--log-level"], ["courses", "courses", "default"]])
        assert.ok(out.split("\n").some((line) => line.split(/ +/).join(" ") === `${name} ${value} ${where}`), `${name}: ${out}`);
    writeFileSync(join(folder, "lotse.ini"), "threads = viele\n");
    const wrong = lotse(["config", "--data", folder]);
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /lotse\.ini:1: threads .*viele.*2 to 2048/);
});

test("a database from the future is left alone", () => {
    const copy = copyOf(untouched);
    sql(copy, "INSERT INTO migration (number, name, applied_at) VALUES (999, 'future', 0)");
    for (const args of [["serve", "--listen", "127.0.0.1:0"], ["verify"], ["cut"]]) {
        const done = lotse([args[0], "--data", copy, ...args.slice(1)]);
        assert.equal(done.status, 2, args[0]);
        assert.match(done.stderr, /newer lotse/, args[0]);
    }
});

test("a busy port is named, with the mend", async () => {
    const busy = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => busy.once("listening", done));
    const { port } = busy.address();
    const done = lotse(["serve", "--data", copyOf(untouched), "--listen", `127.0.0.1:${port}`]);
    busy.close();
    assert.equal(done.status, 2);
    assert.match(done.stderr, new RegExp(`port ${port} is in use.*--listen`));
});

test("a demo stays on this machine and among itself", () => {
    const open = lotse(["serve", "--data", copyOf(untouched), "--listen", "0.0.0.0:0"]);
    assert.equal(open.status, 2);
    assert.match(open.stderr, /127\.0\.0\.1/);
    const again = lotse(["demo", "--data", untouched]);
    assert.equal(again.status, 2);
    const real = join(temporary(), "real");
    addUser(real, "anna", { role: "hr" });
    const into = lotse(["demo", "--data", real, "--people", "300"]);
    assert.equal(into.status, 2);
    assert.match(into.stderr, /real data/);
    assert.equal(sql(real, "SELECT count(*) AS n FROM person")[0].n, 1);
});

test("the same seed builds the same city", () => {
    const people = (of) => sql(of, "SELECT p.name, u.code FROM person p JOIN position o ON o.person = p.id JOIN unit u ON u.id = o.unit ORDER BY 1, 2");
    const cells = (of) => sql(of, "SELECT snapshot, place, kind, subject, people, reached, counted_in FROM snapshot_cell ORDER BY 1, 2, 3, 4");
    const twin = demoCity(), other = demoCity({ seed: 8 });
    assert.deepEqual(people(twin), people(untouched));
    assert.deepEqual(cells(twin), cells(untouched));
    assert.notDeepEqual(people(other), people(untouched));
});

test("backup: beside a server that writes, checked, never over a file", async () => {
    const folder = temporary(), file = join(folder, "lotse.db"), lesson = "/courses/informationssicherheit/schutzziele";
    let going = true, written = 0;
    const load = (async () => {
        for (; going; written++) await staff.go(`${lesson}/done`);
    })();
    while (written < 5) await new Promise((later) => setTimeout(later, 5));
    for (const name of ["eins.db", "zwei.db", "lotse.db"]) assert.match(await lotseLater(["backup", "--data", data, join(folder, name)]), /: \d+ bytes, checked$/m);
    going = false;
    await load;
    assert.ok(written > 5);
    assert.deepEqual(readdirSync(folder).sort(), ["eins.db", "lotse.db", "zwei.db"], "one file each");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const bytes = readFileSync(file);
    const again = lotse(["backup", "--data", data, file]);
    assert.equal(again.status, 2);
    assert.match(again.stderr, /is there already/);
    assert.ok(readFileSync(file).equals(bytes));
    lotseOk(["verify", "--data", folder]); // it is a data directory now
    assert.equal(sql(folder, "PRAGMA integrity_check")[0].integrity_check, "ok");
    assert.equal(lotse(["backup", "--data", data]).status, 2);
    assert.equal(lotse(["backup", "--data", data, join(folder, "nowhere/copy.db")]).status, 2);
    const nothing = join(folder, "nothing");
    assert.equal(lotse(["backup", "--data", nothing, join(folder, "of-nothing.db")]).status, 2);
    assert.ok(!existsSync(nothing) && !existsSync(join(folder, "of-nothing.db")));
});

test("commands work beside a running server", () => {
    assert.equal(lotse(["verify", "--data", data]).status, 0);
    addUser(data, "neu", { role: "lead", unit: "OIZ" });
    assert.equal(lotse(["user", "--data", data, "--name", "neu", "--role", "lead", "--unit", "NICHTS"], { input: `${PASSWORD}\n` }).status, 2);
    assert.equal(lotse(["user", "--data", data, "--name", "kurz"], { input: "kurz\n" }).status, 2);
});

test("a secret of another length is refused at the start, with words and exit code 2", () => {
    for (const secret of ["", "kurz", "x".repeat(15), "x".repeat(65)]) {
        const on = copyOf(untouched);
        sql(on, `UPDATE setting SET value = '${secret}' WHERE name = 'secret'; SELECT 1`);
        const done = lotse(["serve", "--data", on, "--listen", "127.0.0.1:0", "--courses", courses]);
        assert.equal(done.status, 2, done.stderr);
        assert.match(done.stderr, new RegExp(`secret.* has ${secret.length} bytes.* 16 to 64`));
    }
});

test("films, sounds and captions of a pack are served with their type, whole and in part, also for an attempt's earlier state", async () => {
    const folder = copyOf(courses), on = copyOf(untouched), film = Buffer.concat([Buffer.from("\0\0\0\x18ftypmp42"), Buffer.alloc(3 << 20, "film")]);
    const files = { "a.mp4": [film, "video/mp4"], "b.vtt": [Buffer.from("WEBVTT\n\n00:00.000 --> 00:01.000\nWorte\n"), "text/vtt; charset=utf-8"], "c.mp3": [Buffer.from("ID3 and more"), "audio/mpeg"],
        "d.ogg": [Buffer.from("OggS and more"), "audio/ogg"], "e.m4a": [film.subarray(0, 40), "audio/mp4"], "f.webm": [Buffer.from("1a45dfa3", "hex"), "video/webm"] };
    for (const [name, [bytes]] of Object.entries(files)) writeFileSync(join(folder, "informationssicherheit/media", name), bytes);
    let here = await Server.start({ data: on, courses: folder, now: NOW + 30 * 86400 });
    await (await here.as("staff")).go("/courses/informationssicherheit/attempts"); // keeps the state
    const [{ hash }] = sql(on, "SELECT hash FROM pack_state ORDER BY stored_at DESC LIMIT 1");
    for (const state of ["live", "earlier"]) {
        if (state === "earlier") {
            await here.stop();
            here = await Server.start({ data: on, courses, now: NOW + 30 * 86400 });
        }
        const staff = await here.as("staff");
        for (const [name, [bytes, type]] of Object.entries(files)) {
            const whole = await staff.get(`/media/${hash}/media/${name}`);
            assert.deepEqual([whole.code, whole.headers["content-type"], whole.headers["content-length"]], [200, type, `${bytes.length}`], `${state} ${name}`);
            assert.match(whole.headers["cache-control"], /immutable/);
            const part = await staff.get(`/media/${hash}/media/${name}`, { Range: "bytes=2-5", "If-Range": whole.headers.etag });
            assert.deepEqual([part.code, part.body, part.headers["content-range"]], [206, bytes.subarray(2, 6).toString(), `bytes 2-${Math.min(5, bytes.length - 1)}/${bytes.length}`], `${state} ${name}`);
        }
        const outside = await staff.get(`/media/${hash}/media/a.mp4`, { Range: "bytes=99999999-" });
        assert.deepEqual([outside.code, outside.headers["cache-control"]], [416, "no-store"]);
        assert.equal((await staff.get(`/media/${hash}/media/none.mp4`)).code, 404);
        assert.match(outside.headers["content-security-policy"], /media-src 'self'/);
    }
    await here.stop();
});
