// One way of asking after another on a set-up tablet: chosen, handed over without signal, answered, finished and sent.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { NOTHING_KEPT, SIZES, startBrowser } from "./browser.mjs";
import { card, rested, toHandOver } from "./mat.mjs";
import { go, setUp, upToDate } from "./people.mjs";
import { statusSays, streamOf, takeBack } from "./record.mjs";
import { openServer } from "./server.mjs";

export const CHOSE = "This is what you chose. You can choose otherwise.";
export const PUT = "This is where you put them.";

/**
 * For a file: a server, a worker's tablet before a hand-over to Amira about a topic, and a manager's desk, handed to `take`;
 * afterwards they are closed.
 */
export function beside(topic, take) {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([openServer(), startBrowser()]);
    const page = await (await browser.newContext({ viewport: SIZES.tablet })).newPage();
    const helen = await (await browser.newContext({ viewport: SIZES.desk, ...NOTHING_KEPT })).newPage();
    for (const one of [page, helen]) one.setDefaultTimeout(10_000);
    await take({ server, browser, page, helen, asking: await beforeAsking(page, server.url, topic) });
  });
  after(async () => { await browser.close(); await server.remove(); });
}

/** A worker's tablet before a hand-over to Amira about a topic. */
async function beforeAsking(page, url, topic) {
  await setUp(page, url, "Sade Okafor");
  await upToDate(page);
  await toHandOver(page, "Amira K", topic);
  const { pathname, search } = new URL(page.url());
  const topics = pathname + search;
  const target = (id) => page.locator(`[data-target="${id}"]`);
  const touch = async (id) => { await rested(page); await target(id).click(); };
  const byKeys = async (id) => { await rested(page); await target(id).focus(); await page.keyboard.press("Enter"); };
  /** By two switches, one place after the other. A switch has bounced after five frames. */
  const bySwitches = async (id) => {
    await rested(page);
    for (let turn = 0; turn < 60; turn += 1) {
      if (await target(id).getAttribute("data-offered")) return page.keyboard.press("Enter");
      await page.evaluate(() => new Promise((done) => {
        const next = (left) => (left ? requestAnimationFrame(() => next(left - 1)) : done());
        next(5);
      }));
      await page.keyboard.press("Space");
    }
    return assert.fail(`${id} was not offered`);
  };
  /** The words of the places that are shown, in order. */
  const shown = () => page.locator(".child__scale .cell__words").allTextContents();

  return {
    topics, target, touch, byKeys, bySwitches, shown,
    stream: streamOf(page),

    /** Changes the profile, as a worker does. */
    async profile(change) {
      await go(page, `${topics.split("/visits/")[0]}/profile`);
      await page.getByRole("heading", { name: /communicates/ }).waitFor();
      await change();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("link", { name: /Start visit|Go on with the visit|How .* communicates/ }).first().waitFor();
    },

    /** To the page before the hand-over, with this way chosen. */
    async toWay(way, topic) {
      await go(page, "/help");
      await page.getByRole("button", { name: /^Hand over to/ }).waitFor({ state: "detached" });
      await go(page, topic ? topics.replace(/question=[^&]*/, `question=${topic}`) : topics);
      await page.getByRole("button", { name: /^Hand over to/ }).waitFor();
      await page.getByLabel(way, { exact: true }).check();
    },

    /** Hands over without signal. */
    async handOverOffline() {
      await page.getByText("All pictures are on this tablet").waitFor();
      await page.context().setOffline(true);
      await page.getByRole("button", { name: /^Hand over to/ }).click();
      await page.locator("main.child h1").waitFor();
    },

    /** From the review to a record that was sent. */
    async finish(reach, { content = true } = {}) {
      if (content) await reach("content");
      await target("finished").waitFor();
      await reach("finished");
      await target("finished").waitFor({ state: "detached" });
      await takeBack(page);
      await statusSays(page, /No signal. \d+ items saved on this tablet/);
      await page.context().setOffline(false);
      await upToDate(page);
    },

    /** Answers every showing, until the review: `pick` says which of the places that are shown. Returns all that was asked. */
    async answerAll(reach, pick, words, most = 12) {
      const review = page.getByText(words);
      const asked = [];
      for (let turn = 0; turn < most; turn += 1) {
        await rested(page);
        await card(page).or(review).first().waitFor();
        if (await review.count()) return asked;
        const [option, places] = [await card(page).textContent(), await shown()];
        asked.push([option, ...places]);
        await reach(await page.locator(".child__scale .cell").nth(pick(places, option)).getAttribute("data-target"));
        await page.waitForFunction(([option, places]) => {
          const now = [...document.querySelectorAll(".child__scale .cell__words")].map((one) => one.textContent).join();
          return document.querySelector(".child__option .child__words")?.textContent !== option || now !== places;
        }, [option, places.join()]);
      }
      return assert.fail("the review did not come");
    },
  };
}
