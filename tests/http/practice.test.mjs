// The practice of a lesson is one form: marks stay when the next question is checked, what is filled in elsewhere stays, and
// nothing of it is stored. An answer beside "don't know" is asked about, of every kind, in practice and in a test.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addUser, root, Server, sql, temporary, words } from "./client.mjs";

const data = join(temporary(), "data"), courses = temporary();
const LESSON = "/courses/everything/fragen";
let server, anna;

before(async () => {
    addUser(data, "anna");
    addUser(data, "bea");
    cpSync(join(root, "tests/packs/everything"), join(courses, "everything"), { recursive: true });
    server = await Server.start({ data, courses });
    anna = await server.as("anna");
    const [, token] = /<option value="([^"]+)"[^>]*>Farbe des Formulars/.exec(await anna.page(LESSON));
    ANSWERS["u-match"][0][1] = token;
});
after(() => server.stop());

// A wrong answer to each practice question, as its form would send it; the test's items have the same kinds.
const ANSWERS = {
    "u-choice-one": [["answer.u-choice-one", "b"]],
    "u-choice-several": [["answer.u-choice-several", "c"]],
    "u-text": [["answer.u-text", "Mitte & «Rand»"]],
    "u-order": ["zaehlen", "ordnen", "sammeln", "ablesen"].map((id) => ["answer.u-order", id]),
    "u-match": [["part.u-match.dauer", ""]], // its lists do not tell what belongs together: see before()
    "u-inbox": [["part.u-inbox.druck", "mit-rate"]],
    "u-number": [["answer.u-number", "7"]],
    "u-gap": [["part.u-gap.wort", "prozent"], ["part.u-gap.wert", "drei viertel"]],
    "u-select": [["answer.u-select", "mai"]],
    "u-hotspot": [["answer.u-hotspot", "quelle"]],
};

const pageAt = async (location) => (await anna.get(location.replace(/#.*/, ""))).body;
const titleOf = (html) => /<title>([^<]*)/.exec(html)[1];
const itemOf = (html, question) => new RegExp(`<div class="practice__item" id="practice-${question}">[\\s\\S]*?(?=<div class="practice__item"|</section>)`).exec(html)[0];
const isMarked = (html, question) => itemOf(html, question).includes('class="feedback ');
const marksOf = (html) => Object.keys(ANSWERS).filter((question) => isMarked(html, question));

// All that a browser would send: hidden and filled controls, without those of pressed buttons.
function fieldsOf(html) {
    const form = new RegExp(`<form[^>]*action="${LESSON}/practice"[^>]*>([\\s\\S]*?)</form>`).exec(html)[1];
    const fields = [];
    for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
        const of = (name) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
        if (/ type="(radio|checkbox)"/.test(tag) && !/ checked/.test(tag)) continue;
        const value = (of("value") ?? "").replace(/&amp;/g, "&").replace(/&quot;/g, '"').replace(/&#39;/g, "'");
        fields.push([of("name"), value]);
    }
    for (const [, name, options] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
        fields.push([name, /<option value="([^"]*)"[^>]* selected/.exec(options)?.[1] ?? ""]);
    return fields;
}

test("one question after the other is checked, and all marks stay", async () => {
    let html = await anna.page(LESSON), checked = [];
    for (const [question, answer] of Object.entries(ANSWERS)) {
        const to = await anna.go(`${LESSON}/practice`, [...fieldsOf(html).filter(([name]) => !name.includes(question)), ...answer, ["question", question]]);
        assert.match(to, new RegExp(`#verdict-${question}-\\d+$`));
        html = await pageAt(to);
        checked.push(question);
        assert.deepEqual(marksOf(html), checked);
        assert.match(titleOf(html), /^(Nicht ganz|Teilweise richtig): /);
    }
    assert.match(words(itemOf(html, "u-text")), /Mitte & «Rand»/);
    // Emptying one leaves the others as they are; the title is the lesson's again.
    const again = await anna.go(`${LESSON}/practice`, [...fieldsOf(html), ["again", "u-match"]]);
    html = await pageAt(again);
    assert.deepEqual(marksOf(html), checked.filter((question) => question !== "u-match"));
    assert.doesNotMatch(itemOf(html, "u-match"), / selected/);
    assert.match(titleOf(html), /^Arten von Fragen/);
    // The marks go along when the language changes.
    const french = (await anna.get(`${again.replace(/#.*/, "")}&lang=fr`)).body;
    assert.deepEqual(marksOf(french), marksOf(html));
    await anna.get("/learn?lang=de");
});

test("what is filled in elsewhere on the page stays, and is not marked", async () => {
    const rest = Object.entries(ANSWERS).filter(([question]) => question !== "u-number");
    const to = await anna.go(`${LESSON}/practice`, [...rest.flatMap(([, answer]) => answer), ...ANSWERS["u-number"], ["question", "u-number"]]);
    const html = await pageAt(to);
    assert.deepEqual(marksOf(html), ["u-number"]);
    assert.match(itemOf(html, "u-text"), / value="Mitte &amp; «Rand»"/);
    assert.match(itemOf(html, "u-choice-one"), / value="b"[^>]* checked/);
    assert.match(itemOf(html, "u-match"), /<option[^>]* selected>Farbe/);
    assert.match(itemOf(html, "u-gap"), / value="drei viertel"/);
    assert.match(itemOf(html, "u-select"), / value="mai"[^>]* checked/);
    // Moving an item marks nothing, and loses nothing either.
    const moved = await anna.go(`${LESSON}/practice`, [...fieldsOf(html), ["move", "u-order.ablesen.up"]]);
    const after_move = await pageAt(moved);
    assert.deepEqual(marksOf(after_move), ["u-number"]);
    assert.match(after_move, / value="Mitte &amp; «Rand»"/);
    // Enter in a line of text presses no question's button: all that is filled in is checked.
    const entered = await pageAt(await anna.go(`${LESSON}/practice`, fieldsOf(after_move)));
    assert.deepEqual(marksOf(entered), Object.keys(ANSWERS));
});

test("nothing of it is stored but that a question was answered, and reading an address stores nothing", async () => {
    const bea = await server.as("bea");
    await bea.page(`${LESSON}?question=u-number&answer.u-number=7`);
    const count = () => sql(data, "SELECT count(*) AS n FROM practice_answer")[0].n;
    const before_post = count();
    await bea.go(`${LESSON}/practice`, [...ANSWERS["u-number"], ["question", "u-number"]]);
    await bea.go(`${LESSON}/practice`, [...ANSWERS["u-number"], ["question", "u-number"]]);
    assert.equal(count(), before_post + 1);
    assert.doesNotMatch(JSON.stringify(sql(data, "SELECT * FROM practice_answer")), /"7"/);
});

test("an address that was changed by hand marks what it can", async () => {
    for (const query of ["question=gibt-es-nicht", "checked=u-text&checked=nichts", "question=u-choice-one&answer.u-choice-one=zzz",
        "answer.u-order=ablesen&question=u-order", "checked=u-number&answer.u-number=viele", "again=u-text", "move=u-order.ablesen.up"]) {
        const html = await anna.page(`${LESSON}?${query}`);
        assert.deepEqual(marksOf(html), [], query);
    }
});

test("where the address would grow too long, the page itself is the reply", async () => {
    const long = "ü".repeat(490);
    const fields = [["answer.u-text", long], ["part.u-gap.wert", "ä".repeat(40)], ["part.u-gap.wort", "prozent"], ...ANSWERS["u-inbox"],
        ["answer.u-number", "ö".repeat(480)], ["question", "u-text"]];
    const reply = await anna.post(`${LESSON}/practice`, fields);
    assert.equal(reply.code, 200);
    assert.deepEqual(marksOf(reply.body), ["u-text"]);
    assert.match(titleOf(reply.body), /^Nicht ganz: /);
    assert.ok(reply.body.includes(`value="${"ö".repeat(480)}"`));
    assert.match(itemOf(reply.body, "u-inbox"), / value="mit-rate"[^>]* checked/);
});

// What a form shows as filled in, beside what was sent.
const without = (fields) => fields.map(([name, value]) => `${name}=${value}`).sort();

test("practice: an answer beside «Weiss ich nicht» is asked about; both stay", async () => {
    for (const [question, answer] of Object.entries(ANSWERS)) {
        const both = [...answer, [`answer.${question}`, "?"], ["question", question]];
        const asked = await pageAt(await anna.go(`${LESSON}/practice`, both));
        assert.match(titleOf(asked), /^Fehler: /, question);
        assert.match(asked, new RegExp(`<a href="#q-${question}-answer">Sie haben geantwortet und`));
        assert.deepEqual(marksOf(asked), []);
        const item = itemOf(asked, question);
        assert.match(words(item), /Was zählt\? Meine Antwort «Weiss ich nicht»/);
        assert.doesNotMatch(item, /counts\.[^>]* checked/, "nothing is chosen beforehand");
        const sent = fieldsOf(asked);
        for (const pair of without([...answer, [`answer.${question}`, "?"]])) assert.ok(without(sent).includes(pair), `${question}: ${pair}`);
        const mine = await pageAt(await anna.go(`${LESSON}/practice`, [...sent, [`counts.${question}`, "answer"], ["question", question]]));
        assert.deepEqual(marksOf(mine), [question]);
        assert.match(itemOf(mine, question), /Ihre Antwort|zu Unrecht|übersehen/, question);
        const skipped = await pageAt(await anna.go(`${LESSON}/practice`, [...sent, [`counts.${question}`, "skip"], ["question", question]]));
        assert.deepEqual(marksOf(skipped), [question]);
        assert.doesNotMatch(itemOf(skipped, question), /Ihre Antwort, nicht|zu Unrecht/, question);
    }
});

test("test: the same, on a page with one question and on the page with all", async () => {
    const attempt = await anna.go("/courses/everything/attempts");
    const { questions } = await anna.json(`${attempt}.json`);
    const answered = async () => (await anna.json(`${attempt}.json`)).questions.filter((question) => question.answered).map((question) => question.id);
    const one = questions.find((question) => question.kind === "number"), other = questions.find((question) => question.kind === "text");
    const asked = await anna.post(`${attempt}/answers`, [["question", one.id], ["answer", "7"], ["answer", "?"], ["go", "next"]]);
    assert.equal(asked.code, 422);
    assert.match(titleOf(asked.body), /^Fehler: /);
    assert.match(words(asked.body), /Sie haben geantwortet und «Weiss ich nicht» gewählt.*Was zählt\?/);
    assert.deepEqual(await answered(), []);
    const all = [[`answer.${one.id}`, "7"], [`answer.${one.id}`, "?"], [`answer.${other.id}`, "Median"], ["go", "save"]];
    const page = await anna.post(`${attempt}/answers`, all);
    assert.equal(page.code, 422);
    assert.match(page.body, / value="Median"/);
    assert.deepEqual(await answered(), [], "nothing is saved by halves");
    for (const [lang, ask] of [["en", "Which one counts?"], ["fr", "Qu’est-ce qui compte?"], ["it", "Che cosa vale?"]]) {
        await anna.get(`/learn?lang=${lang}`);
        assert.ok(words((await anna.post(`${attempt}/answers`, all)).body).includes(ask), lang);
    }
    await anna.get("/learn?lang=de");
    await anna.go(`${attempt}/answers`, [...all, [`counts.${one.id}`, "answer"]]);
    assert.deepEqual((await answered()).sort(), [one.id, other.id].sort());
});
