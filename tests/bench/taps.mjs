// From a child's tap to what is painted, and to what is durable, on a device with a CPU four times slower. Beside it the least
// that any page takes here: one button that changes one word. Every press is a trusted one, by the browser's own input.
import { startBrowser } from "../support/browser.mjs";
import { card, handOver, rested, toHandOver } from "../support/mat.mjs";
import { setUp, upToDate } from "../support/people.mjs";
import { openServer } from "../support/server.mjs";
import { median, quantile, row } from "./report.mjs";

const SLOWER = 4;
const MATS = 5, CARDS = 8;
// Joe's profile: the first place of a round is offered longer. After three rounds of two groups the scan rests.
const STEPS = 5, STEP_MS = [2_000, 3_000], FRAME_MS = 1000 / 60;
const PAINTED_MS = 16, DURABLE_MS = 50;
const VIEW = { viewport: { width: 1194, height: 834 } };

/**
 * Notes every press, by the time that the browser gives it: when its handlers ran, when the frame after it was handed on (the
 * first task after the next frame's callbacks), when the writing of it was complete in IndexedDB.
 */
function listen() {
  window.presses = [];
  let last;
  // What the page takes a press for: the finger lifts. The browser's click comes after it, and ours would be a second one.
  document.addEventListener("pointerup", (event) => {
    const press = { at: event.timeStamp, handled: performance.now() };
    window.presses.push(last = press);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { press.painted = performance.now(); port1.close(); };
      port2.postMessage(null);
    });
  }, true);
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const transaction = begin.call(this, stores, mode, options);
    const press = last;
    // A save, and nothing that an exchange writes.
    if (press && mode === "readwrite" && [...transaction.objectStoreNames].join() === "outbox,streams") {
      transaction.addEventListener("complete", () => { press.durable ??= performance.now(); });
    }
    return transaction;
  };
}

const pressesOf = (page) => page.evaluate(() => window.presses);
const slow = async (page) => (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOWER });

/** One mat, laid card by card. */
async function mat(browser, url) {
  const context = await browser.newContext(VIEW);
  try {
    const page = await context.newPage();
    await page.addInitScript(listen);
    await setUp(page, url, "Sade Okafor");
    await upToDate(page);
    await toHandOver(page, "Amira K", "Going to school");
    await handOver(page);
    await slow(page);
    await page.evaluate(() => { window.presses.length = 0; });
    const cells = await page.locator(".child__scale .cell").all();
    const places = await Promise.all(cells.map((cell) => cell.boundingBox()));
    for (let tap = 0; tap < CARDS; tap += 1) {
      await rested(page);
      const words = await card(page).textContent();
      const box = places[tap % places.length];
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 4);
      await page.waitForFunction((words) => document.querySelector(".child__option .child__words")?.textContent !== words, words);
    }
    await page.waitForFunction(() => window.presses.every((press) => press.durable));
    const presses = await pressesOf(page);
    if (presses.length !== CARDS) throw new Error(`${presses.length} presses of ${CARDS} were seen`);
    return presses;
  } finally {
    await context.close();
  }
}

/** The least a page takes. */
async function least(browser, url) {
  const context = await browser.newContext(VIEW);
  try {
    const page = await context.newPage();
    await page.goto(`${url}/manifest.webmanifest`);
    await page.evaluate(() => {
      const button = document.createElement("button");
      button.textContent = "0";
      button.addEventListener("click", () => { button.textContent = String(Number(button.textContent) + 1); });
      document.body.replaceChildren(button);
    });
    await page.evaluate(listen);
    await slow(page);
    const box = await page.locator("button").boundingBox();
    for (let tap = 0; tap < MATS * CARDS; tap += 1) {
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.waitForFunction((count) => window.presses.filter(({ painted }) => painted).length > count, tap);
    }
    return await pressesOf(page);
  } finally {
    await context.close();
  }
}

/** When a scan went on to the next place, by the page's own clock, for as many steps. */
async function scan(browser, url, steps) {
  const context = await browser.newContext(VIEW);
  try {
    const page = await context.newPage();
    await setUp(page, url, "Sade Okafor");
    await upToDate(page);
    await toHandOver(page, "Joe T", "Going to school");
    await handOver(page);
    await slow(page);
    await page.evaluate(() => {
      window.offered = [];
      let last;
      new MutationObserver(() => {
        const now = [...document.querySelectorAll("[data-offered]")].map((one) => one.dataset.target).join();
        if (now && now !== last) window.offered.push(performance.now());
        last = now;
      }).observe(document.querySelector("main.child"), { subtree: true, attributeFilter: ["data-offered"] });
    });
    await page.waitForFunction((steps) => window.offered.length > steps, steps, { timeout: 60_000 });
    return await page.evaluate(() => window.offered);
  } finally {
    await context.close();
  }
}

const [server, browser] = await Promise.all([openServer(), startBrowser()]);
const ours = [], bare = [];
let steps = [];
try {
  for (let time = 0; time < MATS; time += 1) ours.push(...await mat(browser, server.url));
  bare.push(...await least(browser, server.url));
  const offered = await scan(browser, server.url, STEPS);
  steps = offered.slice(1).map((at, step) => at - offered[step]);
} finally {
  await browser.close();
  await server.remove();
}
const from = (presses, what) => presses.map((press) => press[what] - press.at);
const [painted, durable, floor] = [from(ours, "painted"), from(ours, "durable"), from(bare, "painted")];
row({ what: "tap to painted, median (beside: one button)", unit: "ms", ours: median(painted), peer: median(floor) });
row({
  what: "tap to painted, 95 of 100 (beside: one button)", unit: "ms", ours: quantile(painted, 0.95), peer: quantile(floor, 0.95),
  target: `< ${PAINTED_MS} ms`, met: quantile(painted, 0.95) < PAINTED_MS,
});
row({ what: "tap to durable, median", unit: "ms", ours: median(durable) });
row({
  what: "tap to durable, 95 of 100", unit: "ms", ours: quantile(durable, 0.95),
  target: `< ${DURABLE_MS} ms`, met: quantile(durable, 0.95) < DURABLE_MS,
});
const late = Math.max(...steps.map((ms) => Math.min(...STEP_MS.map((set) => Math.abs(ms - set)))));
row({ what: "scan: how far a step is from what was set, at most", unit: "ms", ours: late, target: "< a frame", met: late < FRAME_MS });
