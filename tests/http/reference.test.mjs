// reference: the pages that explain the pack language say all that the schema says, and nothing that it does not say.
//
// The schema is read here anew, with regular expressions: a second opinion beside src/course/reference_schema.c.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addUser, lotse, lotseOk, root, Server, temporary } from "./client.mjs";

const LANGUAGES = ["de", "en", "fr", "it"];
const KINDS = ["choice", "order", "match", "text", "number", "gap", "select", "inbox", "hotspot"];
const HERE = "/packs/reference";
const schema = readFileSync(join(root, "courses/schema/course-1.xsd"), "utf8");
const whole = {}; // by language: every entry of the reference, as JSON
let server, tina, lea;

const bodiesOf = (what) =>
    Object.fromEntries([...schema.matchAll(new RegExp(`<xs:${what} name="([^"]+)"[^>]*>([\\s\\S]*?)</xs:${what}>`, "g"))].map((m) => [m[1], m[2]]));
const types = bodiesOf("complexType"), shared = bodiesOf("attributeGroup");

function attributesIn(body) {
    const own = [...body.matchAll(/<xs:attribute name="([^"]+)"([^>]*)>/g)].map(([, name, rest]) => [name, /use="required"/.test(rest)]);
    const more = [...body.matchAll(/<xs:(?:attributeGroup ref|extension base)="([^"]+)"/g)].flatMap(([, name]) => attributesIn(shared[name] ?? types[name] ?? ""));
    return [...own, ...more];
}

// element -> type -> [[attribute, needed]]
function readSchema() {
    const elements = new Map();
    for (const [, name, type] of schema.matchAll(/<xs:element name="([^"]+)" type="([^"]+)"/g)) {
        if (!elements.has(name)) elements.set(name, new Map());
        elements.get(name).set(type, attributesIn(types[type] ?? ""));
    }
    return elements;
}

async function readReference(language) {
    const contents = await tina.json(`${HERE}.json?lang=${language}`), entries = [];
    for (const group of contents.groups) {
        entries.push(...(await tina.json(`${HERE}/${group.id}.json`)).entries);
        for (const kind of group.entries.filter((entry) => entry.is_kind)) entries.push(...(await tina.json(`${HERE}/${kind.id}.json`)).entries);
    }
    return entries;
}

before(async () => {
    const data = join(temporary(), "data");
    addUser(data, "lea");
    addUser(data, "tina", { role: "trainer" });
    server = await Server.start({ data, courses: temporary() });
    [tina, lea] = [await server.as("tina"), await server.as("lea")];
    for (const language of LANGUAGES) whole[language] = await readReference(language);
});
after(() => server.stop());

test("every element of the schema is explained, and no other", () => {
    const explained = new Set(whole.de.flatMap((entry) => entry.elements.map((element) => element.name)));
    assert.deepEqual([...explained].sort(), [...readSchema().keys()].sort());
});

test("every attribute of the schema is explained at its element, needed where it is", () => {
    for (const [name, variants] of readSchema()) {
        const found = whole.de.flatMap((entry) => entry.elements).filter((element) => element.name === name);
        for (const attributes of variants.values()) {
            const same = found.some((element) => {
                const shown = element.attributes.filter((a) => a.name !== "xml:lang").map((a) => `${a.name} ${a.needed}`);
                return attributes.every(([attribute, needed]) => shown.includes(`${attribute} ${needed}`));
            });
            assert.ok(same, `${name}: ${attributes.map(([a]) => a)}`);
        }
        const known = new Set([...variants.values()].flat().map(([attribute]) => attribute));
        for (const { attributes } of found)
            for (const { name: attribute } of attributes) assert.ok(known.has(attribute) || attribute === "xml:lang", `${name} has no ${attribute}`);
    }
});

test("an attribute says what it may hold", () => {
    for (const { elements } of whole.de)
        for (const { name, attributes } of elements)
            for (const a of attributes) assert.ok(a.values.length || a.range || a.form, `${name} ${a.name}`);
    const percent = whole.de.find((e) => e.id === "test").elements[0].attributes.find((a) => a.name === "pass-percent");
    assert.deepEqual([percent.range, percent.fallback, percent.needed], ["1–100", "80", false]);
    const kind = whole.de.find((e) => e.id === "callout").elements[0].attributes.find((a) => a.name === "kind");
    assert.deepEqual(kind.values, ["note", "remember", "warning", "example", "tip"]);
});

test("each entry has an example that uses its element; each kind says how it counts", () => {
    for (const entry of whole.de) {
        const used = new RegExp(entry.id === "translates" ? ` ${entry.id}="` : `<${entry.id}[ >]`);
        assert.match(entry.source, used, entry.id);
        for (const { name } of entry.elements) assert.match(entry.source, new RegExp(`<${name}[ />]`), `${entry.id}: ${name}`);
        assert.equal(Boolean(entry.score), KINDS.includes(entry.id), entry.id);
    }
    assert.deepEqual(whole.de.filter((entry) => entry.is_kind).map((entry) => entry.id).sort(), [...KINDS].sort());
});

// Words that stay the same in another language are short.
test("all words are there in four languages", () => {
    const wordsOf = (entries) =>
        entries.flatMap((e) => [e.score, ...e.elements.flatMap((el) => [el.words, ...el.attributes.map((a) => a.words)])]).filter(Boolean);
    for (const language of LANGUAGES) {
        const words = wordsOf(whole[language]);
        assert.equal(words.length, wordsOf(whole.de).length, language);
        for (const text of words) assert.doesNotMatch(text, /^\?|\?$/, language);
        if (language !== "de") assert.deepEqual(words.filter((text, i) => text === wordsOf(whole.de)[i]), [], language);
    }
});

test("an element's address leads to where it is explained; others do not exist", async () => {
    for (const [element, place] of [["th", "blocks#el-th"], ["area", "hotspot#el-area"], ["figure", "blocks#el-figure"], ["course", "frame#el-course"]]) {
        const reply = await tina.get(`${HERE}/${element}`);
        assert.deepEqual([reply.code, reply.location], [303, `${HERE}/${place}`]);
        const [address, anchor] = place.split("#");
        assert.match(await tina.page(`${HERE}/${address}`), new RegExp(` id="${anchor}"`));
    }
    for (const path of ["blink", "blink.json", "el-figure", "Figure"]) assert.equal((await tina.get(`${HERE}/${path}`)).code, 404, path);
    assert.equal((await lea.get(HERE)).code, 403);
});

test("every link and every file that the pages name is there", async () => {
    const { groups } = await tina.json(`${HERE}.json?lang=de`);
    const pages = new Map([[HERE, await tina.page(HERE)]]);
    for (const path of [...groups.map((g) => g.id), ...KINDS]) pages.set(`${HERE}/${path}`, await tina.page(`${HERE}/${path}`));
    for (const [path, html] of pages)
        for (const [, address] of html.matchAll(/(?:href|src|poster)="(\/(?:packs|media|courses)[^"]*|#[^"]*)"/g)) {
            const [to, anchor] = address.startsWith("#") ? [path, address.slice(1)] : address.split("#");
            if (!pages.has(to)) assert.equal((await tina.get(to)).code, 200, `${path}: ${address}`);
            else if (anchor && anchor !== "main") assert.ok(pages.get(to).includes(` id="${anchor}"`), `${path}: ${address}`);
        }
});

test("a kind is shown answered rightly, partly rightly where it can be, and wrongly", async () => {
    const whole_or_nothing = ["text", "number"];
    for (const kind of KINDS) {
        const html = await tina.page(`${HERE}/${kind}?lang=de`);
        const verdicts = [...html.matchAll(/<h3 class="feedback__title"[^>]*>([^<]+)/g)].map((m) => m[1]);
        assert.deepEqual(verdicts, whole_or_nothing.includes(kind) ? ["Richtig", "Nicht ganz"] : ["Richtig", "Teilweise richtig", "Nicht ganz"], kind);
    }
});

test("a question can be tried; an empty or impossible answer is asked for again", async () => {
    const tried = await tina.page(`${HERE}/choice?question=k-choice&answer=pause&answer=drucker`);
    assert.match(tried, /<title>Richtig: Auswahl/);
    const [, verdict] = /action="[^"#]*#(verdict-[^"]+)"/.exec(tried);
    assert.ok(tried.includes(` id="${verdict}"`), "the form leads to the verdict");
    assert.match(tried, /id="tried-k-choice"><h3>Ihre Antwort<[\s\S]*?feedback--ok/);
    assert.match(await tina.page(`${HERE}/choice?question=k-choice&answer=%3F`), /<title>Nicht ganz: Auswahl/);
    assert.match(await tina.page(`${HERE}/choice?question=k-choice&answer=%3F&answer=pause`), /Fehler: Auswahl[\s\S]*name="counts\.k-choice"/);
    assert.match(await tina.page(`${HERE}/choice?question=k-choice`), /class="field-error"/);
    assert.match(await tina.page(`${HERE}/number?question=k-number&answer=zw%C3%B6lf`), /class="field-error"[\s\S]*?value="zwölf"/);
    assert.doesNotMatch(await tina.page(`${HERE}/choice?question=k-choice&answer=gibt-es-nicht`), /id="tried-/);
    assert.doesNotMatch(await tina.page(`${HERE}/order?question=k-order&answer=trennen&answer=anrufen&answer=notieren&move=k-order.anrufen.up`), /id="tried-/);
    assert.doesNotMatch(await tina.page(`${HERE}/choice?question=k-order&answer=%3F`), /id="tried-|field-error|<title>Nicht ganz/);
});

test("what is shown as a whole course is one, in every language", () => {
    for (const language of LANGUAGES) {
        const pack = join(temporary(), "kurs");
        mkdirSync(pack);
        writeFileSync(join(pack, "course.xml"), `${whole[language].find((entry) => entry.id === "course").source}\n`);
        assert.equal(lotseOk(["check", "--strict", "--lang", "en", pack]), "no findings\n", language);
    }
});

test("the packs of the reference have no finding", () => {
    for (const pack of ["examples", "whole"]) {
        const done = lotse(["check", "--strict", "--lang", "en", join(root, "data/reference", pack)]);
        assert.deepEqual([done.status, done.stdout], [0, "no findings\n"], pack);
    }
});

test("a finding leads to the element that it names", async () => {
    const courses = temporary(), data = join(temporary(), "data");
    mkdirSync(join(courses, "schlecht"));
    writeFileSync(join(courses, "schlecht/course.xml"), `<course xmlns="urn:lotse:course:1" id="x" version="1.0.0" xml:lang="de-CH">
        <title>X</title><summary><p>X</p></summary><lesson id="l" minutes="5"><title>L</title><callout kind="tip">lose</callout></lesson></course>`);
    addUser(data, "tina", { role: "trainer" });
    const bad = await Server.start({ data, courses });
    const { packs } = await (await bad.as("tina")).json("/packs.json?lang=de");
    await bad.stop();
    assert.equal(packs[0].findings.find((f) => f.code === "loose-words").reference_url, `${HERE}/callout`);
});
