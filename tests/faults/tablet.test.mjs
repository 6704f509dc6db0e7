// What goes wrong in a living room and on the way: crashes, kills, lost replies, two tabs. Nothing saved is lost, nothing doubled.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { anew } from "../support/anew.mjs";
import { startBrowserIn } from "../support/browser.mjs";
import { handOver, placeCard, placed, rested, toHandOver } from "../support/mat.mjs";
import { setUp, unlock, upToDate } from "../support/people.mjs";
import { answers, assertAnswered, entries, noteEarlier, online, signInAgain, statusSays, takeBack, twoPlaced } from "../support/record.mjs";

let server, proxy, context, page;

anew((made) => { ({ server, proxy, context, page } = made); });

const heading = (name) => page.getByRole("heading", { level: 1, name });

test("fault 01: a reply lost after the server took it: the resend is acknowledged, one entry each", async () => {
  await twoPlaced(page, proxy.url);
  let lost = 0;
  proxy.fault = ({ path }) => (path.endsWith("/push") && lost++ < 2 ? "lose" : null);
  await takeBack(page);
  await online(page);
  await upToDate(page);
  assert.ok(lost >= 2);
  await assertAnswered(page, 2);
});

test("fault 03: a pull cut in half moves nothing, and the next one brings it", async () => {
  let cut = 0;
  proxy.fault = ({ path }) => (path.endsWith("/pull") && cut++ < 1 ? "cut" : null);
  await setUp(page, proxy.url, "Sade Okafor");
  await page.getByText("Amira K").first().waitFor();
  await upToDate(page);
  assert.ok(cut >= 2, "it was asked for again");
});

test("fault 12: the server killed in the middle of a push: nothing is lost, nothing is there twice", async () => {
  await twoPlaced(page, proxy.url);
  let killed = false;
  proxy.fault = ({ path }) => {
    if (!killed && path.endsWith("/push")) { killed = true; server.kill(); }
    return null;
  };
  await takeBack(page);
  await statusSays(page, "No signal");
  await server.start();
  await online(page);
  await upToDate(page);
  await assertAnswered(page, 2);
});

test("fault 08: signed out while sending: capture goes on, and it drains after sign-in", async () => {
  await twoPlaced(page, proxy.url);
  proxy.fault = ({ path }) => (path.endsWith("/push") || path.endsWith("/pull") ? { status: 401, code: "signed_out" } : null);
  await placeCard(page, "like");
  await takeBack(page);
  await statusSays(page, "Signed out");
  proxy.fault = () => null;
  await online(page);
  await upToDate(page);
  assert.equal(answers(await entries(page)).length, 3);
});

test("fault 40: a mat left half-way and the tab closed: the worker finds every answer", async () => {
  await twoPlaced(page, proxy.url);
  const url = page.url();
  await page.close();
  page = await context.newPage();
  await page.goto(url);
  await heading("Enter your passcode").waitFor();
  await unlock(page);
  await upToDate(page);
  await assertAnswered(page, 2);
});

test("fault 11: the tab crashes right at a tap: the tap is there", async () => {
  await twoPlaced(page, proxy.url);
  const url = page.url();
  // The renderer is killed in the task that handles the tap, before the store can have answered.
  const crash = await context.newCDPSession(page);
  await page.waitForFunction(() => !document.querySelector("[data-resting]"));
  await page.evaluate(() => document.querySelector(".child__scale .cell").click());
  crash.send("Page.crash").catch(() => {});
  await new Promise((crashed) => page.once("crash", crashed));
  await page.close();
  page = await context.newPage();
  await page.goto(url);
  await unlock(page);
  await upToDate(page);
  await assertAnswered(page, 3);
});

test("fault 11: the browser killed: everything that was shown as saved is there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "heard-profile-"));
  try {
    let own = await startBrowserIn(folder);
    let tab = own.pages()[0] ?? (await own.newPage());
    await twoPlaced(tab, proxy.url);
    assert.equal(await placed(tab), 2);
    const url = tab.url();
    spawn("pkill", ["-KILL", "-f", folder]);
    await new Promise((gone) => own.once("close", gone));
    own = await startBrowserIn(folder);
    tab = own.pages()[0] ?? (await own.newPage());
    await tab.goto(url);
    await unlock(tab);
    await tab.locator(".heard-status").waitFor();
    await signInAgain(tab);
    await upToDate(tab);
    await assertAnswered(tab, 2);
    await own.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("fault 13: two tabs on one vault: handing over in one shuts the other, and both send one record", async () => {
  await setUp(page, proxy.url, "Sade Okafor");
  await upToDate(page);
  const other = await context.newPage();
  await other.goto(`${proxy.url}/today`);
  await unlock(other);
  await other.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  await toHandOver(page, "Amira K", "Going to school");
  await noteEarlier(page);
  await handOver(page);
  await other.getByRole("heading", { level: 1, name: "Enter your passcode" }).waitFor();
  assert.equal(await other.getByText("Amira").count(), 0);
  await placeCard(page, "like");
  await takeBack(page);
  await unlock(other);
  await Promise.all([upToDate(page), upToDate(other)]);
  await assertAnswered(page, 1);
});

test("stop works at once, and a part-finished mat is kept as the child left it", async () => {
  await twoPlaced(page, proxy.url);
  await page.getByRole("button", { name: "stop", exact: true }).click();
  await page.getByText("You stopped.").waitFor();
  assert.equal(await page.locator(".child__scale .cell").count(), 0);
  await takeBack(page);
  await heading("Amira said stop").waitFor();
  assert.equal(await page.getByRole("link", { name: /^Going to school/ }).count(), 1, "only what was asked is named");
  await page.getByRole("link", { name: "Another topic, if Amira shows that they want one" }).click();
  await heading(/^What shall we talk about/).waitFor();
  await upToDate(page);
  const all = await entries(page);
  assert.ok(all.some(({ body }) => body?.includes('"kind":"CaptureEnded"') && body.includes('"by":"child"')));
});

test("a double tap is one answer", async () => {
  await twoPlaced(page, proxy.url);
  const cell = page.locator(".child__scale .cell").first();
  await rested(page);
  await cell.dblclick();
  await takeBack(page);
  await upToDate(page);
  const all = await entries(page);
  assert.equal(answers(all).length, 3);
});
