// The wasm comes in two files, and the second may not come: nothing is set up half, nothing is shown that should not be.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { startBrowser, SIZES } from "./support/browser.mjs";
import { card, handOver, placeCard, placed, toHandOver } from "./support/mat.mjs";
import { PASSCODE, setUp, unlock, upToDate } from "./support/people.mjs";
import { openProxy } from "./support/proxy.mjs";
import { openServer } from "./support/server.mjs";

const LAZY_PART = /\/assets\/lazy\.[^/]+\.wasm$/;
let server, proxy, browser, context, page;

before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => {
  server = await openServer();
  proxy = await openProxy(server.port);
});
afterEach(async () => { await context.close(); await proxy.close(); await server.remove(); });

const heading = (name) => page.getByRole("heading", { level: 1, name });

async function open(options = {}) {
  context = await browser.newContext({ viewport: SIZES.tablet, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
}
/** From here on the lazy part does not come; how often it was asked for is counted. */
async function shut() {
  let asked = 0;
  await context.route(LAZY_PART, (route) => { asked += 1; return route.abort(); });
  return () => asked;
}
const opened = () => context.unroute(LAZY_PART);

for (const serviceWorkers of ["allow", "block"]) {
  test(`on a first visit without the lazy part nothing is set up, and the same button works once it comes (service workers: ${serviceWorkers})`, async () => {
    await open({ serviceWorkers });
    const asked = await shut();
    await page.goto(proxy.url);
    await page.getByRole("button", { name: "Sign in as Sade Okafor" }).click();
    await heading("Set up this tablet").waitFor();
    await page.getByLabel("Passcode", { exact: true }).fill(PASSCODE);
    await page.getByLabel("The same passcode again").fill(PASSCODE);
    const button = page.getByRole("button", { name: "Set up this tablet" });
    await button.click();
    await page.getByRole("alert").getByText("Part of Heard did not come.").waitFor();
    assert.match(await page.title(), /^Error: /);
    assert.deepEqual(await breaches(page), []);
    assert.ok(asked() >= 1);
    assert.equal(proxy.requests.filter(({ path }) => path.endsWith("/replicas")).length, 0, "no replica was enrolled");
    assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), [], "no vault is left half made");
    await opened();
    await button.click();
    await heading("Today").waitFor();
    await page.getByText("Amira K").first().waitFor();
    await upToDate(page);
    assert.equal(proxy.requests.filter(({ path }) => path.endsWith("/replicas")).length, 1);
  });
}

test("a locked tablet without the lazy part says so and counts no try; the same passcode opens it once it comes", async () => {
  await open({ serviceWorkers: "block" });
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await shut();
  await page.reload();
  await heading("Enter your passcode").waitFor();
  await unlock(page, "wrong4you");
  await page.getByRole("alert").getByText("Part of Heard did not come.").waitFor();
  await opened();
  await unlock(page, "wrong4you");
  await page.getByRole("alert").getByText("9 tries are left").waitFor();
  await unlock(page);
  await heading("Today").waitFor();
});

test("child mode reloaded without the lazy part says that a part is missing, shows nothing of staff's, and comes back to the same card", async () => {
  await open({ serviceWorkers: "block" });
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  await toHandOver(page, "Amira K", "Going to school");
  await handOver(page);
  await placeCard(page, "like");
  const waiting = await card(page).textContent();
  await shut();
  for (const arrive of [() => page.reload(), () => page.goto(`${proxy.url}/children`), () => page.goto(`${proxy.url}/waiting`)]) {
    await arrive();
    await heading("Part of Heard is missing").waitFor();
    assert.equal(await page.getByText(/Amira|Joe|Ellie|Sade|Going to school/).count(), 0);
    assert.equal(await page.getByRole("link").count(), 0);
    assert.deepEqual(await breaches(page), []);
  }
  await page.getByRole("button", { name: "Try again" }).click();
  await heading("Part of Heard is missing").waitFor();
  await opened();
  await page.getByRole("button", { name: "Try again" }).click();
  await card(page).waitFor();
  assert.equal(await card(page).textContent(), waiting);
  assert.equal(await placed(page), 1);
});

test("a returning worker opens wholly from what the tablet kept, both files, with the server stopped", async () => {
  await open();
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await server.stop();
  // The browser's own cache must not be what helps.
  const session = await context.newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  const wasm = new Map();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith(".wasm")) wasm.set(pathname.replace(/\.[^/]*$/, ""), response.fromServiceWorker());
  });
  await page.reload();
  await unlock(page);
  await heading("Today").waitFor();
  await page.getByText("Amira K").first().waitFor();
  assert.deepEqual(Object.fromEntries(wasm), { "/assets/app": true, "/assets/lazy": true });
});
