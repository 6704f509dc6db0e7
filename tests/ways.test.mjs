// Ways of asking beside the mat: a choice between pictures, yes or no, how I feel. Each by two ways of reaching, without signal,
// and then read by the manager.
import assert from "node:assert/strict";
import { test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { look } from "./support/look.mjs";
import { press, toPasscode } from "./support/mat.mjs";
import { go, setUp, unlock, upToDate } from "./support/people.mjs";
import { entries } from "./support/record.mjs";
import { CHOSE, PUT, beside } from "./support/ways.mjs";

let server, page, helen, asking;
const toWay = (way) => asking.toWay(way);
const handOverOffline = () => asking.handOverOffline();
const answerAll = (...how) => asking.answerAll(...how);
const finish = (reach) => asking.finish(reach);
const shown = () => asking.shown();
const target = (id) => asking.target(id);
const touch = (id) => asking.touch(id);
const byKeys = (id) => asking.byKeys(id);

beside("Going to school", (made) => { ({ server, page, helen, asking } = made); });

const LIKES = ["the car", "the bus", "the taxi", "the minibus"];
const likedMost = (places) => places.indexOf(LIKES.find((like) => places.includes(like)));

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
  await go(page, `/children/${asking.stream}`);
  await page.getByText(ORDER).first().waitFor();
  await go(page, asking.topics.replace(/topics.*/, "note"));
  await page.getByText("Chosen, most often first").first().waitFor();
  await setUp(helen, server.url, "Helen Marsh");
  await upToDate(helen);
  await go(helen, `/waiting/${asking.stream}`);
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
  await go(helen, `/waiting/${asking.stream}`);
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
    const asked = await answerAll(reach, (places, option) => places.indexOf(option === "the bus" ? "no" : "yes"), PUT);
    assert.equal(asked.length, 8);
    await finish(reach);
    const answers = (await entries(page, asking.stream)).filter(({ body }) => body?.includes('"kind":"Answered"')).slice(-8).map(({ body }) => body);
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
    await go(page, `/children/${asking.stream}`);
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
  const toLookAt = page.getByText("Something to look at by yourself");
  await toLookAt.waitFor();
  assert.equal(await page.getByText(/hurts|harm/).filter({ visible: true }).count(), 0, "the family may be in the room");
  await toLookAt.click();
  await page.getByText("Amira chose “it hurts”").waitFor();
  await look(page, "harm-stopped");
  assert.deepEqual(await breaches(page), []);
  // The visit does not end before it was looked at, and what is said of that says nothing to the room.
  await page.getByRole("button", { name: "End the visit" }).click();
  await page.getByRole("alert").getByText("something to look at by yourself").waitFor();
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "Decide what to do" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("Choose what happens now").waitFor();
  await page.getByLabel("I am worried: Amira may not be safe").check();
  await page.getByRole("link", { name: "0191 498 0142" }).waitFor();
  await look(page, "look-worried");
  assert.deepEqual(await breaches(page), []);
  // About a colleague or the manager nothing is written: whoever it is about may read it.
  await page.getByLabel(/^It is about a colleague or my manager/).check();
  await page.getByText(/Write nothing about it here/).waitFor();
  assert.equal(await page.getByLabel("What Amira showed or said, exactly").count(), 0);
  await page.getByLabel("My manager", { exact: true }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("Write what was shown or said").waitFor();
  await page.getByLabel("What Amira showed or said, exactly").fill("Brought the card, pointed to her left elbow, twice.");
  await page.getByLabel("I have rung already").check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await toLookAt.waitFor({ state: "detached" });
  await page.getByText("What you looked at is saved on this tablet.").waitFor();
  await page.context().setOffline(false);
  await upToDate(page);
  await page.getByText("What you looked at is saved on this tablet.").waitFor({ state: "detached" });
  await go(page, asking.topics.replace(/topics.*/, "note"));
  await page.getByText('may be a sign of harm: "it hurts"').first().waitFor();
  await page.getByText("The child may not be safe: Brought the card, pointed to her left elbow, twice.").first().waitFor();
  await page.getByLabel("The family").check();
  await page.getByText('may be a sign of harm: "it hurts"').first().waitFor({ state: "detached" });
  assert.doesNotMatch(await page.locator("main").innerText(), /it hurts|elbow|not be safe/);
  await upToDate(helen);
  await go(helen, "/waiting");
  await helen.getByRole("navigation", { name: "What is waiting" }).getByRole("link").first().getByText("May be a sign of harm").waitFor();
  await go(helen, `/waiting/${asking.stream}`);
  await helen.getByText("Chose “it hurts”: it may be a sign of harm.").first().waitFor();
  await look(helen, "manager-harm");
  assert.deepEqual(await breaches(helen), []);
  await helen.getByText("Looked at: the child may not be safe.").first().waitFor();
  await helen.getByRole("button", { name: "I have seen this" }).first().click();
  await helen.getByText("Write what happens now").first().waitFor();
  await helen.getByLabel("What happens now").first().fill("I ring school and go there this afternoon.");
  await helen.getByRole("button", { name: "I have seen this" }).first().click();
  await helen.getByText("Seen: “I ring school and go there this afternoon.”").first().waitFor();
  await upToDate(helen);
  await go(helen, "/waiting");
  await helen.getByRole("navigation", { name: "What is waiting" }).getByRole("link").first().waitFor();
  assert.equal(await helen.getByText("May be a sign of harm").count(), 0);
});
