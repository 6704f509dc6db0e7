// Before anybody is at work: signing in, setting up, wrong passcodes, storage denied, portals, several tabs.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { startBrowser } from "./support/browser.mjs";
import { PASSCODE, setUp, unlock, upToDate } from "./support/people.mjs";
import { openProxy } from "./support/proxy.mjs";
import { openServer } from "./support/server.mjs";

let server, proxy, browser, context, page;

before(async () => { [server, browser] = await Promise.all([openServer(), startBrowser()]); });
after(async () => { await browser.close(); await server.remove(); });
beforeEach(async () => {
  proxy = await openProxy(server.port);
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => { await context.close(); await proxy.close(); });

const heading = (name) => page.getByRole("heading", { level: 1, name });

test("a worker signs in, sets the tablet up and finds the day, with no fault for axe on the way", async () => {
  await page.goto(proxy.url);
  await heading("Sign in").waitFor();
  assert.deepEqual(await breaches(page), []);
  await page.getByRole("button", { name: "Sign in as Sade Okafor" }).click();
  await heading("Set up this tablet").waitFor();
  assert.deepEqual(await breaches(page), []);
  await page.getByLabel("Passcode", { exact: true }).fill(PASSCODE);
  await page.getByLabel("The same passcode again").fill(PASSCODE);
  await page.getByRole("button", { name: "Set up this tablet" }).click();
  await heading("Today").waitFor();
  await page.getByText("Amira K").first().waitFor();
  await upToDate(page);
});

test("a weak passcode and two that differ are refused on the page, and nothing is set up", async () => {
  await page.goto(proxy.url);
  await page.getByRole("button", { name: "Sign in as Sade Okafor" }).click();
  const again = page.getByLabel("The same passcode again");
  const set = async (one, two) => {
    await page.getByLabel("Passcode", { exact: true }).fill(one);
    await again.fill(two);
    await page.getByRole("button", { name: "Set up this tablet" }).click();
  };
  await set("short1", "short1");
  await page.getByRole("alert").getByText("at least 8 characters").waitFor();
  assert.match(await page.title(), /^Error: /);
  assert.deepEqual(await breaches(page), []);
  await set(PASSCODE, "tea4two9");
  await page.getByRole("alert").getByText("not the same").waitFor();
  await set("teafortwo", "teafortwo");
  await page.getByRole("alert").getByText("at least one digit").waitFor();
  assert.equal(proxy.requests.filter(({ path }) => path.endsWith("/replicas")).length, 0);
});

test("a wrong passcode says how many tries are left, and the right one still opens", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await page.reload();
  await heading("Enter your passcode").waitFor();
  await unlock(page, "tea4two9");
  await page.getByRole("alert").getByText("9 tries are left").waitFor();
  await unlock(page);
  await heading("Today").waitFor();
});

test("a lock in one tab locks the other", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  const other = await context.newPage();
  await other.goto(proxy.url);
  await unlock(other);
  await other.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  await page.locator(".heard-account > summary").click();
  await page.getByRole("button", { name: "Lock this tablet" }).click();
  await heading("Enter your passcode").waitFor();
  await other.getByRole("heading", { level: 1, name: "Enter your passcode" }).waitFor();
});

test("fault 04: behind a captive portal the tablet works, says there is no signal, and recovers by itself", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  proxy.fault = () => "captive";
  await page.reload();
  await unlock(page);
  await page.getByRole("status").filter({ hasText: "No signal" }).first().waitFor();
  await page.getByText("Amira K").first().waitFor();
  proxy.fault = () => "redirect";
  await page.locator(".heard-status").click();
  await page.getByRole("button", { name: "Try now" }).click();
  await page.getByRole("status").filter({ hasText: "No signal" }).first().waitFor();
  proxy.fault = () => null;
  await page.getByRole("button", { name: "Try now" }).click();
  await upToDate(page);
});

test("a browser that denies storage is told so before anything is asked", async () => {
  // What a browser does whose settings forbid site data.
  await page.addInitScript(() => {
    const denied = () => { throw new DOMException("denied", "SecurityError"); };
    Object.defineProperty(window, "localStorage", { get: denied });
    Object.defineProperty(window, "indexedDB", { get: denied });
  });
  await page.goto(proxy.url);
  await heading("Heard cannot keep anything in this browser").waitFor();
  assert.deepEqual(await breaches(page), []);
});

test("an address of the API typed by hand shows nothing", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  const answer = await page.goto(`${proxy.url}/api/v1/session`);
  assert.equal(answer.status(), 403);
  assert.doesNotMatch(await answer.text(), /Sade/);
});

test("the server down is told from a wrong passcode, and Today opens without it", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await server.stop();
  try {
    await page.reload();
    await unlock(page);
    await heading("Today").waitFor();
    await page.getByText("Amira K").first().waitFor();
    await page.getByRole("status").filter({ hasText: "No signal" }).first().waitFor();
  } finally {
    await server.start();
  }
});
