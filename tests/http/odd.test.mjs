// odd: every GET address of `lotse routes`, written as nobody would write it. Whatever the answer is, it is not our fault
// (5xx), and the server lives.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demoCity, lotseOk, NOW, root, Server } from "./client.mjs";

const data = demoCity();
const patterns = lotseOk(["routes"]).trim().split("\n").map((line) => line.trim().split(/ +/)).filter(([method]) => method === "GET").map((row) => row[1]);
const COURSE = "informationssicherheit";
let server, readers, values;

before(async () => {
    server = await Server.start({ data, courses: `${root}/courses`, now: NOW + 30 * 86400 }); // after the pauses of the demo's tests
    const staff = await server.as("staff"), lessons = (await staff.json(`/courses/${COURSE}.json`)).lessons;
    const attempt = (await staff.go(`/courses/${COURSE}/attempts`)).split("/").at(-1);
    values = { course: COURSE, lesson: lessons[0].id, attempt, unit: "STADT", hash: "0".repeat(64), file: "x.svg" };
    readers = { nobody: server.client(), staff, hr: await server.as("hr") };
});
after(() => server.stop());

const LONG = "x".repeat(3000);
const SUFFIXES = ["", "/", "//", "//evil.example", "/%2e", "/%2e%2e", "/..", "%2f", "%5c", "%00", "%0a", "%ff", "%", "%c3%bc", "/'\"<>&{}",
    ":", ".json", ".csv", ".json.csv", ".html", `/${LONG}`, `?a=//`, "?lang=//", "?lang=%2f%2fevil.example", "?lang=", "?=", "?&&&", "?a", "??",
    "?lang=de&lang=en", "?target=//evil.example", "?target=%00", "?number=99999999999999999999", "?number=-1", "?number=//", `?${LONG}`,
    `?a=${LONG}`, `?${"a&".repeat(500)}`, "?raw&raw=//", "?javascript:alert(1)", "?#", "?a=%", "?at=//", "?snapshot=-1"];
const ODD_VALUES = ["//", "%2e", "%00", "-1", "0", "99999999999999999999", "%20", "%22", "x%2fy", "ä", ":", "~", LONG, "javascript:alert(1)"];

const fill = (pattern, odd = {}) => pattern.replace(/\{([a-z]+)(\.\.\.)?\}/g, (_, name) => encodeURI(odd[name] ?? values[name] ?? "x").replaceAll("%25", "%"));

function addressesOf(pattern) {
    const params = [...pattern.matchAll(/\{([a-z]+)/g)].map((match) => match[1]);
    const plain = fill(pattern);
    return [...SUFFIXES.map((suffix) => encodeURI(plain + suffix).replaceAll("%25", "%")), `/${plain}`, `//evil.example${plain}`, plain.toUpperCase(),
        ...params.flatMap((name) => ODD_VALUES.map((value) => fill(pattern, { [name]: value })))];
}

for (const pattern of patterns)
    test(`GET ${pattern}, oddly written`, async () => {
        const wrong = [];
        for (const path of addressesOf(pattern))
            for (const [who, reader] of Object.entries(readers))
                for (const headers of [{}, { Accept: "application/json", "Accept-Language": "//" }]) {
                    const reply = await reader.get(path, headers).catch((error) => ({ code: error.message }));
                    if (!(reply.code >= 200 && reply.code < 500)) wrong.push(`${who} ${path.slice(0, 120)}: ${reply.code}`);
                    if (/^(https?:)?[/\\]{2}|evil/.test(reply.location ?? "")) wrong.push(`${who} ${path.slice(0, 120)} leads to ${reply.location}`);
                }
        assert.deepEqual(wrong, []);
        assert.equal((await readers.nobody.get("/healthz")).code, 200);
        assert.equal(server.child.exitCode, null);
        assert.doesNotMatch(server.log, /event=(document|reply-failed|template)/);
    });
