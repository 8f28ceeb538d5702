// languages: a course in German and English (tests/packs/good-translated): reading it, changing the language in the middle
// of a test without losing an answer, words judged by the language in which they were written; ids that were renamed;
// and what `lotse check --fix` does to a translation.
import assert from "node:assert/strict";
import { chmodSync, cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addUser, formOf, lotse, lotseOk, root, Server, sql, temporary, words } from "./client.mjs";

const data = join(temporary(), "data"), courses = temporary(), pack = join(courses, "uebersetzt");
let server;

before(async () => {
    cpSync(join(root, "tests/packs/good-translated"), pack, { recursive: true });
    for (const name of ["anna", "berta", "carlo", "dora", "emil"]) addUser(data, name);
    server = await Server.start({ data, courses });
});
after(() => server.stop());

const numberOf = async (client, attempt, id) => (await client.json(`${attempt}.json`)).questions.find((q) => q.id === id).number;

// The button of a language, as the browser sends it: every field of the form, and go.
async function changeLanguage(client, page, attempt, code, typed) {
    const html = await client.page(page), form = formOf(html, `${attempt}/answers`);
    assert.match(html, new RegExp(`<button type="submit" form="answers" name="go" value="lang-${code}"`));
    return client.go(`${attempt}/answers`, [...Object.entries(form.fields), ...typed, ["go", `lang-${code}`]]);
}

test("a lesson, the catalogue and a result in the reader's language", async () => {
    const anna = await server.as("anna");
    assert.match(words(await anna.page("/courses")), /Warum man den Bildschirm sperrt/);
    assert.match(words(await anna.page("/courses?lang=en")), /Why one locks the screen/);
    const lesson = await anna.page("/courses/uebersetzt/warum");
    assert.match(lesson, /<h1 lang="en">Why lock<\/h1>/);
    assert.match(lesson, /<svg [^>]*aria-label="A floor plan"[^>]*>.*d="M4 3H0V0z"/, "the drawing of the language");
    assert.doesNotMatch(words(lesson), /Grund|Sperre/);
});

test("whose language a course lacks is told which there are, and chooses once", async () => {
    const carlo = await server.as("carlo");
    assert.match(words(await carlo.page("/courses?lang=it")), /Contenuto in tedesco e inglese/);
    let course = await carlo.page("/courses/uebersetzt");
    assert.match(course, /<h1 lang="de-CH">Sperren<\/h1>/);
    assert.match(course, /<a href="\?content=en" lang="en"/);
    course = await carlo.page("/courses/uebersetzt?content=en");
    assert.match(course, /<html lang="it-CH">[\s\S]*<h1 lang="en">Locking<\/h1>/);
    assert.match(await carlo.page("/courses/uebersetzt/wie"), /<h1 lang="en">How to lock<\/h1>/);
    assert.match(await carlo.page("/courses/uebersetzt/wie?lang=de"), /<h1 lang="de-CH">Wie sperren<\/h1>/);
});

test("the language changes in the middle of a test, and no answer is lost", async () => {
    const berta = await server.as("berta");
    const attempt = await berta.go("/courses/uebersetzt/attempts"), number = await numberOf(berta, attempt, "was");
    const to = await changeLanguage(berta, `${attempt}?number=${number}`, attempt, "en", [["answer", "a"]]);
    assert.equal(to, `${attempt}?number=${number}&lang=en`);
    const page = await berta.page(to);
    assert.match(page, /What helps\?/);
    assert.match(page, /value="a" checked/);
    assert.equal(sql(data, `SELECT position FROM attempt WHERE id = ${attempt.split("/").at(-1)}`)[0].position, number);

    // On the page with all questions, too: everything on it is saved.
    const all = await changeLanguage(berta, `${attempt}/all`, attempt, "de", [["answer.was", "b"], ["answer.wort", "Locking"]]);
    assert.equal(all, `${attempt}/all?saved=1&lang=de`);
    const html = await berta.page(all);
    assert.match(html, /Was hilft\?/);
    assert.match(html, /value="b" checked/);
    assert.match(html, /value="Locking"/);
});

test("words are judged by the language in which they were written", async () => {
    const dora = await server.as("dora");
    const attempt = await dora.go("/courses/uebersetzt/attempts"), number = await numberOf(dora, attempt, "wort");
    const id = attempt.split("/").at(-1), kept = () => sql(data, `SELECT given, lang FROM answer WHERE attempt = ${id} AND item = 'wort'`)[0];
    await dora.page("/learn?lang=de");
    const to = await changeLanguage(dora, `${attempt}?number=${number}`, attempt, "en", [["answer", "Abschliessen"]]);
    assert.deepEqual(kept(), { given: "Abschliessen", lang: "de" });

    // The same words, sent again unchanged from the English form, stay German ones.
    const form = formOf(await dora.page(to), `${attempt}/answers`);
    assert.equal(form.fields.lang, "en");
    await dora.go(`${attempt}/answers`, [...Object.entries(form.fields), ["answer", "Abschliessen"], ["go", "next"]]);
    assert.deepEqual(kept(), { given: "Abschliessen", lang: "de" });
    await dora.go(`${attempt}/answers`, { question: "was", answer: "a" });
    await dora.go(`${attempt}/finish`);

    const result = await dora.json(`${attempt}/result.json`);
    assert.equal(result.right, 2);
    const [wort, was] = ["wort", "was"].map((key) => result.answers.find((a) => a.question.id === key));
    assert.equal(wort.result.verdict, "right");
    assert.equal(wort.question.lang, "de-CH", "shown in the language of the answer, where the other would call it wrong");
    assert.equal(was.question.lang, "en");
});

test("a form counts for the language in which it stood, whatever another tab has chosen since", async () => {
    const emil = await server.as("emil");
    const attempt = await emil.go("/courses/uebersetzt/attempts"), number = await numberOf(emil, attempt, "wort");
    const form = formOf(await emil.page(`${attempt}?number=${number}&lang=en`), `${attempt}/answers`);
    await emil.page("/learn?lang=fr");
    await emil.go(`${attempt}/answers`, [...Object.entries(form.fields), ["answer", "locking"], ["go", "next"]]);
    const row = sql(data, `SELECT given, lang FROM answer WHERE attempt = ${attempt.split("/").at(-1)}`)[0];
    assert.deepEqual(row, { given: "locking", lang: "en" });
});

// ---- ids that were renamed ----

const rename = (file, pairs) => {
    let text = readFileSync(file, "utf8");
    for (const [from, to] of pairs) text = text.replaceAll(from, to);
    writeFileSync(file, text);
};

test("what was done under an old id counts for the new one", async () => {
    const anna = await server.as("anna");
    await anna.go("/courses/uebersetzt/warum/practice", { question: "frage", "answer.frage": "a" });
    await anna.go("/courses/uebersetzt/warum/done");
    const attempt = await anna.go("/courses/uebersetzt/attempts");
    await anna.go(`${attempt}/answers`, { question: "was", answer: "a" });
    await anna.go(`${attempt}/answers`, { question: "wort", answer: "Sperren" });
    await anna.go(`${attempt}/finish`);
    const evidence = () => sql(data, `SELECT item, count(*) AS n FROM evidence e JOIN attempt a ON a.id = e.attempt
        WHERE e.learner = (SELECT learner FROM attempt WHERE id = ${attempt.split("/").at(-1)}) GROUP BY item ORDER BY item`);
    assert.deepEqual(evidence(), [{ item: "was", n: 1 }, { item: "wort", n: 1 }]);

    await server.stop();
    for (const name of ["course.xml", "course.en.xml"])
        rename(join(pack, name), [['<lesson id="warum"', '<lesson id="weshalb"'], ['<choice id="frage"', '<choice id="erste-frage"'],
            ['id="was"', 'id="was-hilft"'], ['to="warum"', 'to="weshalb"'], ['to="frage"', 'to="erste-frage"'],
            ["<renamed from=\"sperre\"", '<renamed from="was" to="was-hilft"/><renamed from="warum" to="weshalb"/><renamed from="frage" to="erste-frage"/>\n    <renamed from="sperre"']]);
    lotseOk(["check", pack]);
    server = await Server.start({ data, courses });

    const again = await server.as("anna");
    assert.deepEqual((await again.json("/courses/uebersetzt.json")).lessons.map((l) => [l.id, l.done]), [["weshalb", true], ["wie", false]]);
    assert.match(await again.page("/courses/uebersetzt/warum"), /Why lock|Warum sperren/, "an old address still leads there");
    assert.equal((await again.json(`${attempt}/result.json`)).right, 2, "an attempt is shown as it was");
    const second = await again.go("/courses/uebersetzt/attempts");
    await again.go(`${second}/answers`, { question: "was-hilft", answer: "b" });
    await again.go(`${second}/finish`);
    assert.deepEqual(evidence(), [{ item: "was", n: 2 }, { item: "wort", n: 2 }], "one item, by its first id");
    await again.go("/courses/uebersetzt/wie/done");
    assert.equal((await again.json("/courses/uebersetzt.json")).finished, true);
    await server.stop();
    lotseOk(["verify", "--data", data, "--courses", courses]);
    server = await Server.start({ data, courses });
});

// ---- lotse check --fix ----

test("check --fix takes out repetitions, keeps every other byte, and says what it did", () => {
    const copy = join(temporary(), "pack"), file = join(copy, "course.en.xml");
    cpSync(join(root, "tests/packs/good-translated"), copy, { recursive: true });
    const lean = readFileSync(file, "utf8");
    const wordy = lean.replace('<lesson id="wie">', '<lesson id="wie"\n    minutes="7">').replace("<callout>", '<callout  kind = "remember">');
    writeFileSync(file, wordy);
    chmodSync(file, 0o640);
    assert.equal(lotseOk(["check", "--lang", "de", copy]), "keine Befunde\n", "equal repetitions are no error");
    const said = lotseOk(["check", "--fix", "--lang", "de", copy]);
    assert.match(said, /course\.en\.xml:6: entfernt: minutes="7"\n.*course\.en\.xml:12: entfernt: kind = "remember"\nkeine Befunde\n/);
    assert.equal(readFileSync(file, "utf8"), lean);
    assert.equal(statSync(file).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(copy).sort(), ["course.en.xml", "course.xml", "media"]);
    assert.equal(lotseOk(["check", "--fix", "--lang", "de", copy]), "keine Befunde\n", "a second time there is nothing to do");
});

test("check --fix takes out a byte order mark and nothing else", () => {
    const copy = join(temporary(), "pack"), file = join(copy, "course.xml");
    cpSync(join(root, "tests/packs/good-small"), copy, { recursive: true });
    const clean = readFileSync(file);
    writeFileSync(file, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), clean]));
    assert.equal(lotse(["check", "--strict", copy]).status, 1, "a warning");
    assert.match(lotseOk(["check", "--fix", "--strict", "--lang", "de", copy]), /course\.xml:1: entfernt: BOM\nkeine Befunde\n/);
    assert.deepEqual(readFileSync(file), clean);
});

test("check --fix leaves what differs to its author", () => {
    const copy = join(temporary(), "pack"), file = join(copy, "course.en.xml");
    cpSync(join(root, "tests/packs/good-translated"), copy, { recursive: true });
    const wrong = readFileSync(file, "utf8").replace('<lesson id="wie">', '<lesson id="wie" minutes="8">');
    writeFileSync(file, wrong);
    const done = lotse(["check", "--fix", "--format", "json", copy]);
    assert.equal(done.status, 1);
    const { findings, fixed } = JSON.parse(done.stdout);
    assert.deepEqual([fixed, findings.map((f) => f.code)], [[], ["translation-attribute"]]);
    assert.equal(readFileSync(file, "utf8"), wrong);
});
