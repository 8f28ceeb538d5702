// reload: course packs that change while the server runs. What becomes live, what stays, what trainers are told; nobody
// loses an attempt.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addUser, root, Server, temporary } from "./client.mjs";

const data = join(temporary(), "data"), courses = join(temporary(), "courses");
const source = join(courses, "probe/course.xml");
let server, anna, trainer;

// Until the look is not undefined or false. The deadline is for a broken server, not for a slow machine.
async function until(what, look) {
    const deadline = Date.now() + 30_000;
    for (;;) {
        const found = await look();
        if (found) return found;
        assert.ok(Date.now() < deadline, `never: ${what}`);
        await new Promise((done) => setTimeout(done, 100));
    }
}

const courseOf = async (id) => (await anna.json("/courses.json")).courses.find((course) => course.id === id);
const packOf = async (folder) => (await trainer.json("/packs.json")).packs.find((pack) => pack.folder === folder);
const change = (from, to) => {
    const text = readFileSync(source, "utf8"), changed = text.replaceAll(from, to);
    assert.notEqual(changed, text, `${from} is not in the pack`);
    writeFileSync(source, changed);
};

before(async () => {
    mkdirSync(courses);
    cpSync(join(root, "tests/golden/courses/probe"), join(courses, "probe"), { recursive: true });
    addUser(data, "anna");
    addUser(data, "tom", { role: "trainer" });
    server = await Server.start({ data, courses });
    anna = await server.as("anna");
    trainer = await server.as("tom");
});
after(() => server.stop());

test("at the start", async () => {
    const pack = await packOf("probe");
    assert.equal(pack.state, "live");
    assert.equal(pack.course.version, "1.0.0");
    assert.equal(pack.errors.n, 0);
});

test("a changed pack becomes live; an attempt that was begun before goes on with its own state", async () => {
    const attempt = await anna.go("/courses/probe/attempts");
    const first = await anna.json(`${attempt}.json`);
    change("Schlüssel &amp; Türen", "Schlüssel &amp; Tore");
    await until("the new title", async () => (await courseOf("probe")).title === "Schlüssel & Tore");
    const again = await anna.json(`${attempt}.json`);
    assert.equal(again.course.title, "Schlüssel & Türen");
    assert.deepEqual(again.questions, first.questions);
    await anna.go(`${attempt}/finish`);
});

test("an error keeps the last good state live and tells trainers where", async () => {
    change('competence="digcomp-3.0:4.1" level="2" answers="one"', 'competence="digcomp-3.0:4.1" level="7" answers="one"');
    const pack = await until("the error", async () => ((p) => p.errors.n > 0 && p)(await packOf("probe")));
    assert.equal(pack.state, "kept");
    assert.equal(pack.course.title, "Schlüssel & Tore");
    assert.match(pack.findings[0].place, /^course\.xml:\d+:\d+$/);
    assert.match(await trainer.page("/packs"), new RegExp(pack.findings[0].place));
    assert.equal((await courseOf("probe")).title, "Schlüssel & Tore");
    assert.match(server.log, /event=pack pack=probe state=kept/);
    change('level="7"', 'level="2"');
    await until("the mended pack", async () => (await packOf("probe")).state === "live");
});

test("pictures below media/ count, what editors leave beside files does not", async () => {
    const hash = async () => /\/media\/([0-9a-f]{64})\//.exec(await anna.page("/courses/probe/ausgeben"))?.[1];
    const before = await hash();
    for (const scratch of [".course.xml.swp", "course.xml~", "4913"]) writeFileSync(join(courses, "probe", scratch), "x");
    const looked = server.log.length;
    writeFileSync(join(courses, "probe/media/plan.svg"), readFileSync(join(courses, "probe/media/plan.svg"), "utf8").replace("<svg ", "<svg  "));
    const after = await until("another address of the media", async () => ((h) => h && h !== before && h)(await hash()));
    await anna.page(`/media/${after}/media/plan.svg`);
    assert.equal(server.log.slice(looked).match(/event=pack pack=probe/g).length, 1, "read once");
});

test("a file that is put in place by renaming, a new pack, a pack that goes", async () => {
    const fresh = readFileSync(source, "utf8").replaceAll("Schlüssel &amp; Tore", "Schlüssel &amp; Riegel");
    writeFileSync(join(courses, "probe/course.xml.tmp"), fresh);
    renameSync(join(courses, "probe/course.xml.tmp"), source);
    await until("the renamed file", async () => (await courseOf("probe")).title === "Schlüssel & Riegel");
    cpSync(join(courses, "probe"), join(courses, "zweite"), { recursive: true });
    const twin = await until("the twin", () => packOf("zweite"));
    assert.deepEqual([twin.state, twin.findings[0].code], ["refused", "course-twice"]);
    const second = join(courses, "zweite/course.xml");
    writeFileSync(second, readFileSync(second, "utf8").replace('id="probe"', 'id="zweite"'));
    await until("the second course", () => courseOf("zweite"));
    rmSync(join(courses, "zweite"), { recursive: true });
    await until("the second course to go", async () => !(await courseOf("zweite")));
});

test("a folder that is away for a moment takes nothing with it", async () => {
    renameSync(courses, `${courses}-away`);
    await new Promise((done) => setTimeout(done, 1200));
    assert.ok(await courseOf("probe"));
    renameSync(`${courses}-away`, courses);
    change("Schlüssel &amp; Riegel", "Schlüssel &amp; Ketten");
    await until("reading after that", async () => (await courseOf("probe")).title === "Schlüssel & Ketten");
});
