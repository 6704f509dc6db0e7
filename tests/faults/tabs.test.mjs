// Several tabs on one vault: whoever sends, whoever stands still, one record comes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anew } from "../support/anew.mjs";
import { handOver, placeCard, toHandOver } from "../support/mat.mjs";
import { setUp, unlock, upToDate } from "../support/people.mjs";
import {
  addVoice, assertAnswered, assertDense, entries, noteEarlier, online, operationsOf, placeMore, saysWaiting, statusSays, streamOf,
  takeBack, twoPlaced, visitOf,
} from "../support/record.mjs";

let proxy, context, page;

anew((made) => { ({ proxy, context, page } = made); }, { patienceMs: 30_000 });

/** One more tab on the same vault, at the same address, unlocked. */
async function openTab(path) {
  const tab = await context.newPage();
  tab.setDefaultTimeout(30_000);
  await tab.goto(`${proxy.url}${path}`);
  await unlock(tab);
  await tab.locator(".heard-status").waitFor();
  return tab;
}
/** What was written down of other voices in a visit, in the server's order, with nothing missing and nothing there twice. */
async function voicesOf(tab, visit) {
  const all = await entries(tab, streamOf(tab));
  assertDense(all);
  const voices = all.map(({ body }) => JSON.parse(body)).filter(({ kind }) => kind === "VoiceAdded").map(({ data }) => data);
  return voices.filter((voice) => visit.endsWith(`/${voice.visit}`));
}
const saidIn = async (tab, visit) => (await voicesOf(tab, visit)).map(({ words }) => words);

/** An open visit with two cards placed and sent, and the tablet with the worker. */
async function visitOpen() {
  await twoPlaced(page, proxy.url);
  await takeBack(page);
  await upToDate(page);
  return visitOf(page);
}

for (const locks of [true, false]) {
  test(`fault 13: four tabs save and send together ${locks ? "in turn" : "at once, in a browser without locks"}: dense numbers, nothing twice`, async () => {
    if (!locks) await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined }));
    const visit = await visitOpen();
    const tabs = [page, ...await Promise.all([1, 2, 3].map(() => openTab(`${visit}/write-up`)))];
    const said = tabs.map((_, tab) => [`Tab ${tab + 1} saw a smile.`, `Tab ${tab + 1} saw a look away.`]);
    await Promise.all(tabs.map(async (tab, place) => {
      for (const words of said[place]) {
        await addVoice(tab, visit, words);
        await online(tab);
      }
    }));
    await Promise.all(tabs.map(upToDate));
    const written = await saidIn(page, visit);
    assert.deepEqual(written.toSorted(), said.flat().toSorted(), "each once");
    for (const mine of said) assert.deepEqual(written.filter((words) => mine.includes(words)), mine, "in the order they were written");
    const mine = (await entries(page)).filter(({ body }) => /Tab \d saw/.test(body));
    assert.equal(new Set(mine.map(({ replica }) => replica)).size, 1, "one tablet sent them");
    await assertAnswered(page, 2);
    for (const tab of tabs) {
      for (const words of said.flat()) await tab.getByRole("region", { name: "Other voices" }).getByText(words).waitFor();
    }
  });
}

/** Stops a tab in its tracks, with whatever it holds, as a system does that freezes it; gives back how it goes on. */
async function freeze(tab) {
  const debug = await context.newCDPSession(tab);
  await debug.send("Debugger.enable");
  const paused = new Promise((done) => debug.once("Debugger.paused", done));
  await debug.send("Debugger.pause");
  const woken = tab.evaluate(() => true);
  await paused;
  return async () => { await debug.send("Debugger.resume"); await woken; await debug.detach(); };
}

test("fault 14: the tab that sends is frozen: another sends what is saved within a minute", async () => {
  const visit = await visitOpen();
  const other = await openTab(`${visit}/write-up`);
  await upToDate(other);
  const held = proxy.hold("push");
  await addVoice(page, visit, "The first tab saw a smile.");
  await online(page);
  await held.arrived;
  const thaw = await freeze(page);
  try {
    // The reply is there, and nobody takes it.
    held.release();
    await addVoice(other, visit, "The second tab saw a look away.");
    await online(other);
    assert.equal(await saysWaiting(other), 2, "until it is sent the screen says that it waits here");
    await other.getByRole("status").filter({ hasText: "Up to date" }).first().waitFor({ timeout: 60_000 });
    assert.deepEqual(await saidIn(other, visit), ["The first tab saw a smile.", "The second tab saw a look away."]);
  } finally {
    await thaw();
  }
  await online(page);
  await upToDate(page);
  assert.equal((await saidIn(page, visit)).length, 2, "the tab that wakes sends nothing twice");
});

test("fault 15: a card placed while a push is in flight is kept and sent next", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await toHandOver(page, "Amira K", "Going to school");
  // What was written before the hand-over is sent with the worker's key, or it would keep the child's waiting.
  await online(page);
  await upToDate(page);
  await noteEarlier(page);
  await handOver(page);
  await placeMore(page, 2);
  const before = proxy.asked("push").length;
  const held = proxy.hold("push");
  await online(page);
  await held.arrived;
  await placeCard(page, "like");
  await takeBack(page);
  await statusSays(page, /Sending \d+ items/);
  assert.equal(proxy.asked("push").length, before + 1, "one push at a time");
  held.release();
  await upToDate(page);
  const [first, ...later] = proxy.asked("push").slice(before).map(operationsOf);
  const answersIn = (operations) => operations.filter((body) => body.includes('"kind":"Answered"')).length;
  assert.equal(answersIn(first), 2);
  assert.equal(answersIn(later.flat()), 1);
  assert.ok(later.flat().every((body) => !first.includes(body)), "what was in flight is not sent again");
  await assertAnswered(page, 3);
});
