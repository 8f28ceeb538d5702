// Words where a number is asked: not wrong, but said at the question, with what was typed kept and nothing saved.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addUser, root, Server, temporary } from "./client.mjs";

const data = join(temporary(), "data"), courses = temporary();
let server, anna;

before(async () => {
    addUser(data, "anna");
    cpSync(join(root, "tests/packs/everything"), join(courses, "everything"), { recursive: true });
    server = await Server.start({ data, courses });
    anna = await server.as("anna");
});
after(() => server.stop());

const LESSON = "/courses/everything/fragen";

test("practice: the page comes back with the error and what was typed", async () => {
    const marked = await anna.go(`${LESSON}/practice`, { question: "u-number", "answer.u-number": "zwölf" });
    const page = (await anna.get(marked.replace(/#.*/, ""))).body;
    assert.match(page, /<title>Fehler: /);
    assert.match(page, /<a href="#q-u-number-answer">Das ist keine Zahl/);
    assert.match(page, /id="q-u-number-error"[^]*value="zwölf"[^>]*aria-invalid="true"/);
    const again = await anna.go(`${LESSON}/practice`, { question: "u-number", "answer.u-number": "20.– Meldungen je 1’000 Personen" });
    assert.match((await anna.get(again.replace(/#.*/, ""))).body, /<title>Richtig: /);
});

test("test: nothing is saved until the number is one", async () => {
    const attempt = await anna.go("/courses/everything/attempts");
    const questions = JSON.parse((await anna.get(`${attempt}.json`)).body).questions;
    const number = questions.findIndex((question) => question.kind === "number");
    const answered = async () => JSON.parse((await anna.get(`${attempt}.json`)).body).questions.filter((q) => q.answered).length;
    const fields = { question: questions[number].id, answer: "viele", go: "next" };
    const refused = await anna.post(`${attempt}/answers`, fields);
    assert.equal(refused.code, 422);
    assert.match(refused.body, /<title>Fehler: Bitte berichtigen/);
    assert.match(refused.body, /<a href="#q-t-number-answer">Das ist keine Zahl/);
    assert.match(refused.body, /value="viele"/);
    assert.equal(await answered(), 0);
    const all = await anna.post(`${attempt}/answers`, { "answer.t-number": "viele", "answer.t-text": "Mittelwert", go: "save" });
    assert.equal(all.code, 422);
    assert.match(all.body, /value="Mittelwert"/);
    assert.equal(await answered(), 0);
    await anna.go(`${attempt}/answers`, { ...fields, answer: "22,5 %" });
    assert.equal(await answered(), 1);
});
