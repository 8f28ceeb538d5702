// kill: an answer that was acknowledged is on the disk, whatever happens to the process or to the disk.
//
// 32 people answer one question again and again, each time with the next number; the 303 is the acknowledgement. After
// SIGKILL the database must hold, for each of them, the last number acknowledged or the one that was under way.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { addUser, lotse, root, Server, sql, temporary, words } from "../http/client.mjs";

const PEOPLE = 32, ROUNDS = 3;
const data = join(temporary(), "data");
const courses = join(root, "tests/golden/courses");
const people = Array.from({ length: PEOPLE }, (_, i) => ({ name: `person-${i}`, sent: 0, acknowledged: 0, refused: [] }));

before(async () => {
    for (const { name } of people) addUser(data, name);
    const server = await Server.start({ data, courses });
    for (const one of people) {
        one.client = await server.as(one.name);
        one.attempt = await one.client.go("/courses/probe/attempts");
    }
    await server.stop();
});

// Answers until the server is gone or until() says so; keeps what was sent, acknowledged, refused, cut off.
async function keepAnswering(one, server, until) {
    one.client.server = server;
    one.lost = 0;
    while (!until()) {
        one.sent++;
        try {
            const reply = await one.client.post(`${one.attempt}/answers`, { question: "t-wort", answer: `${one.sent}` });
            if (reply.code === 303) one.acknowledged = one.sent;
            else one.refused.push(reply.code);
        } catch (error) {
            one.lost++;
            one.error = error.code;
            return;
        }
    }
}

function checkStored() {
    const stored = Object.fromEntries(sql(data, "SELECT attempt, given FROM answer WHERE item = 't-wort'").map((row) => [row.attempt, Number(row.given)]));
    for (const { name, attempt, acknowledged, sent } of people) {
        const kept = stored[attempt.split("/").at(-1)] ?? 0;
        assert.ok(kept >= acknowledged && kept <= sent, `${name}: acknowledged ${acknowledged}, sent ${sent}, kept ${kept}`);
    }
    assert.equal(sql(data, "PRAGMA integrity_check")[0].integrity_check, "ok");
    const verified = lotse(["verify", "--data", data]);
    assert.equal(verified.status, 0, verified.stdout + verified.stderr);
}

const acknowledgedInAll = () => people.reduce((sum, one) => sum + one.acknowledged, 0);

for (let round = 1; round <= ROUNDS; round++)
    test(`SIGKILL under load loses no acknowledged answer (${round} of ${ROUNDS})`, { timeout: 120000 }, async () => {
        const server = await Server.start({ data, courses });
        const before = acknowledgedInAll();
        const load = people.map((one) => keepAnswering(one, server, () => false));
        await sleep(700 + 450 * round);
        await server.kill();
        await Promise.all(load);
        assert.deepEqual(people.flatMap((one) => one.refused), []);
        assert.ok(acknowledgedInAll() - before > 2 * PEOPLE, "too few answers to mean anything");
        checkStored();
    });

test("after the last SIGKILL everybody goes on where they were", { timeout: 120000 }, async () => {
    const server = await Server.start({ data, courses });
    for (const one of people.slice(0, 4)) {
        one.client.server = server;
        const { questions } = await one.client.json(`${one.attempt}.json`);
        const kept = Number(questions.find((q) => q.id === "t-wort").given[0]);
        assert.ok(kept >= one.acknowledged && kept <= one.sent);
    }
    await server.stop();
});

test("SIGTERM under load answers everything and ends within 15 s", { timeout: 120000 }, async () => {
    const server = await Server.start({ data, courses });
    let stopping = false;
    const load = people.map((one) => keepAnswering(one, server, () => stopping));
    await sleep(1000);
    assert.deepEqual(people.flatMap((one) => one.refused), []);
    const ending = server.stop();
    stopping = true;
    await Promise.all(load);
    assert.deepEqual(people.filter((one) => one.lost).map((one) => `${one.name}: ${one.error}`), [], "asked, never answered");
    // What arrives after the signal hears that Lotse is closing; what was under way is carried out.
    for (const { name, sent, acknowledged, refused } of people) {
        assert.ok(refused.length <= 1 && refused.every((code) => code === 503), `${name}: ${refused}`);
        assert.equal(acknowledged, sent - refused.length, name);
    }
    assert.ok((await ending) < 15);
    checkStored();
});

// ---------- a full disk ----------

function mountSmallDisk() {
    const at = join(temporary(), "disk");
    mkdirSync(at);
    const done = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", at], { encoding: "utf8" });
    return done.status === 0 ? { at } : { why: `no small disk can be mounted here: ${(done.stderr ?? `${done.error}`).trim()}` };
}

function fill(file) {
    const fd = openSync(file, "w");
    for (let size = 1 << 20; size >= 1; size >>= 1)
        try {
            for (;;) if (writeSync(fd, Buffer.alloc(size)) < size) break;
        } catch (error) {
            assert.equal(error.code, "ENOSPC");
        }
    closeSync(fd);
}

test("a full disk refuses answers with words, and nothing else", { timeout: 120000 }, async (t) => {
    const disk = mountSmallDisk();
    if (!disk.at) return t.skip(disk.why);
    t.after(() => spawnSync("umount", ["-l", disk.at]));
    const on = join(disk.at, "data"), filler = join(disk.at, "filler");
    addUser(on, "anna");
    const server = await Server.start({ data: on, courses });
    const anna = await server.as("anna");
    const attempt = await anna.go("/courses/probe/attempts");
    await anna.go(`${attempt}/answers`, { question: "t-wort", answer: "vorher" });
    fill(filler);
    // The log may have room for a few more; then every answer is refused, and none is half there.
    let last = "vorher", refused = 0;
    for (let i = 0; i < 400 && refused < 5; i++) {
        const reply = await anna.post(`${attempt}/answers`, { question: "t-wort", answer: `voll ${i}` });
        if (reply.code === 303) {
            last = `voll ${i}`;
            continue;
        }
        refused++;
        assert.equal(reply.code, 503);
        assert.match(reply.headers["content-type"], /^text\/html/);
        assert.match(words(reply.body), /Speicher von Lotse ist voll.*ist gespeichert, die letzte Eingabe nicht/);
        assert.match(reply.headers["content-security-policy"], /default-src 'none'/);
    }
    assert.equal(refused, 5, "the disk never was full");
    assert.ok((await anna.page("/learn")).includes("Schlüssel"), "reading goes on");
    const given = async () => (await anna.json(`${attempt}.json`)).questions.find((q) => q.id === "t-wort").given;
    assert.deepEqual(await given(), [last]);
    assert.equal((await anna.get("/healthz")).code, 200);
    rmSync(filler);
    let after;
    for (let i = 0; i < 50 && after?.code !== 303; i++) {
        after = await anna.post(`${attempt}/answers`, { question: "t-wort", answer: "nachher" });
        if (after.code !== 303) await sleep(200);
    }
    assert.equal(after.code, 303, "writing goes on when there is room again");
    assert.deepEqual(await given(), ["nachher"]);
    await server.stop();
    const verified = lotse(["verify", "--data", on]);
    assert.equal(verified.status, 0, verified.stdout + verified.stderr);
});
