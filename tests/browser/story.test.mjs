// The days of a member of staff and of HR, from signing in to the last page, with JavaScript and without; then what only the
// keyboard does: signing in, one question, and where the focus stands afterwards.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openWindow, press, signIn } from "./browser.mjs";
import { openCity, PASSWORD } from "./city.mjs";
import { COURSE, fillQuestion, finishLesson, handIn, LESSONS, practiceItem, practise, startTest } from "./learner.mjs";

let city, browser;

before(async () => {
    [city, browser] = await Promise.all([openCity(), openBrowser()]);
});

after(async () => {
    await browser?.close();
    await city?.close();
});

// Somebody new in a window of their own; the window must have nothing to complain about in the end.
async function withWindow(who, options, story) {
    const page = await openWindow(browser, city.base, options);
    if (who) await signIn(page, who);
    await story(page);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
}

const step = (page) => page.locator("legend .q__step").innerText();
const heading = (page) => page.getByRole("heading", { level: 1 }).innerText();
const follow = (page, name) => press(page, page.getByRole("link", { name }).first());
const submit = (page, name) => press(page, page.getByRole("button", { name }));
// The focus may come a moment after the page.
const focusOn = (page, selector) => page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

    test(`staff: from the first lesson to a passed test, ${how}`, () => {
        const who = `staff-${javaScriptEnabled}`;
        city.addLearner(who);
        return withWindow(who, { javaScriptEnabled }, async (page) => {
            assert.equal(new URL(page.url()).pathname, "/learn");
            await follow(page, "Mit Lektion 1 beginnen");
            assert.equal(new URL(page.url()).pathname, `/courses/${COURSE}/${LESSONS[0]}`);

            await practise(page, "u-ziel-fahrplan", "wrong");
            const item = practiceItem(page, "u-ziel-fahrplan");
            assert.match(await item.innerText(), /Nicht ganz/);
            assert.match(await item.innerText(), /Ihre Antwort, nicht richtig/);
            await press(page, item.getByRole("button", { name: "Nochmals versuchen" }));
            await practise(page, "u-ziel-fahrplan", "right");
            assert.match(await practiceItem(page, "u-ziel-fahrplan").innerText(), /Ihre Antwort, richtig/);

            for (const lesson of LESSONS) await finishLesson(page, lesson);
            await page.goto("/learn");
            await follow(page, "Zum Test");
            const attempt = await startTest(page);

            // Half of the test, then a pause; a second window, as on another device, goes on where this one stopped.
            await answerQuestions(page, attempt, 10);
            await submit(page, "Speichern und unterbrechen");
            await withWindow(who, { javaScriptEnabled }, async (other) => {
                await follow(other, "Test fortsetzen");
                assert.match(await step(other), /^Frage 11 von 20/);
            });
            await page.goto(attempt);
            await answerQuestions(page, attempt, 10);
            assert.match(await heading(page), /Alle Fragen sind beantwortet/);

            await handIn(page);
            assert.match(await heading(page), /^Bestanden/);
            assert.match(await page.title(), /^Bestanden/);
            assert.match(await page.locator("main").innerText(), /20 von 20 Fragen ganz richtig/);
            await page.goto("/learn");
            assert.match(await page.locator("main").innerText(), /abgeschlossen/);
        });
    });

    test(`hr: from the city down to a team, ${how}`, () =>
        withWindow("hr", { javaScriptEnabled }, async (page) => {
            await page.goto("/units/STADT");
            assert.match(await page.locator("main").innerText(), /Stand: 2\d\. November 2026|Stand: 1\. November 2026/);
            await press(page, page.locator(".heat").getByRole("link", { name: "Finanzdepartement" }));
            assert.equal(await heading(page), "Finanzdepartement");
            await press(page, page.locator(".heat tbody a").first());
            assert.match(new URL(page.url()).pathname, /^\/units\/[A-Z]/);
            await page.goto("/units/STADT");

            await page.getByText("Export", { exact: true }).click();
            const [csv, json] = await Promise.all(["Tabelle (CSV)", "Daten (JSON)"].map(async (name) => {
                const address = await page.getByRole("link", { name }).getAttribute("href");
                return (await page.request.get(address)).text();
            }));
            const report = JSON.parse(json);
            assert.equal(report.children.length, 9);
            // A line of the table for every cell, and its heading.
            assert.equal(csv.trim().split("\r\n").length, report.cells.length + 1);
            await followMenu(page, "Abmelden");
            await page.goto("/units/STADT");
            assert.equal(new URL(page.url()).pathname, "/sign-in");
        }));
}

async function answerQuestions(page, attempt, count) {
    for (let i = 0; i < count; i++) {
        const form = page.locator("main form").filter({ has: page.locator("input[name=question]") });
        await fillQuestion(form, await form.locator("input[name=question]").inputValue());
        const last = page.getByRole("button", { name: "Prüfen und abgeben" });
        await press(page, (await last.count()) ? last : page.getByRole("button", { name: "Speichern und weiter" }));
    }
}

async function followMenu(page, name) {
    await page.locator("header details.pop > summary").last().click();
    await submit(page, name);
}

/* ---------- the keyboard ---------- */

// Tabs until the focus stands on the wanted element; the way there must not be endless.
async function tabTo(page, selector) {
    for (let i = 0; i < 60; i++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
        await page.keyboard.press("Tab");
    }
    assert.fail(`Tab never reached ${selector}`);
}

const leave = (page, key) => Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press(key)]);

test("keyboard: sign in, mend a mistake, answer a question", () =>
    withWindow(null, {}, async (page) => {
        await page.goto("/sign-in");
        await page.keyboard.press("Tab");
        await focusOn(page, "a.skip");
        await tabTo(page, "#name");
        await page.keyboard.type("staff");
        await page.keyboard.press("Tab");
        await page.keyboard.type("nicht das Passwort");
        await leave(page, "Enter");
        assert.match(await page.title(), /^Fehler: /);
        await focusOn(page, "[role=alert][data-focus]");
        assert.equal(await page.getByLabel("Anmeldename").inputValue(), "staff");

        await page.keyboard.press("Tab"); // the summary's link leads to the field
        await page.keyboard.press("Enter");
        await tabTo(page, "#password");
        await page.keyboard.type(PASSWORD);
        await leave(page, "Enter");
        assert.equal(new URL(page.url()).pathname, "/learn");

        await page.goto(`/courses/${COURSE}/phishing`);
        await tabTo(page, "#practice-u-phi-qr button[type=submit]");
        await leave(page, "Enter"); // without an answer
        assert.match(await page.title(), /^Fehler: /);
        await focusOn(page, "[role=alert][data-focus]");
        await tabTo(page, "#practice-u-phi-qr input[type=radio]");
        await page.keyboard.press("Space");
        await page.keyboard.press("ArrowDown");
        assert.equal(await page.locator("#practice-u-phi-qr input:checked").count(), 1);
        await tabTo(page, "#practice-u-phi-qr button[name=question]");
        await leave(page, "Space");
        assert.match(await page.title(), /^(Richtig|Nicht ganz|Teilweise richtig)/);
        await focusOn(page, "#practice-u-phi-qr .feedback__title");
    }));

test("keyboard: an answer beside \"don't know\" is asked about; the result's verdict has the focus", () => {
    city.addLearner("tastatur");
    return withWindow("tastatur", {}, async (page) => {
        await startTest(page);
        const skip = page.getByLabel("Weiss ich nicht");
        await skip.check();
        const other = page.locator("[data-question] input:not([data-skip])").first();
        if ((await other.getAttribute("type")) === "text") await other.fill("etwas");
        else await other.check();
        assert.equal(await skip.isChecked(), true);
        await submit(page, "Speichern und weiter");
        assert.match(await page.title(), /^Fehler: /);
        await page.getByRole("radio", { name: "Meine Antwort" }).check();
        await submit(page, "Speichern");
        assert.match(await step(page), /^Frage 2 von 20/);
        await follow(page, "Prüfen und abgeben");
        assert.match(await heading(page), /19 Fragen sind noch offen/);
        await handIn(page);
        assert.match(await page.title(), /^Noch nicht bestanden/);
        await focusOn(page, "h1[data-focus]");
    });
});
