// Answers to the questions of tests/packs/everything, given by the keyboard alone: Tab, Space, Enter, arrows, letters. By ids and by
// the place of words in a list, so that they do in every language.
import assert from "node:assert/strict";

export const KINDS = ["choice-one", "choice-several", "text", "order", "match", "inbox", "number", "gap", "select", "hotspot"];

// ids: what is chosen. parts: for lists, the id of the element that shows the same words (rights of a match are drawn under names
// that tell nothing, so they go by the words in the language); for trays, their ids; what is typed as it is.
export const RIGHT = {
    "u-choice-one": { ids: ["a"] },
    "u-choice-several": { ids: ["a", "b"] },
    "u-text": { typed: "Median" },
    "u-order": { order: ["sammeln", "ordnen", "zaehlen", "ablesen"] },
    "u-match": { lists: ["dauer", "menge", "vergleich"] },
    "u-inbox": { trays: { druck: "mit-anzahl", unfaelle: "mit-rate", warten: "mit-median" } },
    "u-number": { typed: "20" },
    "u-gap": { lists: ["wort"], typed: "25" },
    "u-select": { ids: ["juni", "kreis"] },
    "u-hotspot": { ids: ["achse"] },
    "t-choice-one": { ids: ["a"] },
    "t-choice-several": { ids: ["a", "b"] },
    "t-text": { typed: { de: "Durchschnitt" } },
    "t-order": { order: ["frage", "daten", "pruefen", "rechnen", "schreiben"] },
    "t-match": { lists: ["mitte", "schnitt", "anteil"] },
    "t-inbox": { trays: { "mit-stand": "weitergeben", "ohne-einheit": "nachfragen" } },
    "t-number": { typed: "22.5" },
    "t-gap": { fields: { "median-wert": "4", "schnitt-wert": "5" } },
    "t-select": { ids: ["bau-juni", "verkehr-mai"] },
    "t-hotspot": { ids: ["titel", "fuss"] },
};

const focused = (page, selector) => page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

// Presses Tab until it stands there, from wherever the focus is.
export async function tabTo(page, selector) {
    for (let presses = 0; presses < 250; presses++) {
        if (await focused(page, selector)) return;
        await page.keyboard.press("Tab");
    }
    assert.fail(`Tab does not reach ${selector}`);
}

async function press(page, key, leaves) {
    if (leaves) await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press(key)]);
    else await page.keyboard.press(key);
}

async function choose(page, scope, id) {
    const box = `${scope} input[value="${id}"]`;
    if ((await page.locator(box).getAttribute("type")) === "checkbox") {
        await tabTo(page, box);
        if (!(await page.locator(box).isChecked())) await page.keyboard.press("Space");
        return;
    }
    await chooseRadio(page, box);
}

async function chooseRadio(page, box) {
    const name = await page.locator(box).getAttribute("name");
    await tabTo(page, `input[type=radio][name="${name}"]`);
    if (await focused(page, box)) await page.keyboard.press("Space");
    for (let presses = 0; presses < 20 && !(await focused(page, box)); presses++) await page.keyboard.press("ArrowDown");
    assert.ok(await page.locator(box).isChecked(), box);
}

async function chooseInList(page, list, label) {
    await tabTo(page, list);
    const now = () => page.locator(list).evaluate((one) => one.selectedOptions[0].textContent.trim());
    await page.keyboard.press("Home");
    for (let presses = 0; presses < 20 && (await now()) !== label; presses++) await page.keyboard.press("ArrowDown");
    assert.equal(await now(), label);
}

async function type(page, field, text) {
    await tabTo(page, field);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
}

// Each row is moved up to its place, the first one first. Without JavaScript every move is a page.
async function bringInOrder(page, scope, question, order, script) {
    for (const [place, id] of order.entries()) {
        const now = () => page.locator(`${scope} .order__row input`).evaluateAll((all, one) => all.findIndex((row) => row.value === one), id);
        for (let at = await now(); at > place; at = await now()) {
            await tabTo(page, `[id="q-${question}_${id}_up"]`);
            await press(page, "Enter", !script);
        }
    }
}

// words: what the lists of the question say in the page's language, by element ({dauer: "Median der Dauer"}).
export async function answerByKeyboard(page, scope, question, { script = true, words = {}, answer = RIGHT[question] } = {}) {
    for (const id of answer.ids ?? []) await choose(page, scope, id);
    for (const [message, tray] of Object.entries(answer.trays ?? {}))
        await chooseRadio(page, `${scope} input[name="part.${question}.${message}"][value="${tray}"]`);
    for (const part of answer.lists ?? []) await chooseInList(page, `[id="q-${question}_${part}"]`, words[part]);
    for (const [part, text] of Object.entries(answer.fields ?? {})) await type(page, `[id="q-${question}_${part}"]`, text);
    if (answer.typed) await type(page, `${scope} input[type=text]`, answer.typed.de ? words.typed ?? answer.typed.de : answer.typed);
    if (answer.order) await bringInOrder(page, scope, question, answer.order, script);
}

// The words of the right lists, read from the pack in a language: the source where it is German.
export function listWords(xml) {
    const words = {};
    for (const [, id, right] of xml.matchAll(/<pair id="([^"]+)">[\s\S]*?<right>([\s\S]*?)<\/right>/g)) words[id] = right.replace(/<[^>]*>/g, "");
    words.wort = /<option id="punkte"[^>]*><answer>([^<]*)/.exec(xml)[1];
    const text = /<text id="t-text"[\s\S]*?<accept value="([^"]*)"/.exec(xml);
    words.typed = text[1];
    words.text = /<text id="u-text"[\s\S]*?<accept value="([^"]*)"/.exec(xml)[1];
    return words;
}
