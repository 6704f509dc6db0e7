// The door on a slow device. The first visit of a fresh browser, with the connection of this machine and with a poor one: until
// the way to sign in can be used, until the application is there, and what crossed the connection. Then the same device,
// installed and without signal: until the passcode can be typed, and from the passcode to the day.
import { startBrowser } from "../support/browser.mjs";
import { PASSCODE, setUp, upToDate } from "../support/people.mjs";
import { openServer } from "../support/server.mjs";
import { median, row } from "./report.mjs";

const SLOWER = 4;
const VISITS = 5;
const DOOR_KB = 250;
const LOCK_MS = 800, DAY_MS = 1_000;
/** 1.6 Mbit/s down, half of that up, and 150 ms to the server and back. */
const POOR = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 100_000 };
const CONNECTIONS = [
  { name: "this machine's connection", most: 600 },
  { name: "1.6 Mbit/s and 150 ms", most: 1_200, conditions: POOR },
];
const DOOR = "#heard-door section:not([hidden])", APPLICATION = 'button[aria-label^="Sign in as"]';

/** Notes in a page when what these find was first painted: `painted.door`, `painted.application`. */
const watch = (page) => page.addInitScript((wanted) => {
  window.painted = {};
  const look = new MutationObserver(() => {
    for (const [name, selector] of Object.entries(wanted)) {
      if (name in window.painted || !document.querySelector(selector)?.getClientRects().length) continue;
      window.painted[name] = undefined;
      requestAnimationFrame(() => setTimeout(() => { window.painted[name] = performance.now(); }));
    }
  });
  look.observe(document, { childList: true, subtree: true, attributes: true });
}, { door: DOOR, application: APPLICATION });

const painted = async (page, name) =>
  (await page.waitForFunction((name) => window.painted?.[name], name, { timeout: 60_000 })).jsonValue();

/** A page on a slow device; what crosses its connection is counted. */
async function slowPage(context, conditions) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await cdp.send("Network.enable");
  if (conditions) await cdp.send("Network.emulateNetworkConditions", conditions);
  const came = { page, cdp, bytes: 0 };
  cdp.on("Network.dataReceived", ({ encodedDataLength }) => { came.bytes += encodedDataLength; });
  await watch(page);
  return came;
}

/** One visit: `door` and `application` in ms, `kB` over the connection until the door. */
async function visit(browser, url, conditions) {
  const context = await browser.newContext();
  try {
    const came = await slowPage(context, conditions);
    await came.page.goto(url, { waitUntil: "commit" });
    const door = await painted(came.page, "door");
    const kB = came.bytes / 1000;
    return { door, kB, application: await painted(came.page, "application") };
  } finally {
    await context.close();
  }
}

/** From the press on *Open* until `shown` is on the page, in ms. */
async function pressed(page, passcode, shown) {
  await page.getByLabel("Passcode", { exact: true }).fill(passcode);
  const begun = performance.now();
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.locator(shown).first().waitFor();
  return performance.now() - begun;
}

/** Several starts of an installed device without signal: `lock`, and `day` beyond what the passcode itself takes. */
async function starts(browser, url) {
  const context = await browser.newContext();
  const first = await context.newPage();
  await setUp(first, url, "Sade Okafor");
  await upToDate(first);
  await first.evaluate(() => navigator.serviceWorker.ready);
  await first.close();
  await context.setOffline(true);
  const taken = [];
  for (let time = 0; time < VISITS; time += 1) {
    const { page, cdp } = await slowPage(context);
    await page.goto(url, { waitUntil: "commit" });
    const lock = await painted(page, "door");
    // As somebody finds it who types for a second.
    await page.waitForSelector("#heard-door", { state: "detached" });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    const passcode = await pressed(page, "tea4two9", ".govuk-error-message");
    const day = await pressed(page, PASSCODE, ".visit-row");
    taken.push({ lock, day: day - passcode });
    await page.close();
  }
  await context.close();
  return taken;
}

const [server, browser] = await Promise.all([openServer(), startBrowser()]);
try {
  let kB;
  for (const { name, most, conditions } of CONNECTIONS) {
    const visits = [];
    for (let time = 0; time < VISITS; time += 1) visits.push(await visit(browser, server.url, conditions));
    const ms = median(visits.map((visit) => visit.door));
    kB = median(visits.map((visit) => visit.kB));
    row({ what: `first visit, ${name}: the door can be used`, unit: "ms", ours: ms, target: `≤ ${(most / 1000).toFixed(1)} s`, met: ms <= most });
    row({ what: `first visit, ${name}: the application is there`, unit: "ms", ours: median(visits.map((visit) => visit.application)) });
  }
  row({ what: "first visit: kB until the door, poor connection", unit: "kB", ours: kB, target: `≤ ${DOOR_KB} kB`, met: kB <= DOOR_KB });
  const taken = await starts(browser, server.url);
  const [lock, day] = ["lock", "day"].map((what) => median(taken.map((start) => start[what])));
  row({ what: "installed, no signal: start to the lock screen", unit: "ms", ours: lock, target: `≤ ${LOCK_MS / 1000} s`, met: lock <= LOCK_MS });
  row({ what: "installed, no signal: passcode to Today, beyond Argon2", unit: "ms", ours: day, target: `≤ ${DAY_MS / 1000} s`, met: day <= DAY_MS });
} finally {
  await browser.close();
  await server.remove();
}
