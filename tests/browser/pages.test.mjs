// Every page in its states, at 1280 and 390 px, light and dark: nothing that axe or the markup rules object to, nothing that
// scrolls sideways (down to 320 px), no report of the content security policy, no message without words, under 100 KiB.
//
// A state is opened once and looked at four times. The last test says which GET address of `lotse routes` nobody opened.
// PICTURES=folder node --test tests/browser/pages.test.mjs keeps a picture of every look.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openWindow, press, signIn } from "./browser.mjs";
import { pageFindings, weigh } from "./checks.mjs";
import { openCity } from "./city.mjs";
import { answerAll, COURSE, fillQuestion, finishLesson, handIn, keyOf, LESSONS, practiceItem, practise, readQuestions, startTest } from "./learner.mjs";

let city, browser;
const opened = new Set();
const windows = new Map();

before(async () => {
    [city, browser] = await Promise.all([openCity(), openBrowser()]);
});

after(async () => {
    await browser?.close();
    await city?.close();
});

// The window of somebody, kept for all their states. "guest" has not signed in.
async function windowOf(who) {
    if (!windows.has(who)) {
        const page = await openWindow(browser, city.base);
        page.meter = await weigh(page);
        page.on("response", async (response) => {
            if (!response.request().isNavigationRequest() || response.status() === 303) return;
            page.reply = response;
            opened.add(new URL(response.url()).pathname);
        });
        windows.set(who, page);
        if (who !== "guest") await signIn(page, who);
    }
    return windows.get(who);
}

// open: an address, or what the person does to get there.
function state(name, who, open, status = 200) {
    test(name, async () => {
        const page = await windowOf(who);
        await (typeof open === "string" ? page.goto(open) : open(page));
        assert.equal(page.reply.status(), status);
        const name_of_file = name.replace(/[^a-z0-9]+/gi, "-").toLowerCase();
        assert.deepEqual(await pageFindings(page, name_of_file, await page.reply.text(), page.meter), []);
    });
}

const submit = (page, button) => press(page, page.getByRole("button", { name: button }));

/* ---------- before signing in ---------- */

state("sign-in", "guest", "/sign-in");
for (const address of ["/privacy", "/accessibility", "/help", "/licences"]) state(`guest ${address.slice(1)}`, "guest", address);
for (const language of ["en", "fr", "it"]) state(`sign-in in ${language}`, "guest", `/sign-in?lang=${language}`);
state("sign-in refused", "guest", async (page) => {
    await page.goto("/sign-in?lang=de");
    await page.getByLabel("Anmeldename").fill("niemand");
    await page.getByLabel("Passwort").fill("falsch-geraten");
    await submit(page, "Anmelden");
}, 422);
state("guest not found", "guest", "/nowhere", 404);

/* ---------- somebody who has not learnt anything yet ---------- */

test("accounts for learners", () => {
    for (const name of ["neu", "lernt", "besteht"]) city.addLearner(name);
});
state("learn new", "neu", "/learn");
state("courses new", "neu", "/courses");
state("courses filtered", "neu", "/courses?level=2&minutes=90");
state("courses none", "neu", "/courses?level=4");
state("search blank", "neu", "/search");
state("search", "neu", "/search?q=passwort");
for (const language of ["en", "fr", "it"]) state(`search in ${language}`, "neu", `/search?q=Pishing&level=2&lang=${language}`);
state("search none", "neu", "/search?q=quetzalcoatl&lang=de");
state("search short", "neu", "/search?q=a");
state("search from the header", "neu", async (page) => {
    await page.goto("/learn");
    if (await page.locator(".top__find").isVisible()) {
        await page.locator(".top__find input").fill("Phishing");
        await page.keyboard.press("Enter");
    } else await page.locator(".top__seek").click();
    await page.waitForURL(/\/search/);
});
state("course new", "neu", `/courses/${COURSE}`);
state("account", "neu", "/account");
state("units of nobody", "neu", "/units", 403);
state("forbidden", "neu", "/units/STADT", 403);
state("not found", "neu", "/courses/gibt-es-nicht", 404);
for (const address of ["/privacy", "/accessibility", "/help", "/licences"]) state(address.slice(1), "neu", address);

/* ---------- lessons and practice ---------- */

for (const lesson of LESSONS) state(`lesson ${lesson}`, "lernt", `/courses/${COURSE}/${lesson}`);
state("practice without an answer", "lernt", async (page) => {
    await page.goto(`/courses/${COURSE}/phishing`);
    await press(page, practiceItem(page, "u-phi-qr").getByRole("button", { name: "Antwort prüfen" }));
});
state("practice answered", "lernt", async (page) => {
    await page.goto(`/courses/${COURSE}/phishing`);
    await practise(page, "u-phi-qr", "right");
    await practise(page, "u-phi-schloss", "wrong");
    await practise(page, "u-phi-mail", "partly");
    await practise(page, "u-phi-adresse", "wrong");
});
state("practice text right", "lernt", async (page) => {
    await page.goto(`/courses/${COURSE}/anmelden`);
    await practise(page, "u-anm-wort", "right");
});
state("glossary", "lernt", `/courses/${COURSE}/glossary`);
state("learn continued", "lernt", async (page) => {
    await finishLesson(page, LESSONS[0]);
    await page.goto("/learn");
});
state("lesson done", "lernt", `/courses/${COURSE}/${LESSONS[0]}`);
state("course continued", "lernt", `/courses/${COURSE}`);

/* ---------- a test that is not passed ---------- */

let attempt;
const kindOf = (question) => (keyOf(question).accepted !== undefined ? "text" : keyOf(question).right.length > 1 ? "several" : "one");

state("attempt", "lernt", async (page) => {
    attempt = await startTest(page);
});
// The draw decides which kinds stand in it; tests/browser/ways.test.mjs answers all nine.
test("attempt: the first question of each kind", async () => {
    const page = await windowOf("lernt");
    await page.goto(`${attempt}/all`);
    const questions = await page.locator(".q__body").evaluateAll((groups) => groups.map((g) => g.id.slice(2)));
    const firsts = new Map(questions.map((question, at) => [kindOf(question), at + 1]).reverse());
    for (const [kind, number] of firsts) {
        await page.goto(`${attempt}?number=${number}`);
        assert.deepEqual(await pageFindings(page, `attempt-${kind}`, await page.reply.text(), { bytes: 0 }), []);
    }
});
state("attempt all", "lernt", () => windowOf("lernt").then((page) => page.goto(`${attempt}/all`)));
// The page with all questions stands open while another tab saves another answer to the first of them.
state("attempt choose", "lernt", async (page) => {
    await page.goto(`${attempt}/all`);
    const [{ id }] = await readQuestions(page, attempt);
    const other = await page.context().newPage();
    await other.goto(`${attempt}?number=1`);
    await fillQuestion(other.locator("[data-question]"), id, "right");
    await press(other, other.getByRole("button", { name: "Speichern und weiter" }).last());
    await other.close();
    await fillQuestion(page.locator("[data-question]").first(), id, "wrong");
    await submit(page, "Prüfen und abgeben");
}, 409);
state("attempt review open", "lernt", (page) => page.goto(`${attempt}/review`));
state("learn with an open test", "lernt", "/learn");
state("course with an open test", "lernt", `/courses/${COURSE}`);
state("attempt review complete", "lernt", (page) => answerAll(page, attempt, "wrong"));
state("result not passed", "lernt", handIn);
state("course while waiting", "lernt", `/courses/${COURSE}`);

/* ---------- a course that is finished ---------- */

state("learn before the test", "besteht", async (page) => {
    for (const lesson of LESSONS) await finishLesson(page, lesson);
    await page.goto("/learn");
});
state("result passed", "besteht", async (page) => {
    await answerAll(page, await startTest(page), "right");
    await handIn(page);
});
state("learn finished", "besteht", "/learn");
state("courses finished", "besteht", "/courses");
state("course finished", "besteht", `/courses/${COURSE}`);

/* ---------- the city ---------- */

state("packs", "trainer", "/packs");
state("reference", "trainer", "/packs/reference");
const GROUPS = ["frame", "blocks", "cases", "inline", "questions", "tests", "translation", "history"];
const KINDS = ["choice", "order", "match", "text", "number", "gap", "select", "inbox", "hotspot"];
for (const part of [...GROUPS, ...KINDS]) state(`reference ${part}`, "trainer", `/packs/reference/${part}`);
state("reference tried", "trainer", async (page) => {
    await page.goto("/packs/reference/choice");
    await page.getByLabel("Vor der Pause").check();
    await submit(page, "Antwort prüfen");
    await page.waitForFunction(() => document.activeElement?.id === "verdict-k-choice-1");
});
state("reference tried without an answer", "trainer", async (page) => {
    await page.goto("/packs/reference/gap");
    await submit(page, "Antwort prüfen");
});
for (const who of ["staff", "lead", "trainer", "admin"]) state(`learn as ${who}`, who, "/learn");
state("units", "hr", "/units");
state("unit city", "hr", "/units/STADT");
state("unit department", "hr", "/units/FD");
state("unit team", "hr", "/units/OIZ");
state("unit in english", "hr", "/units/STADT?lang=en");

test("unit before the first snapshot", async () => {
    const bare = await openCity({ demo: false });
    const page = await openWindow(browser, bare.base);
    await signIn(page, "hr");
    const reply = await page.goto("/units/STADT");
    assert.deepEqual(await pageFindings(page, "unit-before", await reply.text(), { bytes: 0 }), []);
    await page.context().close();
    await bare.close();
});

// Each refused try doubles the wait until it is longer than a try takes, on however slow a machine.
state("sign-in throttled", "guest", async (page) => {
    await page.goto("/sign-in?lang=de");
    for (let tries = 0; tries < 12 && page.reply.status() !== 429; tries++) {
        await page.getByLabel("Anmeldename").fill("niemand");
        await page.getByLabel("Passwort").fill("falsch-geraten");
        await submit(page, "Anmelden");
    }
}, 429);

test("every page was opened", () => {
    const patterns = city.routes().split("\n").map((line) => line.split(/\s+/)).filter(([method, , , html]) => method === "GET" && html === "html");
    const no_pages = ["/", "/healthz", "/dev/version", "/media/{hash}/media/{file...}"];
    const missed = patterns.map((row) => row[1]).filter((pattern) => !no_pages.includes(pattern)).filter((pattern) => {
        const matcher = new RegExp(`^${pattern.replace(/\{[a-z]+\}/g, "[^/]+")}$`);
        return ![...opened].some((address) => matcher.test(address));
    });
    assert.deepEqual(missed, []);
});
