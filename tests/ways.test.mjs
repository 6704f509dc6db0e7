// Ways of asking beside the mat: a choice between pictures, and yes or no. Each by two ways of reaching, without signal, and then
// read by the manager.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { NOTHING_KEPT, SIZES, startBrowser } from "./support/browser.mjs";
import { look } from "./support/look.mjs";
import { card, press, rested, toHandOver, toPasscode } from "./support/mat.mjs";
import { go, setUp, unlock, upToDate } from "./support/people.mjs";
import { entries, statusSays, streamOf, takeBack } from "./support/record.mjs";
import { openServer } from "./support/server.mjs";

let server, browser, page, helen, topics, stream;

const target = (id) => page.locator(`[data-target="${id}"]`);
const touch = async (id) => { await rested(page); await target(id).click(); };
const byKeys = async (id) => { await rested(page); await target(id).focus(); await page.keyboard.press("Enter"); };

before(async () => {
  [server, browser] = await Promise.all([openServer(), startBrowser()]);
  page = await (await browser.newContext({ viewport: SIZES.tablet })).newPage();
  helen = await (await browser.newContext({ viewport: SIZES.desk, ...NOTHING_KEPT })).newPage();
  for (const one of [page, helen]) one.setDefaultTimeout(10_000);
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
  await toHandOver(page, "Amira K", "Going to school");
  const { pathname, search } = new URL(page.url());
  topics = pathname + search;
  stream = streamOf(page);
});
after(async () => { await browser.close(); await server.remove(); });

/** To the page before the hand-over, with this way chosen. */
async function toWay(way) {
  await go(page, "/help");
  await page.getByRole("button", { name: /^Hand over to/ }).waitFor({ state: "detached" });
  await go(page, topics);
  await page.getByRole("button", { name: /^Hand over to/ }).waitFor();
  await page.getByLabel(way, { exact: true }).check();
}

/** Hands over without signal. */
async function handOverOffline() {
  await page.getByText("All pictures are on this tablet").waitFor();
  await page.context().setOffline(true);
  await page.getByRole("button", { name: /^Hand over to/ }).click();
  await card(page).waitFor();
}

/** From the review to a record that was sent. */
async function finish(reach) {
  await reach("content");
  await target("finished").waitFor();
  await reach("finished");
  await target("finished").waitFor({ state: "detached" });
  await takeBack(page);
  await statusSays(page, /No signal. \d+ items saved on this tablet/);
  await page.context().setOffline(false);
  await upToDate(page);
}

/** The words of the places that are shown, in order. */
const shown = () => page.locator(".child__scale .cell__words").allTextContents();
const review = (words) => page.getByText(words);

/** Answers every showing, until the review: `pick` says which of the places that are shown. Returns all that was asked. */
async function answerAll(reach, pick, words) {
  const asked = [];
  for (let turn = 0; turn < 12; turn += 1) {
    await rested(page);
    await card(page).or(review(words)).first().waitFor();
    if (await review(words).count()) return asked;
    const [option, places] = [await card(page).textContent(), await shown()];
    asked.push([option, ...places]);
    await reach(await page.locator(".child__scale .cell").nth(pick(places, option)).getAttribute("data-target"));
    await page.waitForFunction(([option, places]) => {
      const now = [...document.querySelectorAll(".child__scale .cell__words")].map((one) => one.textContent).join();
      return document.querySelector(".child__option .child__words")?.textContent !== option || now !== places;
    }, [option, places.join()]);
  }
  assert.fail("the review did not come");
}

const LIKES = ["the car", "the bus", "the taxi", "the minibus"];
const likedMost = (places) => places.indexOf(LIKES.find((like) => places.includes(like)));
const CHOSE = "This is what you chose. You can choose otherwise.";

test("a choice needs two to four cards, and says what will be asked", async () => {
  await toWay("A choice between pictures, two at a time");
  await page.getByText("7 choices between two").waitFor();
  await page.getByText("Which one would you like?").waitFor();
  for (const card of ["the bus", "the minibus", "the taxi"]) await page.getByLabel(card, { exact: true }).uncheck();
  await page.getByRole("button", { name: /^Hand over to/ }).click();
  await page.getByRole("alert").getByText("Choose two to four cards").waitFor();
  assert.deepEqual(await breaches(page), []);
  await look(page, "way-choice");
});

test("@touch a choice between pictures: each with each, the first again with its sides swapped, and an order comes of it", async () => {
  await toWay("A choice between pictures, two at a time");
  await handOverOffline();
  await look(page, "child-choice");
  assert.deepEqual(await breaches(page), []);
  const asked = await answerAll(touch, likedMost, CHOSE);
  assert.equal(asked.length, 7);
  assert.deepEqual(asked[6].slice(1), asked[0].slice(1).reverse(), "asked again, sides swapped");
  await look(page, "child-choices");
  assert.deepEqual(await breaches(page), []);
  assert.equal(await page.locator(".pair").count(), 6, "what was asked again is not shown twice");
  // The child changes their mind about one pair, and changes it back.
  const pair = page.locator(".pair").first();
  const before = await pair.locator("[aria-pressed=true]").getAttribute("data-target");
  const other = await pair.locator("[aria-pressed=false]").getAttribute("data-target");
  await touch(other);
  await page.locator(`[data-target="${other}"][aria-pressed="true"]`).waitFor();
  await touch(before);
  await page.locator(`[data-target="${before}"][aria-pressed="true"]`).waitFor();
  await finish(touch);
});

const ORDER = "Chosen, most often first: the car (3 of 3), the bus (2 of 3), the taxi (1 of 3), the minibus (0 of 3). Asked again with the sides swapped: the same.";

test("the child's page, the case note and the manager have the order and how sure it is, and the replay has each pair", async () => {
  await go(page, `/children/${stream}`);
  await page.getByText(ORDER).first().waitFor();
  await go(page, topics.replace(/topics.*/, "note"));
  await page.getByText("Chosen, most often first").first().waitFor();
  await setUp(helen, server.url, "Helen Marsh");
  await upToDate(helen);
  await go(helen, `/waiting/${stream}`);
  await helen.getByText(ORDER).first().waitFor();
  const capture = helen.locator(".capture").filter({ hasText: ORDER });
  await capture.getByRole("button", { name: "Replay" }).click();
  await helen.getByText(/^Step 1 of/).first().waitFor();
  await look(helen, "manager-choice");
  assert.deepEqual(await breaches(helen), []);
});

test("@keyboard a choice by a hand that always takes one side is said to lean to it", async () => {
  await toWay("A choice between pictures, two at a time");
  await handOverOffline();
  await answerAll(byKeys, () => 0, CHOSE);
  await finish(byKeys);
  await upToDate(helen);
  await go(helen, `/waiting/${stream}`);
  await helen.getByText(/^Nearly every choice lies on the same side/).first().waitFor();
  await helen.getByText(/Asked again with the sides swapped: not the same\./).first().waitFor();
});

for (const [method, reach] of [["@touch", touch], ["@keyboard", byKeys]]) {
  test(`${method} yes or no warns that it is a fallback, and asks one card at a time`, async () => {
    await toWay("Yes or no, a card at a time");
    await page.getByText(/children tend to say yes to an adult/).waitFor();
    await page.getByText(/Amira shows yes: looks at you and smiles/).waitFor();
    assert.deepEqual(await breaches(page), []);
    await handOverOffline();
    await page.getByText("Do you like…").waitFor();
    assert.deepEqual((await shown()).toSorted(), ["no", "yes"]);
    await look(page, "child-yes-no");
    assert.deepEqual(await breaches(page), []);
    const asked = await answerAll(reach, (places, option) => places.indexOf(option === "the bus" ? "no" : "yes"), "This is where you put them.");
    assert.equal(asked.length, 8);
    await finish(reach);
    const answers = (await entries(page, stream)).filter(({ body }) => body?.includes('"kind":"Answered"')).slice(-8).map(({ body }) => body);
    assert.equal(answers.filter((body) => body.includes('"cell":"yes"')).length, 7);
    assert.equal(answers.filter((body) => body.includes('"option":"bus"') && body.includes('"cell":"no"')).length, 1);
  });
}

for (const [method, reach] of [["@touch", touch], ["@keyboard", byKeys]]) {
  test(`${method} how I feel: a face, then where, then what about`, async () => {
    await toWay("How I feel: a face, then where, then what about");
    assert.deepEqual(await breaches(page), []);
    await handOverOffline();
    await page.getByRole("heading", { name: /How do you feel\?/ }).waitFor();
    assert.deepEqual(await shown(), ["happy", "calm", "sad"]);
    await look(page, "child-feelings");
    assert.deepEqual(await breaches(page), []);
    const asked = await answerAll(reach, (places) => Math.max(0, places.indexOf("sad")), CHOSE);
    assert.deepEqual(asked.map(([option]) => option), ["How do you feel?", "Where?", "What about?"]);
    await look(page, "child-feelings-review");
    assert.deepEqual(await breaches(page), []);
    await finish(reach);
    await go(page, `/children/${stream}`);
    const last = page.locator(".heard-capture").first();
    await last.getByText("sad", { exact: true }).waitFor();
    await last.getByText("the bus", { exact: true }).waitFor();
  });
}

test("what may be a sign of harm stands before the worker until the visit ends, and before the manager; the family's note has nothing of it", async () => {
  await toWay("A mat: each card is placed on a scale");
  await handOverOffline();
  await touch("something-else");
  await press(page.getByRole("tab", { name: "Feelings" }));
  const hurts = page.locator(".symbol-card").filter({ hasText: "it hurts" });
  for (let turn = 0; turn < 5 && !(await hurts.count()); turn += 1) await press(target("more"));
  await press(hurts);
  await page.waitForFunction(() => document.querySelector(".child__option .child__words")?.textContent === "it hurts");
  assert.equal(await page.getByText(/sign of harm/).count(), 0, "nothing of it in the child's sight");
  await touch("stop");
  await page.getByText("You stopped.").waitFor();
  await toPasscode(page);
  await unlock(page);
  await page.context().setOffline(false);
  const toLookAt = page.getByText("Before you end the visit: something to look at by yourself");
  await toLookAt.waitFor();
  assert.equal(await page.getByText(/hurts|harm/).filter({ visible: true }).count(), 0, "the family may be in the room");
  await toLookAt.click();
  await page.getByText("Amira chose “it hurts”").waitFor();
  await look(page, "harm-stopped");
  assert.deepEqual(await breaches(page), []);
  await go(page, topics.replace(/topics.*/, "write-up"));
  await toLookAt.waitFor();
  await upToDate(page);
  await go(page, topics.replace(/topics.*/, "note"));
  await page.getByText('may be a sign of harm: "it hurts"').first().waitFor();
  await page.getByLabel("The family").check();
  await page.getByText('may be a sign of harm: "it hurts"').first().waitFor({ state: "detached" });
  assert.doesNotMatch(await page.locator("main").innerText(), /it hurts/);
  await upToDate(helen);
  await go(helen, `/waiting/${stream}`);
  await helen.getByText("Chose “it hurts”: it may be a sign of harm.").first().waitFor();
  await look(helen, "manager-harm");
});
