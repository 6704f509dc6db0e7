// Whoever meets a locked tablet: a colleague, a wrong passcode, nobody for ten minutes, a child. Nothing typed or saved is lost by it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anew } from "../support/anew.mjs";
import { card, placeCard, placed, rested } from "../support/mat.mjs";
import { PASSCODE, setUp, unlock, upToDate } from "../support/people.mjs";
import { assertAnswered, assertDense, entries, online, statusSays, streamOf, takeBack, twoPlaced } from "../support/record.mjs";

const HOW = "Showed the mat and the stop card.";
let server, proxy, context, page;

anew((made) => { ({ server, proxy, context, page } = made); });

const heading = (name) => page.getByRole("heading", { level: 1, name });
const noPush = ({ path }) => (path.endsWith("/push") ? "captive" : null);
const alert = (words) => page.getByRole("alert").getByText(words).waitFor();

/** Every row of a vault, as text that is equal only for equal bytes. */
const rowsOf = (name) => page.evaluate(async (name) => {
  const done = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await done(indexedDB.open(name));
  const stores = {};
  for (const store of database.objectStoreNames) {
    const rows = await done(database.transaction(store).objectStore(store).getAll());
    stores[store] = rows.map((row) => JSON.stringify(row, (_, part) => (ArrayBuffer.isView(part) ? Array.from(part).join() : part)));
  }
  database.close();
  return stores;
}, name);
const vaults = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
const profileOf = async (name) => JSON.parse(JSON.parse((await rowsOf(name)).profile[0]).json);

/** Fills in how today's visit begins; `saves` goes on to the topics. */
async function beginVisit(saves) {
  await page.getByRole("link", { name: /Start visit.*Amira K/ }).click();
  await page.getByLabel(/How did you explain it/).fill(HOW);
  await page.getByLabel(/^What did .* do\?/).fill("Looked up, held the gaze.");
  await page.getByLabel(/ agreed$/).check();
  if (!saves) return;
  await page.getByRole("button", { name: "Continue" }).click();
  await heading(/What shall we talk about/).waitFor();
}
/** How often the server has what was written when the visit began. */
async function begun(stream) {
  const all = await entries(page, stream);
  assertDense(all);
  return all.filter(({ body }) => body.includes(HOW)).length;
}
async function choosePasscode(passcode, button) {
  await page.getByLabel("Passcode", { exact: true }).fill(passcode);
  await page.getByLabel("The same passcode again").fill(passcode);
  await page.getByRole("button", { name: button }).click();
}

test("fault 09: another member of staff signs in: the first one's vault stays byte for byte, shut to them, and what waits in it is sent by its owner alone", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  proxy.fault = noPush;
  await beginVisit(true);
  const stream = streamOf(page);
  await page.goto(proxy.url);
  await unlock(page);
  await statusSays(page, /No signal\. \d+ items? saved on this tablet/);
  await page.locator(".heard-account > summary").click();
  await page.getByText(/items? (is|are) not sent yet\. (It|They) stays? safe on this tablet/).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in as Tom Reid" }).waitFor();
  const [first] = await vaults();
  const rows = await rowsOf(first);
  assert.ok(rows.outbox.length > 0, "something waits");

  proxy.fault = () => null;
  await page.getByRole("button", { name: "Sign in as Tom Reid" }).click();
  await choosePasscode("toms4kettle", "Set up this tablet");
  await heading("Today").waitFor();
  await upToDate(page);
  assert.equal(await page.getByText("Amira K").count(), 0);
  assert.equal((await vaults()).length, 2);
  const vault = first.slice("heard-".length);
  const escrow = await page.evaluate(async (vault) => {
    const reply = await fetch(`/api/v1/vaults/${vault}/escrow`, { method: "POST", headers: { "content-type": "application/json" }, body: "null" });
    return reply.status;
  }, vault);
  assert.ok(escrow === 403 || escrow === 404, `the server keeps the first one's key from the second: ${escrow}`);
  assert.deepEqual(await rowsOf(first), rows, "byte for byte");

  await page.locator(".heard-account > summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in as Sade Okafor" }).click();
  await heading("Enter your passcode").waitFor();
  await page.getByText("This tablet is locked for Sade Okafor.").waitFor();
  await unlock(page, "toms4kettle");
  await alert("That is not the passcode. 9 tries are left. Nothing is lost");
  await unlock(page);
  await heading("Today").waitFor();
  await upToDate(page);
  assert.equal(await begun(stream), 1);
});

test("fault 32: after ten wrong passcodes its wrap is gone; a fresh sign-in opens the tablet again with all that waits on it", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  proxy.fault = noPush;
  await beginVisit(true);
  const stream = streamOf(page);
  const [vault] = await vaults();
  assert.ok((await profileOf(vault)).passcode, "it has one");
  await page.reload();
  for (let tries = 9; tries >= 1; tries -= 1) {
    await unlock(page, "wrong4you");
    await alert(tries === 1 ? "1 try is left" : `${tries} tries are left`);
  }
  await unlock(page, "wrong4you");
  await alert("Too many wrong passcodes. Nothing is lost: sign in again to open this tablet");
  assert.equal((await profileOf(vault)).passcode, null);
  await page.reload();
  await unlock(page);
  await alert("Too many wrong passcodes");
  await page.getByRole("button", { name: "Sign in again" }).click();
  await page.getByRole("button", { name: "Sign in as Sade Okafor" }).click();
  await heading("Choose a new passcode").waitFor();
  await page.getByText("Nothing was lost: everything on this tablet opens with the new passcode.").waitFor();
  await choosePasscode("milk9sugar", "Open Heard");
  await heading(/What shall we talk about/).waitFor();
  await statusSays(page, /saved on this tablet|saved here/);
  proxy.fault = () => null;
  await online(page);
  await upToDate(page);
  assert.equal(await begun(stream), 1);
  await page.reload();
  await unlock(page, PASSCODE);
  await alert("9 tries are left");
  await unlock(page, "milk9sugar");
  await page.locator(".heard-status").waitFor();
});

test("fault 31: the tablet locks itself while somebody types: the words are there again, and are saved once", async () => {
  await page.clock.install();
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await beginVisit(false);
  const [vault] = await vaults();
  const kept = async () => (await rowsOf(vault)).kept.some((row) => row.includes("draft/visit/"));
  for (let tries = 0; !(await kept()); tries += 1) {
    assert.ok(tries < 100, "the draft is kept");
    await page.clock.runFor(100);
  }
  await page.clock.fastForward("09:00");
  assert.equal(await heading("Enter your passcode").count(), 0, "nine minutes are not too long");
  await page.clock.fastForward("02:00");
  await heading("Enter your passcode").waitFor();
  assert.doesNotMatch(await page.content(), /Amira|stop card/);
  await unlock(page);
  await heading("Visit with Amira").waitFor();
  await page.waitForFunction((how) => document.querySelector("#how")?.value === how, HOW);
  assert.equal(await page.getByLabel(/^What did .* do\?/).inputValue(), "Looked up, held the gaze.");
  assert.equal(await page.getByLabel(/ agreed$/).isChecked(), true);
  await page.getByRole("button", { name: "Continue" }).click();
  await heading(/What shall we talk about/).waitFor();
  await online(page);
  await upToDate(page);
  assert.equal(await begun(streamOf(page)), 1);
  assert.equal(await kept(), false, "the draft has done its work");
});

test("fault 31: a clock that is set back does not keep the tablet open", async () => {
  await page.clock.install();
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await page.clock.setSystemTime(Date.now() - 86_400_000);
  await page.clock.fastForward("11:00");
  await heading("Enter your passcode").waitFor({ timeout: 10_000 });
});

for (const answer of ["lost", "given"]) {
  test(`fault 31: the tablet locks itself while it sends, and the answer is ${answer}: what was saved waits, and is there once`, async () => {
    await page.clock.install();
    await setUp(page, proxy.url, "Sade Okafor");
    await upToDate(page);
    let letGo, asked;
    const held = new Promise((done) => { letGo = done; });
    const isAsked = new Promise((done) => { asked = done; });
    proxy.fault = ({ path }) => {
      if (!path.endsWith("/push")) return null;
      asked();
      return held;
    };
    await beginVisit(true);
    const stream = streamOf(page);
    await online(page);
    await isAsked;
    await statusSays(page, /Sending \d+ item/);
    await page.clock.fastForward("11:00");
    await heading("Enter your passcode").waitFor();
    proxy.fault = () => null;
    letGo(answer === "lost" ? "lose" : null);
    await unlock(page);
    await heading(/What shall we talk about/).waitFor();
    await upToDate(page);
    assert.equal(await begun(stream), 1);
  });
}

test("fault 40: an hour without a touch, reloads, Back and typed addresses in child mode: the same card waits and nothing of staff's is in reach", async () => {
  await page.clock.install();
  await twoPlaced(page, proxy.url);
  const waiting = await card(page).textContent();
  const stream = streamOf(page);
  const isTheChilds = async (how) => {
    await card(page).waitFor();
    assert.equal(await card(page).textContent(), waiting, how);
    assert.equal(await placed(page), 2, how);
    assert.equal(await page.getByRole("link").count(), 0, how);
    assert.doesNotMatch(await page.content(), /Kaur|Joe T|Ellie|Helen Marsh|Sade Okafor|What is safe where/, how);
  };
  await page.clock.fastForward("01:00:00");
  await isTheChilds("after an hour");
  await page.reload();
  await isTheChilds("after a reload");
  for (const path of ["today", "saved", "children", `children/${stream}`, `children/${stream}/plan`, "waiting"]) {
    await page.goto(`${proxy.url}/${path}`);
    await isTheChilds(path);
  }
  for (let back = 0; back < 3; back += 1) {
    await page.goBack();
    await isTheChilds("after Back");
  }
  const other = await context.newPage();
  await other.goto(`${proxy.url}/children`);
  await other.getByRole("heading", { level: 1, name: "Enter your passcode" }).waitFor();
  assert.doesNotMatch(await other.content(), /Amira|Kaur|Joe T|Ellie/, "another tab is locked");
  await other.close();
  await rested(page);
  await placeCard(page, "like");
  await page.goto(`${proxy.url}/children/${stream}`);
  await takeBack(page);
  await upToDate(page);
  await assertAnswered(page, 3);
});
