// Rule 12: errors, and all nine kinds by the keyboard alone, with JavaScript on and off, in forced colours, at 400 % zoom and with
// wide text spacing. And the pack that uses every element and kind, read, answered and passed in each of its four languages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answerByKeyboard, KINDS, listWords, RIGHT, tabTo } from "./answers.mjs";
import { axeFindings, openBrowser, openWindow, press, sidewaysPixels, signIn } from "./browser.mjs";
import { openCity, root } from "./city.mjs";

const COURSE = "/courses/everything", LESSON = `${COURSE}/fragen`;
const packOf = (lang) => readFileSync(join(root, "tests/packs/everything", lang === "de" ? "course.xml" : `course.${lang}.xml`), "utf8");
const WORDS = Object.fromEntries(["de", "en", "fr", "it"].map((lang) => [lang, listWords(packOf(lang))]));
let city, browser, people = 0;

before(async () => {
    [city, browser] = await Promise.all([openCity({ demo: false, pack: "everything" }), openBrowser()]);
});
after(async () => {
    await browser?.close();
    await city?.close();
});

async function openAt(address, options = {}) {
    const name = `ways-${++people}`;
    city.addLearner(name);
    const page = await openWindow(browser, city.base, options);
    await signIn(page, name);
    await page.goto(address);
    return page;
}

const itemOf = (page, question) => page.locator(`#practice-${question}`);
const bodyOf = (question) => `[id="q-${question}"]`;
const enter = (page) => Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
const wordsFor = (lang, question) => ({ ...WORDS[lang], typed: question.endsWith("text") ? WORDS[lang][question === "u-text" ? "text" : "typed"] : undefined });
const answerOf = (lang, question) =>
    question.endsWith("-text") ? { typed: wordsFor(lang, question).typed } : RIGHT[question];

async function answerPractice(page, lang, question, script) {
    await answerByKeyboard(page, bodyOf(question), question, { script, words: wordsFor(lang, question), answer: answerOf(lang, question) });
    await tabTo(page, `#practice-${question} button[data-check]`);
    await enter(page);
}

const isMarkedRight = (page, question) => itemOf(page, question).locator(".feedback--ok").count().then((count) => count === 1);

// ---- errors ----

for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

    test(`rule 12: an error has the title, the focus and a link; what was typed stays, ${how}`, async () => {
        const page = await openAt(LESSON, { javaScriptEnabled });
        await itemOf(page, "u-text").getByRole("textbox").fill("bleibt stehen");
        for (const kind of KINDS.filter((one) => one !== "text")) {
            if (kind === "number") await itemOf(page, "u-number").getByRole("textbox").fill("sehr viele");
            await press(page, itemOf(page, `u-${kind}`).locator("button[data-check]"));
            assert.match(await page.title(), /^Fehler: /, kind);
            assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "alert", kind);
            const links = page.getByRole("alert").getByRole("link");
            assert.equal(await links.count(), 1, kind);
            await links.focus();
            await page.keyboard.press("Enter");
            assert.equal(await page.evaluate(() => document.activeElement.id), `q-u-${kind}-answer`, "the link leads to the question's group");
            await page.keyboard.press("Tab");
            assert.ok(await page.evaluate((id) => document.activeElement.closest(`#practice-${id}`) !== null, `u-${kind}`), "and Tab from there to its first control");
            const group = itemOf(page, `u-${kind}`).locator("fieldset.q__answer");
            assert.equal(await group.getAttribute("aria-invalid"), "true");
            assert.match(await group.getAttribute("aria-describedby"), new RegExp(`q-u-${kind}-error`));
            assert.equal(await itemOf(page, "u-text").getByRole("textbox").inputValue(), "bleibt stehen", kind);
        }
        assert.equal(await itemOf(page, "u-number").getByRole("textbox").inputValue(), "sehr viele");
        // In a test: the same, and nothing is saved.
        await page.goto(COURSE);
        await press(page, page.getByRole("button", { name: "Test beginnen" }));
        await page.goto(`${new URL(page.url()).pathname}/all`);
        await page.locator(`${bodyOf("t-number")} input[type=text]`).fill("sehr viele");
        await page.locator(`${bodyOf("t-text")} input[type=text]`).fill("Mittelwert");
        await press(page, page.getByRole("button", { name: "Prüfen und abgeben" }));
        assert.match(await page.title(), /^Fehler: /);
        assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "alert");
        assert.equal(await page.getByRole("alert").getByRole("link").getAttribute("href"), "#q-t-number-answer");
        assert.equal(await page.locator(`${bodyOf("t-number")} input[type=text]`).inputValue(), "sehr viele");
        assert.equal(await page.locator(`${bodyOf("t-text")} input[type=text]`).inputValue(), "Mittelwert");
        await page.context().close();
    });
}

test("rule 12: no letter and no digit is a shortcut", async () => {
    const page = await openAt(LESSON);
    const state = () => page.evaluate(() => [location.href, scrollY, document.activeElement.tagName, document.querySelectorAll("input:checked, details[open]").length].join(" "));
    const before = await state();
    for (const key of "abcdefghijklmnopqrstuvwxyz0123456789/?.,") await page.keyboard.press(key);
    assert.equal(await state(), before);
    assert.equal(await page.locator("[accesskey]").count(), 0);
    await page.context().close();
});

// ---- all nine kinds by the keyboard ----

// Letters as wide apart as WCAG 1.4.12 asks, and what is then cut off.
const SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";
const cutOff = (page) =>
    page.evaluate(() =>
        [...document.querySelectorAll("main *")]
            .filter((one) => one.offsetParent && !one.closest(".vh, svg, [role=region][tabindex]") && !one.matches("input, select, textarea, video, audio"))
            .filter((one) => {
                const style = getComputedStyle(one);
                const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
                return hides && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1) && one.textContent.trim() !== "";
            })
            .map((one) => `${one.tagName}.${one.className}`));

const WAYS = {
    "in forced colours": { options: { forcedColors: "active" } },
    "at 400 % zoom": { options: { viewport: { width: 320, height: 256 } } },
    "with wide text spacing": { options: { viewport: { width: 390, height: 844 }, bypassCSP: true }, css: SPACING },
    "at 400 % zoom, without JavaScript": { options: { viewport: { width: 320, height: 256 }, javaScriptEnabled: false } },
};

// Without any of that: below, in four languages.
for (const [how, { options, css }] of Object.entries(WAYS))
    test(`rule 12: all nine kinds by Tab, Space, Enter, arrows and letters, ${how}`, async () => {
        const script = options.javaScriptEnabled ?? true;
        const page = await openAt(LESSON, options);
        if (css) page.on("load", () => page.addStyleTag({ content: css }).catch(() => {}));
        const ids = await page.locator(".practice__item").evaluateAll((all) => all.map((one) => one.id.slice("practice-".length)));
        for (const question of ids) {
            await answerPractice(page, "de", question, script);
            assert.ok(await isMarkedRight(page, question), `${question}: ${await page.title()}`);
            assert.ok((await sidewaysPixels(page)) <= 0, `${question}: sideways`);
        }
        if (options.forcedColors) {
            // What is chosen is drawn by the system, and each option has an edge of its own.
            await page.goto(LESSON);
            for (const label of await page.locator(".practice__item .opt").all()) {
                const edge = await label.evaluate((one) => getComputedStyle(one).borderTopStyle + getComputedStyle(one).borderTopWidth);
                assert.match(edge, /^solid[1-9]/);
            }
            for (const box of await page.locator(".practice__item input[type=radio], .practice__item input[type=checkbox]").all())
                assert.equal(await box.evaluate((one) => getComputedStyle(one).forcedColorAdjust), "auto");
        }
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    });

// The other pages, as narrow as 400 % zoom makes them, plain and with wide spacing; marked answers and a result among them.
test("rule 12: pages at 1280, 390 and 320 px, with wide text spacing: nothing cut off, nothing sideways", async () => {
    const page = await openAt(LESSON, { bypassCSP: true });
    for (const question of ["u-choice-several", "u-gap", "u-select"]) await answerPractice(page, "de", question, true);
    const marked = page.url();
    await page.goto(COURSE);
    await press(page, page.locator('form[action$="/attempts"] button'));
    const attempt = new URL(page.url()).pathname;
    await page.goto(`${attempt}/review`);
    await press(page, page.locator('form[action$="/finish"] button').last());
    await page.goto(COURSE);
    for (const address of [marked, `${COURSE}/elemente`, `${COURSE}/glossary`, COURSE, "/courses", "/learn", `${attempt}/result`])
        for (const width of [1280, 390, 320]) {
            await page.setViewportSize({ width, height: 800 });
            await page.goto(address);
            if (width === 320) assert.ok((await sidewaysPixels(page)) <= 0, `${address} at 320 px`);
            await page.addStyleTag({ content: SPACING });
            assert.deepEqual(await cutOff(page), [], `${address} at ${width} px`);
            assert.ok((await sidewaysPixels(page)) <= 0, `${address} at ${width} px with wide spacing`);
        }
    await page.context().close();
});

// ---- four languages ----

// Sentences of the source that no page in another language may show.
const sentencesOf = (xml) => [...xml.matchAll(/>([^<>]{25,})</g)].map(([, text]) => text.replace(/\s+/g, " ").trim()).filter((text) => / /.test(text));
const GERMAN = sentencesOf(packOf("de"));
const TITLES = { de: "Richtig", en: "Right", fr: "Juste", it: "Giusto" };

async function readLesson(page, address, lang) {
    await page.goto(`${address}?lang=${lang}`);
    const shown = await page.evaluate(() => {
        for (const one of document.querySelectorAll("main details")) one.open = true;
        return { lang: document.documentElement.lang, text: document.querySelector("main").textContent.replace(/\s+/g, " "),
            others: [...document.querySelectorAll("main [lang]")].map((one) => one.lang) };
    });
    assert.match(shown.lang, new RegExp(`^${lang}`));
    assert.deepEqual(shown.others.filter((other) => !other.startsWith(lang)), [], `${address}: whole in ${lang}`);
    if (lang !== "de") assert.deepEqual(GERMAN.filter((sentence) => shown.text.includes(sentence)), [], `${address} in ${lang}`);
}

for (const javaScriptEnabled of [true, false])
    for (const lang of ["de", "en", "fr", "it"])
        test(`everything in ${lang}, ${javaScriptEnabled ? "with" : "without"} JavaScript: read, answered, passed`, async () => {
            const page = await openAt(COURSE, { javaScriptEnabled });
            for (const address of [`${COURSE}/elemente`, `${COURSE}/glossary`, COURSE, LESSON]) await readLesson(page, address, lang);
            if (javaScriptEnabled) assert.deepEqual(await axeFindings(page), []);
            const ids = await page.locator(".practice__item").evaluateAll((all) => all.map((one) => one.id.slice("practice-".length)));
            for (const question of ids) {
                await answerPractice(page, lang, question, javaScriptEnabled);
                assert.ok(await isMarkedRight(page, question), `${question}: ${await page.title()}`);
            }
            // The test, with a language in the middle that is not the reader's.
            await page.goto(COURSE);
            await press(page, page.locator('form[action$="/attempts"] button'));
            const attempt = new URL(page.url()).pathname, other = lang === "de" ? "fr" : "de";
            for (let number = 1; number <= ids.length; number++) {
                await page.goto(`${attempt}?number=${number}`);
                const question = await page.locator("main input[name=question]").getAttribute("value");
                await answerByKeyboard(page, bodyOf(question), question, { script: javaScriptEnabled, words: wordsFor(lang, question), answer: answerOf(lang, question) });
                if (number === 5) {
                    await page.locator("header details.pop summary").first().click();
                    await press(page, page.locator(`button[name=go][value="lang-${other}"]`));
                    assert.match(await page.evaluate(() => document.documentElement.lang), new RegExp(`^${other}`));
                    await page.locator("header details.pop summary").first().click();
                    await press(page, page.locator(`button[name=go][value="lang-${lang}"]`));
                }
                await press(page, page.locator('main form button[name=go][value=next]').last());
            }
            await page.goto(`${attempt}/review`);
            await press(page, page.locator('form[action$="/finish"] button').last());
            assert.equal(await page.locator(".answers > li .right").count(), ids.length, await page.locator("main").innerText());
            assert.equal(await page.locator("h3.feedback__title").first().textContent(), TITLES[lang]);
            assert.deepEqual(page.complaints, []);
            await page.context().close();
        });
