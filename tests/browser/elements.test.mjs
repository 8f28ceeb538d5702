// Every element of a lesson in the browser: in all looks, in forced colours, on paper; what JavaScript adds, and that nothing is
// missing without it. The pack is tests/packs/everything.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openWindow, sidewaysPixels, signIn } from "./browser.mjs";
import { pageFindings } from "./checks.mjs";
import { openCity } from "./city.mjs";

const LESSON = "/courses/everything/elemente";
const TABS = ["Windows", "Mac", "Diensthandy"];
let city, browser, page, bare;

before(async () => {
    [city, browser] = await Promise.all([openCity({ demo: false, pack: "everything" }), openBrowser()]);
    city.addLearner("lernt");
    page = await openWindow(browser, city.base);
    bare = await openWindow(browser, city.base, { javaScriptEnabled: false });
    for (const window of [page, bare]) await signIn(window, "lernt");
});
after(async () => {
    await browser?.close();
    await city?.close();
});

const chosen = () => page.locator("[role=tab][aria-selected=true]").allInnerTexts();
const shown = (window) => window.locator(".variant h3").evaluateAll((all) => all.filter((h) => h.checkVisibility({ contentVisibilityAuto: true })).map((h) => h.innerText));

test("the lesson keeps to every rule in every look", async () => {
    const reply = await page.goto(LESSON);
    assert.deepEqual(await pageFindings(page, "elements", await reply.text(), { bytes: 0 }), []);
    assert.deepEqual(page.complaints, []);
});

test("the glossary does, too", async () => {
    const reply = await page.goto("/courses/everything/glossary");
    assert.deepEqual(await pageFindings(page, "elements-glossary", await reply.text(), { bytes: 0 }), []);
});

test("wide text spacing and 400 % make nothing scroll sideways", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(LESSON);
    const width = () => page.locator("h1").evaluate((h) => Number.parseFloat(getComputedStyle(h).letterSpacing));
    const before = await width();
    await page.evaluate(() => {
        const spacing = new CSSStyleSheet(); // a sheet made by script is none of the policy's business
        spacing.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }");
        document.adoptedStyleSheets.push(spacing);
    });
    assert.ok((await width()) > before);
    assert.ok((await sidewaysPixels(page)) <= 0);
    await page.setViewportSize({ width: 1280, height: 900 });
});

test("variants are tabs: click, arrows, the address", async () => {
    await page.goto(LESSON);
    assert.deepEqual(await page.getByRole("tab").allInnerTexts(), TABS);
    assert.deepEqual(await chosen(), ["Windows"]);
    await page.getByRole("tab", { name: "Mac" }).click();
    assert.deepEqual([await chosen(), await shown(page)], [["Mac"], ["Mac"]]);
    assert.match(page.url(), /#geraet-mac$/);
    await page.keyboard.press("ArrowRight");
    assert.deepEqual(await chosen(), ["Diensthandy"]);
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Diensthandy");
    await page.keyboard.press("ArrowRight");
    assert.deepEqual(await chosen(), ["Windows"]);
    await page.keyboard.press("End");
    assert.deepEqual(await chosen(), ["Diensthandy"]);
    await page.goto("/courses/everything");
    await page.goto(`${LESSON}#geraet-mac`);
    assert.deepEqual([await chosen(), await shown(page)], [["Mac"], ["Mac"]]);
});

test("without JavaScript variants stand one below the other, with links above", async () => {
    await bare.goto(LESSON);
    assert.equal(await bare.getByRole("tab").count(), 0);
    assert.deepEqual(await shown(bare), TABS);
    await bare.getByRole("link", { name: "Diensthandy" }).click();
    assert.match(bare.url(), /#geraet-handy$/);
});

test("a term opens its definition beside it, with and without JavaScript", async () => {
    for (const window of [page, bare]) {
        await window.goto(LESSON);
        const definition = window.locator("#t_median");
        assert.equal(await definition.isVisible(), false);
        await window.getByRole("button", { name: "Median", exact: true }).press("Enter");
        assert.match(await definition.innerText(), /Der mittlere Wert/);
        await definition.getByRole("button", { name: "Schliessen" }).click();
        assert.equal(await definition.isVisible(), false);
        await window.getByRole("button", { name: "Median", exact: true }).click();
        await window.keyboard.press("Escape");
        assert.equal(await definition.isVisible(), false);
    }
});

test("a footnote leads to its note and back", async () => {
    await page.goto(LESSON);
    await page.locator(".footnote a").first().click();
    assert.match(page.url(), /#quelle-rate$/);
    await page.locator(".footnotes__back").first().click();
    assert.equal(await page.locator(":target").textContent(), "Fussnote 1");
});

test("film and sound can be played, and begin only when asked to", async () => {
    await page.goto(LESSON);
    for (const kind of ["video", "audio"]) {
        const state = await page.locator(kind).evaluate((media) => new Promise((done) => {
            const tell = () => done({ seconds: Math.round(media.duration), paused: media.paused, controls: media.controls });
            media.addEventListener("error", () => done({ error: media.error.message }));
            if (media.readyState > 0) tell();
            else media.addEventListener("loadedmetadata", tell);
        }));
        assert.deepEqual(state, { seconds: kind === "video" ? 2 : 1, paused: true, controls: true });
    }
    assert.equal(await page.locator("video").evaluate((film) => film.textTracks[0].language), "de-CH");
});

test("on paper everything is unfolded and nothing can be clicked", async () => {
    for (const window of [page, bare]) {
        await window.goto(LESSON);
        await window.emulateMedia({ media: "print" });
        assert.deepEqual(await shown(window), TABS);
        for (const words of ["zwischen den beiden mittleren Werten", "Ein Balken läuft", "Ein gleichbleibender Ton", "Nur hat fast niemand"])
            assert.equal(await window.getByText(words).evaluate((p) => p.checkVisibility({ contentVisibilityAuto: true }) && p.getClientRects().length > 0), true, words);
        for (const hidden of ["video", "audio", ".variants__list", ".toc", ".pager"]) assert.equal(await window.locator(hidden).first().isVisible(), false, hidden);
        await window.emulateMedia({ media: "screen" });
    }
});

test("the print of an answered practice question does not tell the key", async () => {
    await page.goto("/courses/everything/fragen?question=u-choice-one&answer=b");
    await page.emulateMedia({ media: "print" });
    const item = page.locator("#practice-u-choice-one");
    for (const hidden of [".feedback", ".opt small", ".opt__why"]) assert.equal(await item.locator(hidden).first().isVisible(), false, hidden);
    assert.equal(await item.getByText("Der Median", { exact: true }).isVisible(), true);
    await page.emulateMedia({ media: "screen" });
});
