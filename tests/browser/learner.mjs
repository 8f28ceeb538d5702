// What a learner does with a mouse: lessons, practice, a test. The words are those of the German interface.
import assert from "node:assert/strict";
import { press } from "./browser.mjs";
import { readKeys } from "./city.mjs";

export const COURSE = "informationssicherheit";
export const LESSONS = ["schutzziele", "phishing", "anmelden", "teilen", "unterwegs", "melden", "notbetrieb"];
const keys = readKeys(COURSE);

export const keyOf = (question) => keys.get(question);

// Fills one question in a form or group. how: "right" | "wrong" | "partly".
export async function fillQuestion(scope, question, how = "right") {
    const key = keys.get(question);
    assert.ok(key, `no question ${question} in the pack`);
    if (key.accepted !== undefined) {
        await scope.locator("input[type=text]").fill(how === "right" ? key.accepted : "keine Ahnung mehr");
        return;
    }
    const wrong = key.options.filter((id) => !key.right.includes(id));
    const chosen = { right: key.right, wrong: wrong.slice(0, 1), partly: key.right.slice(0, 1) }[how];
    for (const id of chosen) await scope.locator(`input[value="${id}"]`).check();
}

// The form or the marked answer of a practice question on the open lesson.
export const practiceItem = (page, question) => page.locator(`#practice-${question}`);

export async function practise(page, question, how = "right") {
    const item = practiceItem(page, question);
    await fillQuestion(item, question, how);
    await press(page, item.getByRole("button", { name: "Antwort prüfen" }));
}

export async function finishLesson(page, lesson) {
    await page.goto(`/courses/${COURSE}/${lesson}`);
    const questions = await page.locator(".practice__item button[name=question]").evaluateAll((all) => all.map((one) => one.value));
    for (const question of questions) await practise(page, question);
    await press(page, page.getByRole("button", { name: "Erledigt" }));
}

export async function startTest(page) {
    await page.goto(`/courses/${COURSE}`);
    await press(page, page.getByRole("button", { name: "Test beginnen" }));
    return new URL(page.url()).pathname;
}

// The questions of an attempt in their order: {id, number}.
export async function readQuestions(page, attempt) {
    const reply = await page.request.get(`${attempt}.json`);
    const document = await reply.json();
    return document.questions ?? document.data?.questions;
}

// Answers everything on one page, up to the review.
export async function answerAll(page, attempt, how) {
    await page.goto(`${attempt}/all`);
    for (const group of await page.locator("[data-question]").all()) {
        const question = (await group.locator("input").first().getAttribute("name")).replace(/^answer\./, "");
        await fillQuestion(group, question, how);
    }
    await press(page, page.getByRole("button", { name: "Prüfen und abgeben" }));
}

export async function handIn(page) {
    await press(page, page.getByRole("button", { name: "Test abgeben" }));
}
