// sign-in: how guessing is slowed, without slowing who lives here. The clock stands still, so that no wait passes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addUser, copyOf, demoCity, PASSWORD, root, Server, words } from "./client.mjs";

const data = copyOf(demoCity());
let server;

before(async () => {
    for (const name of ["anna", "bert", "carla", "dora", "emil"]) addUser(data, name);
    server = await Server.start({ data, courses: `${root}/courses` });
});
after(() => server.stop());

const wrong = { password: "falsch-geraten" };

async function guest() {
    const client = server.client();
    await client.page("/sign-in");
    return client;
}

// Codes of so many guesses at once, each from a browser of its own.
async function guessAtOnce(name, count) {
    const strangers = await Promise.all(Array.from({ length: count }, guest));
    const replies = await Promise.all(strangers.map((one) => one.post("/sign-in", { name, ...wrong })));
    return replies.map((reply) => reply.code);
}

const times = (codes, code) => codes.filter((one) => one === code).length;

for (const [whose, name] of [["an account", "anna"], ["nobody", "gibt-es-nicht"]])
    test(`of twenty guesses at once at the name of ${whose} four are looked at`, async () => {
        const codes = await guessAtOnce(name, 20);
        assert.deepEqual([times(codes, 422), times(codes, 429)], [4, 16], codes.join(" "));
    });

test("a browser in which the name has signed in before does not wait for strangers", async () => {
    const own = server.client();
    await own.signIn("bert");
    await own.go("/sign-out");
    await guessAtOnce("bert", 8);
    const elsewhere = await guest();
    assert.equal((await elsewhere.post("/sign-in", { name: "bert", password: PASSWORD })).code, 429);
    await own.signIn("bert");
});

test("such a browser has its own count, for that name alone", async () => {
    const own = server.client();
    await own.signIn("carla");
    await own.go("/sign-out");
    await guessAtOnce("dora", 8);
    await own.page("/sign-in");
    assert.equal((await own.post("/sign-in", { name: "dora", ...wrong })).code, 429, "another name");
    const codes = [];
    for (let i = 0; i < 6; i++) codes.push((await own.post("/sign-in", { name: "carla", ...wrong })).code);
    assert.deepEqual(codes, [422, 422, 422, 422, 429, 429]);
    await server.client().signIn("carla"); // nobody else waits for it
});

test("the cookie of a known browser cannot be made, and tells nobody's name", async () => {
    const own = server.client();
    await own.signIn("emil");
    const known = own.cookies.get("lotse-known");
    assert.match(known, /^[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{43}$/);
    await guessAtOnce("emil", 8);
    const [number, mac] = known.split(".");
    for (const made of [`x${number.slice(1)}.${mac}`, `${number}.x${mac.slice(1)}`, number, `.${mac}`, ".", `${number}.`]) {
        const thief = await guest();
        thief.cookies.set("lotse-known", made);
        const reply = await thief.post("/sign-in", { name: "emil", password: PASSWORD });
        assert.equal(reply.code, 429, made);
        assert.doesNotMatch(words(reply.body), /known/);
    }
    const again = server.client();
    await again.signIn("anna").catch(() => {}); // she waits after the guesses above
    assert.equal(again.cookies.has("lotse-known"), false, "only signing in makes a browser known");
});
