// bench: measures the server against bare baselines on the same machine, in one run; `make bench` builds what it needs.
//
//  - CPU of the server's process per signed-in page, against a bare CivetWeb handler that sends as many bytes
//  - durable answers per second at 64 connections, against the same rows written with SQLite itself: by a group-commit
//    loop that 64 threads wait for, and by one thread alone
//  - a search among a thousand lessons, against the page of the own account
//  - the writer alone, and rendering alone
//
// Rounds alternate between the two sides, and medians are taken: machines have moods. Ratios can be compared between
// machines, the rest cannot. Works in build/bench/, which it makes anew; asserts nothing but that all replies were good.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Client } from "../http/client.mjs";
import { writeManyLessons } from "./many_lessons.mjs";

const ROUNDS = 3;
const SECONDS = 3;
const LEARNERS = 64;
const PEOPLE = 2000;
const PASSWORD = "lotse-demo";
const COURSE = "/courses/informationssicherheit";
const FOLDER = "build/bench";
const TOOLS = "build/release/bench";
const LOTSE = "build/lotse";
const DATA = `${FOLDER}/data`;

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const column = (text, width) => `${text}`.padStart(width);

function run(command, args, options = {}) {
    const done = spawnSync(command, args, { encoding: "utf8", ...options });
    if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.error ?? ""}${done.stderr}`);
    return done.stdout;
}

// A server that prints where it listens. Its log goes to a file, as in use.
async function start(command, args) {
    const log = openSync(`${FOLDER}/${command.replace(/.*\//, "")}.log`, "a");
    const child = spawn(command, args, { stdio: ["ignore", "pipe", log] });
    const line = await new Promise((said) => {
        child.stdout.once("data", (text) => said(`${text}`));
        child.once("exit", () => said(""));
    });
    const ready = /^listening on (http:\/\/127\.0\.0\.1:(\d+))\n$/.exec(line);
    if (!ready) throw new Error(`${command} does not start; see ${FOLDER}`);
    return { child, url: ready[1], port: Number(ready[2]) };
}

async function stop({ child }) {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await ended;
}

// User and system time of a process so far, in microseconds (clock ticks of 10 ms).
function cpuOf({ child }) {
    const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

// One round of wrk with requests in turn: what it cost the server and what its clients saw.
function load(server, requests, connections) {
    const file = `${FOLDER}/requests`;
    writeFileSync(file, requests.map((r) => [r.method ?? "GET", r.path, r.cookie ?? "", r.form ?? ""].join("\t") + "\n").join(""));
    const before = cpuOf(server);
    const said = run("wrk", ["-t1", `-c${connections}`, `-d${SECONDS}s`, "-s", "tests/bench/load.lua", server.url], {
        env: { ...process.env, LOAD_FILE: file },
    });
    const [count, duration, p99, refused, broken] = /^load (.*)$/m.exec(said)[1].split(" ").map(Number);
    if (refused || broken) throw new Error(`${requests[0].path}: ${refused} replies were errors, ${broken} connections failed`);
    return { us: (cpuOf(server) - before) / count, rate: (count * 1e6) / duration, p99: p99 / 1000 };
}

// ---- a city, and learners who answer ----

async function signIn(server, name) {
    const client = new Client(server);
    await client.signIn(name, PASSWORD);
    client.cookie = [...client.cookies].map(([key, value]) => `${key}=${value}`).join("; ");
    return client;
}

function makeCity() {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(`${FOLDER}/bare`, { recursive: true });
    run(LOTSE, ["demo", "--data", DATA, "--people", `${PEOPLE}`, "--seed", "1"]);
    for (let i = 0; i < LEARNERS; i++)
        run(LOTSE, ["user", "--data", DATA, "--name", `bench-${i}`], { input: `${PASSWORD}\n` });
}

// An open attempt of a new learner, as requests that answer its questions one by one.
async function openAttempt(server, name) {
    const client = await signIn(server, name);
    await client.page(COURSE);
    const attempt = await client.go(`${COURSE}/attempts`);
    const { questions } = await client.json(`${attempt}.json`);
    return questions.map((question) => {
        const answer = question.options?.[0]?.id ?? "Passwort";
        const form = new URLSearchParams({ csrf: client.csrf, question: question.id, answer });
        return { method: "POST", path: `${attempt}/answers`, cookie: client.cookie, form };
    });
}

// Neighbours in the list are of different learners.
async function openAttempts(server) {
    const attempts = [];
    for (let i = 0; i < LEARNERS; i++) attempts.push(await openAttempt(server, `bench-${i}`));
    return attempts[0].flatMap((_, question) => attempts.map((attempt) => attempt[question]).filter(Boolean));
}

// ---- what is measured ----

async function comparePage(server, title, client, path) {
    const bytes = Buffer.byteLength(await client.page(path));
    const bare = await start(`${TOOLS}/bare_handler`, [`${bytes}`]);
    const ours = [];
    const theirs = [];
    for (let i = 0; i < ROUNDS; i++) {
        ours.push(load(server, [{ path, cookie: client.cookie }], 8));
        theirs.push(load(bare, [{ path: "/" }], 8));
    }
    await stop(bare);
    const us = median(ours.map((r) => r.us));
    const bareUs = median(theirs.map((r) => r.us));
    report(title, `${us.toFixed(1)} us CPU`, `${bareUs.toFixed(1)} us CPU`, us / bareUs, `${bytes} bytes`);
}

// Searches in turn, so that no answer is the one before; the account is a page of a few look-ups by key.
async function compareSearch() {
    writeManyLessons(`${FOLDER}/courses`);
    const server = await start(LOTSE, ["serve", "--data", DATA, "--courses", `${FOLDER}/courses`, "--listen", "127.0.0.1:0"]);
    const staff = await signIn(server, "staff");
    for (const [title, words] of [["search, rare words", ["Datenschutz", "Passwortmeldung", "Gesuchform"]], ["search, a typing error", ["Datenshcutz"]],
        ["search, in every lesson", ["die", "und"]]]) {
        const requests = words.map((word) => ({ path: `/search?q=${word}`, cookie: staff.cookie }));
        const searches = [];
        const accounts = [];
        for (let i = 0; i < ROUNDS; i++) {
            searches.push(load(server, requests, 8));
            accounts.push(load(server, [{ path: "/account", cookie: staff.cookie }], 8));
        }
        const [us, plain] = [searches, accounts].map((list) => median(list.map((r) => r.us)));
        report(title, `${us.toFixed(1)} us CPU`, `${plain.toFixed(1)} us CPU`, us / plain, "1,000 lessons; against the account's page");
    }
    await stop(server);
}

function compareAnswers(server, requests) {
    const bare = (...clients) => Number(run(`${TOOLS}/bare_answers`, [`${FOLDER}/bare/lotse.db`, `${SECONDS}`, ...clients]));
    const ours = [];
    const group = [];
    const alone = [];
    for (let i = 0; i < ROUNDS; i++) {
        ours.push(load(server, requests, 64));
        group.push(bare("64"));
        alone.push(bare());
    }
    const rate = median(ours.map((r) => r.rate));
    const p99 = median(ours.map((r) => r.p99));
    const us = median(ours.map((r) => r.us));
    const row = (title, list, note) =>
        report(title, `${rate.toFixed(0)} /s`, `${median(list).toFixed(0)} /s`, rate / median(list), note);
    row("answers, bare group commit", group, `64 clients each; p99 ${p99.toFixed(1)} ms, ${us.toFixed(0)} us CPU an answer`);
    row("answers, bare thread alone", alone, "64 rows a commit, nobody waits: SQLite and the disk");
}

function report(title, ours, bare, ratio, note) {
    console.log(`${title.padEnd(29)}${column(ours, 14)}${column(bare, 14)}${column(ratio.toFixed(2), 8)}   ${note}`);
}

async function main() {
    makeCity();
    let server = await start(LOTSE, ["serve", "--data", DATA, "--listen", "127.0.0.1:0"]);
    const answers = await openAttempts(server);
    const staff = await signIn(server, "staff");
    const hr = await signIn(server, "hr");
    await stop(server); // all of it is in one file now
    cpSync(`${DATA}/lotse.db`, `${FOLDER}/bare/lotse.db`);
    server = await start(LOTSE, ["serve", "--data", DATA, "--listen", "127.0.0.1:0"]);

    staff.server = hr.server = server;

    console.log(`${"".padEnd(29)}${column("Lotse", 14)}${column("bare", 14)}${column("ratio", 8)}`);
    const { lessons } = await staff.json(`${COURSE}.json`);
    await comparePage(server, "lesson page, signed in", staff, lessons[1].url);
    await comparePage(server, "unit page, view recorded", hr, "/units/STADT");
    compareAnswers(server, answers);
    await stop(server);
    await compareSearch();
    console.log(`\nthe writer alone, against a bare loop\n${run(`${TOOLS}/commit_bench`, [FOLDER, `${SECONDS}`])}`);
    console.log(`a pack of 200 KB\n${run(`${TOOLS}/check_bench`, [])}`);
    console.log(`a table of 50 rows with 8 fields\n${run(`${TOOLS}/render_bench`, [])}`);
}

await main();
