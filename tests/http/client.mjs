// client: a small browser and a server to point it at, for every test that talks to Lotse.
//
// Server.start() runs the sanitizer build (build/asan/lotse; LOTSE_BINARY names another) on a free port; stop() fails
// where it did not end well or a sanitizer spoke. Client keeps cookies, reads forms, never follows redirects.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const binary =
    process.env.LOTSE_BINARY ?? ["build/asan/lotse", "build/lotse"].map((f) => join(root, f)).find((f) => existsSync(f));
export const NOW = Date.UTC(2026, 10, 23, 9) / 1000; // a Monday morning in November 2026
export const PASSWORD = "lotse-demo";
const REPORT = /Sanitizer|runtime error:/;

const folders = [];
process.on("exit", () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

export function temporary() {
    const folder = mkdtempSync(join(tmpdir(), "lotse-test-"));
    folders.push(folder);
    return folder;
}

export function copyOf(folder) {
    const to = temporary();
    cpSync(folder, to, { recursive: true });
    return to;
}

function environment(now, more = {}) {
    const env = { ...process.env, LOTSE_NOW: `${now}`, LANG: "C.UTF-8", ...more };
    for (const name of Object.keys(env)) if (/^LOTSE_/.test(name) && name !== "LOTSE_NOW" && !(name in more)) delete env[name];
    return env;
}

// One command of lotse to its end: {status, stdout, stderr}.
export function lotse(args, { input = "", now = NOW, env = {} } = {}) {
    const done = spawnSync(binary, args, { cwd: root, input, encoding: "utf8", env: environment(now, env), maxBuffer: 1 << 28 });
    assert.equal(done.error, undefined, `${binary} cannot be run`);
    assert.doesNotMatch(done.stderr, REPORT, `lotse ${args.join(" ")}`);
    assert.equal(done.signal, null, `lotse ${args.join(" ")} ended by ${done.signal}`);
    return done;
}

export function lotseOk(args, options) {
    const done = lotse(args, options);
    assert.equal(done.status, 0, `lotse ${args.join(" ")}: ${done.stdout}${done.stderr}`);
    return done.stdout;
}

// The same while the test goes on: what it says on standard output.
export async function lotseLater(args) {
    const child = spawn(binary, args, { cwd: root, env: environment(NOW), stdio: ["ignore", "pipe", "pipe"] });
    let out = "", errors = "";
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (errors += text));
    const code = await new Promise((done) => child.once("close", (status, signal) => done(signal ?? status)));
    assert.doesNotMatch(errors, REPORT, `lotse ${args.join(" ")}`);
    assert.equal(code, 0, `lotse ${args.join(" ")}: ${out}${errors}`);
    return out;
}

export function demoCity({ people = 300, seed = 7, data = join(temporary(), "data") } = {}) {
    lotseOk(["demo", "--data", data, "--people", `${people}`, "--seed", `${seed}`, "--as-of", "2026-11-23"]);
    return data;
}

export function addUser(data, name, { role, unit, password = PASSWORD } = {}) {
    const grant = [...(role ? ["--role", role] : []), ...(unit ? ["--unit", unit] : [])];
    return lotseOk(["user", "--data", data, "--name", name, ...grant], { input: `${password}\n` });
}

// Rows of a query as objects; several statements are allowed, the rows are those of the last.
export function sql(data, text) {
    const done = spawnSync("sqlite3", ["-json", join(data, "lotse.db"), `PRAGMA busy_timeout = 5000;${text}`], { encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(done.error, undefined);
    assert.equal(done.status, 0, done.stderr);
    const lists = done.stdout.split(/\n(?=\[)/).map((list) => list.trim()).filter(Boolean);
    return lists.length > 1 ? JSON.parse(lists.at(-1)) : [];
}

export class Server {
    static async start({ data, courses, now = NOW, args = [], env = {} }) {
        const server = new Server();
        const more = courses ? ["--courses", courses] : [];
        server.child = spawn(binary, ["serve", "--data", data, "--listen", "127.0.0.1:0", ...more, ...args], {
            cwd: root, env: environment(now, env), stdio: ["ignore", "pipe", "pipe"],
        });
        server.log = "";
        server.ended = new Promise((done) => server.child.on("exit", (code, signal) => done(code ?? signal)));
        server.child.stderr.setEncoding("utf8").on("data", (text) => (server.log += text));
        const line = await new Promise((done) => {
            server.child.stdout.once("data", (text) => done(`${text}`));
            server.child.on("exit", () => done(""));
        });
        const ready = /^listening on (http:\/\/127\.0\.0\.1:(\d+))\n$/.exec(line);
        assert.ok(ready, `the server did not start: ${line}${server.log}`);
        [, server.url, server.port] = ready;
        server.port = Number(server.port);
        return server;
    }

    client(options) {
        return new Client(this, options);
    }

    // A client that is signed in already.
    async as(name, password = PASSWORD) {
        const client = this.client();
        await client.signIn(name, password);
        return client;
    }

    async stop() {
        const began = Date.now();
        this.child.kill("SIGTERM");
        const code = await this.ended;
        assert.doesNotMatch(this.log, REPORT);
        assert.equal(code, 0, this.log.slice(-2000));
        return (Date.now() - began) / 1000;
    }

    async kill() {
        this.child.kill("SIGKILL");
        await this.ended;
        assert.doesNotMatch(this.log, REPORT);
    }
}

export const unescape = (text) =>
    text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name] ?? "'");

function send(server, method, path, headers, body) {
    return new Promise((done, fail) => {
        const asked = request({ host: "127.0.0.1", port: server.port, method, path, headers, agent: false }, (reply) => {
            const chunks = [];
            reply.on("data", (chunk) => chunks.push(chunk));
            reply.on("error", fail);
            reply.on("end", () => done({ code: reply.statusCode, headers: reply.headers, body: Buffer.concat(chunks).toString() }));
        });
        asked.on("error", fail);
        asked.end(body);
    });
}

export class Client {
    constructor(server, { lang = "de" } = {}) {
        this.server = server;
        this.lang = lang;
        this.cookies = new Map();
        this.csrf = "";
    }

    async ask(method, path, { form, headers = {} } = {}) {
        const body = form === undefined ? undefined : new URLSearchParams(form).toString();
        const all = { "Accept-Language": this.lang, ...headers };
        if (this.cookies.size) all.Cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        if (body !== undefined) {
            all["Content-Type"] = "application/x-www-form-urlencoded";
            all["Content-Length"] = Buffer.byteLength(body);
        }
        const reply = await send(this.server, method, path, all, body);
        for (const cookie of reply.headers["set-cookie"] ?? []) this.keep(cookie);
        this.csrf = /name="csrf" value="([^"]+)"/.exec(reply.body)?.[1] ?? this.csrf;
        reply.location = reply.headers.location;
        return reply;
    }

    keep(cookie) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
        if (value === "" || /max-age=0/i.test(cookie)) this.cookies.delete(name);
        else this.cookies.set(name, value);
    }

    async get(path, headers) {
        return this.ask("GET", path, { headers });
    }

    async page(path, code = 200) {
        const reply = await this.get(path);
        assert.equal(reply.code, code, `${path}: ${reply.code} ${reply.location ?? reply.body.slice(0, 400)}`);
        return reply.body;
    }

    async json(path, code = 200) {
        const reply = await this.get(path);
        assert.equal(reply.code, code, `${path}: ${reply.code} ${reply.location ?? reply.body.slice(0, 400)}`);
        assert.equal(reply.headers["content-type"], "application/json", path);
        return JSON.parse(reply.body);
    }

    // fields: pairs or an object; the csrf token goes along unless the fields have one.
    async post(path, fields = {}) {
        const pairs = Array.isArray(fields) ? [...fields] : Object.entries(fields);
        if (!pairs.some(([name]) => name === "csrf")) pairs.push(["csrf", this.csrf]);
        return this.ask("POST", path, { form: pairs });
    }

    // Posts and expects the redirect; returns where it leads.
    async go(path, fields) {
        const reply = await this.post(path, fields);
        assert.equal(reply.code, 303, `POST ${path}: ${reply.code} ${reply.body.replace(/<[^>]*>/g, " ").slice(0, 1500)}`);
        return reply.location;
    }

    async signIn(name, password = PASSWORD) {
        await this.page("/sign-in");
        const to = await this.go("/sign-in", { name, password });
        await this.page("/learn"); // the session's token stands in its forms
        return to;
    }
}

// The hidden fields and the address of the form that has a given action.
export function formOf(html, action) {
    const form = new RegExp(`<form[^>]*action="${action.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}"[^>]*>([\\s\\S]*?)</form>`).exec(html);
    assert.ok(form, `no form leads to ${action}`);
    const hidden = [...form[1].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    return { html: form[1], fields: Object.fromEntries(hidden.map(([, name, value]) => [name, unescape(value)])) };
}

// The words of a page as people read them.
export function words(html) {
    const main = /<main[\s\S]*?<\/main>/.exec(html)?.[0] ?? html;
    return unescape(main.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ");
}
