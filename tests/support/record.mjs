// A visit on the way through faults: two cards placed, the tablet taken back, and what the server has of it afterwards.
import assert from "node:assert/strict";
import { handOver, placeCard, toHandOver, toPasscode } from "./mat.mjs";
import { go, setUp, unlock, upToDate } from "./people.mjs";

/** The answers that were there before the visit, by id. */
let earlier = new Set();

/** The stream of the child on the screen's address. */
export const streamOf = (page) => page.url().match(/child-[0-9a-f-]{36}/)[0];

/** Everything the server has of a stream, by default of the child on the screen's address. */
export async function entries(page, stream = streamOf(page)) {
  return page.evaluate(async (stream) => {
    const all = [];
    for (let more = true; more;) {
      const reply = await (await fetch(`/api/v1/streams/${stream}/entries?after=${all.length}`)).json();
      all.push(...reply.entries);
      more = reply.more;
    }
    return all;
  }, stream);
}

const answered = (all) => all.filter(({ body }) => body?.includes('"kind":"Answered"'));

/** The answers that came since `noteEarlier`. */
export const answers = (all) => answered(all).filter(({ id }) => !earlier.has(id));

/** Notes which answers the child on the screen's address has already. */
export async function noteEarlier(page) {
  earlier = new Set(answered(await entries(page)).map(({ id }) => id));
}

/** No number is missing and none is given twice; no operation is there twice. */
export function assertDense(all) {
  assert.ok(all.length > 0, "the server has entries");
  assert.deepEqual(all.map(({ seq }) => seq), all.map((_, place) => place + 1));
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length, "no operation twice");
}

/** From a tablet that is up to date to the mat of today's visit, with two cards placed. */
export async function placeTwo(page) {
  await toHandOver(page, "Amira K", "Going to school");
  await noteEarlier(page);
  await handOver(page);
  await placeCard(page, "like");
  await placeCard(page, "don't like");
}

/** Places so many cards more, here and there. */
export async function placeMore(page, count) {
  for (let turn = 0; turn < count; turn += 1) await placeCard(page, turn % 2 ? "like" : "don't like");
}

/** From a browser that knows nothing to the mat, with two cards placed. */
export async function twoPlaced(page, url) {
  await setUp(page, url, "Sade Okafor");
  await upToDate(page);
  await placeTwo(page);
}

/** Where the visit on the screen's address is found. */
export const visitOf = (page) => page.url().match(/\/children\/[^/]+\/visits\/[^/?]+/)[0];

/** Opens the write-up's form for what the worker saw, or for somebody else's words. */
export async function openVoice(page, visit) {
  await go(page, `${visit}/write-up?voice=new`);
  await page.getByRole("heading", { level: 1, name: "Another voice" }).waitFor();
}

/** Writes down what the worker saw, and waits until the write-up lists it. */
export async function addVoice(page, visit, words) {
  await openVoice(page, visit);
  await page.getByLabel("What I saw").check();
  await page.getByLabel("Their words").fill(words);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("region", { name: "Other voices" }).getByText(words).waitFor();
}

/** Takes the tablet back from the child. */
export async function takeBack(page) {
  await toPasscode(page);
  await unlock(page);
  await page.locator(".heard-status").waitFor();
}

/** A killed browser may have forgotten the session; what is saved waits for a sign-in. */
export async function signInAgain(page, name = "Sade Okafor") {
  await page.evaluate(async (name) => {
    const { staff } = await (await fetch("/api/v1/session/demo")).json();
    const body = JSON.stringify({ staff: staff.find((one) => one.name === name).id });
    await fetch("/api/v1/session/demo", { method: "POST", headers: { "content-type": "application/json" }, body });
    window.dispatchEvent(new Event("online"));
  }, name);
}

/** Says to the application what the browser says when it finds a network: that is a reason to try now. */
export const online = (page) => page.evaluate(() => window.dispatchEvent(new Event("online")));

/** Waits until the header says this. */
export async function statusSays(page, words) {
  await page.getByRole("status").filter({ hasText: words }).first().waitFor({ timeout: 30_000 });
}

/** The server has what this visit answered, once each and in dense numbers. */
export async function assertAnswered(page, count, stream = streamOf(page)) {
  const all = await entries(page, stream);
  assertDense(all);
  assert.equal(answers(all).length, count);
}

/** The operations of a push that the proxy noted, as text. */
export const operationsOf = (push) => JSON.parse(push.body).streams.flatMap(({ operations }) => operations.map(({ body }) => body));

/** What lies in one store of this browser's vaults; bytes as text. */
async function rowsOf(page, store) {
  return page.evaluate(async (store) => {
    const rows = [];
    for (const { name } of await indexedDB.databases()) {
      const open = indexedDB.open(name);
      await new Promise((opened, failed) => { [open.onsuccess, open.onerror] = [opened, failed]; });
      const asked = open.result.transaction(store).objectStore(store).getAll();
      await new Promise((read, failed) => { [asked.onsuccess, asked.onerror] = [read, failed]; });
      for (const row of asked.result) rows.push(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])));
      open.result.close();
    }
    return rows;
  }, store);
}

/** How many operations lie in this browser's outboxes. */
export const outboxCount = async (page) => (await rowsOf(page, "outbox")).length;

/** A draft, sealed, whose name ends or is like this; none if nothing is kept. */
export async function draftOf(page, ending) {
  const is = ({ name }) => ending instanceof RegExp ? ending.test(name) : name.endsWith(ending);
  return (await rowsOf(page, "kept")).find(is)?.sealed ?? null;
}

/** Does something that a draft follows from, and waits until it is kept. */
export async function untilKept(page, ending, doing) {
  const before = await draftOf(page, ending);
  await doing();
  const deadline = Date.now() + 30_000;
  for (let kept = before; kept === before || kept === null;) {
    assert.ok(Date.now() < deadline, "a draft is kept");
    kept = await draftOf(page, ending);
  }
}

/** How many items the header says wait on this tablet. */
export async function saysWaiting(page) {
  const words = await page.locator(".heard-status").textContent();
  return Number(words.match(/(\d+) items?/)?.[1] ?? 0);
}
