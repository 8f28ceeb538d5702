// golden: the documents of the main pages, byte for byte, in their formats: tests/golden/NAME.{html,json,csv}.
//
// The course is tests/golden/courses/probe, the city tests/golden/city.sql, the day 23 November 2026. An attempt gets a
// fixed seed. `make golden` writes the documents anew: read the difference before you commit it.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addUser, lotseOk, root, Server, sql, temporary } from "./client.mjs";
import { fixAttempts, Goldens, normalise, readable } from "./golden.mjs";

const folder = join(root, "tests/golden");
const courses = join(folder, "courses");
const data = join(temporary(), "data");
const right = { "t-eine": ["auf-der-liste"], "t-mehrere": ["wer-kommt", "wie-lange"], "t-wort": ["Hausdienst"] };
const goldens = new Goldens("");
let server, anna, berta, hana;

async function restart() {
    await server?.stop();
    server = await Server.start({ data, courses });
    [anna, berta, hana] = [await server.as("anna"), await server.as("berta"), await server.as("hana")];
}

async function answer(client, attempt, answers) {
    for (const [question, values] of Object.entries(answers))
        await client.go(`${attempt}/answers`, [["question", question], ...values.map((v) => ["answer", v])]);
}

before(async () => {
    for (const name of ["anna", "berta"]) addUser(data, name);
    addUser(data, "hana", { role: "hr" });
    sql(data, readFileSync(join(folder, "city.sql"), "utf8"));
    await restart();
});
after(() => server.stop());

async function golden(name, format, client, path, code = 200, form = null) {
    const reply = form ? await client.post(path, form) : await client.get(path);
    assert.equal(reply.code, code, `${path}: ${reply.code} ${reply.location ?? ""}`);
    goldens.check(`${name}.${format}`, format === "json" ? readable(JSON.parse(reply.body)) : normalise(reply.body), path);
}

test("before anything was learnt", async () => {
    await golden("sign-in", "html", server.client(), "/sign-in?target=/courses");
    await golden("error-404", "html", anna, "/gibt-es-nicht", 404);
    await golden("error-404", "json", anna, "/gibt-es-nicht.json", 404);
    await golden("learn-new", "html", anna, "/learn");
    await golden("courses", "html", anna, "/courses");
    await golden("courses", "json", anna, "/courses.json");
    await golden("search-blank", "html", anna, "/search");
    await golden("search", "html", anna, "/search?q=Liste");
    await golden("search", "json", anna, "/search.json?q=Liste");
    await golden("search-mistyped", "html", anna, "/search?q=Schlusell&minutes=10");
    await golden("search-none", "html", anna, "/search?q=quetzalcoatl");
    await golden("search-none", "json", anna, "/search.json?q=quetzalcoatl");
    await golden("courses-filtered", "html", anna, "/courses?level=4");
    await golden("unit-empty", "html", hana, "/units/SD");
    await golden("unit-empty", "json", hana, "/units/SD.json");
});

test("while learning", async () => {
    await anna.go("/courses/probe/ausgeben/practice", { question: "u-eins", "answer.u-eins": "kaffee" });
    await anna.go("/courses/probe/ausgeben/done");
    await golden("learn", "html", anna, "/learn");
    await golden("learn", "json", anna, "/learn.json");
    await golden("course", "html", anna, "/courses/probe");
    await golden("course", "json", anna, "/courses/probe.json");
    await golden("lesson", "html", anna, "/courses/probe/ausgeben");
    await golden("lesson", "json", anna, "/courses/probe/ausgeben.json");
    await golden("lesson-practice", "html", anna, "/courses/probe/ausgeben?question=u-eins&checked=u-eins&answer.u-eins=kaffee");
    await golden("lesson-english", "html", anna, "/courses/probe/verlieren?lang=en");
    await anna.get("/learn?lang=de");
});

test("the test and its results", async () => {
    const passed = await anna.go("/courses/probe/attempts"), failed = await berta.go("/courses/probe/attempts");
    await server.stop();
    server = null;
    fixAttempts(data);
    await restart();
    await answer(anna, passed, { "t-mehrere": right["t-mehrere"] });
    await golden("attempt", "html", anna, `${passed}?number=2`);
    await golden("attempt", "json", anna, `${passed}.json`);
    await golden("attempt-all", "html", anna, `${passed}/all`);
    await golden("attempt-review", "html", anna, `${passed}/review`);
    // A page on which that question was still open, sent with another answer to it.
    const old = [["question", "t-mehrere"], ["shown.t-mehrere", "e3b0c44298fc1c14"], ["answer", "welche-farbe"], ["go", "next"]];
    await golden("attempt-choose", "html", anna, `${passed}/answers`, 409, old);
    await answer(anna, passed, right);
    await anna.go(`${passed}/finish`);
    await golden("result-passed", "html", anna, `${passed}/result`);
    await golden("result-passed", "json", anna, `${passed}/result.json`);
    await answer(berta, failed, { "t-eine": ["im-kopf"], "t-mehrere": ["wer-kommt"], "t-wort": ["Polizei"] });
    await berta.go(`${failed}/finish`);
    await golden("result-failed", "html", berta, `${failed}/result`);
    await golden("result-failed", "json", berta, `${failed}/result.json`);
    await golden("result-late", "html", berta, await berta.go(`${failed}/answers`, { question: "t-wort", answer: "Hausdienst" }));
});

test("the report", async () => {
    await server.stop();
    server = null;
    lotseOk(["cut", "--data", data, "--courses", courses]);
    lotseOk(["verify", "--data", data]);
    await restart();
    for (const [name, code] of [["unit", "SD"], ["unit-root", "STADT"]])
        for (const format of ["html", "json", "csv"])
            await golden(name, format, hana, `/units/${code}${format === "html" ? "" : `.${format}`}`);
});

// The pack that uses every element, as a learner sees it and, where that differs, as a trainer does. One setting fills a place.
test("every element", async () => {
    await server.stop();
    server = null;
    const packs = join(temporary(), "courses"), house = join(temporary(), "data"), settings = join(temporary(), "lotse.ini");
    cpSync(join(root, "tests/packs/everything"), join(packs, "everything"), { recursive: true });
    writeFileSync(settings, "[policy]\nbearbeitungsfrist = Zehn Arbeitstage.\nbearbeitungsfrist.en = Ten working days.\n");
    addUser(house, "lea");
    addUser(house, "tina", { role: "trainer" });
    server = await Server.start({ data: house, courses: packs, args: ["--config", settings] });
    const [lea, tina] = [await server.as("lea"), await server.as("tina")];
    for (const format of ["html", "json"]) {
        const ending = format === "html" ? "" : ".json";
        await golden("elements", format, lea, `/courses/everything/elemente${ending}`);
        await golden("glossary", format, lea, `/courses/everything/glossary${ending}`);
        await golden("elements-course-trainer", format, tina, `/courses/everything${ending}`);
    }
    for (const format of ["html", "json"]) {
        const ending = format === "html" ? "" : ".json";
        await golden("reference", format, tina, `/packs/reference${ending}`);
        await golden("reference-blocks", format, tina, `/packs/reference/blocks${ending}`);
        await golden("reference-choice", format, tina, `/packs/reference/choice${ending}`);
    }
    await golden("elements-course", "json", lea, "/courses/everything.json");
    await golden("elements-ahead-trainer", "html", tina, "/courses/everything/spaeter");
    await lea.page("/courses/everything/spaeter", 404);
    assert.equal((await lea.post("/courses/everything/spaeter/done")).code, 404);
});

test("a course in two languages", async () => {
    await server.stop();
    server = null;
    const packs = temporary();
    cpSync(join(root, "tests/packs/good-translated"), join(packs, "good-translated"), { recursive: true });
    server = await Server.start({ data, courses: packs });
    const berta = await server.as("berta");
    await golden("lesson-translated", "html", berta, "/courses/uebersetzt/warum?lang=en");
    await golden("lesson-translated", "json", berta, "/courses/uebersetzt/warum.json");
    await golden("course-other-languages", "html", berta, "/courses/uebersetzt?lang=it");
});

test("every file belongs to a document", () => goldens.assertComplete());
