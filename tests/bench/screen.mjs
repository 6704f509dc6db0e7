// How quick the screen is on a slow device: 4 times slower CPU, the release build, the real server. `cargo xtask bench` runs it.
import { startBrowser } from "../support/browser.mjs";
import { card, handOver, toHandOver, touch } from "../support/mat.mjs";
import { setUp, upToDate } from "../support/people.mjs";
import { openServer } from "../support/server.mjs";

const SLOWER = 4;
const round = (value) => Math.round(value * 10) / 10;
const part = (sorted, of) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))];

const [server, browser] = await Promise.all([openServer(), startBrowser()]);
try {
  const opened = [];
  for (let visit = 0; visit < 5; visit += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    let bytes = 0;
    page.on("response", async (reply) => { bytes += (await reply.request().sizes().catch(() => ({ responseBodySize: 0 }))).responseBodySize; });
    await page.goto(server.url);
    await page.getByRole("button", { name: /^Sign in as/ }).first().waitFor();
    opened.push(await page.evaluate(() => performance.now()));
    if (visit === 4) console.log(`first visit, fresh browser: ${Math.round(bytes / 1000)} kB crossed the connection until it could be used`);
    await context.close();
  }
  opened.sort((one, other) => one - other);
  console.log(`first visit, fresh browser, CPU ${SLOWER}x slower: usable after ${Math.round(part(opened, 0.5))} ms (median of ${opened.length})`);

  const context = await browser.newContext({ viewport: { width: 1194, height: 834 } });
  const page = await context.newPage();
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
  await toHandOver(page, "Amira K", "Going to school");
  await handOver(page);
  await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.evaluate(() => {
    window.painted = [];
    // From the press that the browser saw to the first frame after the next card is in the page.
    document.addEventListener("click", (event) => {
      const pressed = event.timeStamp;
      requestAnimationFrame(() => setTimeout(() => window.painted.push(performance.now() - pressed)));
    }, true);
  });
  for (let tap = 0; tap < 6; tap += 1) {
    const words = await card(page).textContent();
    await touch(page, tap % 2 ? "like" : "don't like");
    await page.waitForFunction((words) => document.querySelector(".child__option .child__words")?.textContent !== words, words);
  }
  const taps = (await page.evaluate(() => window.painted)).sort((one, other) => one - other);
  console.log(`tap to painted, CPU ${SLOWER}x slower: ${round(part(taps, 0.5))} ms median, ${round(taps.at(-1))} ms worst of ${taps.length}`);
} finally {
  await browser.close();
  await server.remove();
}
