// No room left on the tablet: what is not saved is said, what was said to be saved is there, and with room everything goes on.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { anew } from "../support/anew.mjs";
import { card, handOver, placeCard, placed, rested, toPasscode, touch } from "../support/mat.mjs";
import { setUp, unlock, upToDate } from "../support/people.mjs";
import { assertAnswered, assertDense, entries, noteEarlier, online, takeBack, twoPlaced } from "../support/record.mjs";

/** The room that a test begins with, in bytes. */
const ROOM = 32 * 1024 * 1024;
let proxy, page, cdp;

anew((made) => { ({ proxy, page } = made); });
beforeEach(async () => {
  cdp = await page.context().newCDPSession(page);
  await quota(ROOM);
});

const heading = (name) => page.getByRole("heading", { level: 1, name });
const unsaved = () => page.getByText("Not saved on this tablet yet.");
const quota = (quotaSize) => cdp.send("Storage.overrideQuotaForOrigin", { origin: proxy.url, quotaSize });
const giveRoom = () => quota(ROOM);

/** Leaves room for so many bytes more than are used now. */
async function leaveRoom(bytes) {
  const usage = await page.evaluate(async () => {
    // What can be made again is written in its own time after an exchange.
    for (let last = -1; ;) {
      const { usage } = await navigator.storage.estimate();
      if (usage === last) return usage;
      last = usage;
      await new Promise((done) => setTimeout(done, 1000));
    }
  });
  await quota(bytes ? usage + bytes : 1);
  // Chromium remembers for a while how much room there was; what is larger than that, and cannot be compressed, makes it look again.
  const refused = await page.evaluate((bytes) => new Promise((done) => {
    const ballast = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(ballast.subarray(at, at + 65536));
    const asked = indexedDB.open("ballast");
    asked.onupgradeneeded = () => asked.result.createObjectStore("ballast");
    asked.onsuccess = () => {
      const transaction = asked.result.transaction("ballast", "readwrite");
      transaction.objectStore("ballast").put(ballast, "ballast");
      transaction.onabort = () => { asked.result.close(); done(transaction.error.name); };
      transaction.oncomplete = () => done("kept");
    };
  }), ROOM);
  assert.equal(refused, "QuotaExceededError");
}

/** Writes down how today's visit with a child begins, up to the button that saves it. */
async function fillStart(page, child, how) {
  await page.getByRole("link", { name: new RegExp(`Start visit.*${child}`) }).click();
  await page.getByLabel(/How did you explain it/).fill(how);
  await page.getByLabel(/^What did .* do\?/).fill("Looked up, held the gaze.");
  await page.getByLabel(/ agreed$/).check();
}

test("fault 17: no room while a child answers: it is said at once, nothing is lost, and with room all of it is saved and sent", async () => {
  await twoPlaced(page, proxy.url);
  await leaveRoom(0);
  await touch(page, "like");
  await unsaved().waitFor();
  await giveRoom();
  await unsaved().waitFor({ state: "detached" });

  await leaveRoom(0);
  await rested(page);
  await touch(page, "don't like");
  await unsaved().waitFor();
  assert.equal(await placed(page), 4, "the child goes on");
  await toPasscode(page);
  await unlock(page);
  await page.getByRole("dialog").getByText("This tablet has no room left").waitFor();
  await page.reload();
  await page.getByText("This tablet has no room left").waitFor();
  assert.equal(await page.getByRole("link").count(), 0);
  await giveRoom();
  await page.getByRole("button", { name: "Try again" }).click();
  await card(page).waitFor();
  assert.equal(await placed(page), 4, "what was not saved was kept");
  assert.equal(await unsaved().count(), 0);
  await takeBack(page);
  await upToDate(page);
  await assertAnswered(page, 4);
});

test("fault 17: no room while a worker writes: not saved is said, the words stay on the screen, and with room they are saved", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  const words = "Showed the mat and the stop card. ".repeat(20).trim();
  await leaveRoom(0);
  await fillStart(page, "Amira K", words);
  const before = await entries(page);
  await page.getByRole("button", { name: "Continue" }).click();
  const alert = page.getByRole("alert");
  await alert.getByText("There is a problem").waitFor();
  await alert.getByText("This tablet has no room left, so this was not saved.").waitFor();
  assert.equal(await page.getByLabel(/How did you explain it/).inputValue(), words);
  assert.match(await page.locator(".heard-status").innerText(), /Up to date/, "nothing is said to be saved here");
  await giveRoom();
  await page.getByRole("button", { name: "Continue" }).click();
  await heading(/What shall we talk about/).waitFor();
  await online(page);
  await upToDate(page);
  const all = await entries(page);
  assertDense(all);
  const written = all.slice(before.length).filter(({ body }) => body.includes(words));
  assert.equal(written.length, 1, "what was tried twice is saved once");
});

test("fault 17: where hardly any room is left, a visit in words still fits", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await leaveRoom(256 * 1024);
  await fillStart(page, "Amira K", "Showed the mat and the stop card. ".repeat(100));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("link", { name: /Going to school/ }).click();
  await noteEarlier(page);
  await handOver(page);
  for (let turn = 0; turn < 4; turn += 1) {
    await rested(page);
    await placeCard(page, "like");
  }
  assert.equal(await unsaved().count(), 0);
  await takeBack(page);
  await upToDate(page);
  await assertAnswered(page, 4);
});
