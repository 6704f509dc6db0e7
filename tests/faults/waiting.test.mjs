// What is saved waits: for a server that has no time, for a push that is small enough, for the next sign-in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anew } from "../support/anew.mjs";
import { unlock, upToDate } from "../support/people.mjs";
import {
  addVoice, assertAnswered, entries, online, operationsOf, outboxCount, placeMore, saysWaiting, statusSays, streamOf, takeBack, twoPlaced, visitOf,
} from "../support/record.mjs";

const KB = 1024;
let server, proxy, page;

anew((made) => { ({ server, proxy, page } = made); }, { patienceMs: 30_000 });

const heading = (name) => page.getByRole("heading", { level: 1, name });

/** Half an hour, in steps that a server asks for. */
const [WAIT_S, STEPS] = [300, 6];

const patience = (status) => ({ status, headers: { "retry-after": String(WAIT_S) } });

test("fault 05: a server that asks for patience for half an hour gets it, one request each time, and then everything", async () => {
  await twoPlaced(page, proxy.url);
  const [stream, visit] = [streamOf(page), visitOf(page)];
  proxy.failing("push", patience(429));
  await takeBack(page);
  await statusSays(page, /The server is busy\. \d+ items saved on this tablet/);
  const waiting = await saysWaiting(page);
  // From here on: the corner's hold needs the browser's own timers.
  await page.clock.install();
  const first = page.waitForResponse(/\/push$/);
  await online(page);
  await first;
  await statusSays(page, "The server is busy");
  for (let step = 1; step <= STEPS; step += 1) {
    const all = proxy.requests.length;
    // What is saved meanwhile is no reason to ask earlier.
    if (step === 2) await addVoice(page, visit, "Pointed at the window twice.");
    await page.clock.fastForward((WAIT_S - 60) * 1000);
    assert.equal(proxy.requests.length, all, "nothing is asked before the time");
    proxy.failing("push", patience(step % 2 ? 503 : 429));
    if (step === STEPS) proxy.mend();
    const ended = page.waitForResponse(/\/push$/);
    await page.clock.fastForward(90_000);
    await ended;
    if (step === STEPS) break;
    await statusSays(page, "The server is busy");
    assert.equal(proxy.requests.length, all + 1, "one request each time");
    assert.equal(await saysWaiting(page), waiting + (step > 1 ? 1 : 0));
  }
  await upToDate(page);
  await assertAnswered(page, 2, stream);
  const said = (await entries(page, stream)).filter(({ body }) => body?.includes("Pointed at the window twice."));
  assert.equal(said.length, 1);
});

test("fault 06: a push that is too large goes in halves, until each fits", async () => {
  await twoPlaced(page, proxy.url);
  const stream = streamOf(page);
  const most = 4 * KB;
  const tooLarge = { status: 413, code: "too_large" };
  proxy.fault = ({ path, bytes }) => (path.endsWith("/push") && bytes > most ? tooLarge : null);
  await placeMore(page, 4);
  await takeBack(page);
  await upToDate(page);
  const refused = proxy.asked("push").filter(({ fault }) => fault === tooLarge);
  assert.ok(refused.length >= 1, "the whole was too large");
  for (const [one, next] of refused.slice(1).entries()) assert.ok(next.bytes < refused[one].bytes, "each smaller than the one before");
  const taken = proxy.asked("push").filter(({ fault }) => fault === null);
  assert.ok(taken.length >= 2, `it went in ${taken.length} parts`);
  assert.equal(await outboxCount(page), 0);
  await assertAnswered(page, 6, stream);
});

test("fault 06: one operation that is too large is said to be kept, not sent for ever", async () => {
  await twoPlaced(page, proxy.url);
  proxy.failing("push", { status: 413, code: "too_large" });
  await takeBack(page);
  await statusSays(page, /Not sending\. \d+ items saved on this tablet/);
  assert.equal(operationsOf(proxy.asked("push").at(-1)).length, 1, "it was halved down to one");
  proxy.mend();
  await online(page);
  await upToDate(page);
  await assertAnswered(page, 2);
});

test("fault 10: signing out with unsent items warns with their number, and all are there after signing in again", async () => {
  await twoPlaced(page, proxy.url);
  const stream = streamOf(page);
  proxy.failing("push", { status: 503 });
  await takeBack(page);
  await statusSays(page, /The server is busy\. \d+ items saved on this tablet/);
  const [waiting, kept] = [await saysWaiting(page), await outboxCount(page)];
  await page.getByText("Sade Okafor").first().click();
  await page.getByText(`${waiting} items are not sent yet. They stay safe on this tablet and go when you sign in again.`).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await heading("Sign in").waitFor();
  assert.equal(await page.getByText("Amira").count(), 0);
  assert.equal(await outboxCount(page), kept, "signing out deletes nothing");
  proxy.mend();
  await page.getByRole("button", { name: "Sign in as Sade Okafor" }).click();
  await heading("Enter your passcode").waitFor();
  assert.equal(await outboxCount(page), kept);
  await unlock(page);
  await upToDate(page);
  await assertAnswered(page, 2, stream);
  await page.getByText("Sade Okafor").first().click();
  await page.getByText("Everything has been sent.").waitFor();
});
