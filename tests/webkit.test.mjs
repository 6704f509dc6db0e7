// The tablet's part of a visit in WebKit, the engine of every browser on an iPad: without signal, reloaded, crashed and killed.
// WebKitGTK is not Safari and no iPad; docs/tablets.md says what that leaves to be tried by hand.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PASSCODE } from "./support/people.mjs";
import { openServer } from "./support/server.mjs";
import { openTls } from "./support/tls.mjs";
import { openScreen, openTablet } from "./support/webkit.mjs";

const SHOTS = process.env.HEARD_SHOTS;
/** A request that is held tells this test that the page has come this far in its task. */
const REACHED = "/api/v1/reached";

let server, tls, screen, folder, tablet;
/** How many answers Amira's record had before the visit, and those given in it. */
let earlier = 0, given = 0;
let stream;

before(async () => {
  [server, screen, folder] = await Promise.all([openServer(), openScreen(), mkdtemp(join(tmpdir(), "heard-webkit-"))]);
  tls = await openTls(server.port);
  tablet = await openTablet(folder, screen);
});
after(async () => {
  await tablet?.kill();
  await tls?.close();
  await server?.remove();
  screen?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const look = (name) => (SHOTS ? tablet.picture(`${SHOTS}/webkit-${name}.png`) : null);
const cardWords = () => document.querySelector(".child__option .child__words")?.textContent ?? null;
const lying = () => document.querySelectorAll(".cell__placed .placed").length;
/** The mat rests a moment after each press; then it is on a card again, or at its end. */
const rested = () => tablet.until(() => document.querySelector("main.child") !== null && !document.querySelector("[data-resting]"));

/** Places the card that is on the mat and waits for the next. */
async function place(cell) {
  await rested();
  const words = await tablet.until(cardWords);
  await tablet.press(cell, ".child__scale button");
  await tablet.until((words) => document.querySelector(".child__option .child__words")?.textContent !== words, words);
  given += 1;
}

async function unlock() {
  await tablet.fill("Passcode", PASSCODE);
  await tablet.press("Open");
}

/** From the end of the mat, or the middle of it, back to the worker. */
async function takeBack() {
  await tablet.hold("For the adult: hold to pause");
  if (await tablet.reads("Tired")) await tablet.press("Take the tablet back");
  await unlock();
  await tablet.until(() => document.querySelector(".heard-status") !== null);
}

async function upToDate() {
  await tablet.run(() => { window.dispatchEvent(new Event("online")); });
  await tablet.sees("Up to date");
}

/** What the server has of Amira, in its order. */
async function entries() {
  const all = await tablet.run(async (stream) => (await (await fetch(`/api/v1/streams/${stream}/entries?after=0`)).json()).entries, stream);
  assert.deepEqual(all.map(({ seq }) => seq), all.map((_, at) => at + 1), "the server's order is dense");
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length, "no operation is there twice");
  return all;
}
const answers = (all) => all.filter(({ body }) => body?.includes('"kind":"Answered"')).slice(earlier);

/** Another mat of this visit, from Today to the first card. */
async function handOver(topic) {
  await tablet.press("Today");
  await tablet.press(/^Go on with the visit.*Amira K/);
  await tablet.press(topic);
  await tablet.press("Hand over to Amira");
  await tablet.until(cardWords);
}

/** The engine ends everything at once, and what is left is what its files hold. */
async function killAndOpenAgain() {
  const url = await tablet.url();
  await tablet.kill();
  tablet = await openTablet(folder, screen);
  await tablet.goto(url);
}

test("Sade signs in over TLS, sets the tablet up and sees the day", async () => {
  await tablet.goto(tls.url);
  await look("sign-in");
  await tablet.press("Sign in as Sade Okafor");
  await tablet.fill("Passcode", PASSCODE);
  await tablet.fill("The same passcode again", PASSCODE);
  await look("lock");
  await tablet.press("Set up this tablet");
  await tablet.sees("Ready for this visit");
  await upToDate();
  await look("today");
});

test("what the app builds on is there: locks, a worker, strict transactions, storage that says how much there is", async () => {
  const found = await tablet.run(async () => {
    const database = await new Promise((done) => { indexedDB.open("probe", 1).onsuccess = ({ target }) => done(target.result); });
    database.close();
    indexedDB.deleteDatabase("probe");
    const { quota, usage } = await navigator.storage.estimate();
    return {
      locks: "locks" in navigator, worker: (await navigator.serviceWorker.ready).active !== null, wakeLock: "wakeLock" in navigator,
      channel: "BroadcastChannel" in window, durability: "durability" in IDBTransaction.prototype, compression: "CompressionStream" in window,
      roomFor: quota - usage, persisted: await navigator.storage.persisted(),
    };
  });
  assert.ok(found.roomFor > 500_000_000, "there is room for years of visits");
  // Nobody said yes here; on an iPad the home screen does. What is stored has to be sent soon all the same.
  assert.equal(found.persisted, false);
  for (const part of ["locks", "worker", "wakeLock", "channel", "durability", "compression"]) assert.equal(found[part], true, part);
});

test("the server stops; the tablet starts from what it kept, and the visit begins without signal", async () => {
  const href = await tablet.until(() => [...document.querySelectorAll("a[href*=child-]")].find(({ innerText }) => /Start visit/.test(innerText))?.href);
  stream = href.match(/child-[0-9a-f-]{36}/)[0];
  earlier = answers(await entries()).length;
  await server.stop();
  await tablet.reload();
  await unlock();
  await tablet.sees("No signal");
  await tablet.press(/^Start visit.*Amira K/);
  await tablet.fill("How did you explain it to Amira?", "Showed the mat and the stop card.");
  await tablet.fill("What did Amira do?", "Looked up, held the gaze.");
  await tablet.choose("Amira agreed");
  await tablet.press("Continue");
  await tablet.press(/Going to school/);
  await tablet.press("Hand over to Amira");
  await tablet.until(cardWords);
  await look("mat");
});

test("a reload in the middle, Back and a typed address stay with the child; the mat goes on where it was", async () => {
  await place("don't like");
  const next = await tablet.run(cardWords);
  await tablet.reload();
  assert.equal(await tablet.until(cardWords), next, "the same card waits");
  assert.equal(await tablet.run(lying), 1, "what was placed lies there");
  await tablet.back();
  assert.equal(await tablet.until(cardWords), next);
  await tablet.goto(`${tls.url}/children`);
  assert.equal(await tablet.until(cardWords), next);
  assert.equal(await tablet.reads("Joe"), false, "no other child is on the screen");
  await place("like");
});

test("the page's process ends in the task of a tap: the tap is there, and the child goes on", async () => {
  await rested();
  const reached = new Promise((done) => { Object.assign(tls, { hold: REACHED, held: done }); });
  // A page waiting for its answer stays in this task: nothing that it put off has begun.
  tablet.run((path) => {
    document.querySelector(".child__scale .cell").click();
    const asked = new XMLHttpRequest();
    asked.open("GET", path, false);
    asked.send();
  }, REACHED).catch(() => {});
  await reached;
  given += 1;
  await tablet.crash();
  await tablet.until(cardWords);
  await tablet.until((count) => document.querySelectorAll(".cell__placed .placed").length === count, given);
});

test("the browser is killed without signal: everything that was shown is there, and the passcode opens it", async () => {
  await rested();
  await killAndOpenAgain();
  await tablet.sees("Enter your passcode");
  assert.equal(await tablet.reads("Amira"), false, "the lock screen names no child");
  await look("locked");
  await unlock();
  await tablet.sees("No signal");
});

test("with signal it goes by itself, still signed in: one entry for each answer", async () => {
  await server.start();
  await upToDate();
  assert.equal(answers(await entries()).length, given);
});

test("a mat is finished, the tablet is killed on the last screen, and the worker takes over with everything sent", async () => {
  await handOver(/^Food/);
  for (let turn = 0; turn < 40; turn += 1) {
    await rested();
    if (await tablet.reads("This is where you put them.")) break;
    await place(turn % 2 ? "like" : "don't like");
  }
  await look("review");
  await rested();
  await tablet.press("leave them like this");
  await tablet.sees("Who can see this?");
  await look("sharing");
  await rested();
  await tablet.press("finished");
  await tablet.sees("Finished");
  await look("finished");
  await killAndOpenAgain();
  await unlock();
  await upToDate();
  const all = await entries();
  assert.equal(answers(all).length, given);
  assert.ok(all.some(({ body }) => body?.includes('"kind":"CaptureEnded"') && body.includes('"by":"child"')), "it ended as the child ended it");
});

test("the corner and the passcode lead back from a mat in the middle", async () => {
  await handOver(/Going to school/);
  await place("like");
  await takeBack();
  await upToDate();
  assert.equal(answers(await entries()).length, given);
});
