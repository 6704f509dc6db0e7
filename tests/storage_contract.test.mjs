// The store of the tablet against its contract, in a browser, and against what only a browser can do to it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { openSite } from "./support/site.mjs";

const PAGE = process.env.HEARD_CONTRACT;
const skip = PAGE ? false : "HEARD_CONTRACT is not set: cargo xtask test builds the page";
let browser, site;

before(async () => {
  if (skip) return;
  browser = await startBrowser();
  site = await openSite(PAGE);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** Opens the page, with `prepare` run in it before anything else, and hands its functions to `act`. */
async function onPage(act, prepare = () => {}) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(prepare);
    await page.goto(site.url);
    // What the page starts by itself has finished once its module can be imported.
    await page.evaluate(async () => { await import("/start.js"); window.store = await import("/storage_contract.js"); });
    return await act(page, context);
  } finally {
    await context.close();
  }
}

/** Runs the suite and reports each case by its sentence. */
async function contract(t, page) {
  const cases = JSON.parse(await page.evaluate(() => window.store.contract()));
  assert.ok(cases.length > 30, `only ${cases.length} cases`);
  for (const [sentence, broken] of cases) {
    await t.test(sentence.replaceAll("_", " "), () => assert.equal(broken, null));
  }
}

test("the store keeps its contract", { skip }, (t) => onPage(async (page) => {
  await contract(t, page);
  const writes = await page.evaluate(() => window.writes);
  await t.test("every write is strictly durable, but for what the server told", async () => {
    assert.ok(writes.length > 100);
    const relaxed = new Set(writes.filter(({ durability }) => durability !== "strict").map(({ stores }) => stores));
    assert.deepEqual([...relaxed].sort(), ["derived,log,outbox,profile,streams", "derived,streams", "outbox,profile,streams"]);
    const strict = new Set(writes.filter(({ durability }) => durability === "strict").map(({ stores }) => stores));
    // What is derived can be made again: nothing of it is waited for.
    for (const stores of [...relaxed].filter((stores) => stores !== "derived,streams")) assert.ok(strict.has(stores), `what renumbers or takes back in ${stores} is waited for`);
    for (const own of ["outbox,streams", "outbox", "profile", "kept", "kept,outbox,streams", "derived,log,outbox,streams"]) {
      assert.ok(writes.some(({ stores }) => stores === own), `nothing wrote to ${own}`);
    }
  });
}, () => {
  window.writes = [];
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const transaction = begin.call(this, stores, mode, options);
    if (mode === "readwrite") window.writes.push({ durability: transaction.durability, stores: [...transaction.objectStoreNames].join() });
    return transaction;
  };
}));

test("the store keeps its contract while the browser closes each connection after three transactions", { skip }, (t) => onPage(
  (page) => contract(t, page),
  () => {
    const used = new WeakMap();
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...asked) {
      used.set(this, (used.get(this) ?? 0) + 1);
      if (used.get(this) > 3) this.close();
      return begin.apply(this, asked);
    };
  },
));

test("a store of a newer version says so and is left as it is", { skip }, () => onPage(async (page) => {
  const newer = () => page.evaluate(() => new Promise((done, failed) => {
    const asked = indexedDB.open("newer", 99);
    asked.onupgradeneeded = () => asked.result.createObjectStore("future");
    asked.onsuccess = () => { done([...asked.result.objectStoreNames]); asked.result.close(); };
    asked.onerror = () => failed(asked.error);
  }));
  await newer();
  assert.equal(await page.evaluate(() => window.store.keep("newer", "draft", 10)), "TooNew");
  assert.deepEqual(await newer(), ["future"]);
}));

test("a device without room says so, and what was there stays", { skip }, () => onPage(async (page, context) => {
  const cdp = await context.newCDPSession(page);
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: new URL(site.url).origin, quotaSize: 1_000_000 });
  assert.equal(await page.evaluate(() => window.store.keep("small", "first", 1000)), "kept");
  assert.equal(await page.evaluate(() => window.store.keep("small", "second", 5_000_000)), "Full");
  assert.equal(await page.evaluate(() => window.store.names("small")), "first");
  // The browser counts the bytes that it refused for a moment longer.
  for (const until = Date.now() + 30_000; ;) {
    const third = await page.evaluate(() => window.store.keep("small", "third", 1000));
    if (third === "kept") break;
    assert.equal(third, "Full");
    assert.ok(Date.now() < until, "room never came back");
  }
}));

test("storage that the browser denies is told from storage that failed", { skip }, () => onPage(
  async (page) => assert.equal(await page.evaluate(() => window.store.keep("denied", "draft", 10)), "Denied"),
  () => { IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); }; },
));

test("a browser without storage is denied storage", { skip }, () => onPage(
  async (page) => assert.equal(await page.evaluate(() => window.store.keep("none", "draft", 10)), "Denied"),
  () => Object.defineProperty(window, "indexedDB", { value: undefined }),
));

test("a database deleted beneath an open store is gone: no write goes into an empty one in its place", { skip }, () => onPage(async (page) => {
  assert.equal(await page.evaluate(() => window.store.keep_after_deletion("deleted")), "Gone Gone");
  assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), []);
}));

test("a newer version in another tab is not held up by a store that is open here", { skip }, () => onPage(async (page) => {
  assert.equal(await page.evaluate(() => window.store.keep("upgraded", "draft", 10)), "kept");
  const upgraded = await page.evaluate(() => new Promise((done) => {
    const asked = indexedDB.open("upgraded", 99);
    asked.onblocked = () => done("blocked");
    asked.onsuccess = () => { asked.result.close(); done("upgraded"); };
  }));
  assert.equal(upgraded, "upgraded");
  assert.equal(await page.evaluate(() => window.store.names("upgraded")), "TooNew");
}));

test("a row of another shape is damaged, not guessed at", { skip }, () => onPage(async (page) => {
  await page.evaluate(() => window.store.names("bent"));
  await page.evaluate(() => new Promise((done, failed) => {
    const asked = indexedDB.open("bent");
    asked.onsuccess = () => {
      const transaction = asked.result.transaction("outbox", "readwrite");
      transaction.objectStore("outbox").add({ stream: "child-00000000-0000-0000-0000-000000000001", rseq: 1.5, id: "x", sha256: "no bytes", sealed: [] });
      transaction.oncomplete = () => { asked.result.close(); done(); };
      transaction.onabort = () => failed(transaction.error);
    };
  }));
  assert.equal(await page.evaluate(() => window.store.outbox("bent")), "Damaged");
}));
