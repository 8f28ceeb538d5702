// Remakes the pictures of the README and of docs/pack-authors.md for tools/screenshots, into docs/screenshots.
//
// Every picture is of the demo city, or of the pack that uses every element, with the browser and the steps of tests/browser. pngquant (Debian) makes them small.
import { mkdirSync, statSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { openBrowser, openWindow, signIn } from "../tests/browser/browser.mjs";
import { openCity, root } from "../tests/browser/city.mjs";
import { answerAll, COURSE, fillQuestion, finishLesson, handIn, LESSONS, startTest } from "../tests/browser/learner.mjs";

const WIDE = { viewport: { width: 1280, height: 800 }, colorScheme: "light" };
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark" };
const LARGEST = 150 * 1024;
const folder = join(root, "docs/screenshots");

const city = await openCity();
const browser = await openBrowser();

// clip: a part of the page, else what the window shows.
async function keep(page, name, clip) {
    await page.evaluate(() => document.activeElement?.blur());
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, clip, fullPage: clip !== undefined });
    const small = spawnSync("pngquant", ["--force", "--strip", "--output", path, "128", path]);
    if (small.status !== 0) throw new Error("pngquant is needed: apt-get install pngquant");
    const { size } = statSync(path);
    if (size > LARGEST) throw new Error(`${path} has ${size} bytes`);
    console.log(`${name}.png ${Math.round(size / 1024)} KiB`);
}

async function asSomebody(name, look, steps) {
    const page = await openWindow(browser, city.base, look);
    if (name) await signIn(page, name);
    await steps(page);
    await page.context().close();
}

// One without material, so that prompt and answers are in the picture.
async function openShortQuestion(page, attempt) {
    const form = page.locator("main form").filter({ has: page.locator("input[name=question]") });
    for (let number = 1; number <= 20; number++) {
        await page.goto(`${attempt}?number=${number}`);
        if ((await form.locator(".material").count()) === 0 && (await form.locator("input[type=radio]").count()) > 0) break;
    }
    await fillQuestion(form, await form.locator("input[name=question]").inputValue());
    await page.evaluate(() => scrollTo(0, 0));
}

async function picturesOfLearning(page) {
    await finishLesson(page, "schutzziele");
    await finishLesson(page, "phishing");
    await page.goto("/learn");
    await keep(page, "learn");
    await page.goto(`/courses/${COURSE}/melden`);
    await keep(page, "lesson");
    for (const lesson of LESSONS.slice(2)) await finishLesson(page, lesson);
    const attempt = await startTest(page);
    await openShortQuestion(page, attempt);
    await keep(page, "question");
    await answerAll(page, attempt, "right");
    await handIn(page);
    await keep(page, "result");
}

// The page's words from one section's heading to another's, with some air around them.
async function between(page, from, to) {
    const [first, last] = await Promise.all([from, to].map((id) => page.locator(`#${id}`).boundingBox()));
    const prose = await page.locator(".prose").boundingBox();
    return { x: prose.x - 24, y: first.y - 24, width: prose.width + 48, height: last.y - first.y };
}

async function picturesOfElements() {
    const bare = await openCity({ demo: false, pack: "everything" });
    try {
        bare.addLearner("lernt");
        const page = await openWindow(browser, bare.base, WIDE);
        await signIn(page, "lernt");
        await page.goto("/courses/everything/elemente");
        await keep(page, "elements-text", await between(page, "absatz", "kaesten"));
        await keep(page, "elements-boxes", await between(page, "kaesten", "waehlen"));
        await keep(page, "elements-choices", await between(page, "waehlen", "aufnahmen"));
        await page.context().close();
    } finally {
        await bare.close();
    }
}

mkdirSync(folder, { recursive: true });
try {
    await asSomebody(null, WIDE, async (page) => {
        await page.goto("/sign-in");
        await keep(page, "sign-in");
    });
    await asSomebody("staff", WIDE, picturesOfLearning);
    await asSomebody("lead", PHONE, async (page) => {
        await page.goto("/learn");
        await keep(page, "learn-phone-dark");
    });
    await picturesOfElements();
    for (const [look, name] of [[WIDE, "unit"], [PHONE, "unit-phone-dark"]])
        await asSomebody("hr", look, async (page) => {
            await page.goto("/units/STADT");
            if (look === PHONE) await page.evaluate(() => document.getElementById("map-title").scrollIntoView());
            await keep(page, name);
        });
} finally {
    await browser.close();
    await city.close();
}
