// A server over a fresh demo city in a temporary directory, and the questions' keys.
//
// The binary is build/asan/lotse, else build/lotse; LOTSE names another one. A sanitizer's report fails stop().
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const PASSWORD = "lotse-demo";
const binary = [process.env.LOTSE, join(root, "build/asan/lotse"), join(root, "build/lotse")].find((path) => path && existsSync(path));

function command(args, input = "") {
    const done = spawnSync(binary, args, { cwd: root, input, encoding: "utf8" });
    assert.equal(done.status, 0, `lotse ${args.join(" ")}\n${done.stderr}`);
    return done.stdout;
}

async function serve(data, more) {
    const child = spawn(binary, ["serve", "--data", data, "--listen", "127.0.0.1:0", ...more], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const server = { log: "", ended: new Promise((done) => child.on("exit", (code, signal) => done(code ?? signal))) };
    child.stderr.on("data", (chunk) => (server.log += chunk));
    server.base = await new Promise((ready, fail) => {
        let said = "";
        child.stdout.on("data", (chunk) => {
            const line = /^listening on (http:\S+)$/m.exec((said += chunk));
            if (line) ready(line[1]);
        });
        child.on("exit", () => fail(new Error(`the server did not start\n${server.log}`)));
    });
    server.stop = async () => {
        child.kill("SIGTERM");
        assert.equal(await server.ended, 0, server.log);
        assert.doesNotMatch(server.log, /Sanitizer|runtime error/);
    };
    return server;
}

// An account without a history: nobody of the city, so every test may begin anew.
function addLearner(data, name) {
    command(["user", "--data", data, "--name", name, "--person", "Fiktive Testperson"], `${PASSWORD}\n`);
}

// demo false: an administration without staff, courses taken or a snapshot. pack: a folder, seen from tests/packs, the only course.
export async function openCity({ demo = true, pack } = {}) {
    assert.ok(binary, "there is no binary; run: make test");
    const folder = mkdtempSync(join(tmpdir(), "lotse-browser-"));
    const data = join(folder, "data");
    if (demo) command(["demo", "--data", data, "--people", "300", "--seed", "7", "--as-of", "2026-11-23"]);
    else command(["user", "--data", data, "--name", "hr", "--person", "Fiktive Testperson", "--role", "hr"], `${PASSWORD}\n`);
    if (pack) cpSync(join(root, "tests/packs", pack), join(folder, "courses", basename(pack)), { recursive: true });
    const server = await serve(data, pack ? ["--courses", join(folder, "courses")] : []);
    return {
        base: server.base,
        addLearner: (name) => addLearner(data, name),
        routes: () => command(["routes"]),
        close: async () => {
            await server.stop();
            rmSync(folder, { recursive: true });
        },
    };
}

// What the pack says is right: question id -> {options: [id], right: [id]} or {accepted: text}.
export function readKeys(course) {
    const xml = readFileSync(join(root, "courses", course, "course.xml"), "utf8");
    const keys = new Map();
    for (const [, id, body] of xml.matchAll(/<choice id="([^"]+)"[^>]*>(.*?)<\/choice>/gs)) {
        const options = [...body.matchAll(/<option id="([^"]+)"( correct="yes")?/g)];
        keys.set(id, { options: options.map((o) => o[1]), right: options.filter((o) => o[2]).map((o) => o[1]) });
    }
    for (const [, id, body] of xml.matchAll(/<text id="([^"]+)"[^>]*>(.*?)<\/text>/gs))
        keys.set(id, { accepted: /<accept value="([^"]+)"/.exec(body)[1] });
    return keys;
}
