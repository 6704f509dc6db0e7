// A tablet whose clock is wrong, or jumps: order is the server's, nothing is refused for it, and what the device said is kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anew } from "../support/anew.mjs";
import { handOver, placeCard, rested, toHandOver } from "../support/mat.mjs";
import { setUp, upToDate } from "../support/people.mjs";
import { answers, assertDense, entries, noteEarlier, online, takeBack } from "../support/record.mjs";

const SECOND = 1000, DAY = 86_400 * SECOND, TEN_YEARS = 3652 * DAY;
let server, page;

anew((made) => { ({ server, page } = made); }, { timezoneId: "Europe/London" });

/** Puts the device's clock ahead of the real one, in milliseconds, from the page's first moment; `setAhead` changes it. */
const shiftClock = (ahead) => page.addInitScript((first) => {
  const Real = Date;
  let ahead = first;
  window.setAhead = (ms) => { ahead = ms; };
  window.Date = class extends Real {
    constructor(...asked) { super(...(asked.length ? asked : [Real.now() + ahead])); }
    static now() { return Real.now() + ahead; }
  };
}, ahead);
const setAhead = (ahead) => page.evaluate((ahead) => window.setAhead(ahead), ahead);

/** Places a card for each clock, then takes the tablet back and sends. Says what the server has of it. */
async function answerUnder(clocks) {
  await toHandOver(page, "Amira K", "Going to school");
  await noteEarlier(page);
  await handOver(page);
  const placed = [];
  for (const [turn, ahead] of clocks.entries()) {
    if (ahead !== null) await setAhead(ahead);
    await rested(page);
    placed.push(await placeCard(page, turn % 2 ? "don't like" : "like"));
  }
  await takeBack(page);
  await online(page);
  await upToDate(page);
  const all = await entries(page);
  assertDense(all);
  assert.deepEqual(all.filter(({ verdict }) => verdict !== "accepted").map(({ code }) => code), [], "nothing is refused or held");
  const bodies = answers(all).map(({ body, received_at }) => ({ ...JSON.parse(body), received_at }));
  const started = all.map(({ body }) => JSON.parse(body)).findLast(({ kind }) => kind === "CaptureStarted");
  const words = new Map(started.data.options.map(({ id, words }) => [id, words]));
  assert.deepEqual(bodies.map(({ data }) => words.get(data.option)), placed, "in the order in which the child answered");
  return bodies;
}
/** How far the device's time is ahead of the server's, in milliseconds. */
const skew = ({ captured_at, received_at }) => Date.parse(captured_at) - Date.parse(received_at);
const isNear = (ms, expected) => Math.abs(ms - expected) < 120 * SECOND;

for (const [how, ahead] of [["a day behind", -DAY], ["ten years ahead", TEN_YEARS]]) {
  test(`fault 21: a clock that is ${how}: order and verdicts are the same, the skew can be told`, async () => {
    await shiftClock(ahead);
    await setUp(page, server.url, "Sade Okafor");
    await upToDate(page);
    const said = await page.locator(".heard-status").innerText();
    const [hour, minute] = said.match(/(\d+):(\d\d)/).slice(1).map(Number);
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "numeric", minute: "numeric" }).format(new Date()).split(":").map(Number);
    const apart = Math.abs(hour * 60 + minute - parts[0] * 60 - parts[1]);
    assert.ok(Math.min(apart, 1440 - apart) <= 2, `the screen says the server's time: ${said}`);
    // Today once more, for it was made before the server had told the time.
    await page.getByRole("link", { name: "My children" }).click();
    await page.getByRole("link", { name: "Today" }).click();
    const bodies = await answerUnder([null, null]);
    for (const body of bodies) assert.ok(isNear(skew(body), ahead), `${body.captured_at} was received at ${body.received_at}`);
  });
}

test("fault 21: a clock that jumps to and fro between two answers changes no order and loses none", async () => {
  await shiftClock(0);
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
  const clocks = [0, TEN_YEARS, -TEN_YEARS, DAY, -DAY];
  const bodies = await answerUnder(clocks);
  assert.deepEqual(bodies.map((body) => clocks.findIndex((ahead) => isNear(skew(body), ahead))), [0, 1, 2, 3, 4]);
});

for (const [change, moment] of [["back in autumn", "2026-10-25T01:00:00Z"], ["forward in spring", "2027-03-28T01:00:00Z"]]) {
  test(`fault 21: the clocks go ${change} during a visit: one answer before, one after, in order`, async () => {
    await shiftClock(0);
    await setUp(page, server.url, "Sade Okafor");
    await upToDate(page);
    // Half an hour before and half an hour after: how long the test takes does not matter.
    const at = Date.parse(moment);
    const clocks = [-1800, 1800].map((seconds) => at + seconds * SECOND - Date.now());
    const bodies = await answerUnder(clocks);
    const offset = (ms) => page.evaluate((ms) => new Date(ms).getTimezoneOffset(), ms);
    assert.notEqual(await offset(at - SECOND), await offset(at), "the clocks changed");
    const [first, second] = bodies.map(({ captured_at }) => Date.parse(captured_at));
    assert.ok(first < at && second > at, "each says the moment it was given");
    assert.deepEqual(bodies.map(({ zone }) => zone), ["Europe/London", "Europe/London"]);
  });
}

test("fault 21: a clock that is a day behind: Today shows the day's visits once the server has told the time", async () => {
  await shiftClock(-DAY);
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
  const today = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", weekday: "long", day: "numeric", month: "long" }).format(new Date());
  assert.equal(await page.locator(".heard-title__second").innerText(), today.replace(",", ""));
  await page.getByRole("link", { name: /Start visit.*Amira K/ }).waitFor();
});

test("fault 21: a worker whose tablet's clock is wrong is told so", async () => {
  await shiftClock(-TEN_YEARS);
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
  await page.locator(".heard-status").click();
  await page.getByRole("heading", { level: 1, name: "What is safe where" }).waitFor();
  assert.match(await page.locator("main").innerText(), /This tablet's clock is about 3,?65[123] days behind\./);
});
