// wire: the http layer over real sockets, with bytes that no well-behaved client sends.
//
// Builds tests/http/wire_server.c with the sources of base and http into build/wire/ and talks to it. WIRE_SANITIZE
// chooses what it is built with: address,undefined (default), thread, or none. Run: node --test tests/http/
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sanitize = process.env.WIRE_SANITIZE ?? "address,undefined";
const binary = `build/wire/server-${sanitize.replace(",", "-")}`;
let main;

function build() {
    mkdirSync(`${root}/build/wire`, { recursive: true });
    const base = ["arena", "clock", "embed", "log", "sink", "status", "str", "utf8"].map((m) => `src/base/${m}.c`);
    const http = readdirSync(`${root}/src/http`).filter((f) => f.endsWith(".c")).map((f) => `src/http/${f}`);
    const checks = sanitize === "none" ? [] : [`-fsanitize=${sanitize}`, "-fno-sanitize-recover=all"];
    const args = ["-std=c17", "-O1", "-g", "-fPIE", "-pie", ...checks, "-D_GNU_SOURCE", "-Isrc", "-include",
        "src/base/banned.h", "-o", binary, "tests/http/wire_server.c", "src/ext/gzip.c", ...http, ...base, "-lcivetweb", "-lz", "-lpthread", "-lm"];
    const made = spawnSync(process.env.CC ?? "gcc", args, { cwd: root, encoding: "utf8" });
    assert.equal(made.status, 0, made.stderr);
}

async function start(...args) {
    const child = spawn(`${root}/${binary}`, args, { stdio: ["ignore", "pipe", "pipe"] });
    const server = { child, errors: "", ended: new Promise((done) => child.on("exit", (code, signal) => done(code ?? signal))) };
    child.stderr.on("data", (chunk) => (server.errors += chunk));
    server.port = await new Promise((done) => {
        child.stdout.once("data", (line) => done(Number(/:(\d+)\n/.exec(line)[1])));
        child.on("exit", () => done(0));
    });
    return server;
}

async function stop(server) {
    server.child.kill("SIGTERM");
    const code = await server.ended;
    assert.equal(code, 0, server.errors);
    assert.doesNotMatch(server.errors, /Sanitizer|runtime error/);
}

// One connection: send(bytes), then next() reads one reply, closed() waits for the end.
async function open(server) {
    const socket = connect({ port: server.port, host: "127.0.0.1", noDelay: true });
    const wire = { socket, text: "", ended: false };
    let wake = () => {};
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => ((wire.text += chunk), wake()));
    socket.on("close", () => ((wire.ended = true), wake()));
    socket.on("error", () => {});
    await new Promise((done, fail) => socket.once("connect", done).once("error", fail));
    const until = async (ready) => {
        while (!ready() && !wire.ended) await new Promise((done) => (wake = done));
    };
    wire.send = (bytes) => socket.write(bytes, "latin1");
    wire.next = async ({ head = false } = {}) => {
        await until(() => wire.text.includes("\r\n\r\n"));
        const end = wire.text.indexOf("\r\n\r\n") + 4;
        if (end < 4) return null;
        const lines = wire.text.slice(0, end - 4).split("\r\n");
        const headers = Object.fromEntries(lines.slice(1).map((l) => [l.slice(0, l.indexOf(":")).toLowerCase(), l.slice(l.indexOf(":") + 2)]));
        const code = Number(lines[0].split(" ")[1]);
        const length = head || [100, 204, 304].includes(code) ? 0 : Number(headers["content-length"]);
        await until(() => wire.text.length >= end + length);
        const bytes = Buffer.from(wire.text.slice(end, end + length), "latin1"), body = bytes.toString();
        assert.equal(wire.text.length >= end + length, true, "the body is shorter than its length");
        wire.text = wire.text.slice(end + length);
        return { code, headers, bytes, body, json: () => JSON.parse(body) };
    };
    wire.closed = () => until(() => false);
    return wire;
}

async function ask(server, bytes) {
    const wire = await open(server);
    wire.send(bytes);
    const reply = await wire.next();
    wire.socket.destroy();
    return reply;
}

const host = "Host: 127.0.0.1\r\n";
const form = "Content-Type: application/x-www-form-urlencoded\r\n";
const post = (headers, body = "") => `POST /echo HTTP/1.1\r\n${host}${form}${headers}\r\n${body}`;
const get = (path, headers = "") => `GET ${path} HTTP/1.1\r\n${host}${headers}\r\n`;

before(async () => {
    build();
    main = await start();
});
after(() => stop(main));

test("a request is read and said back", async () => {
    const reply = await ask(main, get("/echo/x.json?a=%C3%BC+b", "Cookie: c=d\r\n"));
    assert.equal(reply.code, 200);
    const said = reply.json();
    assert.deepEqual([said.path, said.format, said.params, said.query, said.cookies, said.client],
        ["/echo/x", "json", [["name", "x"]], [["a", "ü b"]], [["c", "d"]], "127.0.0.1"]);
});

test("every reply carries the security headers", async () => {
    for (const request of [get("/echo"), get("/none"), get("/%00"), get("/assets/wire.01234567.css"), "NONSENSE\r\n\r\n",
        `GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n`, get("/bad-memory")]) {
        const { headers } = await ask(main, request);
        assert.match(headers["content-security-policy"], /^default-src 'none'; .*frame-ancestors 'none'$/, request);
        assert.equal(headers["x-content-type-options"], "nosniff");
        assert.equal(headers["referrer-policy"], "same-origin");
        assert.equal(headers["cross-origin-opener-policy"], "same-origin");
        assert.equal(headers["cross-origin-resource-policy"], "same-origin");
        assert.match(headers["permissions-policy"], /camera=\(\)/);
        assert.ok(headers.date && headers["cache-control"]);
        assert.equal(headers.server, undefined);
        assert.equal(headers["strict-transport-security"], undefined);
    }
});

const refused = [
    [400, "two lengths", post("Content-Length: 3\r\nContent-Length: 3\r\n", "a=1")],
    [400, "length with letters", post("Content-Length: 3abc\r\n", "a=1")],
    [400, "length with a sign", post("Content-Length: +3\r\n", "a=1")],
    [400, "length as a list", post("Content-Length: 3, 3\r\n", "a=1")],
    [400, "hexadecimal length", post("Content-Length: 0x3\r\n", "a=1")],
    [413, "huge length", post("Content-Length: 99999999999999999999\r\n", "a=1")],
    [400, "length and chunks", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")],
    [400, "odd coding", post("Transfer-Encoding: gzip\r\n", "a=1")],
    [400, "two codings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")],
    [400, "bad chunk", post("Transfer-Encoding: chunked\r\n", "zz\r\na=1\r\n0\r\n\r\n")],
    [400, "no host", "GET /echo HTTP/1.1\r\n\r\n"],
    [400, "two hosts", get("/echo", host)],
    [421, "foreign host", "GET /echo HTTP/1.1\r\nHost: evil.example\r\n\r\n"],
    [431, "64 headers", get("/echo", Array.from({ length: 63 }, (_, i) => `X-${i}: y\r\n`).join(""))],
    [431, "80 headers, the last one dangerous", get("/echo", Array.from({ length: 80 }, (_, i) => `X-${i}: y\r\n`).join("") + "Transfer-Encoding: chunked\r\n")],
    [400, "NUL in the path", get("/a%00b")],
    [400, "line feed in the path", get("/a%0d%0ab")],
    [400, "hidden slash", get("/a%2fb")],
    [400, "backslash", get("/a\\b")],
    [400, "hidden backslash", get("/a%5Cb")],
    [400, "dots", get("/echo/../../etc/passwd")],
    [400, "NUL in a form", post("Content-Length: 5\r\n", "a=%00")],
    [400, "raw NUL in a form", post("Content-Length: 3\r\n", "a=\0")],
    [400, "raw NUL as a name", post("Content-Length: 1\r\n", "\0")],
    [400, "bytes that are no UTF-8", post("Content-Length: 5\r\n", "a=%ff")],
    [400, "control character", post("Content-Length: 5\r\n", "a=%1b")],
    [413, "513 pairs", post("Content-Length: 1026\r\n", "a&".repeat(513))],
    [413, "a name of 161 letters", post("Content-Length: 161\r\n", "a".repeat(161))],
    [413, "a body over 256 KiB in chunks", post("Transfer-Encoding: chunked\r\n", `40001\r\n${"a".repeat(0x40001)}\r\n0\r\n\r\n`)],
    [414, "a long address", get(`/echo?a=${"x".repeat(4096)}`)],
    [417, "another expectation", post("Expect: 200-ok\r\nContent-Length: 3\r\n", "a=1")],
    [415, "JSON", `POST /echo HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`],
    [405, "PUT", `PUT /echo HTTP/1.1\r\n${host}\r\n`],
    [400, "GET with a body", get("/echo", "Content-Length: 3\r\n") + "a=1"],
];
for (const [code, what, bytes] of refused)
    test(`refused and closed: ${what}`, async () => {
        const wire = await open(main);
        wire.send(bytes + get("/echo?smuggled=1"));
        const reply = await wire.next();
        assert.equal(reply.code, code);
        assert.equal(reply.headers.connection, "close");
        assert.match(reply.body, /<html lang="de-CH">[\s\S]*lang="en"/);
        await wire.closed();
        assert.doesNotMatch(wire.text, /smuggled/);
    });

test("a method that no address takes is told which there are", async () => {
    for (const method of ["PUT", "DELETE", "PATCH"])
        assert.equal((await ask(main, `${method} /echo HTTP/1.1\r\n${host}\r\n`)).headers.allow, "GET, HEAD, POST, OPTIONS", method);
});

test("a head over 16 KiB is refused without hanging", async () => {
    const reply = await ask(main, get("/echo", `X-Long: ${"x".repeat(20000)}\r\n`));
    assert.ok([400, 413, 431].includes(reply.code), `${reply.code}`);
    assert.equal(reply.headers.connection, "close");
    assert.match(reply.headers["content-security-policy"], /default-src 'none'/);
});

for (const origin of ["http://evil.example", "http://127.0.0.1"])
    test(`an address in full is not answered: ${origin}`, async () => {
        const wire = await open(main);
        wire.send(get(`${origin}/echo`) + get("/echo?smuggled=1"));
        const reply = await wire.next(); // CivetWeb closes without a word
        assert.ok(reply === null || reply.code === 400);
        await wire.closed();
        assert.doesNotMatch(wire.text, /smuggled/);
    });

test("bodies come by length and in chunks", async () => {
    const whole = await ask(main, post("Content-Length: 11\r\n", "a=1&b=%C3%BC"));
    assert.equal(whole.code, 400); // the length cuts the escape in two
    const long = `a=${"x".repeat(256 * 1024 - 2)}`;
    const full = await ask(main, post(`Content-Length: ${long.length}\r\n`, long));
    assert.equal(full.json().form[0][1].length, long.length - 2);
    const chunks = await ask(main, post("Transfer-Encoding: chunked\r\n", "3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n"));
    assert.deepEqual(chunks.json().form, [["a", "1"], ["b", "2"]]);
});

test("a body in many small pieces arrives", async () => {
    const wire = await open(main);
    wire.send(post("Content-Length: 40\r\n"));
    for (let i = 0; i < 10; i++) {
        await sleep(20);
        wire.send("a=1&");
    }
    assert.equal((await wire.next()).json().form.length, 10);
    wire.socket.destroy();
});

test("100-continue is answered before the body, and not for a body that is refused", async () => {
    const wire = await open(main);
    wire.send(post("Expect: 100-continue\r\nContent-Length: 3\r\n"));
    assert.equal((await wire.next()).code, 100);
    wire.send("a=1");
    assert.deepEqual((await wire.next()).json().form, [["a", "1"]]);
    wire.socket.destroy();
    assert.equal((await ask(main, post("Expect: 100-continue\r\nContent-Length: 300000\r\n"))).code, 413);
});

// The client never stops dripping: that it ends at all is the server's doing.
for (const [what, framing, drip] of [["by length", "Content-Length: 100000\r\n", "a"], ["in a chunk's size", "Transfer-Encoding: chunked\r\n", "0"]])
    test(`a slow body ${what} ends, however it drips`, { timeout: 60000 }, async () => {
        const wire = await open(main);
        const began = Date.now();
        wire.send(post(framing));
        const timer = setInterval(() => wire.send(drip), 700);
        const reply = await wire.next();
        clearInterval(timer);
        const seconds = (Date.now() - began) / 1000;
        assert.ok([408, 400].includes(reply.code), `${reply.code}`);
        assert.equal(reply.headers.connection, "close");
        if (what === "by length") assert.ok(seconds > 9 && reply.code === 408, `${seconds} s`);
        await wire.closed();
    });

test("HEAD has the headers of GET and no body", async () => {
    const wire = await open(main);
    wire.send(`HEAD /bytes/1000 HTTP/1.1\r\n${host}\r\n` + get("/bytes/5"));
    const first = await wire.next({ head: true });
    assert.equal(first.headers["content-length"], "1000");
    assert.equal((await wire.next()).body, "abcde");
    wire.socket.destroy();
});

test("pipelined requests are answered in order", async () => {
    const wire = await open(main);
    wire.send(get("/bytes/1") + post("Content-Length: 3\r\n", "a=1") + get("/bytes/2") + get("/bytes/3", "Connection: close\r\n"));
    assert.equal((await wire.next()).body, "a");
    assert.deepEqual((await wire.next()).json().form, [["a", "1"]]);
    assert.equal((await wire.next()).body, "ab");
    const last = await wire.next();
    assert.equal(last.body, "abc");
    assert.equal(last.headers.connection, "close");
    await wire.closed();
});

test("connections are kept, but not for HTTP/1.0", async () => {
    const wire = await open(main);
    for (let i = 1; i < 20; i++) {
        wire.send(get(`/bytes/${i}`));
        const reply = await wire.next();
        assert.equal(reply.body.length, i);
        assert.equal(reply.headers.connection, "keep-alive");
    }
    wire.socket.destroy();
    const old = await open(main);
    old.send(`GET /bytes/1 HTTP/1.0\r\n${host}\r\n`);
    assert.equal((await old.next()).headers.connection, "close");
    await old.closed();
});

test("when most workers are held, connections are not kept", { timeout: 60000 }, async () => {
    const kept = async () => (await ask(main, get("/bytes/1"))).headers.connection === "keep-alive";
    while (!(await kept())); // connections of earlier tests are closing
    for (let closed = false; !closed; ) {
        const held = await Promise.all(Array.from({ length: 12 }, () => open(main))); // of 16; some may be gone before we ask
        closed = !(await kept());
        held.forEach((wire) => wire.socket.destroy());
    }
    while (!(await kept()));
});

test("connections that say nothing do not keep others waiting", { timeout: 60000 }, async () => {
    const server = await start();
    const order = [];
    const slow = await open(server); // its body never comes: ten seconds
    slow.send(post("Content-Length: 3\r\n"));
    slow.next().then(() => order.push("slow"), () => {});
    const silent = await Promise.all(Array.from({ length: 60 }, () => open(server))); // for 16 workers
    silent.forEach((wire) => wire.closed().then(() => order.push("silent")));
    assert.equal((await ask(server, get("/bytes/1"))).code, 200);
    assert.ok(!order.includes("slow"), "who asks waits for who says nothing");
    slow.socket.destroy();
    silent.forEach((wire) => wire.socket.destroy());
    await stop(server);
});

test("with workers free a connection may be silent for a while", async () => {
    const server = await start();
    const silent = await open(server), beside = await open(server);
    for (let i = 0; i < 10; i++) {
        beside.send(get("/bytes/1"));
        await beside.next();
        await sleep(100);
    }
    silent.send(get("/bytes/2"));
    assert.equal((await silent.next()).body, "ab");
    for (const wire of [silent, beside]) wire.socket.destroy();
    await stop(server);
});

test("bodies of any size arrive whole", { timeout: 60000 }, async () => {
    for (const size of [0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 5000000]) {
        const reply = await ask(main, get(`/bytes/${size}`));
        assert.equal(reply.body.length, size);
        const last = reply.body.at(-1);
        assert.equal(last, size ? "abcdefghijklmnopqrstuvwxyz012345"[(size - 1) % 32] : undefined);
    }
});

test("what a page gets wrong is not sent", async () => {
    const split = await ask(main, get("/bad-header?value=a%0d%0aSet-Cookie:%20x=y"));
    assert.deepEqual([split.code, split.headers["set-cookie"]], [500, undefined]);
    assert.equal((await ask(main, get("/redirect?to=//evil.example"))).code, 500);
    const memory = await ask(main, get("/bad-memory"));
    assert.equal(memory.code, 503);
    assert.doesNotMatch(memory.body, /half/);
    const fine = await ask(main, get("/redirect?to=/learn"));
    assert.deepEqual([fine.code, fine.headers.location], [303, "/learn"]);
});

test("pages are packed for who takes gzip, and whole for the others", async () => {
    const plain = await ask(main, get("/bytes/5000"));
    assert.deepEqual([plain.body.length, plain.headers.vary, plain.headers["content-encoding"]], [5000, "Accept-Encoding", undefined]);
    const packed = await ask(main, get("/bytes/5000", "Accept-Encoding: br, gzip\r\n"));
    assert.deepEqual([packed.headers["content-encoding"], packed.headers.vary], ["gzip", "Accept-Encoding"]);
    assert.equal(Number(packed.headers["content-length"]), packed.bytes.length);
    assert.equal(gunzipSync(packed.bytes).toString(), plain.body);
    for (const refused of ["gzip;q=0", "br", "identity"])
        assert.equal((await ask(main, get("/bytes/5000", `Accept-Encoding: ${refused}\r\n`))).body, plain.body, refused);
    // One packet, packed or not; and what went to a file is written as it is read.
    for (const size of [100, 2_000_000]) {
        const reply = await ask(main, get(`/bytes/${size}`, "Accept-Encoding: gzip\r\n"));
        assert.deepEqual([reply.headers["content-encoding"], reply.body.length], [undefined, size]);
    }
});

test("assets come in the best coding, are kept for a year, and nothing else is served", async () => {
    const path = "/assets/wire.01234567.css";
    const plain = await ask(main, get(path));
    assert.equal(plain.headers["content-type"], "text/css; charset=utf-8");
    assert.equal(plain.headers["cache-control"], "public, max-age=31536000, immutable");
    assert.equal(plain.headers.vary, "Accept-Encoding");
    assert.match(plain.body, /^body/);
    const brotli = await ask(main, get(path, "Accept-Encoding: gzip, br\r\n"));
    assert.deepEqual([brotli.headers["content-encoding"], brotli.body], ["br", "as if brotli"]);
    assert.notEqual(brotli.headers.etag, plain.headers.etag);
    const gzip = await ask(main, get(path, "Accept-Encoding: br;q=0, gzip\r\n"));
    assert.deepEqual([gzip.headers["content-encoding"], gzip.body], ["gzip", "as if gzip"]);
    const known = await ask(main, get(path, `If-None-Match: ${plain.headers.etag}\r\n`));
    assert.deepEqual([known.code, known.headers["content-length"]], [304, undefined]);
    for (const other of ["/assets/wire.css", `${path}.br`, "/assets/", "/templates/secret.mustache", "/assets/wire.01234567.css.json"])
        assert.equal((await ask(main, get(other))).code, 404, other);
    const posted = await ask(main, `POST ${path} HTTP/1.1\r\n${host}\r\n`);
    assert.deepEqual([posted.code, posted.headers.allow], [405, "GET, HEAD, OPTIONS"]);
    const asked = await ask(main, `OPTIONS ${path} HTTP/1.1\r\n${host}\r\n`);
    assert.deepEqual([asked.code, asked.headers.allow, asked.headers["content-length"], asked.headers.connection], [204, "GET, HEAD, OPTIONS", undefined, "keep-alive"]);
});

test("a part of a film is sent alone", async () => {
    const part = async (range, more = "") => {
        const { code, body, headers } = await ask(main, get("/film", (range ? `Range: ${range}\r\n` : "") + more));
        assert.equal(headers["accept-ranges"], "bytes");
        return [code, body, headers["content-range"]];
    };
    const whole = [200, "0123456789", undefined];
    assert.deepEqual(await part(""), whole);
    for (const [range, body, told] of [["bytes=0-0", "0", "0-0"], ["bytes=2-4", "234", "2-4"], ["bytes=7-", "789", "7-9"], ["bytes=0-", "0123456789", "0-9"],
        ["bytes=-3", "789", "7-9"], ["bytes=-99", "0123456789", "0-9"], ["bytes=8-99999999", "89", "8-9"], ["BYTES=1-1", "1", "1-1"]])
        assert.deepEqual(await part(range), [206, body, `bytes ${told}/10`], range);
    for (const range of ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=999999999999-"])
        assert.deepEqual(await part(range), [416, "", "bytes */10"], range);
    for (const range of ["bytes=0-1,4-5", "bytes=4-2", "bytes=", "bytes=-", "bytes=x-1", "bytes=1-x", "bytes=+1-2", "bytes=5", "lines=0-1", "0-1", "bytes=99999999999999999999-"])
        assert.deepEqual(await part(range), whole, range);
    assert.deepEqual(await part("bytes=2-4", `If-Range: "film"\r\n`), [206, "234", "bytes 2-4/10"]);
    for (const other of [`"other"`, `W/"film"`, "Mon, 23 Nov 2026 09:00:00 GMT"]) assert.deepEqual(await part("bytes=2-4", `If-Range: ${other}\r\n`), whole, other);
    assert.deepEqual((await part("bytes=2-4", "Range: bytes=5-6\r\n")), whole, "two headers are a list");
    assert.equal((await ask(main, get("/film", `If-None-Match: "film"\r\n`))).code, 304);
    const wire = await open(main);
    wire.send(`HEAD /film HTTP/1.1\r\n${host}Range: bytes=2-4\r\n\r\n` + get("/bytes/1"));
    const head = await wire.next({ head: true });
    assert.deepEqual([head.code, head.headers["content-length"]], [200, "10"]);
    assert.equal((await wire.next()).body, "a");
    wire.socket.destroy();
});

test("behind a trusted proxy its headers count", async () => {
    const server = await start("127.0.0.1:0", "https://lotse.example");
    const forwarded = "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";
    const reply = await ask(server, `GET /echo HTTP/1.1\r\nHost: lotse.example\r\n${forwarded}\r\n`);
    assert.deepEqual([reply.json().client, reply.json().secure], ["203.0.113.9", true]);
    assert.ok(reply.headers["strict-transport-security"]);
    const cookie = await ask(server, `GET /cookie HTTP/1.1\r\nHost: lotse.example\r\n\r\n`);
    assert.match(cookie.headers["set-cookie"], /^__Host-session=abc; Path=\/; HttpOnly; SameSite=Lax; Secure/);
    const direct = await ask(server, get("/cookie"));
    assert.match(direct.headers["set-cookie"], /^session=abc; Path=\/; HttpOnly; SameSite=Lax; Max-Age/);
    await stop(server);
    const untrusting = await ask(main, get("/echo", forwarded));
    assert.deepEqual([untrusting.json().client, untrusting.json().secure], ["127.0.0.1", false]);
});

test("a start that cannot be says what to do", async () => {
    for (const [address, words] of [[`127.0.0.1:${main.port}`, /^busy: port \d+ is in use.*--listen 127\.0\.0\.1:0/],
        ["127.0.0.1:8443s", /TLS.*reverse proxy/], ["8080", /IPv4 address and a port/], ["127.0.0.1:70000", /IPv4 address and a port/], ["192.0.2.1:0", /cannot listen/]]) {
        const server = await start(address);
        assert.equal(await server.ended, 2, address);
        assert.match(server.errors, words);
    }
    const server = await start("127.0.0.1:0", "lotse.example");
    assert.equal(await server.ended, 2);
    assert.match(server.errors, /public_url/);
});

test("stopping answers everything that is under way", { timeout: 60000 }, async () => {
    const server = await start();
    const waiting = await Promise.all(Array.from({ length: 8 }, () => open(server)));
    waiting.forEach((wire) => wire.send(get("/hold")));
    while ((await ask(server, get("/held"))).body !== "8");
    const upload = await open(server);
    upload.send(post("Content-Length: 3\r\n", "a"));
    const idle = await open(server);
    idle.send(get("/bytes/1"));
    await idle.next();
    let answers = 0, refusals = 0, halves = 0, stopping = false;
    const hammer = async () => {
        while (!server.child.killed || server.child.exitCode === null) {
            const wire = await open(server).catch(() => null);
            if (!wire) return;
            wire.send(get("/bytes/5000"));
            const reply = await wire.next().catch(() => (halves++, null));
            wire.socket.destroy();
            if (!reply) return;
            answers++;
            if (stopping && reply.code === 503) refusals++;
        }
    };
    const until = async (ready) => {
        while (!ready()) await sleep(5);
    };
    const hammers = [hammer(), hammer()];
    await until(() => answers > 0);
    stopping = true;
    server.child.kill("SIGTERM");
    await until(() => refusals > 0); // new work is refused while the old goes on
    upload.send("=1");
    assert.deepEqual((await upload.next())?.json().form, [["a", "1"]]);
    server.child.kill("SIGUSR1");
    for (const wire of waiting) {
        const reply = await wire.next();
        assert.equal(reply?.code, 200);
        assert.equal(reply.headers.connection, "close");
    }
    await Promise.all(hammers);
    assert.equal(await server.ended, 0, server.errors);
    assert.equal(halves, 0, "a reply was cut off");
    assert.doesNotMatch(server.errors, /Sanitizer|runtime error|unanswered/);
});
