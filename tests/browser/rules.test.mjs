// Rules 1, 2, 3, 7, 9 and 10 for questions, in Chromium, with JavaScript on and off, for all nine kinds where they speak of every
// question. 4, 5, 6 and 8 are in sorting.test.mjs, 11 in practice.test.mjs, 12 in ways.test.mjs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answerByKeyboard, KINDS, listWords } from "./answers.mjs";
import { openBrowser, openWindow, press, sidewaysPixels, signIn } from "./browser.mjs";
import { openCity, root } from "./city.mjs";

const LESSON = "/courses/everything/fragen";
const words = listWords(readFileSync(join(root, "tests/packs/everything/course.xml"), "utf8"));
let city, browser, people = 0;

before(async () => {
    [city, browser] = await Promise.all([openCity({ demo: false, pack: "everything" }), openBrowser()]);
});
after(async () => {
    await browser?.close();
    await city?.close();
});

async function openLesson(options = {}) {
    const name = `rules-${++people}`;
    city.addLearner(name);
    const page = await openWindow(browser, city.base, options);
    await signIn(page, name);
    await page.goto(LESSON);
    return page;
}

const itemOf = (page, question) => page.locator(`#practice-${question}`);
const check = (item) => item.getByRole("button", { name: "Antwort prüfen" });
const focusedId = (page) => page.evaluate(() => document.activeElement?.id);
const WRONG = {
    "u-choice-one": (item) => item.locator("input[value=b]").check(),
    "u-choice-several": async (item) => {
        await item.locator("input[value=a]").check();
        await item.locator("input[value=c]").check();
    },
    "u-text": (item) => item.getByRole("textbox").fill("Durchschnitt"),
    "u-match": (item) => item.locator("select").first().selectOption({ label: "Farbe des Formulars" }),
    "u-inbox": (item) => item.locator('input[name="part.u-inbox.druck"][value=mit-median]').check(),
    "u-number": (item) => item.getByRole("textbox").fill("50"),
    "u-gap": (item) => item.getByRole("textbox").fill("5"),
    "u-select": async (item) => {
        await item.locator("input[value=juni]").check();
        await item.locator("input[value=mai]").check();
    },
    "u-hotspot": (item) => item.locator("input[value=saeule]").check(),
};

// What a screen reader says first and last of a group: its name, and what describes it.
const partsOf = (item) =>
    item.locator("fieldset.q__answer").evaluate((group) => {
        const body = group.closest(".q__body"), material = body.querySelector(".material");
        const described = (group.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent.trim());
        return {
            legend: group.querySelector(":scope > legend").textContent.trim(),
            prompt: group.querySelector(".q__title").textContent.trim(),
            material: material && {
                role: material.getAttribute("role"), name: material.getAttribute("aria-label"),
                before: Boolean(material.compareDocumentPosition(group) & Node.DOCUMENT_POSITION_FOLLOWING),
            },
            described,
        };
    });

// The stops of Tab through a question, as places on the page.
async function tabStops(page, question) {
    const stops = [];
    await page.locator(`#practice-${question}`).evaluate((item) => {
        const first = item.querySelector("input:not([type=hidden]), select, button");
        first.focus({ preventScroll: true });
    });
    for (let presses = 0; presses < 60; presses++) {
        const stop = await page.evaluate((id) => {
            const one = document.activeElement, box = (one.labels?.[0] ?? one).getBoundingClientRect();
            return one.closest(`#practice-${id}`) ? { id: one.id || one.name, top: Math.round(box.top + scrollY), left: Math.round(box.left) } : null;
        }, question);
        if (!stop) break;
        stops.push(stop);
        await page.keyboard.press("Tab");
    }
    return stops;
}

for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

    test(`rule 1: a group named by step and prompt, material before it, hint and error described, Tab in reading order, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        let withMaterial = 0;
        for (const [at, kind] of KINDS.entries()) {
            const number = (await page.locator(".practice__item").evaluateAll((all) => all.map((one) => one.id))).indexOf(`practice-u-${kind}`) + 1;
            const item = itemOf(page, `u-${kind}`), parts = await partsOf(item);
            assert.equal(await item.locator("fieldset.q__answer").count(), 1, kind);
            assert.equal(parts.legend, `Übung ${number} von 10: ${parts.prompt}`, kind);
            const snapshot = await item.locator("fieldset.q__answer").ariaSnapshot();
            assert.ok(snapshot.replace(" : ", ": ").replaceAll("''", "'").includes(`group "Übung ${number} von 10: ${parts.prompt}"`), `${kind}: ${snapshot.slice(0, 200)}`);
            assert.equal(parts.described.length, 1, kind);
            assert.ok(parts.described[0], `${kind}: a hint`);
            if (parts.material) {
                withMaterial++;
                assert.deepEqual(parts.material, { role: "region", name: `Übung ${number} von 10: Material`, before: true });
            }
            // Empty, it is told at the question, too; the text kinds and the lists alike.
            if (at % 3 === 0) {
                await press(page, check(item));
                const told = await partsOf(itemOf(page, `u-${kind}`));
                assert.equal(told.described.length, 2, kind);
                assert.match(told.described[1], /^Bitte wählen oder schreiben Sie eine Antwort/);
                await page.goto(LESSON);
            }
            const stops = await tabStops(page, `u-${kind}`);
            assert.equal(stops.at(-1)?.id, "question", `${kind}: the button comes last`);
            const sorted = [...stops].sort((a, b) => (Math.abs(a.top - b.top) > 12 ? a.top - b.top : a.left - b.left));
            assert.deepEqual(stops, sorted, `${kind}: Tab order is reading order`);
        }
        assert.equal(withMaterial, 4);
        // The same in a test: «Frage 3 von 10».
        await page.goto("/courses/everything");
        await press(page, page.getByRole("button", { name: "Test beginnen" }));
        await page.goto(`${new URL(page.url()).pathname}/all`);
        const legends = await page.locator("fieldset.q__answer > legend").allTextContents();
        assert.deepEqual(legends.map((legend) => /^Frage \d+ von \d+: \S/.exec(legend.trim())?.[0].slice(0, -2)), KINDS.map((_, i) => `Frage ${i + 1} von ${KINDS.length}:`));
        await page.context().close();
    });

    test(`rule 2: the title begins with the verdict, the focus is on its heading, it is said once, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        for (const kind of KINDS.filter((one) => one !== "order")) {
            const question = `u-${kind}`;
            await WRONG[question](itemOf(page, question));
            await press(page, check(itemOf(page, question)));
            const verdict = /^(Nicht ganz|Teilweise richtig): Arten von Fragen/.exec(await page.title())?.[1];
            assert.ok(verdict, `${kind}: ${await page.title()}`);
            const heading = await itemOf(page, question).locator("h3.feedback__title").getAttribute("id");
            await page.waitForFunction((id) => document.activeElement?.id === id, heading, { polling: 50 }).catch(() => {});
            assert.equal(await focusedId(page), heading, kind);
            assert.equal(await page.evaluate(() => document.activeElement.textContent), verdict);
            assert.equal(await page.evaluate(() => document.activeElement.tagName), "H3");
            const live = await page.locator("[role=status], [role=alert], [aria-live]").allTextContents();
            assert.deepEqual(live.filter((text) => text.includes(verdict)), [], "nothing says it a second time");
        }
        // After a test: the result.
        await page.goto("/courses/everything");
        await press(page, page.getByRole("button", { name: "Test beginnen" }));
        await page.goto(`${new URL(page.url()).pathname}/review`);
        await press(page, page.getByRole("button", { name: /abgeben/ }));
        const heading = await page.locator("h1").textContent();
        assert.match(await page.title(), /^Noch nicht bestanden, /);
        assert.match(heading, /^Noch nicht/);
        assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
        assert.deepEqual((await page.locator("[role=status], [role=alert], [aria-live]").allTextContents()).filter((text) => text.includes(heading)), []);
        await page.context().close();
    });

    test(`rule 3: a marked answer is a list that says in words what was right, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        for (const kind of KINDS.filter((one) => one !== "order")) {
            const question = `u-${kind}`;
            await WRONG[question](itemOf(page, question));
            await press(page, check(itemOf(page, question)));
            const item = itemOf(page, question);
            assert.equal(await item.locator("input, select, textarea, fieldset").count(), 0, `${kind}: no controls`);
            const lines = await item.locator("ul.opts > li").allInnerTexts();
            const say = kind === "select" ? /Zu Recht|Zu Unrecht|Übersehen/ : /Ihre Antwort, richtig|Ihre Antwort, nicht richtig|hätte dazugehört|Nicht beantwortet|Keine Antwort/i;
            const told = lines.filter((line) => say.test(line));
            assert.ok(told.length > 0, `${kind}: ${lines.join(" | ")}`);
            assert.ok(lines.some((line) => /nicht richtig|Zu Unrecht/.test(line)), `${kind}: the wrong one is named: ${lines.join(" | ")}`);
        }
        assert.equal(await page.locator("main [disabled]").count(), 0);
        await page.context().close();
    });

    test(`rule 7: passages are checkboxes in the running text, counted politely, and told apart afterwards, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        const item = itemOf(page, "u-select");
        for (const [id, name] of [["mai", "Im Mai gingen 90 Meldungen ein."], ["juni", "Im Juni waren es 99, also 10 Prozentpunkte mehr."]]) {
            const box = item.getByRole("checkbox", { name, exact: true });
            assert.equal(await box.getAttribute("value"), id);
            assert.equal(await box.evaluate((one) => one.closest("p, li, td, th") !== null && one.closest("[data-marks]") !== null), true, "in its place in the text");
            await box.focus();
            await page.keyboard.press("Space");
        }
        const count = item.locator("[data-marks-count]");
        if (javaScriptEnabled) {
            assert.equal((await count.textContent()).trim(), "2 markiert");
            assert.equal(await count.getAttribute("role"), "status");
        }
        // Checking another question is a page: there it is said without JavaScript, too.
        await press(page, check(itemOf(page, "u-number")));
        assert.equal((await itemOf(page, "u-select").locator("[data-marks-count]").textContent()).trim(), "2 markiert");
        await press(page, check(itemOf(page, "u-select")));
        const lines = (await itemOf(page, "u-select").locator("ul.opts > li").allInnerTexts()).join("\n");
        for (const told of [/Im Juni[^\n]*\nZu Recht/, /Im Mai[^\n]*\nZu Unrecht/, /Kreis 11[^\n]*\nÜbersehen/]) assert.match(lines, told);
        await page.context().close();
    });

    test(`rule 9: areas are named and numbered controls below the image, and do without it, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled, viewport: { width: 390, height: 844 } });
        const item = itemOf(page, "u-hotspot");
        const picture = await item.locator(".hotspot__about").boundingBox();
        for (const [number, name] of [[1, "Die Achse links, die bei 80 beginnt"], [2, "Die Säule für den Juni"], [3, "Die Quelle unten mit dem Stand"]]) {
            const radio = item.getByRole("radio", { name: `${number} ${name}`, exact: true });
            assert.equal(await radio.getAttribute("data-number"), `${number}`);
            const target = await item.locator(`label.opt[for="${await radio.getAttribute("id")}"]`).boundingBox();
            assert.ok(target.width >= 24 && target.height >= 24, `${number}: ${target.width} x ${target.height}`);
            assert.ok(target.y >= picture.y + picture.height, "below the image");
            const numbers = await item.locator(".hotspot__about text").allTextContents();
            assert.ok(numbers.includes(`${number}`), `numbered in the image: ${numbers}`);
        }
        // Without any picture: the same answer, the same score.
        await page.route(/\/media\//, (route) => route.abort());
        await page.reload();
        await itemOf(page, "u-hotspot").locator(".hotspot__about").evaluate((about) => about.remove());
        await answerByKeyboard(page, "#practice-u-hotspot", "u-hotspot", { script: javaScriptEnabled });
        await press(page, check(itemOf(page, "u-hotspot")));
        assert.match(await page.title(), /^Richtig: /);
        await page.context().close();
    });

    test(`rule 10: gaps have a label and a number, one width for all, and fit 320 px, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled, viewport: { width: 320, height: 700 } });
        const item = itemOf(page, "u-gap");
        assert.equal(await item.getByRole("combobox", { name: "Lücke 1 von 2: Einheit nach der 5", exact: true }).count(), 1);
        assert.equal(await item.getByRole("textbox", { name: "Lücke 2 von 2: Zahl vor «Prozent»", exact: true }).count(), 1);
        assert.equal(await sidewaysPixels(page), 0);
        await page.goto("/courses/everything");
        await press(page, page.getByRole("button", { name: "Test beginnen" }));
        await page.goto(`${new URL(page.url()).pathname}/all`);
        const widths = await page.locator(".gap__entry").evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().width)));
        assert.equal(widths.length, 2);
        assert.equal(new Set(widths).size, 1, `widths ${widths}`);
        const attributes = await page.locator(".gap__entry").evaluateAll((all) => all.map((one) => `${one.size} ${one.maxLength}`));
        assert.equal(new Set(attributes).size, 1);
        assert.equal(await sidewaysPixels(page), 0);
        await page.context().close();
    });
}
