// 5,000 operations to the server and back: our engine in Chromium with the local server, sealed and durable at both ends,
// beside PouchDB with express-pouchdb. Rounds alternate, so that whatever else the machine does falls on both.
import { startBrowser } from "../support/browser.mjs";
import { openServer } from "../support/server.mjs";
import { openPouch, pouchExchange } from "./pouch.mjs";
import { median, row } from "./report.mjs";

const CHILDREN = 50;
const EACH = 100;
const COUNT = CHILDREN * EACH;
const ROUNDS = 3;
const STAFF = "Sade Okafor";

/** A browser of its own with a vault set up in it, and the page's functions at hand. */
async function onTablet(browser, url, act) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(async () => { window.trial = await import("/storage_contract.js"); await import("/start.js"); });
    await page.evaluate((staff) => window.trial.enrol(staff), STAFF);
    return await act(page);
  } finally {
    await context.close();
  }
}

const exchange = (page) => page.evaluate(() => window.trial.exchange()).then(JSON.parse);
const stored = (page) => page.evaluate(() => window.trial.stored()).then(JSON.parse);

/** The same for ours, on a server of its own. */
async function ourExchange(browser) {
  const server = await openServer({ dist: process.env.HEARD_TRIAL });
  try {
    const sender = await onTablet(browser, server.url, async (page) => {
      // What the demonstration had is here already, so that only the new is measured.
      await exchange(page);
      const bytes = await page.evaluate(([children, each]) => window.trial.write_down(children, each), [CHILDREN, EACH]);
      const save = await page.evaluate(async () => {
        const begun = performance.now();
        await window.trial.save_all();
        return performance.now() - begun;
      });
      const sent = await exchange(page);
      const { outbox } = await stored(page);
      if (sent.sent !== COUNT || outbox !== 0) throw new Error(`${sent.sent} of ${COUNT} were sent, ${outbox} are left`);
      return { bytes, save, push: sent.push_ms, back: sent.ms - sent.push_ms };
    });
    const taker = await onTablet(browser, server.url, async (page) => {
      const taken = await exchange(page);
      const { entries } = await stored(page);
      if (entries < COUNT) throw new Error(`${entries} of ${COUNT} were taken`);
      const read = await page.evaluate(async () => {
        const begun = performance.now();
        await window.trial.read_all();
        return performance.now() - begun;
      });
      const quiet = [];
      for (let time = 0; time < 10; time += 1) {
        const { ms, requests } = await exchange(page);
        if (requests !== 1) throw new Error(`a quiet exchange took ${requests} requests`);
        quiet.push(ms);
      }
      // Everything that came, the demonstration's part of it too.
      return { pull: (taken.ms * COUNT) / entries, read, quiet };
    });
    return { ...sender, ...taker };
  } finally {
    await server.remove();
  }
}

const [browser, pouch] = await Promise.all([startBrowser(), openPouch()]);
const ours = [], theirs = [];
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await ourExchange(browser));
    theirs.push(await pouchExchange(browser, pouch.url, COUNT, ours[0].bytes));
  }
} finally {
  await browser.close();
  await pouch.close();
}

const rate = (rounds, part) => median(rounds.map((round) => COUNT / (round[part] / 1000)));
const TEN = "10 times the peer";
for (const [part, what] of [["push", "push of 5,000 operations"], ["pull", "pull of 5,000 operations"]]) {
  const [our, their] = [rate(ours, part), rate(theirs, part)];
  row({ what, unit: "operations/s", better: "more", ours: our, peer: their, target: TEN, met: our >= 10 * their });
}
row({ what: "saving 5,000 operations on the device", unit: "operations/s", better: "more", ours: rate(ours, "save"), peer: rate(theirs, "save") });
row({ what: "quiet exchange, 50 children", unit: "ms", ours: median(ours.flatMap(({ quiet }) => quiet)), peer: median(theirs.flatMap(({ quiet }) => quiet)) });
row({ what: "own 5,000 operations coming back after a push", unit: "ms", ours: median(ours.map(({ back }) => back)) });
row({ what: "opening and folding 5,000 operations", unit: "ms", ours: median(ours.map(({ read }) => read)) });
