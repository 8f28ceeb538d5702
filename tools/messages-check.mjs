// Checks the words of the interface: run by tools/messages-check in the project's folder. Exit code 0 fine, 1 findings.
//
//  - an id stands once per language; German and English have the same ids
//  - French and Italian have every id of the areas that must be translated, and no id that German lacks
//  - every id that a template names ({{>msg/ID}}) exists; every id is named by a template or by a literal of the C source
//    (a literal with %d or %s, as "error-%d-title", names all that fit)
//  - the parameters in braces are the same in all languages; a plural has all its forms
//  - German and French keep to Swiss spelling: no eszett, no exclamation marks
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { join } from "node:path";

const LOCALES = "web/locales";
const TRANSLATED = ["account", "attempt", "common", "courses", "error", "learn", "lesson", "reference", "result", "sign-in", "text"];
const findings = [];
const report = (place, text) => findings.push(`${place}: ${text}`);

// One entry per msgid: {id, plural, forms: [text], place}. Lines that continue a string are joined.
function parsePo(path) {
    const entries = [];
    let entry = null;
    let append = () => {};
    readFileSync(path, "utf8").split("\n").forEach((line, index) => {
        const match = /^(msgid|msgid_plural|msgstr(?:\[(\d)\])?)?\s*"(.*)"\s*$/.exec(line);
        if (!match) return;
        const [, keyword, form, text] = match;
        if (keyword === "msgid") {
            entry = { id: "", plural: "", forms: [], place: `${path}:${index + 1}` };
            entries.push(entry);
            append = (more) => { entry.id += more; };
        } else if (keyword === "msgid_plural") {
            append = (more) => { entry.plural += more; };
        } else if (keyword) {
            const at = Number(form ?? 0);
            entry.forms[at] = "";
            append = (more) => { entry.forms[at] += more; };
        }
        append(text);
    });
    return entries.filter(({ id }) => id !== "");
}

function readLanguage(language) {
    const messages = new Map();
    for (const file of readdirSync(join(LOCALES, language)).filter((name) => name.endsWith(".po"))) {
        for (const entry of parsePo(join(LOCALES, language, file))) {
            if (messages.has(entry.id)) report(entry.place, `"${entry.id}" stands already at ${messages.get(entry.id).place}`);
            messages.set(entry.id, { ...entry, domain: file.slice(0, -3) });
        }
    }
    return messages;
}

// {n} is left out: a singular may say "one" instead.
const parameters = (text) => [...text.matchAll(/\{([a-z0-9_]+)\}/g)].map((match) => match[1]).filter((name) => name !== "n").sort().join(" ");

function checkWords(language, messages) {
    for (const { id, plural, forms, place } of messages.values()) {
        if (forms.some((text) => text === "") || forms.length < (plural ? 2 : 1)) report(place, `"${id}" has no words`);
        if (plural && plural !== id) report(place, `the plural of "${id}" is called "${plural}"`);
        if (plural && !forms.at(-1).includes("{n}")) report(place, `the plural of "${id}" does not show {n}`);
        if (language !== "en" && forms.some((text) => /ß|(?<!<)!/.test(text))) report(place, `"${id}" has an eszett or an exclamation mark`);
    }
}

function checkAgainstGerman(german, messages) {
    for (const { id, plural, forms, place } of messages.values()) {
        const source = german.get(id);
        if (!source) { report(place, `"${id}" is not in German`); continue; }
        if (Boolean(plural) !== Boolean(source.plural)) report(place, `"${id}" has a plural in one language only`);
        for (const text of [...forms, ...source.forms])
            if (parameters(text) !== parameters(source.forms[0])) report(place, `the parameters of "${id}" differ from German: ${text}`);
    }
}

function checkComplete(german, language, messages, domains) {
    for (const { id, domain } of german.values())
        if ((!domains || domains.includes(domain)) && !messages.has(id)) report(join(LOCALES, language), `"${id}" (${domain}) is missing`);
}

function filesBelow(folder, ending) {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
        const path = join(folder, item.name);
        if (item.isDirectory()) return filesBelow(path, ending);
        return item.name.endsWith(ending) ? [path] : [];
    });
}

function checkUse(german) {
    const used = new Set();
    for (const path of filesBelow("web/templates", ".mustache"))
        for (const [, id] of readFileSync(path, "utf8").matchAll(/\{\{>\s*msg\/([a-z0-9-]+)\s*\}\}/g)) {
            used.add(id);
            if (!german.has(id)) report(path, `there is no message "${id}"`);
        }
    const patterns = [];
    for (const path of filesBelow("src", ".c").concat(filesBelow("src", ".h")))
        for (const [, literal] of readFileSync(path, "utf8").matchAll(/"([a-z0-9%.*-]+)"/g)) {
            if (german.has(literal)) used.add(literal);
            else if (/^[a-z]+-.*%|%.*-[a-z]+$/.test(literal))
                patterns.push(new RegExp(`^${literal.replaceAll(".", "").replace(/%\*?[a-z]/g, "[a-z0-9-]+")}$`));
        }
    for (const { id, place } of german.values())
        if (!used.has(id) && !patterns.some((pattern) => pattern.test(id))) report(place, `nothing uses "${id}"`);
}

const german = readLanguage("de");
checkWords("de", german);
checkAgainstGerman(german, german);
checkUse(german);
for (const language of ["en", "fr", "it"]) {
    const messages = readLanguage(language);
    checkWords(language, messages);
    checkAgainstGerman(german, messages);
    checkComplete(german, language, messages, language === "en" ? null : TRANSLATED);
}
for (const finding of findings) console.log(finding);
console.log(`messages: ${german.size} ids, ${findings.length} findings`);
process.exit(findings.length ? 1 : 0);
