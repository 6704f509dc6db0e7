// More at once, and finer: several pictures to take one after the other, a scale of five, two places and then how much. Each by two
// ways of reaching, without signal, and then read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { look } from "./support/look.mjs";
import { card, rested } from "./support/mat.mjs";
import { go, upToDate } from "./support/people.mjs";
import { entries } from "./support/record.mjs";
import { CHOSE, PUT, beside } from "./support/ways.mjs";

const SEVERAL = "Several pictures at once: one is taken, then another";

let page, asking;
const touch = (id) => asking.touch(id);
const byKeys = (id) => asking.byKeys(id);
const picture = (words) => page.locator(".child__scale .cell").filter({ hasText: words });
const cards = (option) => page.waitForFunction((option) => document.querySelector(".child__option .child__words")?.textContent === option, option);

beside("Going to school", (made) => { ({ page, asking } = made); });

/** Puts the card on the screen where these words are. */
async function put(reach, words) {
  await rested(page);
  await reach(await picture(new RegExp(`^${words}$`)).getAttribute("data-target"));
}

test("several pictures at once are as many as the profile says, and no fewer than two", async () => {
  await asking.toWay(SEVERAL);
  const checked = () => page.getByRole("group", { name: "Which cards" }).getByRole("checkbox", { checked: true });
  assert.equal(await checked().count(), 4, "nobody has found out: four");
  for (const words of ["the bus", "the taxi", "the car", "the minibus"]) if (await page.getByLabel(words, { exact: true }).isChecked()) await page.getByLabel(words, { exact: true }).uncheck();
  await page.getByRole("button", { name: /^Hand over to/ }).click();
  await page.getByRole("alert").getByText(/Choose at least two cards, and at most 4\. How many Amira can choose among is in the profile/).waitFor();
  assert.deepEqual(await breaches(page), []);
  await asking.profile(() => page.getByRole("group", { name: "Things to choose among at a time" }).getByLabel("6", { exact: true }).check());
  await asking.toWay(SEVERAL);
  assert.equal(await checked().count(), 6);
  await look(page, "way-several");
});

for (const [method, reach] of [["@touch", touch], ["@keyboard", byKeys]]) {
  test(`${method} what was taken is not shown again, the others change their places, and "that is all" ends it`, async () => {
    await asking.toWay(SEVERAL);
    await asking.handOverOffline();
    await page.getByText("Which one would you like?").waitFor();
    await look(page, `child-several-${method.slice(1)}`);
    assert.deepEqual(await breaches(page), []);
    const first = await asking.shown();
    assert.equal(first.length, 6);
    await put(reach, "the bus");
    await cards("next");
    const second = await asking.shown();
    assert.deepEqual(second.toSorted(), [...first.filter((words) => words !== "the bus"), "that is all"].toSorted());
    assert.equal(second.at(-1), "that is all");
    await put(reach, "the taxi");
    await cards("then");
    // One is taken back, and another taken.
    await reach("take-back");
    await cards("next");
    assert.equal((await asking.shown()).length, 6);
    await put(reach, "the car");
    await cards("then");
    await put(reach, "that is all");
    await page.getByText(CHOSE).waitFor();
    assert.equal(await page.locator(".pair").count(), 2);
    await look(page, `child-several-review-${method.slice(1)}`);
    assert.deepEqual(await breaches(page), []);
    // What was taken first cannot be taken once more, until the child takes another one first.
    const again = page.locator(".pair").nth(1).locator(".pair__picture").filter({ hasText: "the bus" });
    assert.ok(await again.isDisabled());
    await reach("first:walking");
    await page.locator('[data-target="first:walking"][aria-pressed="true"]').waitFor();
    assert.ok(await again.isEnabled());
    await reach("first:bus");
    await page.locator('[data-target="first:bus"][aria-pressed="true"]').waitFor();
    await asking.finish(reach);
    await go(page, `/children/${asking.stream}`);
    const last = page.locator(".heard-capture").first();
    assert.deepEqual(await last.locator(".view-card").evaluateAll((all) => all.map((one) => one.textContent)), ["firstthe bus", "nextthe car"]);
  });
}

test("@touch two places, and then how much: one answer a card, which the review moves to any of four", async () => {
  await asking.profile(() => page.getByLabel(/^Two, and then how much/).check());
  await asking.toWay("A mat: each card is placed on a scale");
  await look(page, "way-then-more");
  await asking.handOverOffline();
  const option = await card(page).textContent();
  assert.deepEqual(await asking.shown(), ["like", "don't like"]);
  await put(touch, "don't like");
  await page.getByText("Which is it?").waitFor();
  assert.equal(await card(page).textContent(), option, "the same card");
  assert.deepEqual(await asking.shown(), ["don't like much", "don't like at all"]);
  await look(page, "child-then-more");
  assert.deepEqual(await breaches(page), []);
  await put(touch, "don't like at all");
  await page.waitForFunction((option) => document.querySelector(".child__option .child__words")?.textContent !== option, option);
  const second = await card(page).textContent();
  // How much is left open: where it lies stands, and it is not asked again.
  await put(touch, "like");
  await page.getByText("Which is it?").waitFor();
  await touch("dont-know");
  await page.waitForFunction((second) => document.querySelector(".child__option .child__words")?.textContent !== second, second);
  await asking.answerAll(touch, () => 0, PUT, 24);
  await look(page, "child-then-more-review");
  assert.deepEqual(await breaches(page), []);
  await page.locator(".placed").filter({ hasText: option }).click();
  await touch("to-like-a-bit");
  await page.locator(".cell").filter({ hasText: "like a bit" }).locator(".placed").filter({ hasText: option }).waitFor();
  await asking.finish(touch);
  const bodies = (await entries(page, asking.stream)).map(({ body }) => body);
  assert.equal(bodies.filter((body) => body?.includes('"kind":"Moved"') && body.includes('"to":"like-a-bit"')).length, 1);
  await go(page, `/children/${asking.stream}`);
  const last = page.locator(".heard-capture").first();
  await last.getByText("like a bit").first().waitFor();
  assert.equal(await last.locator(".view-card").filter({ hasText: option }).count(), 1, "one view, not two");
  assert.equal(await last.locator(".view-card").filter({ hasText: second }).getByText("like", { exact: true }).count(), 1);
});

test("@touch what matters much is asked once more as a choice, and again with its sides swapped; what came of it stands beside it", async () => {
  await asking.profile(() => page.getByLabel(/^Three: with one in between/).check());
  await asking.toWay("A mat: each card is placed on a scale", "care");
  await asking.handOverOffline();
  const liked = [];
  const asked = await asking.answerAll(touch, (places, option) => {
    if (option === "one of these") return places.indexOf(liked[0]);
    if (liked.length) return option.length % 2 ? 1 : 2;
    liked.push(option);
    return 0;
  }, PUT, 16);
  const [first, second] = asked.filter(([option]) => option === "one of these").map(([, ...places]) => places);
  assert.deepEqual(second, first.toReversed(), "the sides are swapped");
  assert.equal(await page.locator(".placed").count(), asked.length - 2, "it lies nowhere on the mat");
  await look(page, "child-checked-review");
  await asking.finish(touch);
  await go(page, `/children/${asking.stream}`);
  await page.getByText(new RegExp(`^Asked once more as a choice between ${liked[0]} and .*: ${liked[0]} both times, which fits where they were put\\.$`)).first().waitFor();
  await go(page, asking.topics.replace(/topics.*/, "note"));
  await page.getByText(/Asked once more as a choice between/).first().waitFor();
});

test("@keyboard what was said last time can be looked at in the review, where nobody may not see it", async () => {
  const ask = async () => {
    await asking.toWay("Yes or no, a card at a time");
    await asking.handOverOffline();
    await asking.answerAll(byKeys, (places, option) => places.indexOf(option === "the bus" ? "no" : "yes"), PUT);
  };
  await ask();
  assert.equal(await page.locator('[data-target="last-time"]').count(), 0, "it was not asked so before");
  await byKeys("content");
  for (const who of ["family", "school-people"]) await byKeys(`${who}-can-see`);
  await asking.finish(byKeys, { content: false });
  await ask();
  await byKeys("last-time");
  await page.getByRole("heading", { name: "Last time, and now" }).waitFor();
  const row = page.getByRole("row").filter({ hasText: "the bus" });
  assert.deepEqual(await row.getByRole("cell").allTextContents(), ["no", "no"]);
  await look(page, "child-last-time");
  assert.deepEqual(await breaches(page), []);
  await byKeys("last-time-back");
  await page.getByText(PUT).waitFor();
  // Nobody may see it: the next time there is nothing to look at.
  await byKeys("content");
  await byKeys("family-nobody");
  await asking.finish(byKeys, { content: false });
  await ask();
  assert.equal(await page.locator('[data-target="last-time"]').count(), 0);
  await asking.finish(byKeys);
});

test("@keyboard a scale of five is asked in one step, in every size", async () => {
  await asking.profile(() => page.getByLabel(/^Five:/).check());
  await asking.toWay("A mat: each card is placed on a scale");
  await asking.handOverOffline();
  const five = ["like a lot", "like a bit", "in between", "don't like much", "don't like at all"];
  assert.deepEqual(await asking.shown(), five);
  await look(page, "child-five");
  assert.deepEqual(await breaches(page), []);
  await asking.answerAll(byKeys, (places, option) => option.length % places.length, PUT);
  await look(page, "child-five-review");
  assert.deepEqual(await breaches(page), []);
  await asking.finish(byKeys);
  await upToDate(page);
});

test("a card that lies somewhere is opened into a question of its own, and asked at once", async () => {
  await asking.toWay("A mat: each card is placed on a scale", "care");
  await page.getByText("Ask more about one of these cards").click();
  await look(page, "way-more-about");
  const card = page.locator("details").filter({ hasText: "It becomes a question of its own" }).getByRole("link").first();
  const words = await card.textContent();
  await card.click();
  const about = words[0].toUpperCase() + words.slice(1);
  await page.waitForFunction((about) => document.querySelector("#words")?.value === about, about);
  await page.getByText("0 cards", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Back to the visit" }).waitFor();
  for (const picture of ["having a shower", "the toilet"]) {
    await page.getByRole("group", { name: "Cards" }).getByRole("button", { name: picture, exact: true }).click();
  }
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { name: /What shall we talk about/ }).waitFor();
  await page.getByRole("link", { name: about }).first().click();
  await asking.handOverOffline();
  await asking.answerAll(touch, () => 0, PUT);
  await asking.finish(touch);
  await go(page, `/children/${asking.stream}`);
  await page.locator(".heard-capture").first().getByText(about).first().waitFor();
});
