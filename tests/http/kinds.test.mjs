// kinds: every kind of question in every state: tests/golden/kinds/{practice,test}/KIND-STATE.{html,json}.
//
// The questions are those of tests/packs/everything: its practice (marked at once) and its test (marked when handed in).
// A file holds the part of the page, or of the data, that belongs to the one question, so that nothing else changes it.
// States: before (nothing sent), answered (kept, not handed in), right, partly (where the kind knows it), wrong, none (sent
// without an answer), unsure («Weiss ich nicht»). In the pack some items of the test are scored all or nothing; in the
// course "everything" of these tests by parts, and as the pack has it in "strict", state all-or-nothing.
import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addUser, root, Server, temporary, unescape, words } from "./client.mjs";
import { elementOf, fixAttempts, Goldens, normalise, readable, renumber } from "./golden.mjs";

const LESSON = "/courses/everything/fragen";
const pack = join(root, "tests/packs/everything");
const data = join(temporary(), "data"), courses = temporary();
const practice = new Goldens("kinds/practice"), exam = new Goldens("kinds/test");

// What is answered: ids or words as a list; for kinds that are answered in parts, words by part.
const PRACTICE = {
    "choice-one": { right: ["a"], wrong: ["b"] },
    "choice-several": { right: ["a", "b"], partly: ["b"], wrong: ["a", "c"] },
    order: {
        right: ["sammeln", "ordnen", "zaehlen", "ablesen"],
        partly: ["ordnen", "zaehlen", "ablesen", "sammeln"],
        wrong: ["zaehlen", "ordnen", "ablesen", "sammeln"],
    },
    match: {
        right: { dauer: "Median der Dauer", menge: "Anzahl Gesuche", vergleich: "Meldungen je 1'000 Personen" },
        partly: { dauer: "Median der Dauer", menge: "Farbe des Formulars" },
        wrong: { dauer: "Farbe des Formulars", menge: "Farbe des Formulars", vergleich: "Median der Dauer" },
    },
    text: { right: ["zentralwert"], wrong: ["Durchschnitt"] },
    number: { right: ["20"], wrong: ["50"] },
    gap: {
        right: { wort: "Prozentpunkte", wert: "25" },
        partly: { wort: "Prozentpunkte", wert: "5" },
        wrong: { wort: "Prozent" },
    },
    select: { right: ["juni", "kreis"], partly: ["juni", "kreis", "stand"], wrong: ["mai"] },
    inbox: {
        right: { druck: "Anzahl", unfaelle: "Rate je 1'000", warten: "Median" },
        partly: { druck: "Anzahl", unfaelle: "Anzahl" },
        wrong: { druck: "Median", unfaelle: "Median", warten: "Anzahl" },
    },
    hotspot: { right: ["achse"], wrong: ["saeule"] },
};
const TEST = {
    "choice-one": { right: ["a"], wrong: ["b"] },
    "choice-several": { right: ["a", "b"], partly: ["a"], wrong: ["c"] },
    order: {
        right: ["frage", "daten", "pruefen", "rechnen", "schreiben"],
        partly: ["frage", "daten", "rechnen", "pruefen", "schreiben"],
        wrong: ["schreiben", "rechnen", "pruefen", "daten", "frage"],
    },
    match: {
        right: { mitte: "Median", schnitt: "Durchschnitt", anteil: "Rate" },
        partly: { mitte: "Median", schnitt: "Rate", anteil: "Rate" },
        wrong: { mitte: "Durchschnitt", schnitt: "Median" },
    },
    text: { right: ["mittelwert"], wrong: ["<Median> & Co."] },
    number: { right: ["22,5"], wrong: ["4.44"] },
    gap: { right: { "median-wert": "4", "schnitt-wert": "fünf" }, partly: { "median-wert": "4" }, wrong: { "median-wert": "2", "schnitt-wert": "15" } },
    select: { right: ["bau-juni", "verkehr-mai"], partly: ["bau-juni"], wrong: ["bau-mai", "verkehr-juni"] },
    inbox: {
        right: { "mit-stand": "Weitergeben", "ohne-einheit": "Zuerst nachfragen" },
        partly: { "mit-stand": "Weitergeben", "ohne-einheit": "Weitergeben" },
        wrong: { "mit-stand": "Zuerst nachfragen" },
    },
    hotspot: { right: ["titel", "fuss"], partly: ["titel"], wrong: ["farbe"] },
};
const KINDS = Object.keys(TEST);
const STRICT = ["match", "gap", "select"]; // scoring="all" in the pack
const ATTEMPTS = { right: "right", partly: "partly", wrong: "wrong", none: null, unsure: "?", strict: "partly" };

let server;
const clients = {}, attempts = {};

function coursesOf(id, change) {
    cpSync(pack, join(courses, id), { recursive: true });
    for (const name of readdirSync(pack).filter((file) => /^course.*\.xml$/.test(file))) {
        const xml = readFileSync(join(pack, name), "utf8").replace(/(<course [^>]*id=")everything/, `$1${id}`);
        writeFileSync(join(courses, id, name), change(xml));
    }
}

async function start() {
    server = await Server.start({ data, courses });
    for (const name of Object.keys(ATTEMPTS)) clients[name] = await server.as(name);
}

before(async () => {
    coursesOf("everything", (xml) => xml.replaceAll(' scoring="all"', ""));
    coursesOf("strict", (xml) => xml);
    for (const name of Object.keys(ATTEMPTS)) addUser(data, name);
    await start();
    for (const name of Object.keys(ATTEMPTS))
        attempts[name] = await clients[name].go(`/courses/${name === "strict" ? "strict" : "everything"}/attempts`);
    await server.stop();
    fixAttempts(data);
    await start();
});
after(() => server.stop());

// ---- forms, as a browser fills them ----

const plain = (html) => unescape(html.replace(/<[^>]*>/g, ""));

// What a list or a tray calls its words; words that are typed are sent as they are.
function valueOf(question, part, answer) {
    const options = question.parts.find((one) => one.id === part).options;
    return options.length ? options.find((option) => plain(option.answer) === answer).id : answer;
}

// field: "answer" on a page with one question, "answer.ITEM" beside others.
function fieldsFor(question, answer, field) {
    if (answer === null) return [];
    if (answer === "?") return [[field, "?"]];
    if (Array.isArray(answer)) return answer.map((value) => [field, value]);
    return Object.entries(answer).map(([part, value]) => [`part.${question.id}.${part}`, valueOf(question, part, value)]);
}

function hiddenFields(form) {
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].filter(([, name]) => !/^answer(\.|$)/.test(name));
    return hidden.map(([, name, value]) => [name, unescape(value)]);
}

async function send(client, page, question, answer) {
    const form = [...page.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>[\s\S]*?<\/form>/g)].find(([html]) => html.includes(`id="q-${question.id}"`));
    assert.ok(form, `no form asks ${question.id}`);
    const button = form[0].includes(`name="question" value="${question.id}" data-check`) ? [["question", question.id]] : [];
    const field = button.length ? `answer.${question.id}` : "answer";
    return client.go(unescape(form[1]), [...hiddenFields(form[0]), ...fieldsFor(question, answer, field), ...button]);
}

// ---- what belongs to one question ----

// Without its place among the others.
const anywhere = (text) => renumber(normalise(text)).replace(/((?:Frage|Übung) )\d+( von \d+)?/g, "$1N").replace(/id="answer-\d+"/, 'id="answer-N"');

function formOf(page, id) {
    return anywhere(elementOf(page, new RegExp(`<div class="q__body" id="q-${id}">`)));
}

function practiceOf(page, id) {
    return anywhere(elementOf(page, new RegExp(`<div class="practice__item[^"]*" id="practice-${id}">`)));
}

function resultOf(page, number) {
    const list = elementOf(page, /<ol class="answers[^"]*">/);
    const at = list.indexOf(`id="answer-${number}"`);
    return anywhere(elementOf(list.slice(list.lastIndexOf("<li>", at)), /<li>/));
}

function check(goldens, kind, state, { html, json }, from) {
    goldens.check(`${kind}-${state}.html`, `${html}\n`, from);
    if (json) goldens.check(`${kind}-${state}.json`, anywhere(readable({ ...json, number: undefined })), from);
}

async function eachQuestion(name, run) {
    const { questions } = await clients[name].json(`${attempts[name]}.json`);
    for (const kind of KINDS) await run(kind, questions.find((question) => question.id === `t-${kind}`));
}

// ---- practice ----

test("practice, before and after each answer", async () => {
    const lea = clients.right;
    const { parts } = await lea.json(`${LESSON}.json`);
    const questions = parts.flatMap((part) => part.practice ?? []);
    assert.deepEqual(questions.map((question) => question.id.slice(2)).sort(), Object.keys(PRACTICE).sort());
    for (const question of questions) {
        const kind = question.id.slice(2), html = practiceOf(await lea.page(LESSON), question.id);
        check(practice, kind, "before", { html, json: question }, LESSON);
        for (const [state, answer] of Object.entries({ ...PRACTICE[kind], none: null, unsure: "?" })) {
            const marked = (await send(lea, await lea.page(LESSON), question, answer)).replace(/#.*/, "");
            check(practice, kind, state, { html: practiceOf(await lea.page(marked), question.id) }, marked);
        }
    }
});

// ---- the test ----

test("the test, before and after each answer is kept", async () => {
    await eachQuestion("partly", async (kind, question) => {
        const client = clients.partly, address = `${attempts.partly}?number=${question.number}`;
        const page = await client.page(address);
        check(exam, kind, "before", { html: formOf(page, question.id), json: question }, address);
        await send(client, page, question, TEST[kind].partly ?? TEST[kind].right);
        const kept = (await client.json(`${attempts.partly}.json`)).questions.find((one) => one.id === question.id);
        check(exam, kind, "answered", { html: formOf(await client.page(address), question.id), json: kept }, address);
    });
});

test("an open attempt tells nothing of what is right", async () => {
    const source = readFileSync(join(pack, "course.xml"), "utf8");
    const files = readdirSync(pack).filter((file) => /^course.*\.xml$/.test(file)).map((file) => readFileSync(join(pack, file), "utf8"));
    const told = files.flatMap((xml) => [...xml.matchAll(/<(feedback|explanation)\b[^>]*>([\s\S]*?)<\/\1>/g)].map(([, , text]) => plain(text)));
    assert.ok(told.length > 4 * (source.match(/<feedback>/g).length - 1), "texts of all languages");
    const pages = ["", "/all", "/review", ...KINDS.map((_, i) => `?number=${i + 1}`)];
    for (const lang of ["de", "en", "fr", "it"]) {
        const shown = [JSON.stringify(await clients.partly.json(`${attempts.partly}.json?lang=${lang}`))];
        for (const path of pages) shown.push(words(await clients.partly.page(`${attempts.partly}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`)));
        for (const page of shown) {
            for (const text of told) assert.ok(!plain(page).includes(text), `${lang}: ${text}`);
            assert.doesNotMatch(page, /correct|is_right|"points"|"verdict"|"outcome"/);
        }
    }
    await clients.partly.page(`${attempts.partly}?lang=de`);
});

test("what was handed in, marked", async () => {
    for (const [name, state] of Object.entries(ATTEMPTS)) {
        const client = clients[name], attempt = attempts[name];
        if (state)
            await eachQuestion(name, async (kind, question) => {
                const answer = state === "?" ? "?" : TEST[kind][state];
                if (answer) await send(client, await client.page(`${attempt}?number=${question.number}`), question, answer);
            });
        await client.page(`${attempt}/review`);
        await client.go(`${attempt}/finish`);
        const page = await client.page(`${attempt}/result`), { answers } = await client.json(`${attempt}/result.json`);
        for (const kind of name === "strict" ? STRICT : KINDS) {
            const json = answers.find((one) => one.question.id === `t-${kind}`);
            if (name === "partly" && !TEST[kind].partly) continue;
            check(exam, kind, name === "strict" ? "all-or-nothing" : name, { html: resultOf(page, json.number), json }, `${attempt}/result`);
        }
    }
});

test("every file belongs to a state", () => {
    practice.assertComplete();
    exam.assertComplete();
});
