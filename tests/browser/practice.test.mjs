// The practice of a lesson in Chromium, with JavaScript on and off. Rule 11: «Weiss ich nicht» is the last control of a question,
// erases nothing, and beside an answer the page asks which one counts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, openBrowser, openWindow, press, sidewaysPixels, signIn } from "./browser.mjs";
import { openCity } from "./city.mjs";

const LESSON = "/courses/everything/fragen";
let city, browser, people = 0;

before(async () => {
    [city, browser] = await Promise.all([openCity({ demo: false, pack: "everything" }), openBrowser()]);
});
after(async () => {
    await browser?.close();
    await city?.close();
});

async function openLesson(options) {
    const name = `practice-${++people}`;
    city.addLearner(name);
    const page = await openWindow(browser, city.base, options);
    await signIn(page, name);
    await page.goto(LESSON);
    return page;
}

const itemOf = (page, question) => page.locator(`#practice-${question}`);
const check = (item) => item.getByRole("button", { name: "Antwort prüfen" });
const focusName = (page) => page.evaluate(() => document.activeElement?.textContent.trim());
const SKIP = "Weiss ich nicht";

// What a visitor does to answer something in each kind, without touching «Weiss ich nicht».
async function answerSomething(item, question) {
    if (question === "u-order") return; // its buttons are tried in sorting.test.mjs
    const list = item.locator("select").first(), line = item.locator("input[type=text]").first();
    if (await list.count()) await list.selectOption({ index: 1 });
    else if (await line.count()) await line.fill("3");
    else await item.locator("input[type=radio], input[type=checkbox]:not([data-skip])").first().check();
}

const stateOf = (item) =>
    item.evaluate((one) => [...one.querySelectorAll("input:not([type=hidden]), select")].map((c) => (c.type === "radio" || c.type === "checkbox" ? c.checked : c.value)));

for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

    test(`rule 11: «Weiss ich nicht» comes last and erases nothing, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        const questions = await page.locator(".practice__item").evaluateAll((all) => all.map((one) => one.id.slice("practice-".length)));
        assert.equal(questions.length, 10);
        for (const question of questions) {
            const item = itemOf(page, question);
            const last = await item.locator("fieldset.q__answer").evaluate((one) => [...one.querySelectorAll("input, select, button, textarea, a[href]")].at(-1)?.id);
            assert.equal(last, `q-${question}-skip`, question);
            await answerSomething(item, question);
            const before_skip = await stateOf(item);
            await item.getByLabel(SKIP).check();
            assert.deepEqual((await stateOf(item)).slice(0, -1), before_skip.slice(0, -1), question);
            await answerSomething(item, question);
            assert.equal(await item.getByLabel(SKIP).isChecked(), true, question);
        }
        await page.context().close();
    });

    test(`rule 11: beside an answer the page asks which one counts, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled, viewport: { width: 390, height: 844 } });
        for (const [question, choice, words] of [["u-gap", "Meine Antwort", /Ihre Antwort|Gegeben/], ["u-inbox", `«${SKIP}»`, /Nicht ganz|Teilweise/]]) {
            await answerSomething(itemOf(page, question), question);
            await itemOf(page, question).getByLabel(SKIP).check();
            const filled = await stateOf(itemOf(page, question));
            await press(page, check(itemOf(page, question)));
            assert.match(await page.title(), /^Fehler: /);
            if (javaScriptEnabled) assert.match(await focusName(page), /Sie haben geantwortet und/, "the summary has the focus");
            if (javaScriptEnabled) assert.deepEqual(await axeFindings(page), []); // axe waits for timers, which then do not run
            assert.equal(await sidewaysPixels(page), 0);
            const asks = itemOf(page, question).getByRole("radiogroup", { name: "Was zählt?" });
            assert.deepEqual(await asks.getByRole("radio").evaluateAll((all) => all.map((one) => one.checked)), [false, false]);
            assert.deepEqual((await stateOf(itemOf(page, question))).slice(2), filled, "all stays as it was");
            await asks.getByRole("radio", { name: choice }).check();
            await press(page, check(itemOf(page, question)));
            assert.match(await itemOf(page, question).innerText(), words);
            assert.doesNotMatch(await page.title(), /^Fehler/);
        }
        await page.context().close();
    });

    test(`a mark stays when the next question is checked, and what is filled in elsewhere, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        await itemOf(page, "u-choice-one").getByLabel("Der Median", { exact: true }).check();
        await itemOf(page, "u-text").getByRole("textbox").fill("halb fertig");
        await press(page, check(itemOf(page, "u-choice-one")));
        await itemOf(page, "u-number").getByRole("textbox").fill("20");
        await press(page, check(itemOf(page, "u-number")));
        for (const question of ["u-choice-one", "u-number"])
            assert.match(await itemOf(page, question).innerText(), /Ihre Antwort, richtig/, question);
        assert.equal(await itemOf(page, "u-text").getByRole("textbox").inputValue(), "halb fertig");
        await press(page, itemOf(page, "u-choice-one").getByRole("button", { name: "Nochmals versuchen" }));
        assert.equal(await itemOf(page, "u-choice-one").getByRole("radio").first().isChecked(), false);
        assert.match(await itemOf(page, "u-number").innerText(), /Ihre Antwort, richtig/);
        assert.equal(await itemOf(page, "u-text").getByRole("textbox").inputValue(), "halb fertig");
        await page.goBack();
        assert.match(await itemOf(page, "u-choice-one").innerText(), /Ihre Antwort, richtig/);
        await page.context().close();
    });

    test(`Enter in a line of text checks the answer, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        await itemOf(page, "u-number").getByRole("textbox").fill("20");
        await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
        assert.match(await page.title(), /^Richtig: /);
        await page.context().close();
    });
}
