// story: what a member of staff does with a course, from signing in to the result, and what must not happen on the way.
//
// The course is that of the golden documents: two lessons with a practice question each, a test of three questions.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addUser, copyOf, formOf, lotse, NOW, PASSWORD, root, Server, sql, temporary, words } from "./client.mjs";

const data = join(temporary(), "data");
const courses = copyOf(join(root, "tests/golden/courses"));
const people = ["anna", "beat", "carla", "dario", "elena", "fritz", "gina", "hugo", "irma", "jan", "karl", "lena", "mia", "nora"];
const right = { "t-eine": ["auf-der-liste"], "t-mehrere": ["wer-kommt", "wie-lange"], "t-wort": ["Hausdienst"] };
const HOUR = 3600;
let server;

before(async () => {
    for (const name of people) addUser(data, name);
    server = await Server.start({ data, courses });
});
after(() => server.stop());

const given = (list) => list.map((value) => ["answer", value]);
const attemptRow = (path) => sql(data, `SELECT * FROM attempt WHERE id = ${path.split("/").at(-1)}`)[0];

async function restart(options = {}) {
    await server.stop();
    server = await Server.start({ data, courses, ...options });
}

// Answers every question right, one by one, without forms.
async function answerAll(client, attempt, answers = right) {
    const { questions } = await client.json(`${attempt}.json`);
    for (const { id } of questions) await client.go(`${attempt}/answers`, [["question", id], ...given(answers[id])]);
}

test("a course from the first page to the result", async () => {
    const anna = server.client();
    assert.equal((await anna.get("/")).location, "/learn");
    assert.equal((await anna.get("/learn")).location, "/sign-in?target=/learn");
    const form = formOf(await anna.page("/sign-in?target=/courses"), "/sign-in");
    assert.deepEqual(Object.keys(form.fields), ["csrf", "target"]);
    assert.equal(await anna.go("/sign-in", { ...form.fields, name: " Anna ", password: PASSWORD }), "/courses");

    assert.match(words(await anna.page("/learn")), /Schlüssel & Türen/);
    assert.equal((await anna.json("/learn.json")).next.url, "/courses/probe/ausgeben");
    assert.match(words(await anna.page("/courses")), /Wie Sie mit Schlüsseln umgehen/);
    assert.match(words(await anna.page("/courses/probe")), /Schlüssel verlieren/);

    let lesson = await anna.page("/courses/probe/ausgeben");
    assert.match(lesson, /<table/);
    assert.doesNotMatch(lesson, /So bleibt die Liste richtig/, "the explanation stands there before the answer");
    const picture = /src="(\/media\/[^"]+)"/.exec(lesson)[1];
    assert.equal((await anna.get(picture)).headers["content-type"], "image/png");
    assert.equal((await anna.get(picture.replace("kasten.png", "plan.svg"))).headers["content-type"], "image/svg+xml");
    assert.equal((await anna.get(picture.replace("media/kasten.png", "course.xml"))).code, 404, "the pack with its keys");

    // Done before the practice question is answered: the page says that something is open.
    const { fields } = formOf(lesson, "/courses/probe/ausgeben/done");
    assert.equal(await anna.go("/courses/probe/ausgeben/done", fields), "/courses/probe/ausgeben?done=1");
    let to = await anna.go("/courses/probe/ausgeben/practice", { question: "u-eins", "answer.u-eins": "kaffee" });
    lesson = words(await anna.page(to.split("#")[0]));
    assert.match(lesson, /Der kommt danach/);
    assert.match(lesson, /So bleibt die Liste richtig/);
    to = await anna.go("/courses/probe/ausgeben/practice", { question: "u-eins", "answer.u-eins": "unterschrift" });
    assert.match(words(await anna.page(to.split("#")[0])), /Genau/);

    assert.equal((await anna.json("/learn.json")).next.url, "/courses/probe/verlieren");
    await anna.go("/courses/probe/verlieren/practice", { question: "u-zwei", "answer.u-zwei": "der hausdienst?" });
    assert.equal(await anna.go("/courses/probe/verlieren/done"), "/courses/probe#test");
    assert.deepEqual((await anna.json("/courses/probe.json")).lessons.map((l) => l.done), [true, true]);

    const attempt = await anna.go("/courses/probe/attempts", formOf(await anna.page("/courses/probe"), "/courses/probe/attempts").fields);
    assert.match(attempt, /^\/attempts\/\d+$/);
    const { questions } = await anna.json(`${attempt}.json`);
    let page = attempt;
    for (const { id, number } of questions) {
        const html = await anna.page(page);
        const { fields: hidden } = formOf(html, `${attempt}/answers`);
        assert.deepEqual([hidden.question, hidden.number], [id, `${number}`]);
        assert.doesNotMatch(html, /Dort suchen alle|Person und Dauer|Die Liste gilt/);
        const wrong = id === "t-wort" ? ["Polizei"] : right[id];
        page = await anna.go(`${attempt}/answers`, [...Object.entries(hidden), ...given(wrong), ["go", "next"]]);
    }
    assert.equal(page, `${attempt}/review`);

    // A second thought: back to the question in words.
    const number = questions.find((q) => q.id === "t-wort").number;
    assert.match(await anna.page(`${attempt}?number=${number}`), /value="Polizei"/);
    await anna.go(`${attempt}/answers`, { question: "t-wort", answer: "der   HAUSDIENST", go: "finish" });
    const review = await anna.page(`${attempt}/review`);
    const result = await anna.go(`${attempt}/finish`, formOf(review, `${attempt}/finish`).fields);
    assert.equal(result, `${attempt}/result`);
    const shown = words(await anna.page(result));
    assert.match(shown, /Die Liste gilt für alle/);
    assert.match(shown, /Dort suchen alle/);
    const marked = await anna.json(`${result}.json`);
    assert.deepEqual([marked.passed, marked.percent, marked.right, marked.of], [true, 100, 3, 3]);
    assert.equal(marked.valid_until, "2028-11-23");
    assert.equal((await anna.json("/courses/probe.json")).finished, true);
    assert.equal((await anna.json("/learn.json")).finished_courses[0].id, "probe");
    assert.equal((await anna.get(attempt)).location, result);
});

test("every question on one page; an answer can be taken back", async () => {
    const beat = await server.as("beat");
    const attempt = await beat.go("/courses/probe/attempts");
    const all = formOf(await beat.page(`${attempt}/all`), `${attempt}/answers`);
    const fields = [...Object.entries(all.fields), ["answer.t-eine", "im-kopf"], ["answer.t-mehrere", "wer-kommt"],
        ["answer.t-mehrere", "welche-farbe"], ["answer.t-wort", ""], ["go", "save"]];
    assert.equal(await beat.go(`${attempt}/answers`, fields), `${attempt}/all?saved=1`);
    const answersNow = async () => Object.fromEntries((await beat.json(`${attempt}.json`)).questions.map((q) => [q.id, q.given]));
    assert.deepEqual(await answersNow(), { "t-eine": ["im-kopf"], "t-mehrere": ["wer-kommt", "welche-farbe"], "t-wort": [] });
    const html = await beat.page(`${attempt}/all?saved=1`);
    assert.match(html, /value="im-kopf" checked/);
    // The same page sent again with other answers and a fresh key replaces them all.
    const { fields: next } = formOf(html, `${attempt}/answers`);
    assert.notEqual(next.key, all.fields.key);
    const better = [...Object.entries(next), ["answer.t-eine", "?"], ["answer.t-mehrere", "wer-kommt"],
        ["answer.t-mehrere", "wie-lange"], ["answer.t-wort", "niemand"], ["go", "finish"]];
    assert.equal(await beat.go(`${attempt}/answers`, better), `${attempt}/review`);
    const { answered, questions } = await beat.json(`${attempt}.json`);
    assert.equal(answered, 3, "not knowing is an answer");
    assert.equal(questions.length, 3);
    const result = await beat.go(`${attempt}/finish`);
    const { passed, percent, answers } = await beat.json(`${result}.json`);
    assert.deepEqual([passed, percent], [false, 33]);
    const verdicts = Object.fromEntries(answers.map((a) => [a.id, a.result.verdict]));
    assert.deepEqual(verdicts, { "t-eine": "wrong", "t-mehrere": "right", "t-wort": "wrong" });
    // The pause of the course is not over: no new attempt; after it there is one.
    assert.equal(await beat.go("/courses/probe/attempts"), "/courses/probe#test");
    assert.match(words(await beat.page("/courses/probe")), /60 Minuten/);
    await restart({ now: NOW + 2 * HOUR });
    const again = await server.as("beat");
    assert.match(await again.go("/courses/probe/attempts"), /^\/attempts\/\d+$/);
    await restart();
});

test("half right is half a point, and one wrong choice takes a right one away", async () => {
    const irma = await server.as("irma");
    const attempt = await irma.go("/courses/probe/attempts");
    await irma.go(`${attempt}/answers`, [["question", "t-mehrere"], ["answer", "wer-kommt"]]);
    const { answers, percent } = await irma.json(`${await irma.go(`${attempt}/finish`)}.json`);
    assert.deepEqual(answers.map((a) => [a.id, a.points]).sort(), [["t-eine", "0"], ["t-mehrere", "0,5"], ["t-wort", "0"]]);
    assert.equal(percent, 16);
});

test("another device goes on in the same attempt at the same question", async () => {
    const phone = await server.as("carla");
    const attempt = await phone.go("/courses/probe/attempts");
    const { questions } = await phone.json(`${attempt}.json`);
    await phone.go(`${attempt}/answers`, [["question", questions[0].id], ...given(right[questions[0].id]), ["go", "next"]]);
    const desk = await server.as("carla");
    assert.equal((await desk.json("/learn.json")).next.url, attempt);
    assert.equal(await desk.go("/courses/probe/attempts"), attempt, "a second attempt was opened");
    assert.match(await desk.page(attempt), new RegExp(`name="question" value="${questions[1].id}"`));
    const seen = (await desk.json(`${attempt}.json`)).questions;
    assert.deepEqual(seen.map((q) => q.answered), [true, false, false]);
    await desk.go(`${attempt}/answers`, [["question", questions[1].id], ...given(right[questions[1].id]), ["go", "stop"]]);
    // Who stops at a question comes back to it.
    assert.match(await phone.page(attempt), new RegExp(`name="question" value="${questions[1].id}"`));
    // And after a restart, with the session of before.
    await restart();
    const desk2 = server.client();
    desk2.cookies = desk.cookies;
    assert.equal((await desk2.json(`${attempt}.json`)).answered, 2);
});

test("the same form sent twice has one effect", async () => {
    const dario = await server.as("dario");
    const start = formOf(await dario.page("/courses/probe"), "/courses/probe/attempts").fields;
    const [one, two] = await Promise.all([dario.go("/courses/probe/attempts", start), dario.go("/courses/probe/attempts", start)]);
    assert.equal(one, two);
    const attempt = one;
    const { fields } = formOf(await dario.page(attempt), `${attempt}/answers`);
    const question = fields.question, first = right[question], other = question === "t-wort" ? ["nein"] : ["?"];
    const to = await dario.go(`${attempt}/answers`, [...Object.entries(fields), ...given(first), ["go", "next"]]);
    const before = attemptRow(attempt).version;
    const given_now = async () => [...(await dario.json(`${attempt}.json`)).questions.find((q) => q.id === question).given].sort();
    assert.equal(await dario.go(`${attempt}/answers`, [...Object.entries(fields), ...given(first), ["go", "next"]]), to);
    assert.equal(attemptRow(attempt).version, before, "the same form was carried out twice");
    assert.deepEqual(await given_now(), [...first].sort());
    // A page restored by the browser has its old key: a changed answer on it is another form and is not lost.
    await dario.go(`${attempt}/answers`, [...Object.entries(fields), ...given(other), ["go", "next"]]);
    assert.equal(attemptRow(attempt).version, before + 1);
    assert.notDeepEqual(await given_now(), [...first].sort());
    // No row of the table names a person.
    assert.deepEqual(sql(data, "SELECT name FROM pragma_table_info('form_key')").map((c) => c.name), ["form_hash", "location", "at"]);
    // Another person's key of the same letters is another key.
    const elena = await server.as("elena");
    const own = await elena.go("/courses/probe/attempts", { key: start.key });
    assert.notEqual(own, attempt);
});

test("handing in twice leads to the one result; nothing is answered afterwards", async () => {
    const fritz = await server.as("fritz");
    const attempt = await fritz.go("/courses/probe/attempts");
    await answerAll(fritz, attempt);
    const both = await Promise.all([fritz.go(`${attempt}/finish`), fritz.go(`${attempt}/finish`)]);
    assert.deepEqual(both, [`${attempt}/result`, `${attempt}/result`]);
    const [{ n }] = sql(data, `SELECT count(*) AS n FROM evidence WHERE attempt = ${attempt.split("/").at(-1)}`);
    assert.equal(n, 3);
    // Another answer afterwards leads to the result, which shows it and says that it was not taken.
    const late = await fritz.go(`${attempt}/answers`, { question: "t-wort", answer: "Polizei & Söhne", shown: "" });
    const html = await fritz.page(late);
    assert.match(words(html), /schon abgegeben.*nicht übernommen/);
    assert.match(html, /<fieldset class="frozen" disabled>[\s\S]*value="Polizei &amp; Söhne"/);
    assert.equal((await fritz.json(`${attempt}/result.json`)).percent, 100);
    // The same answer as was taken is none that was lost; nor is one that was left as its page showed it.
    assert.equal(await fritz.go(`${attempt}/answers`, { question: "t-wort", answer: "Hausdienst" }), `${attempt}/result`);
    // What is too long for an address is counted.
    const long = await fritz.go(`${attempt}/answers`, [["answer.t-eine", "im-kopf"], ["answer.t-mehrere", "wer-kommt"],
        ["answer.t-wort", "ä".repeat(500)], ["answer.t-wort.x", "y".repeat(400)], ["go", "save"]]);
    assert.ok(long.length < 4200);
    assert.match(words(await fritz.page(long)), /nicht übernommen/);
});

test("a form of answers sent again after handing in leads where it led the first time", async () => {
    const mia = await server.as("mia");
    const attempt = await mia.go("/courses/probe/attempts");
    const { fields } = formOf(await mia.page(attempt), `${attempt}/answers`);
    const filled = [...Object.entries(fields), ...given(right[fields.question]), ["go", "next"]];
    const to = await mia.go(`${attempt}/answers`, filled);
    await mia.go(`${attempt}/finish`);
    const result = await mia.json(`${attempt}/result.json`);
    assert.equal(await mia.go(`${attempt}/answers`, filled), to);
    assert.deepEqual(await mia.json(`${attempt}/result.json`), result);
    const other = filled.map(([name, value]) => [name, name === "answer" ? "?" : value]);
    assert.match(words(await mia.page(await mia.go(`${attempt}/answers`, other))), /nicht übernommen/);
});

const markOf = (html, item) => new RegExp(`name="shown.${item}" value="([^"]*)"`).exec(html)[1];
const answersOf = async (client, attempt) =>
    Object.fromEntries((await client.json(`${attempt}.json`)).questions.map((q) => [q.id, [...q.given].sort()]));

test("an old page never replaces a newer answer: it comes back and asks which counts", async () => {
    const desk = await server.as("karl"), phone = await server.as("karl");
    const attempt = await desk.go("/courses/probe/attempts");
    const old = formOf(await desk.page(`${attempt}/all`), `${attempt}/answers`);
    await phone.go(`${attempt}/answers`, [...Object.entries(formOf(await phone.page(`${attempt}/all`), `${attempt}/answers`).fields),
        ["answer.t-eine", "auf-der-liste"], ["answer.t-mehrere", "wer-kommt"], ["answer.t-wort", "Hausdienst"], ["go", "save"]]);
    // One question was left alone here, one got the same answer, one another.
    const filled = [...Object.entries(old.fields), ["answer.t-mehrere", "wer-kommt"], ["answer.t-wort", "niemand"], ["go", "finish"]];
    const before = await answersOf(desk, attempt);
    const asked = await desk.post(`${attempt}/answers`, filled);
    assert.equal(asked.code, 409);
    assert.deepEqual(await answersOf(desk, attempt), before);
    assert.match(words(asked.body), /Welche Antwort gilt\?.*gespeicherte Antwort, 23\. November 2026, 10:00 Uhr.*von dieser Seite/);
    assert.match(asked.body, /disabled>[\s\S]*value="Hausdienst"[\s\S]*<\/fieldset>[\s\S]*name="answer.t-wort" value="niemand"/);
    const again = formOf(asked.body, `${attempt}/answers`);
    const choices = [...again.html.matchAll(/name="(choose\.[^"]+)" value="([^"]+)"/g)].map(([, name, value]) => [name, value]);
    assert.deepEqual(choices.map(([name]) => name), ["choose.t-wort", "choose.t-wort"]);
    // Without a choice it asks again, with what is filled in now.
    const more = [...Object.entries(again.fields), ["answer.t-eine", "im-kopf"], ["answer.t-mehrere", "wer-kommt"], ["answer.t-wort", "ich"]];
    const undecided = await desk.post(`${attempt}/answers`, [...more, ["go", "finish"]]);
    assert.equal(undecided.code, 409);
    assert.match(undecided.body, /name="choose.t-eine"/, "what was left alone is changed now");
    assert.deepEqual(await answersOf(desk, attempt), before);
    // Keep one, take the other.
    const mark = choices[0][1].split(".")[1], other = markOf(await phone.page(`${attempt}/all`), "t-eine");
    const decided = [...more, ["choose.t-wort", `brought.${mark}`], ["choose.t-eine", `saved.${other}`], ["go", "finish"]];
    assert.equal(await desk.go(`${attempt}/answers`, decided), `${attempt}/review`);
    assert.deepEqual(await answersOf(desk, attempt), { "t-eine": ["auf-der-liste"], "t-mehrere": ["wer-kommt"], "t-wort": ["ich"] });
    // The choice is one against the answer that was shown beside it, not against a still newer one.
    await phone.go(`${attempt}/answers`, { question: "t-wort", answer: "Hauswart" });
    const stale = [...Object.entries(old.fields), ["answer.t-wort", "du"], ["choose.t-wort", `brought.${mark}`], ["go", "save"]];
    assert.equal((await desk.post(`${attempt}/answers`, stale)).code, 409);
    assert.deepEqual((await answersOf(desk, attempt))["t-wort"], ["Hauswart"]);
});

test("the page with one question asks too, in the reader's language", async () => {
    const desk = server.client({ lang: "en" });
    await desk.signIn("lena");
    await desk.page("/learn?lang=en");
    const phone = await server.as("lena");
    const attempt = await desk.go("/courses/probe/attempts");
    const { fields } = formOf(await desk.page(attempt), `${attempt}/answers`);
    await phone.go(`${attempt}/answers`, [["question", fields.question], ...given(right[fields.question])]);
    const asked = await desk.post(`${attempt}/answers`, [...Object.entries(fields), ["answer", "?"], ["go", "next"]]);
    assert.equal(asked.code, 409);
    assert.match(words(asked.body), /Which answer counts\?.*The saved answer, 23 November 2026, 10:00.*The answer on this page/);
    const form = formOf(asked.body, `${attempt}/answers`);
    assert.equal(form.fields.question, fields.question);
    const [, take] = new RegExp(`name="choose.${fields.question}" value="(brought[^"]+)"`).exec(form.html);
    const to = await desk.go(`${attempt}/answers`, [...Object.entries(form.fields), ["answer", "?"], [`choose.${fields.question}`, take], ["go", "next"]]);
    assert.equal(to, `${attempt}?number=2`);
    assert.equal((await desk.json(`${attempt}.json`)).questions[0].answered, true);
    assert.notDeepEqual((await answersOf(desk, attempt))[fields.question], [...right[fields.question]].sort());
    const { csrf: _, ...own } = fields; // the token of the desk's session
    for (const [lang, title] of [["fr", "Quelle réponse compte"], ["it", "Quale risposta vale"]]) {
        await phone.page(`/learn?lang=${lang}`);
        await desk.go(`${attempt}/answers`, [["question", fields.question], ...given(right[fields.question])]);
        const reply = await phone.post(`${attempt}/answers`, [...Object.entries(own), ["answer", "?"], ["go", "next"]]);
        assert.equal(reply.code, 409, lang);
        assert.ok(words(reply.body).includes(title), lang);
    }
});

// Posts at the same time, from two connections, many times over: whoever decides on what it read before sees neither.
test("two last steps at the same time finish the course", async () => {
    const nora = await server.as("nora");
    await nora.go("/courses/probe/ausgeben/practice", { question: "u-eins", "answer.u-eins": "unterschrift" });
    await nora.go("/courses/probe/verlieren/practice", { question: "u-zwei", "answer.u-zwei": "hausdienst" });
    const attempt = await nora.go("/courses/probe/attempts");
    await answerAll(nora, attempt);
    await nora.go(`${attempt}/finish`);
    const passed = await nora.json(`${attempt}/result.json`);
    assert.deepEqual([passed.passed, passed.valid_until], [true, null]);
    assert.deepEqual(passed.open_lessons.map((l) => l.url), ["/courses/probe/ausgeben", "/courses/probe/verlieren"]);
    const shown = words(await nora.page(`${attempt}/result`));
    assert.match(shown, /fehlen noch 2 Lektionen.*Schlüssel ausgeben.*Schlüssel verlieren/);
    assert.doesNotMatch(shown, /Gültig bis/);
    const learner = `(SELECT learner FROM attempt WHERE id = ${attempt.split("/").at(-1)})`;
    for (let round = 0; round < 40; round++) {
        sql(data, `DELETE FROM lesson_done WHERE learner = ${learner}; DELETE FROM completion WHERE learner = ${learner};`);
        await Promise.all(["ausgeben", "verlieren"].map((lesson) => nora.go(`/courses/probe/${lesson}/done`)));
        const rows = sql(data, `SELECT day, valid_until FROM completion WHERE learner = ${learner}`);
        assert.deepEqual(rows, [{ day: 20780, valid_until: 21511 }], `round ${round}`);
    }
    assert.equal((await nora.json(`${attempt}/result.json`)).valid_until, "2028-11-23");
    assert.match(lotse(["verify", "--data", data, "--courses", courses]).stdout, /completions: \d+ rebuilt, 0 differ/);
    sql(data, `DELETE FROM completion WHERE learner = ${learner};`);
    const lost = lotse(["verify", "--data", data, "--courses", courses]);
    assert.match(lost.stdout, /completions: \d+ rebuilt, 1 differ/);
    assert.notEqual(lost.status, 0);
    await restart(); // and the server writes down what follows from the facts
    assert.match(lotse(["verify", "--data", data, "--courses", courses]).stdout, /completions: \d+ rebuilt, 0 differ/);
    // The same where a pack that asks for less is read again: here one lesson is not done yet, then it is not asked for.
    const file = join(courses, "probe/course.xml"), original = readFileSync(file, "utf8");
    sql(data, `DELETE FROM lesson_done WHERE learner = ${learner} AND lesson = 'verlieren'; DELETE FROM completion WHERE learner = ${learner};`);
    writeFileSync(file, original.replace('validity-months="24"', 'validity-months="24" completion="test"'));
    const deadline = Date.now() + 60_000;
    let rows = [];
    while (rows.length === 0 && Date.now() < deadline) {
        await new Promise((wake) => setTimeout(wake, 100));
        rows = sql(data, `SELECT valid_until FROM completion WHERE learner = ${learner}`);
    }
    assert.deepEqual(rows, [{ valid_until: 21511 }]);
    writeFileSync(file, original);
    await restart();
});

test("what does not fit the question is refused and changes nothing", async () => {
    const gina = await server.as("gina");
    const attempt = await gina.go("/courses/probe/attempts");
    const bad = [
        [["question", "t-eine"], ["answer", "gibt-es-nicht"]],
        [["question", "t-eine"], ["answer", "im-kopf"], ["answer", "an-der-tuer"]],
        [["question", "t-mehrere"], ["answer", "wer-kommt"], ["answer", "wer-kommt"]],
        [["question", "t-wort"], ["answer", "a"], ["answer", "b"]],
        [["question", "t-wort"], ["answer", "x".repeat(1001)]],
        [["question", "u-eins"], ["answer", "unterschrift"]],
        [["question", "nichts"], ["answer", "x"]],
    ];
    for (const fields of bad) {
        const reply = await gina.post(`${attempt}/answers`, fields);
        assert.equal(reply.code, 422, JSON.stringify(fields));
        assert.doesNotMatch(reply.body, /gibt-es-nicht|x{100}/);
    }
    assert.equal((await gina.json(`${attempt}.json`)).answered, 0);
    assert.equal((await gina.post("/courses/probe/ausgeben/practice", { question: "u-eins", "answer.u-eins": "nein" })).code, 422);
    assert.equal((await gina.post("/courses/probe/ausgeben/practice", { question: "t-eine", "answer.t-eine": "im-kopf" })).code, 422);
    assert.equal((await gina.post("/courses/probe/verlieren/practice", { question: "u-eins", "answer.u-eins": "kaffee" })).code, 422);
});

test("what does not exist is 404, and so is what belongs to somebody else", async () => {
    const gina = await server.as("gina"), hugo = await server.as("hugo");
    const attempt = await gina.go("/courses/probe/attempts");
    for (const path of ["/courses/nichts", "/courses/probe/nichts", "/courses/nichts/eins", "/attempts/999999", "/attempts/x",
        "/attempts/99999999999999999999", "/nichts", "/learn/", "/learn.csv", `${attempt}/nichts`, "/media/0000/media/plan.svg"])
        assert.equal((await hugo.get(path)).code, 404, path);
    for (const path of [attempt, `${attempt}.json`, `${attempt}/all`, `${attempt}/review`, `${attempt}/result`, `${attempt}/result.json`])
        assert.equal((await hugo.get(path)).code, 404, path);
    for (const path of [`${attempt}/answers`, `${attempt}/finish`])
        assert.equal((await hugo.post(path, { question: "t-eine", answer: "im-kopf" })).code, 404, path);
    assert.equal((await gina.json(`${attempt}.json`)).finished, false);
    assert.equal((await hugo.post("/courses/nichts/attempts")).code, 404);
});

test("an unsafe request without its token is refused", async () => {
    const hugo = await server.as("hugo"), gina = await server.as("gina");
    for (const csrf of ["", "x", gina.csrf, hugo.csrf.slice(0, -1)]) {
        const reply = await hugo.post("/courses/probe/attempts", { csrf });
        assert.equal(reply.code, 403, csrf);
        assert.match(words(reply.body), /gespeichert/);
    }
    assert.equal((await hugo.ask("POST", "/sign-out", { form: {} })).code, 403);
    const cross = await hugo.ask("POST", "/courses/probe/attempts", { form: { csrf: hugo.csrf }, headers: { "Sec-Fetch-Site": "cross-site" } });
    assert.equal(cross.code, 403);
    assert.equal(sql(data, "SELECT count(*) AS n FROM attempt a JOIN learner_link l USING (learner) JOIN account c USING (person) WHERE c.name = 'hugo'")[0].n, 0);
    const stranger = server.client();
    assert.equal((await stranger.post("/sign-in", { csrf: hugo.csrf, name: "hugo", password: PASSWORD })).code, 403);
    assert.equal((await hugo.json("/account.json")).sign_in_name, "hugo");
});

test("the language follows the address, then the cookie, then the browser", async () => {
    const client = server.client({ lang: "fr;q=0.5, en" });
    assert.match(await client.page("/sign-in"), /<html lang="en/);
    assert.match(await client.page("/sign-in?lang=de"), /<html lang="de/);
    assert.match(await client.page("/sign-in"), /<html lang="de/, "the choice is kept");
    await client.signIn("hugo");
    for (const [lang, title] of [["en", "My learning"], ["de", "Mein Lernen"]]) {
        const html = await client.page(`/learn?lang=${lang}`);
        assert.match(html, new RegExp(`<html lang="${lang}`));
        assert.ok(html.includes(title), `${lang}: ${/<title>.*<\/title>/.exec(html)}`);
    }
    for (const lang of ["fr", "it"]) assert.match(await client.page(`/learn?lang=${lang}`), new RegExp(`<html lang="${lang}`));
    assert.match(await client.page("/learn?lang=xx"), /<html lang="it/);
});

test("signing out ends this session, everywhere ends all; a sign-in changes the cookie", async () => {
    const one = await server.as("jan"), two = await server.as("jan"), copy = server.client();
    copy.cookies = new Map(one.cookies);
    await one.go("/sign-out");
    assert.equal((await copy.get("/learn")).code, 303, "the old cookie still opens");
    assert.equal((await two.get("/learn")).code, 200);
    const three = await server.as("jan");
    assert.equal((await three.json("/account.json")).sessions.n, 2);
    await two.go("/sign-out-everywhere");
    assert.equal((await three.get("/learn")).code, 303);
    // Who signs in with a cookie in hand gets another one, and the old one is dead.
    await three.signIn("jan");
    const before = new Map(three.cookies);
    await three.go("/sign-out");
    assert.notDeepEqual([...before], [...three.cookies]);
    const raw = sql(data, "SELECT hex(token_hash) AS h FROM session").map((row) => row.h.toLowerCase());
    const live = await server.as("jan");
    for (const value of live.cookies.values()) assert.ok(!raw.includes(value));
});

test("guessing is slowed alike for names that exist and names that do not", async () => {
    const say = async (name) => {
        const client = server.client(), codes = [];
        await client.page("/sign-in");
        let last;
        for (let i = 0; i < 6; i++) codes.push((last = await client.post("/sign-in", { name, password: "falsch-geraten" })).code);
        const body = words(last.body).replaceAll(name, "NAME");
        return { codes, wait: last.headers["retry-after"], body, cookies: [...client.cookies.keys()] };
    };
    const known = await say("irma"), unknown = await say("niemand");
    assert.deepEqual(known.codes, [422, 422, 422, 422, 429, 429]);
    assert.deepEqual(known, unknown);
    assert.ok(Number(known.wait) >= 1 && Number(known.wait) <= 30);
    const client = server.client();
    await client.page("/sign-in");
    assert.equal((await client.post("/sign-in", { name: "irma", password: PASSWORD })).code, 429, "even the right password waits");
    await restart({ now: NOW + 31 });
    assert.equal(await server.client().signIn("irma"), "/learn", "slowed, never locked");
    await restart();
});

test("a target outside is not followed", async () => {
    for (const target of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
        const client = server.client();
        await client.page("/sign-in");
        assert.equal(await client.go("/sign-in", { name: "hugo", password: PASSWORD, target }), "/learn", target);
    }
});

test("an attempt keeps the course it was started on, whatever becomes of the pack", async () => {
    const file = join(courses, "probe/course.xml"), original = readFileSync(file, "utf8");
    const hugo = await server.as("hugo");
    const attempt = await hugo.go("/courses/probe/attempts");
    await hugo.go(`${attempt}/answers`, { question: "t-eine", answer: "auf-der-liste" });
    const fritz = await server.as("fritz");
    const [{ id }] = sql(data, "SELECT a.id FROM attempt a JOIN learner_link l USING (learner) JOIN account c USING (person) WHERE c.name = 'fritz' AND a.passed = 1");
    const before = await fritz.json(`/attempts/${id}/result.json`);
    // The key moves to another option, an option goes, a question gets new words.
    const changed = original.replace('id="auf-der-liste" correct="yes"', 'id="auf-der-liste"').replace('id="im-kopf"', 'id="im-kopf" correct="yes"')
        .replace(/<option id="an-der-tuer">.*<\/option>/, "").replace("Wo steht, wer", "Wer weiss, wer").replace('version="1.0.0"', 'version="1.1.0"');
    assert.notEqual(changed, original);
    writeFileSync(file, changed);
    await restart();
    const again = server.client();
    again.cookies = hugo.cookies;
    await again.page("/learn");
    const html = await again.page(`${attempt}/all`);
    assert.match(html, /Wo steht, wer den Schlüssel hat/);
    assert.match(html, /An der Tür/);
    for (const [question, answer] of Object.entries(right))
        await again.go(`${attempt}/answers`, [["question", question], ...given(answer)]);
    assert.equal((await again.json(`${await again.go(`${attempt}/finish`)}.json`)).percent, 100, "marked by the new key");
    const later = server.client();
    later.cookies = fritz.cookies;
    assert.deepEqual((await later.json(`/attempts/${id}/result.json`)).answers, before.answers);
    assert.match(words(await later.page(`/attempts/${id}/result`)), /Wo steht, wer den Schlüssel hat/);
    // A new attempt is on the new state.
    const elena = await server.as("elena");
    const [{ id: own }] = sql(data, "SELECT a.id FROM attempt a JOIN learner_link l USING (learner) JOIN account c USING (person) WHERE c.name = 'elena'");
    await elena.go(`/attempts/${own}/finish`);
    await restart({ now: NOW + 2 * HOUR });
    const fresh = await server.as("elena");
    assert.match(await fresh.page(`${await fresh.go("/courses/probe/attempts")}/all`), /Wer weiss, wer den Schlüssel hat/);
    // Even without any pack the results stay.
    await restart({ courses: temporary() });
    const last = server.client();
    last.cookies = fritz.cookies;
    assert.deepEqual((await last.json(`/attempts/${id}/result.json`)).answers, before.answers);
    assert.equal((await last.json("/courses.json")).courses.length, 0);
    writeFileSync(file, original);
    await restart();
});

test("everything derived is still equal to the facts", async () => {
    const done = lotse(["verify", "--data", data]);
    assert.equal(done.status, 0, done.stdout);
});
