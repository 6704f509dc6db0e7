// The first visit of a fresh browser on a slow device, with the connection of this machine and with a poor one: until the sign-in
// can be used, and what crossed the connection until then.
import { startBrowser } from "../support/browser.mjs";
import { openServer } from "../support/server.mjs";
import { median, row } from "./report.mjs";

const SLOWER = 4;
const VISITS = 5;
const MOST_KB = 400;
/** 1.6 Mbit/s down, half of that up, and 150 ms to the server and back. */
const POOR = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 100_000 };
const CONNECTIONS = [
  { name: "this machine's connection", most: 1_400 },
  { name: "1.6 Mbit/s and 150 ms", most: 2_500, conditions: POOR },
];

/** One visit: `ms` until it can be used, `kB` over the connection until then. */
async function visit(browser, url, conditions) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await cdp.send("Network.enable");
    if (conditions) await cdp.send("Network.emulateNetworkConditions", conditions);
    let bytes = 0;
    cdp.on("Network.dataReceived", ({ encodedDataLength }) => { bytes += encodedDataLength; });
    await page.addInitScript(() => {
      // The moment at which the first button to sign in with has been painted.
      const look = new MutationObserver(() => {
        if (!document.querySelector('button[aria-label^="Sign in as"]')) return;
        look.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now(); }));
      });
      look.observe(document, { childList: true, subtree: true });
    });
    await page.goto(url, { waitUntil: "commit" });
    const ms = await (await page.waitForFunction(() => window.usable, undefined, { timeout: 60_000 })).jsonValue();
    return { ms, kB: bytes / 1000 };
  } finally {
    await context.close();
  }
}

const [server, browser] = await Promise.all([openServer(), startBrowser()]);
try {
  let kB;
  for (const { name, most, conditions } of CONNECTIONS) {
    const visits = [];
    for (let time = 0; time < VISITS; time += 1) visits.push(await visit(browser, server.url, conditions));
    const ms = median(visits.map((visit) => visit.ms));
    kB = median(visits.map((visit) => visit.kB));
    row({ what: `first visit, ${name}: usable`, unit: "ms", ours: ms, target: `≤ ${(most / 1000).toFixed(1)} s`, met: ms <= most });
  }
  row({ what: "first visit: kB until usable, poor connection", unit: "kB", ours: kB, target: `≤ ${MOST_KB} kB`, met: kB <= MOST_KB });
} finally {
  await browser.close();
  await server.remove();
}
