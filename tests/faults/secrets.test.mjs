// What lies on the tablet's disk and in the server's log: no name of a child, not a word that was typed or said.
//
// The raw search can miss words in blocks that the browser's database has compressed (snappy leaves short new words as they
// are, repeated ones it may not); so everything that the page can read of its stores is searched as well.
import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { startBrowserIn } from "../support/browser.mjs";
import { card, handOver, placeCard, rested, toPasscode } from "../support/mat.mjs";
import { openPeer } from "../support/peer.mjs";
import { go, setUp, unlock, upToDate } from "../support/people.mjs";
import { statusSays } from "../support/record.mjs";
import { openProxy } from "../support/proxy.mjs";
import { openServer } from "../support/server.mjs";

/** Words that a worker types, each in another way of keeping: sent, saved and not sent, a draft. */
const TYPED = { sent: "Quillfeather", unsent: "Marrowgate", draft: "Thistlewick" };
/** What may lie there in plain text, put into each store by the test: the search must find it. */
const PLANTED = { indexedDB: "Plainbrook", localStorage: "Plainhaven", sessionStorage: "Plainmoor" };
let server, proxy, folder, context, page, stream, words;

before(async () => {
  server = await openServer();
  server.running.stdout.on("data", (text) => { server.log += text; });
  proxy = await openProxy(server.port);
  folder = await mkdtemp(join(tmpdir(), "heard-profile-"));
});
after(async () => {
  await context?.close();
  await proxy.close();
  await server.remove();
  await rm(folder, { recursive: true, force: true });
});

const open = async () => {
  context = await startBrowserIn(folder);
  page = context.pages()[0] ?? (await context.newPage());
};
/** In both ways in which a browser writes text down. */
const spellings = (word) => [Buffer.from(word, "utf8"), Buffer.from(word, "utf16le")];

/** Which files of the profile hold which of these words. */
async function onDisk(words) {
  const hits = [];
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const content = await readFile(path);
    bytes += content.length;
    for (const word of words) {
      if (spellings(word).some((spelling) => content.includes(spelling))) hits.push(`${word} in ${relative(folder, path)}`);
    }
  }
  return { hits, bytes };
}

/** Everything that the page can read of its stores, as one text; bytes as Latin-1, so that words in them show. */
const readStores = () => page.evaluate(async () => {
  const text = (value) => JSON.stringify(value, (_, part) => {
    const bytes = ArrayBuffer.isView(part) ? new Uint8Array(part.buffer) : part instanceof ArrayBuffer ? new Uint8Array(part) : null;
    return bytes ? Array.from(bytes, (byte) => String.fromCharCode(byte)).join("") : part;
  });
  const done = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const all = { localStorage: text({ ...localStorage }), sessionStorage: text({ ...sessionStorage }), indexedDB: "", caches: "" };
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store);
      all.indexedDB += text([name, store, await done(rows.getAllKeys()), await done(rows.getAll())]);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) all.caches += `${url}\n`;
  }
  return all;
});

test("fault 36: a visit with words of every kind: sent, saved and not sent, half typed, said by the child", async () => {
  await open();
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await page.getByRole("link", { name: /Start visit.*Amira K/ }).click();
  stream = page.url().match(/child-[0-9a-f-]{36}/)[0];
  await page.getByLabel(/How did you explain it/).fill(`${TYPED.sent}: showed the mat.`);
  await page.getByLabel(/^What did .* do\?/).fill("Looked up.");
  await page.getByLabel(/ agreed$/).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("link", { name: /Going to school/ }).click();
  await handOver(page);
  await placeCard(page, "like");
  await toPasscode(page);
  await unlock(page);
  await page.locator(".heard-status").waitFor();
  await upToDate(page);

  // The names of the child and of people around them are words of the record: the server tells them.
  const record = await (await openPeer(server.url, "Sade Okafor")).entries(stream);
  assert.ok(record.some(({ body }) => body.includes(TYPED.sent)), "the words went to the server");
  const { name } = record.find(({ kind }) => kind === "ChildRegistered").data;
  words = [...Object.values(TYPED), ...Object.values(name).filter((part) => part.length > 3)];
  assert.ok(words.length >= 5, words.join());

  proxy.fault = ({ path }) => (path.endsWith("/push") ? "captive" : null);
  const visit = page.url().replace(/\/topics.*/, "");
  await go(page, `${new URL(visit).pathname}/write-up`);
  await page.getByRole("link", { name: /Going to school/ }).first().click();
  await page.getByLabel(/^By touch/).check();
  await page.getByRole("group", { name: "With what help?" }).getByLabel("None").check();
  await page.getByLabel("With a supporter who is not family").check();
  await page.getByLabel("Who was the supporter?").fill("R. Gill, advocate");
  await page.getByRole("group", { name: "Who chose what was on the cards?" }).getByLabel("I did").check();
  await page.getByLabel("What it may mean (optional)").fill(`${TYPED.unsent}: the journey, not school.`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: /Visit with/ }).waitFor();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await statusSays(page, "No signal");

  const drafts = async () => (await readStores()).indexedDB.match(/draft\/visit\/[0-9a-f-]+\/how\//g) ?? [];
  await page.getByRole("link", { name: /Going to school/ }).first().click();
  const meaning = page.getByLabel("What it may mean (optional)");
  await meaning.fill(`${TYPED.draft}: something else.`);
  const deadline = Date.now() + 30_000;
  while ((await drafts()).length === 0) assert.ok(Date.now() < deadline, "the draft is kept");
});

test("fault 36: nothing that the page can read of its stores holds a word of it, while the search finds what may lie there", async () => {
  await page.evaluate(async ({ indexedDB: plain, localStorage: local, sessionStorage: session }) => {
    localStorage.setItem("planted", local);
    sessionStorage.setItem("planted", session);
    const database = await new Promise((done) => {
      const asked = indexedDB.open("planted");
      asked.onupgradeneeded = () => asked.result.createObjectStore("planted");
      asked.onsuccess = () => done(asked.result);
    });
    await new Promise((done) => {
      const transaction = database.transaction("planted", "readwrite", { durability: "strict" });
      transaction.objectStore("planted").put({ bytes: new TextEncoder().encode(plain), text: plain }, "planted");
      transaction.oncomplete = done;
    });
    database.close();
  }, PLANTED);
  const stores = await readStores();
  for (const [store, word] of Object.entries(PLANTED)) assert.ok(stores[store].includes(word), `${word} in ${store}`);
  assert.ok(stores.localStorage.includes("Sade Okafor"), "the lock screen's name is permitted");
  assert.ok(stores.indexedDB.includes(stream), "identities are permitted");
  assert.ok(stores.indexedDB.includes('"sealed"'), "the vault was read");
  const text = Object.values(stores).join("\n");
  for (const word of words) assert.ok(!text.includes(word), `${word} is in a store`);
  assert.doesNotMatch(stores.caches, /\/api\//);
  assert.match(stores.caches, /\/assets\//);
});

test("fault 36: the tablet shut in a child's hands: no file of its profile holds a word of it", async () => {
  await page.getByRole("link", { name: "Write-up" }).click();
  await go(page, new URL(page.url()).pathname.replace(/\/write-up.*/, "/topics"));
  await page.getByRole("link", { name: /Going to school/ }).first().click();
  await handOver(page);
  await rested(page);
  assert.ok((await readStores()).sessionStorage.includes("heard-handover"), "the child's key is in this tab");
  await context.close();
  const { hits, bytes } = await onDisk(words);
  assert.deepEqual(hits, []);
  assert.ok(bytes > 1_000_000, `${bytes} bytes were searched`);
  const found = (await onDisk([...Object.values(PLANTED), "Sade Okafor", stream])).hits.join("\n");
  for (const word of [...Object.values(PLANTED), "Sade Okafor", stream]) {
    assert.ok(found.includes(`${word} in `), `the search finds ${word}:\n${found}`);
  }
});

test("fault 36: opened again, locked: neither the screen nor its title nor the profile has a word of it", async () => {
  await open();
  await page.goto(proxy.url);
  await page.getByRole("heading", { level: 1, name: "Enter your passcode" }).or(card(page)).waitFor();
  const shown = await page.content();
  for (const word of words) assert.ok(!shown.includes(word), word);
  await context.close();
  assert.deepEqual((await onDisk(words)).hits, []);
});

test("fault 36: the server's log has no word of it, nor of what came to it mangled", async () => {
  const says = { method: "POST", headers: { origin: server.url, "content-type": "application/json" } };
  const mangled = [
    fetch(`${server.url}/api/v1/streams/${TYPED.sent}/entries?after=${TYPED.draft}`),
    fetch(`${server.url}/api/v1/push`, { ...says, body: `{"replica": "${TYPED.sent}", "streams": ["${TYPED.unsent}"` }),
    fetch(`${server.url}/${TYPED.sent}?${TYPED.unsent}`, { headers: { cookie: `session=${TYPED.draft}` } }),
  ];
  await Promise.all(mangled);
  await server.stop();
  assert.match(server.log, /"route":"\/api\/v1\/push","status":200/, "the visit is in it");
  for (const word of words) assert.ok(!server.log.includes(word), word);
});
