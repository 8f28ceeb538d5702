// Questions of order, match and inbox in Chromium, with JavaScript on and off: by keyboard, by mouse, without either moving
// focus or sending anything that was not asked for.
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

async function openLesson(options = {}) {
    const name = `sorting-${++people}`;
    city.addLearner(name);
    const page = await openWindow(browser, city.base, options);
    await signIn(page, name);
    await page.goto(LESSON);
    return page;
}

const itemOf = (page, question) => page.locator(`#practice-${question}`);
const idsOf = (scope) => scope.locator(".order input[type=hidden]").evaluateAll((all) => all.map((one) => one.value));
const focusName = (page) => page.evaluate(() => document.activeElement?.textContent.trim());
const check = (item) => item.getByRole("button", { name: "Antwort prüfen" });

// The name of a row's button says where the row stands now.
const upButton = (item, words) => item.getByRole("button", { name: new RegExp(`^«${words}» nach oben, jetzt \\d von 4$`) });

async function moveTo(page, item, words, place, move) {
    for (let tries = 0; tries < 4; tries++) {
        const now = Number(/jetzt (\d) von 4/.exec(await upButton(item, words).textContent())[1]);
        if (now === place) return;
        await move(page, item, words);
    }
    assert.fail(`${words} did not reach ${place}`);
}

async function bringInOrder(page, item, move) {
    const words = ["Alle Werte zusammentragen", "Die Werte der Grösse nach ordnen", "Zählen, wie viele Werte es sind", "Den Wert in der Mitte ablesen"];
    for (const [i, one] of words.entries()) await moveTo(page, item, one, i + 1, move);
    assert.deepEqual(await idsOf(item), ["sammeln", "ordnen", "zaehlen", "ablesen"]);
}

for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

    test(`order: buttons move an item, the focus stays with it, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        const item = itemOf(page, "u-order");
        await bringInOrder(page, item, async (p, scope, words) => {
            await upButton(scope, words).focus();
            if (javaScriptEnabled) await p.keyboard.press("Enter");
            else await Promise.all([p.waitForNavigation({ waitUntil: "load" }), p.keyboard.press("Enter")]);
            assert.match(await focusName(p), new RegExp(`^«${words}» nach oben, jetzt \\d von 4$`));
            if (javaScriptEnabled) {
                const place = /jetzt \d von 4/.exec(await focusName(p))[0];
                assert.equal(await scope.locator("[data-order-said]").textContent(), `${words}: ${place}`);
            }
            assert.equal(await scope.locator(".feedback").count(), 0, "a move marks nothing");
        });
        await press(page, check(item));
        await itemOf(page, "u-order").getByRole("heading", { name: "Richtig", exact: true }).waitFor();
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    });

    test(`order: at its ends a button stays where it is and can be reached, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        const item = itemOf(page, "u-order"), before = await idsOf(item);
        const first = item.locator("[data-order-up]").first(), last = item.locator("[data-order-down]").last();
        for (const end of [first, last]) {
            assert.equal(await end.getAttribute("aria-disabled"), "true");
            await end.focus();
            if (javaScriptEnabled) await page.keyboard.press("Space");
            else await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Space")]);
            assert.deepEqual(await idsOf(item), before);
            assert.match(await focusName(page), /nach (oben, jetzt 1|unten, jetzt 4) von 4$/);
        }
        assert.equal(await item.locator(".order [aria-disabled=true]").count(), 2);
        await page.context().close();
    });

    test(`order: as it comes it is no answer, and worth nothing, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        await press(page, check(itemOf(page, "u-order")));
        assert.match(await page.title(), /^Fehler/);
        await page.getByRole("alert").waitFor();
        const item = itemOf(page, "u-order");
        await item.getByLabel("Weiss ich nicht").check();
        await press(page, check(item));
        assert.equal(await itemOf(page, "u-order").locator(".opt.is-right").count(), 4, "the right order is shown");
        await page.context().close();
    });

    test(`match: each list is named by its left text, and choosing sends nothing, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        const item = itemOf(page, "u-match"), address = page.url();
        for (const [left, right] of [
            ["Wie lange dauert ein Gesuch meistens?", "Median der Dauer"],
            ["Wie viele Formulare braucht es?", "Anzahl Gesuche"],
            ["Ist ein Quartier stärker betroffen als ein anderes?", "Farbe des Formulars"],
        ]) {
            const list = item.getByRole("combobox", { name: left, exact: true });
            assert.equal(await list.inputValue(), "");
            assert.equal(await list.locator("option").count(), 5);
            await list.focus();
            await list.selectOption({ label: right });
            assert.equal(page.url(), address);
        }
        await press(page, check(item));
        const marks = itemOf(page, "u-match").locator(".opts > li");
        assert.equal(await itemOf(page, "u-match").locator(".opts > .is-right").count(), 2);
        assert.match(await marks.last().textContent(), /Farbe des Formulars.*Richtig wäre: Meldungen je 1'000 Personen/s);
        await page.context().close();
    });

    test(`inbox: a message keeps its place and the focus stays when it is put into a tray, ${how}`, async () => {
        const page = await openLesson({ javaScriptEnabled });
        const item = itemOf(page, "u-inbox");
        const subjects = await item.getByRole("article").evaluateAll((all) => all.map((one) => one.querySelector("h2").textContent));
        assert.equal(subjects.length, 3);
        for (const subject of subjects) {
            const group = item.getByRole("article", { name: subject }).getByRole("radiogroup", { name: subject });
            await group.getByRole("radio", { name: "Median" }).focus();
            await page.keyboard.press("Space");
            await page.keyboard.press("ArrowDown");
            assert.equal(await page.evaluate(() => document.activeElement.value), "mit-rate");
        }
        assert.deepEqual(await item.getByRole("article").evaluateAll((all) => all.map((one) => one.querySelector("h2").textContent)), subjects);
        await press(page, check(item));
        await itemOf(page, "u-inbox").getByRole("heading", { name: "Teilweise richtig" }).waitFor();
        assert.equal(await itemOf(page, "u-inbox").locator(".opts > .is-right").count(), 1);
        await page.context().close();
    });
}

test("order: a row can be dragged by its grip, which only JavaScript adds", async () => {
    const page = await openLesson();
    const item = itemOf(page, "u-order"), before = await idsOf(item);
    await item.locator(".order").scrollIntoViewIfNeeded();
    const grip = await item.locator(".order__grip").first().boundingBox(), target = await item.locator(".order__row").nth(2).boundingBox();
    await page.mouse.move(grip.x + 10, grip.y + 10);
    await page.mouse.down();
    await page.mouse.move(grip.x + 10, target.y + target.height - 4, { steps: 12 });
    await page.mouse.up();
    assert.deepEqual(await idsOf(item), [before[1], before[2], before[0], before[3]]);
    assert.match(await item.locator("[data-order-said]").textContent(), /jetzt 3 von 4$/);
    await page.context().close();
    const bare = await openLesson({ javaScriptEnabled: false });
    assert.equal(await bare.locator(".order__grip").count(), 0);
    await bare.context().close();
});

test("a test keeps an order from move to move, and sends nobody to the next question", async () => {
    const page = await openLesson({ javaScriptEnabled: false });
    await page.goto("/courses/everything");
    await press(page, page.getByRole("button", { name: "Test beginnen" }));
    const attempt = new URL(page.url()).pathname;
    const orders = page.locator(".order"); // the test draws its whole pool
    await page.goto(`${attempt}/all`);
    const before = await idsOf(page);
    await press(page, page.locator("[data-order-down]").first());
    assert.equal(new URL(page.url()).pathname, `${attempt}/all`);
    const after = [before[1], before[0], ...before.slice(2)];
    assert.deepEqual(await idsOf(page), after);
    assert.match(await focusName(page), /nach unten, jetzt 2 von 5$/);
    let number = 0;
    do await page.goto(`${attempt}?number=${++number}`);
    while ((await orders.count()) === 0);
    assert.deepEqual(await idsOf(page), after);
    await press(page, page.locator("[data-order-up]").last());
    assert.equal(new URL(page.url()).searchParams.get("number"), `${number}`);
    assert.deepEqual(await idsOf(page), [...after.slice(0, 3), after[4], after[3]]);
    assert.match(await focusName(page), /nach oben, jetzt 4 von 5$/);
    await page.context().close();
});

for (const [width, colorScheme] of [[1280, "light"], [390, "dark"], [320, "light"]])
    test(`no findings at ${width} px, ${colorScheme}, before and after answering`, async () => {
        const page = await openLesson({ viewport: { width, height: 844 }, colorScheme });
        assert.deepEqual(await axeFindings(page), []);
        assert.ok((await sidewaysPixels(page)) <= 0);
        const item = itemOf(page, "u-match");
        await item.locator("select").first().selectOption({ index: 2 });
        await press(page, check(item));
        assert.deepEqual(await axeFindings(page), []);
        assert.ok((await sidewaysPixels(page)) <= 0);
        await page.context().close();
    });
