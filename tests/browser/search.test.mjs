// The search in Chromium, by keyboard alone, with JavaScript on and off, on a wide screen and on a phone: from the field to
// a lesson, filters, a mistyped word, and nothing that only a mouse or a script could do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, openBrowser, openWindow, sidewaysPixels, signIn } from "./browser.mjs";
import { openCity } from "./city.mjs";

let city, browser, people = 0;

before(async () => {
    [city, browser] = await Promise.all([openCity({ demo: false, pack: "../courses/search-city" }), openBrowser()]);
});
after(async () => {
    await browser?.close();
    await city?.close();
});

async function openLearn(options = {}) {
    const name = `searching-${++people}`;
    city.addLearner(name);
    const page = await openWindow(browser, city.base, options);
    await signIn(page, name);
    return page;
}

const enter = (page) => Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
const active = (page) => page.evaluate(() => ({ tag: document.activeElement.tagName, name: document.activeElement.name, text: document.activeElement.textContent.trim() }));

async function tabTo(page, fits) {
    for (let i = 0; i < 60; i++) {
        await page.keyboard.press("Tab");
        const now = await active(page);
        if (fits(now)) return;
    }
    assert.fail("Tab does not lead there");
}

for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

    test(`from the header to a lesson by keyboard, ${how}`, async () => {
        const page = await openLearn({ javaScriptEnabled, viewport: { width: 1280, height: 900 } });
        await tabTo(page, (now) => now.name === "q");
        await page.keyboard.type("Pishing");
        await enter(page);
        assert.match(page.url(), /\/search\?q=Pishing$/);
        assert.equal(await page.title(), "Suche: Pishing – Lotse");
        await page.getByText("«Pishing» kommt nicht vor. Gezeigt wird, was zu «Phishing» passt.").waitFor();
        await tabTo(page, (now) => now.text === "Betrügerische Mails entlarven");
        await enter(page);
        assert.match(page.url(), /\/courses\/search-city\/phishing$/);
        assert.deepEqual(page.complaints, []);
    });

    test(`filters by keyboard on a phone, ${how}`, async () => {
        const page = await openLearn({ javaScriptEnabled, viewport: { width: 320, height: 700 } });
        await tabTo(page, (now) => now.text === "Suche");
        await enter(page);
        await tabTo(page, (now) => now.name === "q");
        await page.keyboard.type("Daten");
        await tabTo(page, (now) => now.tag === "SUMMARY" && now.text === "Filter");
        await page.keyboard.press("Enter");
        await tabTo(page, (now) => now.name === "level");
        await page.keyboard.type("3");
        await tabTo(page, (now) => now.text === "Filter anwenden");
        await enter(page);
        assert.match(page.url(), /\/search\?q=Daten&competence=&level=3&/);
        assert.equal(await page.locator("#f-level").inputValue(), "3");
        assert.ok(await page.locator("#f-level").isVisible(), "filters that are set are open");
        assert.equal(await sidewaysPixels(page), 0);
        if (javaScriptEnabled) assert.deepEqual(await axeFindings(page), []);
        await tabTo(page, (now) => now.text === "Filter zurücksetzen");
        await enter(page);
        assert.match(page.url(), /\/search\?q=Daten$/);
        assert.deepEqual(page.complaints, []);
    });
}

test("the catalogue filters itself, and its field searches", async () => {
    const page = await openLearn({ viewport: { width: 1280, height: 900 } });
    await page.goto("/courses");
    await page.getByText("Filter", { exact: true }).click();
    await page.getByLabel("Sprache des Inhalts").selectOption("it");
    await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Filter anwenden" }).click()]);
    assert.match(page.url(), /\/courses\?.*language=it$/);
    await page.getByText("Kein Kurs passt zu den Filtern.").waitFor();
    await page.getByLabel("Wonach suchen Sie?").fill("Median");
    await page.getByLabel("Sprache des Inhalts").selectOption("");
    await page.getByLabel("Wonach suchen Sie?").press("Enter");
    await page.waitForURL(/\/search\?q=Median/);
    assert.deepEqual(await page.locator("mark").first().textContent(), "Median");
});
