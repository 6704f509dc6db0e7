// For tests that break things: a browser for the file, and for each test a server, a connection that can be broken, and a tablet
// that has never been used.
import { after, afterEach, before, beforeEach } from "node:test";
import { NOTHING_KEPT, startBrowser } from "./browser.mjs";
import { openProxy } from "./proxy.mjs";
import { openServer } from "./server.mjs";

/**
 * Makes them before each test and hands them to `take`; afterwards they are closed. `patienceMs` is how long a page is waited for;
 * `serviceWorkers: "allow"` is for a tablet that opens without its server.
 */
export function anew(take, { patienceMs, ...options } = {}) {
  let browser, made = {};
  before(async () => { browser = await startBrowser(); });
  after(() => browser.close());
  beforeEach(async () => {
    made = { browser };
    made.server = await openServer();
    made.proxy = await openProxy(made.server.port);
    made.context = await browser.newContext({ ...NOTHING_KEPT, ...options });
    made.page = await made.context.newPage();
    if (patienceMs) made.page.setDefaultTimeout(patienceMs);
    take(made);
  });
  afterEach(async () => {
    await made.context?.close();
    await made.proxy?.close();
    await made.server?.remove();
  });
}
