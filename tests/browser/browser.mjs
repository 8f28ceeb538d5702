// One Chromium for a file of tests, and windows in it that write down what a page should not do.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { PASSWORD } from "./city.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export function openBrowser() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
}

// page.complaints: console errors, reports of the content security policy, replies nobody asked for.
export async function openWindow(browser, base, options = {}) {
    const context = await browser.newContext({ baseURL: base, locale: "de-CH", reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(15000);
    const page = await context.newPage();
    page.complaints = [];
    page.on("console", (message) => {
        const of_reply = message.text().startsWith("Failed to load resource"); // said below, unless it is the page itself
        if (!of_reply && (message.type() === "error" || /security policy|violat/i.test(message.text())))
            page.complaints.push(message.text());
    });
    page.on("pageerror", (error) => page.complaints.push(String(error)));
    page.on("response", (response) => {
        if (response.status() >= 400 && !response.request().isNavigationRequest())
            page.complaints.push(`${response.status()} ${response.url()}`);
    });
    return page;
}

export async function signIn(page, name, password = PASSWORD) {
    await page.goto("/sign-in");
    await page.getByLabel("Anmeldename").fill(name);
    await page.getByLabel("Passwort").fill(password);
    await press(page, page.getByRole("button", { name: "Anmelden" }));
}

// Clicks and waits for the page that follows, also when its address is the same.
export async function press(page, target) {
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), target.click()]);
}

// Rules broken on the page as it stands, as lines to read. Runs beside the page's policy, not through it.
export async function axeFindings(page) {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Runtime.evaluate", { expression: `${axe};0` });
    const { result, exceptionDetails } = await devtools.send("Runtime.evaluate", {
        expression: `axe.run({ runOnly: ${JSON.stringify(STANDARDS)}, resultTypes: ["violations"] }).then((r) => JSON.stringify(r.violations))`,
        awaitPromise: true, returnByValue: true,
    });
    await devtools.detach();
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return JSON.parse(result.value).flatMap((rule) =>
        rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
}

export const sidewaysPixels = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
