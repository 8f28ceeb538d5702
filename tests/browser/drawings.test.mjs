// Drawings of packs in the browser: they stand in the page, follow light, dark, forced colours and the font, have a name, and can
// be read on a phone. The pack is tests/packs/everything; nothing of it needs JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, openBrowser, openWindow, signIn } from "./browser.mjs";
import { openCity } from "./city.mjs";

const LESSON = "/courses/everything/elemente";
const QUESTIONS = "/courses/everything/fragen";
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

const style = (target, property) => target.evaluate((element, name) => getComputedStyle(element)[name], property);

// WCAG's relative luminance of "rgb(1, 2, 3)".
function luminance(colour) {
    const [red, green, blue] = colour.match(/[\d.]+/g).slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
}

// Every class of a drawing as the style sheet paints it now: { "good-soft": "rgb(...)", ... }.
const palette = (window, names) => window.locator(".drawing").first().evaluate((svg, all) => Object.fromEntries(all.map((name) => {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    shape.setAttribute("class", `fill-${name} stroke-${name}`);
    svg.append(shape);
    const { fill, stroke } = getComputedStyle(shape);
    shape.remove();
    if (fill !== stroke) throw new Error(`${name}: fill ${fill}, stroke ${stroke}`);
    return [name, fill];
})), names);

test("a drawing has its name and no faults, in both schemes", async () => {
    for (const window of [page, bare]) {
        for (const colorScheme of ["light", "dark"]) {
            await window.emulateMedia({ colorScheme });
            await window.goto(LESSON);
            const drawing = window.getByRole("img", { name: "Zwei Bildschirme, links offen, rechts gesperrt" });
            assert.equal(await drawing.evaluate((svg) => svg.localName), "svg");
            if (window === page) assert.deepEqual(await axeFindings(window), []); // where no script runs, it cannot look
        }
        assert.deepEqual(window.complaints, [], "also of the content security policy");
    }
});

test("it changes its colours between light and dark, and takes the page's font", async () => {
    const seen = [];
    for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.goto(LESSON);
        const word = page.locator("#bild .drawing text").first();
        seen.push([await style(word, "fill"), await style(page.locator("#bild .drawing .stroke-mark"), "stroke")]);
        assert.equal(await style(word, "fill"), await style(page.locator("h1"), "color"));
        assert.equal(await style(word, "fontFamily"), await style(page.locator("body"), "fontFamily"));
    }
    assert.notEqual(seen[0][0], seen[1][0]);
    assert.notEqual(seen[0][1], seen[1][1]);
});

test("words can be read on what lies under them, in every scheme", async () => {
    const STRONG = ["accent", "mark", "good", "warn", "bad"];
    const SOFT = STRONG.map((name) => `${name}-soft`);
    for (const look of [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "light", forcedColors: "active" }, { colorScheme: "dark", media: "print" }]) {
        await page.emulateMedia({ forcedColors: "none", media: "screen", ...look });
        await page.goto(LESSON);
        const colours = await palette(page, ["ink", "muted", "line", "paper", "sunken", ...STRONG, ...SOFT]);
        const readable = (words, ground, least) => assert.ok(contrast(colours[words], colours[ground]) >= least,
            `${words} on ${ground}: ${contrast(colours[words], colours[ground]).toFixed(2)} in ${JSON.stringify(look)}`);
        for (const ground of ["paper", "sunken", ...SOFT]) readable("ink", ground, 7);
        if (look.media === "print") assert.equal(colours.paper, "rgb(255, 255, 255)", "paper is white, whatever the screen is");
        for (const ground of ["paper", "sunken"]) readable("muted", ground, 4.5);
        for (const name of STRONG) for (const ground of ["paper", `${name}-soft`]) readable(name, ground, 4.5);
        readable("line", "paper", 3);
    }
    await page.emulateMedia({ forcedColors: "none", media: "screen", colorScheme: "light" });
});

test("no text is smaller than 12 pixels on a phone, and none leaves its drawing", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const address of [LESSON, QUESTIONS]) {
        for (const lang of ["de", "en", "fr", "it"]) {
            await page.goto(`${address}?lang=${lang}`);
            const texts = await page.locator(".drawing text").evaluateAll((all) => all.map((text) => {
                const frame = text.ownerSVGElement.getBoundingClientRect(), box = text.getBoundingClientRect();
                const matrix = text.getScreenCTM();
                return {
                    words: text.textContent,
                    pixels: Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.c, matrix.d),
                    inside: box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom,
                };
            }));
            assert.ok(texts.length >= 2);
            assert.deepEqual(texts.filter((text) => text.pixels < 12 || !text.inside), [], `${address} ${lang}`);
        }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
});

test("a lesson's figure on a phone is as wide as the check believes", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(LESSON);
    const box = page.locator("#bild .figure__box");
    assert.equal(await box.evaluate((b) => b.clientWidth - Number.parseFloat(getComputedStyle(b).paddingLeft) * 2), 324);
    await page.setViewportSize({ width: 1280, height: 900 });
});

test("the areas of a hotspot lie on the drawing, in each language", async () => {
    for (const [lang, words] of [["de", "Quelle"], ["en", "Source"], ["fr", "Source"], ["it", "Fonte"]]) {
        await page.goto(`${QUESTIONS}?lang=${lang}`);
        const picture = page.locator(".hotspot__picture").first();
        const [drawing, areas] = await Promise.all([picture.locator("> .drawing").boundingBox(), picture.locator("> .hotspot__areas").boundingBox()]);
        for (const side of ["x", "y", "width", "height"]) assert.ok(Math.abs(drawing[side] - areas[side]) < 0.5, `${lang} ${side}`);
        const line = await picture.locator("> .drawing text", { hasText: words }).boundingBox();
        const frame = await picture.locator(".hotspot__frame").last().boundingBox();
        assert.ok(line.x >= frame.x && line.y >= frame.y && line.x + line.width <= frame.x + frame.width && line.y + line.height <= frame.y + frame.height, `the source in ${lang} is in its area`);
    }
});

test("no two elements of a page with drawings share an id", async () => {
    for (const address of [LESSON, QUESTIONS]) {
        await page.goto(address);
        const ids = await page.locator("[id]").evaluateAll((all) => all.map((element) => element.id));
        assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), []);
    }
    await page.goto(LESSON);
    assert.ok((await page.locator("#bild use").count()) === 2 && (await page.locator("#bild use").evaluateAll((all) => all.every((use) => document.querySelector(use.getAttribute("href"))))));
});
