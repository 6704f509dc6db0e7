// Connections that break or lie: what was saved waits, the screen says so, and it goes once it can.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anew } from "../support/anew.mjs";
import { go, setUp, upToDate } from "../support/people.mjs";
import {
  assertAnswered, entries, online, operationsOf, outboxCount, placeMore, saysWaiting, statusSays, streamOf, takeBack, twoPlaced,
} from "../support/record.mjs";

const KB = 1024;
let server, proxy, page;

anew((made) => { ({ server, proxy, page } = made); }, { patienceMs: 30_000 });

const heading = (name) => page.getByRole("heading", { level: 1, name });

/** Where a body of this length is cut: everywhere for a soak, else at both ends and on the way. */
function offsets(length) {
  const all = Array.from({ length: Math.ceil(length / KB) }, (_, kb) => kb * KB);
  const some = [0, 1, KB, all[Math.floor(all.length / 2)]];
  return new Set([...(process.env.HEARD_SOAK === "1" ? all : some).filter((at) => at < length), -1]);
}
/** Tries now, with a fault for each request of this name, and waits until the tablet has noticed. */
async function tryWith(name, fault) {
  proxy.failing(name, fault);
  const before = proxy.asked(name).length;
  const ended = page.waitForEvent(fault === "captive" ? "requestfinished" : "requestfailed", (request) => request.url().endsWith(`/${name}`));
  await online(page);
  await ended;
  await statusSays(page, "No signal");
  const since = proxy.asked(name).slice(before).filter((request) => request.fault === fault);
  assert.ok(since.some(({ wasReset }) => wasReset || typeof fault === "string"), `${name} met with ${JSON.stringify(fault)}`);
}

test("fault 02: a push reset anywhere, going or coming, ends as if nothing had happened", async () => {
  await twoPlaced(page, proxy.url);
  proxy.failing("push", { status: 503 });
  await placeMore(page, 6);
  await takeBack(page);
  await statusSays(page, "The server is busy");
  const [waiting, kept] = [await saysWaiting(page), await outboxCount(page)];
  const had = await entries(page);
  const { bytes } = proxy.asked("push").at(-1);
  assert.ok(waiting > 0 && bytes > 4 * KB, `${waiting} items in ${bytes} bytes`);
  for (const resetRequestAfter of offsets(bytes)) {
    await tryWith("push", { resetRequestAfter });
    assert.equal(await saysWaiting(page), waiting, `all wait after ${resetRequestAfter} bytes`);
  }
  assert.deepEqual(await entries(page), had, "half a push is none");
  await tryWith("push", { resetReplyAfter: 0 });
  for (const resetReplyAfter of offsets(proxy.asked("push").at(-1).replyBytes)) {
    await tryWith("push", { resetReplyAfter });
    assert.equal(await saysWaiting(page), waiting, `all wait after ${resetReplyAfter} bytes of the reply`);
  }
  assert.equal(await outboxCount(page), kept, "nothing leaves before it is acknowledged and back");
  const sent = operationsOf(proxy.asked("push").at(-1));
  proxy.mend();
  await online(page);
  await upToDate(page);
  await assertAnswered(page, 8);
  const all = await entries(page);
  assert.deepEqual(all.slice(-sent.length).map(({ body }) => body), sent, "each as it was written, in the order it was written");
  assert.equal(await outboxCount(page), 0);
});

test("fault 02: a pull reset anywhere moves nothing, and the next one brings it all", async () => {
  proxy.failing("pull", { status: 503 });
  await setUp(page, proxy.url, "Sade Okafor");
  await statusSays(page, "The server is busy");
  const { bytes } = proxy.asked("pull").at(-1);
  for (const resetRequestAfter of offsets(bytes)) await tryWith("pull", { resetRequestAfter });
  await tryWith("pull", { resetReplyAfter: 0 });
  const first = proxy.asked("pull").at(-1);
  assert.ok(first.replyBytes > 16 * KB, `${first.replyBytes} bytes`);
  for (const resetReplyAfter of offsets(first.replyBytes)) {
    await tryWith("pull", { resetReplyAfter });
    assert.equal(await page.getByText("Amira K").count(), 0, `nothing is shown after ${resetReplyAfter} bytes`);
    assert.deepEqual(JSON.parse(proxy.asked("pull").at(-1).body).streams, [], "the cursor has not moved");
  }
  proxy.mend();
  await online(page);
  await page.getByText("Amira K").first().waitFor();
  await upToDate(page);
});

for (const portal of ["captive", "redirect"]) {
  test(`fault 04: a portal that answers for the server (${portal}): nothing leaves the outbox, and the screen says so`, async () => {
    await twoPlaced(page, proxy.url);
    const stream = streamOf(page);
    proxy.failing("push", portal);
    await takeBack(page);
    await statusSays(page, /No signal\. \d+ items saved on this tablet/);
    const [waiting, kept] = [await saysWaiting(page), await outboxCount(page)];
    assert.ok(waiting > 2 && kept >= waiting, `${waiting} items wait, ${kept} are kept`);
    await go(page, "/saved");
    await heading("What is safe where").waitFor();
    await page.getByText("No signal. What is saved here stays safe, and goes by itself when there is signal.").waitFor();
    await page.getByRole("region", { name: "Saved on this tablet, not sent yet" }).getByText(/Amira K/).first().waitFor();
    await tryWith("push", portal);
    assert.deepEqual([await saysWaiting(page), await outboxCount(page)], [waiting, kept]);

    // The push goes through and the portal answers the pull: still nothing leaves, for nothing has come back.
    await tryWith("pull", portal);
    assert.equal(await outboxCount(page), kept);
    proxy.mend();
    await page.getByRole("button", { name: "Try now" }).click();
    await upToDate(page);
    await page.getByText("Nothing. Everything on this tablet has been sent.").waitFor();
    assert.equal(await outboxCount(page), 0);
    await assertAnswered(page, 2, stream);
  });
}
