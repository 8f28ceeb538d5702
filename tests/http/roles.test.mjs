// roles: every address that `lotse routes` lists, opened by everybody, in every format; the expected answers stand in
// tables here. A route without a row fails, and so does a row without a route: who adds a page says who may see it.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { copyOf, demoCity, lotseOk, root, Server } from "./client.mjs";

const ROLES = ["nobody", "staff", "lead", "hr", "trainer", "admin"];
const TYPES = { html: /^text\/html; charset=utf-8$/, json: /^application\/json$/, csv: /^text\/csv; charset=utf-8$/ };

// Who is let in, by the access kind of the route. "sign-in": asked to sign in; a number: that answer.
const ACCESS = {
    public: { nobody: "in", staff: "in", lead: "in", hr: "in", trainer: "in", admin: "in" },
    "signed-in": { nobody: "sign-in", staff: "in", lead: "in", hr: "in", trainer: "in", admin: "in" },
    // The attempts here are those of staff: for everybody else they do not exist.
    "own-attempt": { nobody: "sign-in", staff: "in", lead: 404, hr: 404, trainer: 404, admin: 404 },
    trainer: { nobody: "sign-in", staff: 403, lead: 403, hr: 403, trainer: "in", admin: 403 },
    // The unit here is SD, which lead leads.
    "unit-report": { nobody: "sign-in", staff: 403, lead: "in", hr: "in", trainer: 403, admin: 403 },
};

// An address of each route, and the answer (by role where it differs) to who is let in. Of a POST: what is sent.
// once: the session ends with it. rest: the address ends as it likes, no format can be asked for.
const ROUTES = {
    "GET /": { at: "/", in: 303 },
    "GET /healthz": { at: "/healthz", type: /^text\/plain/ },
    "GET /dev/version": { at: "/dev/version", in: 404 }, // there is such a thing under --dev only
    "GET /sign-in": { at: "/sign-in", in: { nobody: 200, others: 303 } },
    "POST /sign-in": { at: "/sign-in", send: (role) => ({ name: `${role}-gibt-es-nicht`, password: "geraten-geraten" }), in: 422 },
    "GET /privacy": { at: "/privacy" },
    "GET /accessibility": { at: "/accessibility" },
    "GET /help": { at: "/help" },
    "GET /licences": { at: "/licences" },
    "GET /account": { at: "/account" },
    "POST /sign-out": { at: "/sign-out", in: 303, once: true },
    "POST /sign-out-everywhere": { at: "/sign-out-everywhere", in: 303, once: true },
    "GET /learn": { at: "/learn" },
    "GET /courses": { at: "/courses" },
    "GET /search": { at: "/search" },
    "GET /courses/{course}": { at: "/courses/probe" },
    "POST /courses/{course}/attempts": { at: "/courses/probe/attempts", in: 303 },
    "GET /courses/{course}/glossary": { at: "/courses/probe/glossary" },
    "GET /courses/{course}/{lesson}": { at: "/courses/probe/ausgeben" },
    "POST /courses/{course}/{lesson}/practice": { at: "/courses/probe/ausgeben/practice", send: { question: "u-eins", "answer.u-eins": "kaffee" }, in: 303 },
    "POST /courses/{course}/{lesson}/done": { at: "/courses/probe/ausgeben/done", in: 303 },
    "GET /media/{hash}/media/{file...}": { at: () => picture, type: /^image\/png$/, rest: true },
    "GET /attempts/{attempt}": { at: () => open },
    "GET /attempts/{attempt}/all": { at: () => `${open}/all` },
    "GET /attempts/{attempt}/review": { at: () => `${open}/review` },
    "GET /attempts/{attempt}/result": { at: () => `${finished}/result` },
    "POST /attempts/{attempt}/answers": { at: () => `${open}/answers`, send: { question: "x" }, in: 422 },
    "POST /attempts/{attempt}/finish": { at: () => `${finished}/finish`, in: 303 },
    "GET /packs": { at: "/packs" },
    "GET /packs/reference": { at: "/packs/reference" },
    "GET /packs/reference/{part}": { at: "/packs/reference/choice" },
    "GET /units": { at: "/units", in: { lead: 303, hr: 303, others: 403 }, json: { lead: 200, hr: 200, others: 403 } },
    "GET /units/{unit}": { at: "/units/SD" },
};

const routes = lotseOk(["routes"]).trim().split("\n").map((line) => {
    const [method, pattern, access, ...formats] = line.trim().split(/ +/);
    return { name: `${method} ${pattern}`, method, pattern, access, formats };
});
const clients = {};
let server, open, finished, picture;

before(async () => {
    const courses = copyOf(join(root, "courses"));
    cpSync(join(root, "tests/golden/courses/probe"), join(courses, "probe"), { recursive: true });
    server = await Server.start({ data: demoCity(), courses });
    clients.nobody = server.client();
    await clients.nobody.page("/sign-in");
    for (const role of ROLES.slice(1)) clients[role] = await server.as(role);
    const { staff } = clients;
    finished = await staff.go("/courses/probe/attempts");
    await staff.go(`${finished}/finish`);
    open = await staff.go("/courses/informationssicherheit/attempts");
    assert.match(open, /^\/attempts\/\d+$/);
    picture = /src="(\/media\/[^"]+)"/.exec(await staff.page("/courses/probe/ausgeben"))[1];
});
after(() => server.stop());

function checkHeaders({ headers }, where) {
    assert.match(headers["content-security-policy"], /^default-src 'none';/, where);
    assert.doesNotMatch(headers["content-security-policy"], /unsafe|\*|data:|http/, where);
    assert.equal(headers["x-content-type-options"], "nosniff", where);
    assert.equal(headers["referrer-policy"], "same-origin", where);
    assert.equal(headers["cross-origin-opener-policy"], "same-origin", where);
    assert.equal(headers["cross-origin-resource-policy"], "same-origin", where);
    assert.match(headers["permissions-policy"], /camera=\(\)/, where);
    assert.ok(headers["cache-control"], where);
    assert.equal(headers.server, undefined, where);
}

const letIn = (row, role, format) => {
    const answer = (format !== "html" && row[format]) || (format === "html" && row.in) || 200;
    return typeof answer === "object" ? (answer[role] ?? answer.others) : answer;
};
const address = (row) => (typeof row.at === "function" ? row.at() : row.at);

function checkAnswer(reply, route, role, format) {
    const row = ROUTES[route.name], where = `${route.name} as ${format} for ${role}`;
    checkHeaders(reply, where);
    const fate = ACCESS[route.access][role];
    if (fate === "sign-in") {
        if (format === "html") assert.match(`${reply.code} ${reply.location}`, /^303 \/sign-in(\?target=|$)/, where);
        else assert.equal(reply.code, 401, where);
        return;
    }
    assert.equal(reply.code, fate === "in" ? letIn(row, role, format) : fate, where);
    if (reply.code === 200) assert.match(reply.headers["content-type"], row.type ?? TYPES[format], where);
    if (reply.code === 200 && route.access !== "public" && !row.type) assert.equal(reply.headers["cache-control"], "no-store", where);
}

test("every route has its row, and every row its route", () => {
    assert.deepEqual(routes.map((r) => r.name).sort(), Object.keys(ROUTES).sort());
    for (const { name, access } of routes) assert.ok(ACCESS[access], `${name}: who is "${access}"?`);
});

for (const route of routes.filter((r) => r.method === "GET"))
    for (const role of ROLES)
        test(`${route.name} for ${role}`, async () => {
            const row = ROUTES[route.name], client = clients[role];
            assert.ok(row, `${route.name} has no row in this test`);
            for (const format of ["html", "json", "csv"]) {
                const path = address(row) + (format === "html" ? "" : `.${format}`);
                if (format !== "html" && (row.rest || row.at === "/")) continue;
                const reply = await client.get(path);
                if (route.formats.includes(format)) checkAnswer(reply, route, role, format);
                else {
                    assert.equal(reply.code, 404, `${path} for ${role}: a format that the route does not have`);
                    checkHeaders(reply, path);
                }
            }
        });

for (const route of routes.filter((r) => r.method === "POST"))
    for (const role of ROLES)
        test(`${route.name} for ${role}`, async () => {
            const row = ROUTES[route.name];
            assert.ok(row, `${route.name} has no row in this test`);
            const client = row.once && role !== "nobody" ? await server.as(role) : clients[role];
            const send = typeof row.send === "function" ? row.send(role) : (row.send ?? {});
            const without = await client.post(address(row), { ...send, csrf: "" });
            checkHeaders(without, route.name);
            if (ACCESS[route.access][role] === "in") assert.equal(without.code, 403, "without the token");
            checkAnswer(await client.post(address(row), send), route, role, "html");
            if (row.at === "/sign-out-everywhere" && role !== "nobody") clients[role] = await server.as(role);
        });

test("another method is 405, and tells nothing else", async () => {
    const { staff } = clients;
    for (const reader of [staff, clients.nobody])
        for (const [path, methods] of [["/learn", "GET"], ["/sign-out", "POST"], ["/sign-in", "GET, POST"], ["/units/SD", "GET"]]) {
            const allow = `${methods.replace("GET", "GET, HEAD")}, OPTIONS`;
            for (const method of ["GET", "HEAD", "POST"].filter((one) => !allow.includes(one))) {
                const refused = await reader.ask(method, path, { form: method === "POST" ? {} : undefined });
                assert.deepEqual([refused.code, refused.headers.allow], [405, allow], `${method} ${path}`);
            }
            const asked = await reader.ask("OPTIONS", path);
            assert.deepEqual([asked.code, asked.headers.allow, asked.body], [204, allow, ""], path);
        }
    assert.equal((await staff.ask("OPTIONS", "/nowhere")).code, 404);
});

test("a head of units sees the unit and what is below, not beside and not above", async () => {
    const { lead, hr } = clients;
    const { children } = await hr.json("/units/SD.json");
    assert.ok(children.length > 0);
    for (const code of ["SD", ...children.map((c) => c.code)]) assert.equal((await lead.get(`/units/${code}.json`)).code, 200, code);
    for (const code of ["STADT", "FD", "OIZ"])
        for (const format of ["", ".json", ".csv"]) {
            assert.equal((await lead.get(`/units/${code}${format}`)).code, 403, code + format);
            assert.equal((await hr.get(`/units/${code}${format}`)).code, 200, code + format);
        }
    assert.equal((await hr.get("/units/GIBTESNICHT")).code, 404);
    assert.equal((await clients.staff.get("/units/GIBTESNICHT")).code, 403, "who reads no reports learns no codes");
});

// Keys of a JSON document, at any depth.
const keysOf = (value) =>
    value && typeof value === "object" ? [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keysOf)] : [];

test("no answer key leaves before the answer is given", async () => {
    const { trainer } = clients;
    const attempt = await trainer.go("/courses/probe/attempts");
    for (const path of ["/learn.json", "/courses.json", "/courses/probe.json", "/courses/probe/ausgeben.json", "/courses/probe/verlieren.json",
        "/courses/informationssicherheit.json", `${attempt}.json`]) {
        const text = JSON.stringify(await trainer.json(path));
        const told = keysOf(JSON.parse(text)).filter((key) => /correct|solution|feedback|explanation|verdict|accept|reject|key|scoring|seed/.test(key));
        assert.deepEqual(told, [], path);
        assert.doesNotMatch(text, /Person und Dauer|Die Liste gilt für alle|Dort suchen alle|So bleibt die Liste richtig/, path);
    }
    for (const path of [attempt, `${attempt}/all`, "/courses/probe/ausgeben", "/courses/probe/verlieren"]) {
        const html = await trainer.page(path);
        assert.doesNotMatch(html, /correct|Person und Dauer|Die Liste gilt für alle|Dort suchen alle|So bleibt die Liste richtig|sperrt den Zylinder\./, path);
    }
    assert.equal((await trainer.get(`${attempt}/result.json`)).code, 404, "no result before handing in");
});

test("HEAD is GET without the body", async () => {
    for (const path of ["/learn", "/units/SD.csv", "/learn.json"]) {
        const [full, head] = [await clients.hr.get(path), await clients.hr.ask("HEAD", path)];
        assert.deepEqual([head.code, head.headers["content-type"], head.body], [full.code, full.headers["content-type"], ""], path);
        checkHeaders(head, path);
    }
});
