// The peer's side of the exchange: PouchDB in Chromium with its IndexedDB adapter, replicating with express-pouchdb. Nothing is
// sealed there, and its server keeps everything in memory.
import { spawn } from "node:child_process";
import { join } from "node:path";

/** Starts the peer's server as a process of its own, as ours is. */
export async function openPouch() {
  const program = spawn(process.execPath, [join(import.meta.dirname, "pouch_server.mjs")], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise((ready, failed) => {
    program.once("exit", (code) => failed(new Error(`the peer's server ended with ${code}`)));
    program.stdout.on("data", (text) => { const [, port] = String(text).match(/ready (\d+)/) ?? []; if (port) ready(port); });
  });
  const close = () => new Promise((ended) => { program.removeAllListeners("exit"); program.once("exit", ended); program.kill(); });
  return { url: `http://127.0.0.1:${port}`, close };
}

async function onPage(browser, url, act, argument) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${url}/page`);
    return await page.evaluate(act, argument);
  } finally {
    await context.close();
  }
}

/** Saves `count` documents of `bytes` bytes and replicates them; then a second browser takes them all. Times in milliseconds. */
export async function pouchExchange(browser, url, count, bytes, batch = 500) {
  const name = `records${Math.random().toString(36).slice(2)}`;
  const remote = `${url}/db/${name}`;
  const sender = await onPage(browser, url, async ({ name, remote, count, bytes, batch }) => {
    const filler = (length) => Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => (byte % 36).toString(36)).join("");
    const documents = Array.from({ length: count }, (_, nth) => {
      const document = { _id: crypto.randomUUID(), kind: "Answered", nth, data: "" };
      document.data = filler(bytes - JSON.stringify(document).length);
      return document;
    });
    const here = new PouchDB(name, { adapter: "indexeddb" });
    const there = new PouchDB(remote);
    await Promise.all([here.info(), there.info()]);
    const times = [performance.now()];
    await here.bulkDocs(documents);
    times.push(performance.now());
    const sent = await here.replicate.to(there, { batch_size: batch });
    times.push(performance.now());
    if (sent.docs_written !== count) throw new Error(`${sent.docs_written} of ${count} were sent`);
    return times;
  }, { name, remote, count, bytes, batch });
  const taker = await onPage(browser, url, async ({ name, remote, count, batch }) => {
    const here = new PouchDB(name, { adapter: "indexeddb" });
    const there = new PouchDB(remote);
    await Promise.all([here.info(), there.info()]);
    const times = [performance.now()];
    const taken = await here.replicate.from(there, { batch_size: batch });
    times.push(performance.now());
    if (taken.docs_written !== count) throw new Error(`${taken.docs_written} of ${count} were taken`);
    const quiet = [];
    for (let time = 0; time < 10; time += 1) {
      const begun = performance.now();
      await here.replicate.from(there);
      quiet.push(performance.now() - begun);
    }
    return { times, quiet };
  }, { name, remote, count, batch });
  const [begun, saved, pushed] = sender;
  return { save: saved - begun, push: pushed - saved, pull: taker.times[1] - taker.times[0], quiet: taker.quiet };
}
