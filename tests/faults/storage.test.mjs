// A browser that does not keep what it was given: a database gone or shut, local storage denied. The screen says what is safe.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anew } from "../support/anew.mjs";
import { card, handOver, placeCard, placed, rested, toHandOver } from "../support/mat.mjs";
import { PASSCODE, setUp, unlock, upToDate } from "../support/people.mjs";
import { assertAnswered, noteEarlier, takeBack, twoPlaced } from "../support/record.mjs";

let proxy, page;

anew((made) => { ({ proxy, page } = made); });

const heading = (name) => page.getByRole("heading", { level: 1, name });
const unsaved = () => page.getByText("Not saved on this tablet yet.");
const vaults = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

/** Deletes the vault as a browser does that clears what a site keeps, or a person who clears it by hand. */
async function deleteVault(from = page) {
  const deleted = await from.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    for (const name of names) {
      await new Promise((done, failed) => {
        const asked = indexedDB.deleteDatabase(name);
        asked.onsuccess = done;
        asked.onerror = () => failed(asked.error);
      });
    }
    return names;
  });
  assert.equal(deleted.length, 1, "there was one vault");
}
const enrolments = () => proxy.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/replicas"));

/** Signs in and sets the tablet up a second time. */
async function setUpAgain() {
  await page.getByRole("button", { name: "Sign in as Sade Okafor" }).click();
  await page.getByLabel("Passcode", { exact: true }).fill(PASSCODE);
  await page.getByLabel("The same passcode again").fill(PASSCODE);
  await page.getByRole("button", { name: "Set up this tablet" }).click();
  await page.locator(".heard-status").waitFor();
}

test("fault 18: a vault deleted while the tablet was shut: a new replica, and all that was sent comes back", async () => {
  await twoPlaced(page, proxy.url);
  await takeBack(page);
  await upToDate(page);
  const url = page.url();
  const [before] = await vaults();
  await page.goto(`${proxy.url}/manifest.webmanifest`);
  await deleteVault();
  const pulled = proxy.requests.length;
  await page.goto(url);
  await setUpAgain();
  await upToDate(page);
  await page.getByText("Going to school").first().waitFor();
  const [first, second] = enrolments().map(({ body }) => JSON.parse(body));
  assert.notEqual(second.replica, first.replica);
  assert.notEqual(second.vault, first.vault);
  assert.notEqual(before, `heard-${second.vault}`);
  const pull = proxy.requests.slice(pulled).find(({ path }) => path.endsWith("/pull"));
  assert.deepEqual(JSON.parse(pull.body).streams, [], "nothing is taken for known");
  await assertAnswered(page, 2);
});

test("fault 18: a vault deleted while the tablet was shut: the loss is said before anybody signs in", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await page.goto(`${proxy.url}/manifest.webmanifest`);
  await deleteVault();
  await page.goto(proxy.url);
  await heading("Sign in").waitFor();
  assert.match(await page.locator("main").innerText(), /lost|deleted|gone|no longer/i);
});

test("fault 18: a vault deleted while it is open: nothing more is said to be saved, and the loss is said", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await page.getByRole("link", { name: /Start visit.*Amira K/ }).click();
  await page.getByLabel(/How did you explain it/).fill("Showed the mat and the stop card.");
  await page.getByLabel(/^What did .* do\?/).fill("Looked up, held the gaze.");
  await page.getByLabel(/ agreed$/).check();
  await deleteVault();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("alert").or(heading(/What shall we talk about/)).first().waitFor();
  // What is written after that can never be opened again: the key's wrap went with the vault.
  assert.equal(await page.getByText(/items? saved (here|on this tablet)/).count(), 0, "nothing is said to be saved");
  assert.match(await page.getByRole("alert").first().innerText(), /lost|deleted|gone|no longer|cannot be read/i);
});

/** Keeps each open database in the page, so that a test can shut it as a browser does that needs memory. */
const keepConnections = () => {
  window.connections = [];
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...asked) {
    const request = open.apply(this, asked);
    request.addEventListener("success", () => window.connections.push(request.result));
    return request;
  };
};
const shut = (tell) => page.evaluate((tell) => {
  const all = window.connections.splice(0);
  for (const connection of all) {
    connection.close();
    if (tell) connection.dispatchEvent(new Event("close"));
  }
  return all.length;
}, tell);

test("fault 19: the browser shuts the database again and again, saying so or not: it is opened again and every write succeeds", async () => {
  await page.addInitScript(keepConnections);
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  let times = await shut(true);
  await toHandOver(page, "Amira K", "Going to school");
  await noteEarlier(page);
  times += await shut(false);
  await handOver(page);
  for (const [turn, cell] of ["like", "don't like", "like", "like"].entries()) {
    times += await shut(turn % 2 === 0);
    await rested(page);
    await placeCard(page, cell);
  }
  times += await shut(false);
  assert.equal(await unsaved().count(), 0);
  await takeBack(page);
  await upToDate(page);
  assert.ok(times >= 6, `shut ${times} times`);
  await assertAnswered(page, 4);
});

/** Local storage that takes nothing more, or is denied outright, once `window.spoil` is called. */
const spoilable = () => {
  const { setItem } = Storage.prototype;
  const keeps = localStorage;
  window.refused = 0;
  window.spoil = (how) => {
    if (how === "denied") {
      Object.defineProperty(window, "localStorage", { get() { window.refused += 1; throw new DOMException("denied", "SecurityError"); } });
      return;
    }
    Storage.prototype.setItem = function (...asked) {
      if (this !== keeps) return setItem.apply(this, asked);
      window.refused += 1;
      throw new DOMException("full", "QuotaExceededError");
    };
  };
};

test("fault 20: local storage full, then denied in the middle of a visit: every answer is saved and sent all the same", async () => {
  await page.addInitScript(spoilable);
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await toHandOver(page, "Amira K", "Going to school");
  await noteEarlier(page);
  await page.evaluate(() => window.spoil("full"));
  await handOver(page);
  await placeCard(page, "like");
  const refused = await page.evaluate(() => window.refused);
  assert.ok(refused > 0, "it was full when asked");
  await page.evaluate(() => window.spoil("denied"));
  await rested(page);
  await placeCard(page, "don't like");
  assert.equal(await unsaved().count(), 0);
  assert.ok(await page.evaluate(() => window.refused) > refused, "it was denied when asked");
  await page.reload();
  await card(page).waitFor();
  assert.equal(await placed(page), 2);
  await takeBack(page);
  await upToDate(page);
  await assertAnswered(page, 2);
});

for (const how of ["full", "denied"]) {
  test(`fault 20: local storage ${how} from the beginning: a visit is captured, and a reload finds the same vault`, async () => {
    page.setDefaultTimeout(15_000);
    await page.addInitScript(spoilable);
    await page.addInitScript((how) => window.spoil(how), how);
    await twoPlaced(page, proxy.url);
    await takeBack(page);
    await page.reload();
    await heading("Enter your passcode").waitFor();
    await unlock(page);
    await upToDate(page);
    assert.equal((await vaults()).length, 1);
    await assertAnswered(page, 2);
  });
}
