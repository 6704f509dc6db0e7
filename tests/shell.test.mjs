// The shell without its server: what the service worker keeps, refuses and leaves alone.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { openSite } from "./support/site.mjs";

const DIST = process.env.HEARD_DIST ?? join(import.meta.dirname, "../dist");
let browser, context, page, site, folder;

before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heard-shell-"));
  site = await openSite(DIST);
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await site.stop();
  await rm(folder, { recursive: true });
});

/** Opens the site and waits until everything is kept. */
async function visit() {
  await page.goto(site.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
}

const build = () => page.evaluate(() => document.querySelector("meta[name=heard-build]").content);
const symbols = () => page.evaluate(() => document.querySelector("meta[name=heard-symbols]").content);
const workers = () => page.evaluate(async () => {
  const { active, waiting, installing } = await navigator.serviceWorker.getRegistration();
  return { active: !!active, waiting: !!waiting, installing: !!installing };
});
const integrity = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/** A folder that differs from DIST as the next version would. */
async function nextVersion() {
  await cp(DIST, folder, { recursive: true });
  const [index, worker] = await Promise.all(["index.html", "sw.js"].map((name) => readFile(join(folder, name), "utf8")));
  const now = index.match(/heard-build" content="([0-9a-f]{16})"/)[1];
  const next = "f".repeat(16);
  const newIndex = index.replaceAll(now, next);
  await writeFile(join(folder, "index.html"), newIndex);
  await writeFile(join(folder, "sw.js"), worker.replaceAll(now, next).replace(integrity(index), integrity(newIndex)));
  return { now, next };
}

/** Asks the browser to look for a new version and waits for what comes of it. */
const update = () => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const settled = new Promise((done) => registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming.addEventListener("statechange", () => ["installed", "redundant"].includes(coming.state) && done(coming.state));
  }));
  return registration.update().then(() => settled, () => "refused");
});

const keep = (urls) => page.evaluate(async (urls) => {
  const { active } = await navigator.serviceWorker.ready;
  const channel = new MessageChannel();
  const answer = new Promise((done) => { channel.port1.onmessage = (event) => done(event.data); });
  active.postMessage({ type: "keep-symbols", urls }, [channel.port2]);
  return answer;
}, urls);

test("the first page opens under the strict policy and asks for each asset once", async () => {
  const complaints = [];
  page.on("console", (message) => /content security policy|integrity|preload/i.test(message.text()) && complaints.push(message.text()));
  await visit();
  await page.locator("#heard-door").waitFor({ state: "detached" });
  assert.deepEqual(complaints, []);
  const assets = site.asked.filter((path) => path.startsWith("/assets/"));
  assert.deepEqual(assets.filter((path, at) => assets.indexOf(path) !== at), []);
});

test("heard opens without a server at any address", async () => {
  await visit();
  const version = await build();
  await site.stop();
  for (const path of ["", "today", "child/visit"]) {
    await page.goto(site.url + path);
    assert.equal(await build(), version);
    await page.locator("#heard-door").waitFor({ state: "detached" });
  }
  await site.start();
});

test("requests to the api are never answered from what is kept", async () => {
  await visit();
  await page.reload();
  await site.stop();
  const answer = await page.evaluate(() => fetch("/api/v1/health").then(() => "answered", () => "failed"));
  assert.equal(answer, "failed");
  await site.start();
});

test("a new version waits until it is asked for", async () => {
  await visit();
  const { now, next } = await nextVersion();
  site.folder = folder;
  assert.equal(await update(), "installed");
  for (const _ of [1, 2, 3]) {
    await page.reload();
    assert.equal(await build(), now, "a reload stays on the old version");
  }
  assert.deepEqual(await workers(), { active: true, waiting: true, installing: false });
  await page.waitForFunction(() => document.documentElement.dataset.update === "ready");
  await Promise.all([page.waitForNavigation(), page.evaluate(() => window.dispatchEvent(new Event("heard-take-update")))]);
  assert.equal(await build(), next);
  await site.stop();
  await page.reload();
  assert.equal(await build(), next, "all of the new version is kept");
  await site.start();
  await page.waitForFunction(async () => (await caches.keys()).filter((name) => name.startsWith("shell-")).length === 1);
});

test("a new version fetches only what changed", async () => {
  await visit();
  await nextVersion();
  site.folder = folder;
  site.asked.length = 0;
  assert.equal(await update(), "installed");
  assert.deepEqual(site.asked.filter((path) => path.startsWith("/assets/")), []);
});

test("a captive portal cannot replace the app", async () => {
  await visit();
  const version = await build();
  site.captive = true;
  assert.equal(await update(), "refused");
  await page.reload();
  assert.equal(await build(), version);
  assert.deepEqual(await workers(), { active: true, waiting: false, installing: false });
});

test("a version with a file that is not its own is not installed", async () => {
  await visit();
  const { now } = await nextVersion();
  await writeFile(join(folder, "manifest.webmanifest"), "{}");
  site.folder = folder;
  assert.equal(await update(), "redundant");
  await page.reload();
  assert.equal(await build(), now);
  assert.equal(await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("shell-")).length), 1);
});

test("pictures asked for are kept, and those that do not come are named", async () => {
  await visit();
  await page.reload();
  const at = await symbols();
  const missing = `${at}colour/no-such-picture.svg`;
  assert.deepEqual(await keep([`${at}colour/bus.svg`, `${at}contrast/bus.svg`, missing]), { type: "symbols-kept", kept: 2, missing: [missing] });
  await site.stop();
  const shown = (url) => page.evaluate((url) => new Promise((done) => {
    const image = new Image();
    image.onload = () => done(true);
    image.onerror = () => done(false);
    image.src = url;
  }), url);
  assert.equal(await shown(`${at}colour/bus.svg`), true);
  assert.equal(await shown(`${at}colour/dog.svg`), false);
  await site.start();
});

test("a portal's page is never kept as a picture", async () => {
  await visit();
  const bus = `${await symbols()}colour/bus.svg`;
  site.captive = true;
  assert.deepEqual(await keep([bus]), { type: "symbols-kept", kept: 0, missing: [bus] });
});

test("an app that cannot load says that nothing is lost and offers to try again", async () => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(site.url);
  await page.getByRole("button", { name: "Try again" }).waitFor();
  assert.match(await page.getByRole("status").innerText(), /Nothing that was saved is lost/);
  await page.unroute("**/*.wasm");
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Try again" }).click()]);
  await page.locator("#heard-door").waitFor({ state: "detached" });
});

test("a panic covers the screen and one tap carries on in the same place", async () => {
  await page.goto(`${site.url}today`);
  await page.locator("#heard-door").waitFor({ state: "detached" });
  await page.evaluate(() => window.dispatchEvent(new ErrorEvent("error", { error: new WebAssembly.RuntimeError("unreachable") })));
  const carryOn = page.getByRole("button", { name: "Tap to carry on" });
  await carryOn.waitFor();
  await Promise.all([page.waitForNavigation(), carryOn.click()]);
  assert.equal(new URL(page.url()).pathname, "/today");
});

test("an error that is not a panic leaves the screen alone", async () => {
  await page.goto(site.url);
  await page.evaluate(() => window.dispatchEvent(new ErrorEvent("error", { error: new TypeError("a picture did not load") })));
  assert.equal(await page.locator("#heard-stopped").isVisible(), false);
});
