// A council at work for each test of a file: a server of its own, and people in browsers of their own.
import { after, afterEach, before, beforeEach } from "node:test";
import { startBrowser } from "./browser.mjs";
import { atWork } from "./people.mjs";
import { openServer } from "./server.mjs";

/** Opens and closes them around the tests. */
export function openCouncil() {
  const council = { server: undefined, browser: undefined };
  let pages;
  before(async () => { council.browser = await startBrowser(); });
  after(async () => { await council.browser.close(); });
  beforeEach(async () => { pages = []; council.server = await openServer(); });
  afterEach(async () => {
    for (const page of pages) await page.context().close();
    await council.server.remove();
  });
  const kept = (page) => {
    pages.push(page);
    return page;
  };
  /** Somebody at work, signed in and up to date. */
  council.at = async (name) => kept(await atWork(council.browser, council.server, name));
  /** A browser in which nobody has been. */
  council.newPage = async () => kept(await (await council.browser.newContext()).newPage());
  return council;
}
