// elements: every element of the prose as it is rendered: tests/golden/elements/NAME.html, cut out of the pages of
// tests/packs/everything, so that a change elsewhere does not touch it. NAME is the element, with its kind where it has
// several. WHERE says of every element of the schema in which golden document its words are to be seen.
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addUser, root, Server, temporary } from "./client.mjs";
import { elementOf, Goldens, normalise, readable, renumber } from "./golden.mjs";

const LESSON = "/courses/everything/elemente", QUESTIONS = "/courses/everything/fragen";
const goldens = new Goldens("elements");
const read = (path) => readFileSync(join(root, path), "utf8");
const schema = read("courses/schema/course-1.xsd"), source = read("tests/packs/everything/course.xml");

// Cut out of the lesson's text, which the data hold as well.
const PROSE = {
    section: /<h2 id="absatz">/,
    p: /<p id="ein-absatz">/,
    ul: /<ul><li>/,
    ol: /<ol><li>/,
    strong: /<strong>/,
    em: /<em>/,
    q: /<q>/,
    code: /<code>/,
    abbr: /<abbr /,
    a: /<a href="#faelle"/,
    "a-lesson": /<a href="\/courses\/everything\/fragen"/,
    "a-outside": /<a href="https:\/\/www.bacs/,
    term: /<button type="button" class="term"/,
    "term-window": /<div class="term-window"/,
    "terms-of-lesson": /<dl class="gloss">/,
    "local-policy": /<p id="frist">/,
    "local-policy-default": /<p id="auskunft">/,
    footnote: /<sup class="footnote">/,
    footnotes: /<section class="footnotes"/,
    table: /<div class="scroll"[^>]* id="dauer"/,
    figure: /<figure [^>]*id="bild"/,
    pre: /<div class="code"/,
    "callout-note": /<aside class="callout callout--note"/,
    "callout-remember": /<aside class="callout callout--remember"/,
    "callout-warning": /<aside class="callout callout--warning"/,
    "callout-example": /<aside class="callout callout--example"/,
    "callout-tip": /<aside class="callout callout--tip"/,
    reveal: /<details [^>]*id="mehr"/,
    steps: /<ol class="steps" id="schritte"/,
    "worked-example": /<div [^>]*id="rechnen"/,
    variants: /<div [^>]*id="geraet"/,
    "comparison-right-wrong": /<div [^>]*id="betreff"/,
    "comparison-before-after": /<div class="comparison">/,
    video: /<figure [^>]*id="film"/,
    audio: /<figure [^>]*id="ton"/,
    scenario: /<div [^>]*id="faelle"/,
    takeaway: /<div [^>]*id="merksatz"/,
};
// Cut out of other pages, or of what stands around a lesson's text.
const PAGES = {
    objective: [LESSON, /<div class="card small">/],
    summary: ["/courses/everything", /<div class="lead"/],
    entry: ["/courses/everything/glossary", /<dl class="gloss[^"]*">/],
    "material-mail": [QUESTIONS, /<div class="material"(?=(?:(?!practice__item)[\s\S])*id="q-u-choice-one-hint")/],
    "material-letter": [QUESTIONS, /<div class="material"(?=(?:(?!practice__item)[\s\S])*id="q-u-text-hint")/],
    "material-form": [QUESTIONS, /<div class="material"(?=(?:(?!practice__item)[\s\S])*id="q-u-match-hint")/],
    "material-table": [QUESTIONS, /<div class="material"(?=(?:(?!practice__item)[\s\S])*id="q-u-number-hint")/],
    prompt: [QUESTIONS, /<div class="q__setting"/],
};

const kind = (name) => `kinds/${name}`;
const WHERE = {
    course: ["elements-course.json", "everything"],
    title: ["elements/section.html", "Absätze und Listen"],
    summary: ["elements/summary.html", "Ein Kurs für die Prüfung von Lotse"],
    lesson: ["elements/lesson.json", "elemente"],
    objective: ["elements/objective.html", "Sie erkennen jedes Element wieder."],
    section: ["elements/section.html", "Absätze und Listen"],
    p: ["elements/p.html", "Ein Absatz mit"],
    ul: ["elements/ul.html", "ein Punkt"],
    ol: ["elements/ol.html", "zuerst"],
    li: ["elements/ul.html", "noch ein Punkt"],
    strong: ["elements/strong.html", "wichtigen"],
    em: ["elements/em.html", "betonten"],
    q: ["elements/q.html", "Stelle in Anführungszeichen"],
    code: ["elements/code.html", "Win + L"],
    a: ["elements/a.html", "in dieser Lektion"],
    abbr: ["elements/abbr.html", "Bundesamt für Cybersicherheit"],
    term: ["elements/term.html", "Median"],
    "local-policy": ["elements/local-policy-default.html", "Ihre Fachstelle"],
    footnote: ["elements/footnotes.html", "Sie steht am Ende der Lektion."],
    source: ["elements/footnotes.html", "das Bundesamt für Statistik"],
    table: ["elements/table.html", "Dauer von drei Gesuchen"],
    caption: ["elements/table.html", "Dauer von drei Gesuchen"],
    thead: ["elements/table.html", "Eingang"],
    tr: ["elements/table.html", "Tiefbau"],
    th: ["elements/table.html", "Soziales"],
    td: ["elements/table.html", "9. März"],
    figure: ["elements/figure.html", "Zwei Bildschirme, links offen, rechts gesperrt"],
    description: ["elements/figure.html", "ein Pfeil führt nach rechts"],
    pre: ["elements/pre.html", "GROUP BY amt;"],
    callout: ["elements/callout-remember.html", "Zuerst den Median nennen."],
    reveal: ["elements/reveal.html", "Für alle, die es genauer wissen möchten"],
    steps: ["elements/steps.html", "Alle Werte der Grösse nach."],
    step: ["elements/steps.html", "Den mittleren nehmen."],
    "worked-example": ["elements/worked-example.html", "Sieben Werte."],
    variants: ["elements/variants.html", "Womit arbeiten Sie?"],
    variant: ["elements/variants.html", "Diensthandy"],
    comparison: ["elements/comparison-right-wrong.html", "«Ihre Anfrage»"],
    side: ["elements/comparison-before-after.html", "Durchschnitt 20 Tage"],
    video: ["elements/video.html", "media/sperren.webm"],
    audio: ["elements/audio.html", "media/signal.m4a"],
    transcript: ["elements/audio.html", "Ein gleichbleibender Ton"],
    scenario: ["elements/scenario.html", "Ein Satz für die Medienstelle"],
    decision: ["elements/scenario.html", "Was schreiben Sie?"],
    path: ["elements/scenario.html", "Darunter kann man sich etwas vorstellen."],
    takeaway: ["elements/takeaway.html", "wovon und verglichen womit?"],
    glossary: ["glossary.json", "Rate"],
    entry: ["elements/entry.html", "wenn alle Werte der Grösse nach geordnet sind"],
    material: ["elements/material-letter.html", "Eine Anwohnerin schreibt"],
    field: ["elements/material-mail.html", "Sekretariat"],
    prompt: ["elements/prompt.html", "Der Bericht geht an den Stadtrat"],
    practice: [kind("practice/choice-one-before.html"), "u-choice-one"],
    test: ["elements-course.json", "Test über alles"],
    pool: [kind("test/choice-one-before.html"), "Wofür steht eine Rate?"],
    choice: [kind("practice/choice-one-before.html"), "Welcher Wert bleibt stehen"],
    option: [kind("practice/choice-one-before.html"), "Der Median"],
    answer: [kind("practice/choice-several-before.html"), "Die Lieblingsfarbe der Fachstelle"],
    feedback: [kind("practice/choice-one-right.html"), "Er achtet allein auf die Reihenfolge der Werte."],
    explanation: [kind("practice/choice-one-right.html"), "Der Median hängt nur von der Reihenfolge ab."],
    order: [kind("practice/order-before.html"), "In welcher Reihenfolge bestimmen Sie"],
    item: [kind("practice/order-before.html"), "Alle Werte zusammentragen"],
    match: [kind("practice/match-before.html"), "Welche Angabe gehört zu welcher Frage?"],
    pair: [kind("practice/match-before.html"), "Wie viele Formulare braucht es?"],
    left: [kind("practice/match-before.html"), "Wie viele Formulare braucht es?"],
    right: [kind("practice/match-before.html"), "Anzahl Gesuche"],
    spare: [kind("practice/match-before.html"), "Farbe des Formulars"],
    text: [kind("practice/text-before.html"), "Wie heisst der mittlere Wert"],
    accept: [kind("practice/text-right.html"), "Auch dieses Wort ist gebräuchlich."],
    reject: [kind("practice/text-wrong.html"), "Der Durchschnitt teilt die Summe durch die Anzahl."],
    otherwise: [kind("test/text-wrong.html"), "Gesucht ist der Wert aus Summe und Anzahl."],
    number: [kind("practice/number-before.html"), "Wie hoch ist die Rate?"],
    gap: [kind("practice/gap-before.html"), "Ergänzen Sie den Satz"],
    passage: [kind("practice/gap-before.html"), "Der Anteil der Online-Gesuche stieg"],
    blank: [kind("practice/gap-before.html"), "wert"],
    fill: [kind("practice/gap-before.html"), "Einheit nach der 5"],
    label: [kind("practice/gap-before.html"), "Einheit nach der 5"],
    select: [kind("practice/select-before.html"), "Markieren Sie, was Sie vor dem Versand"],
    mark: [kind("practice/select-before.html"), "Im Mai gingen 90 Meldungen ein."],
    inbox: [kind("practice/inbox-before.html"), "Drei Anfragen liegen im Postfach."],
    tray: [kind("practice/inbox-before.html"), "Median"],
    message: [kind("practice/inbox-before.html"), "Gibt es bei uns mehr Unfälle als anderswo?"],
    from: [kind("practice/inbox-before.html"), "Quartierverein"],
    subject: [kind("practice/inbox-before.html"), "Wie lange wartet man meistens?"],
    hotspot: [kind("practice/hotspot-before.html"), "Welche Stelle lässt den Zuwachs"],
    area: [kind("practice/hotspot-before.html"), "Die Säule für den Juni"],
};
// What no page shows: how many questions are drawn, and the history of a pack.
const UNSEEN = ["draw", "changes", "change", "renamed"];

let server, lea;

before(async () => {
    const courses = temporary(), data = join(temporary(), "data"), settings = join(temporary(), "lotse.ini");
    cpSync(join(root, "tests/packs/everything"), join(courses, "everything"), { recursive: true });
    writeFileSync(settings, "[policy]\nbearbeitungsfrist = Zehn Arbeitstage.\n");
    addUser(data, "lea");
    server = await Server.start({ data, courses, args: ["--config", settings] });
    lea = await server.as("lea");
});
after(() => server.stop());

function check(name, piece, page) {
    assert.ok(piece, `${name} is not on ${page}`);
    goldens.check(`${name}.html`, `${renumber(normalise(piece))}\n`, page);
}

test("the elements of a lesson's text, in the page and in its data", async () => {
    const page = await lea.page(LESSON), data = await lea.json(`${LESSON}.json`);
    const text = /<div class="prose__part"[\s\S]*<div class="pager">/.exec(page)[0], { parts, ...head } = data;
    for (const [name, start] of Object.entries(PROSE)) {
        const piece = elementOf(text, start);
        check(name, piece, LESSON);
        assert.ok(parts.some((part) => part.prose?.includes(piece)), `${name} is not in the data`);
    }
    goldens.check("lesson.json", readable(head), `${LESSON}.json`);
});

test("what stands around it, and around questions", async () => {
    for (const [name, [page, start]] of Object.entries(PAGES)) check(name, elementOf(await lea.page(page), start), page);
});

// Tags, classes and ids are the same in all languages; the words are not.
test("the elements in the other languages", async () => {
    const skeleton = (piece) => piece.match(/<[a-z/][a-z0-9]*|(?:class|id)="[^"]*"/g).join(" ");
    const german = await lea.page(LESSON);
    for (const lang of ["en", "fr", "it"]) {
        const page = await lea.page(`${LESSON}?lang=${lang}`);
        for (const [name, start] of Object.entries(PROSE)) {
            const piece = elementOf(page, start), words = elementOf(german, start);
            assert.ok(piece, `${lang}: ${name}`);
            assert.equal(skeleton(piece), skeleton(words), `${lang}: ${name}`);
            if (!["code", "audio", "video"].includes(name)) assert.notEqual(piece, words, `${lang}: ${name} is not translated`);
        }
    }
    await lea.page(`${LESSON}?lang=de`);
});

test("every element of the schema is in a golden document", () => {
    const elements = new Set([...schema.matchAll(/<xs:element name="([^"]+)"/g)].map(([, name]) => name));
    assert.deepEqual([...elements].sort(), [...Object.keys(WHERE), ...UNSEEN].sort());
    for (const [element, [file, text]] of Object.entries(WHERE)) {
        const words = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
        assert.match(source, new RegExp(`<${element}\\b[^>]*${words}|<${element}\\b[^>]*>(?:(?!</${element}>)[\\s\\S])*${words}`), `${element}: ${text}`);
        assert.ok(read(`tests/golden/${file}`).includes(text), `${element}: ${text} is not in ${file}`);
    }
});

test("every kind of an element has a golden document of its own", () => {
    for (const element of ["callout", "comparison", "material"]) {
        const type = new RegExp(`<xs:simpleType name="${element}-kind">([\\s\\S]*?)</xs:simpleType>`).exec(schema)[1];
        for (const [, name] of type.matchAll(/enumeration value="([^"]+)"/g))
            assert.ok(existsSync(join(root, `tests/golden/elements/${element}-${name}.html`)), `${element} ${name}`);
    }
});

test("every file belongs to an element", () => goldens.assertComplete());
