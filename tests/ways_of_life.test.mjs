// Three houses, my day, people around me, my body. Each by two ways of reaching, without signal, and then read by worker and manager.
import assert from "node:assert/strict";
import { test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { look } from "./support/look.mjs";
import { card, rested } from "./support/mat.mjs";
import { go, setUp, upToDate } from "./support/people.mjs";
import { entries, takeBack } from "./support/record.mjs";
import { CHOSE, PUT, beside } from "./support/ways.mjs";

let server, page, helen, asking;
const METHODS = [["@touch", (id) => asking.touch(id)], ["@keyboard", (id) => asking.byKeys(id)]];

beside("Going to school", async (made) => {
  ({ server, page, helen, asking } = made);
  await asking.profile(() => page.getByLabel("Three: with one in between").check());
});

/** The activity that was done last, on the child's page. */
async function lastOnPage() {
  await go(page, `/children/${asking.stream}`);
  return page.locator(".heard-capture").first();
}

for (const [method, reach] of METHODS) {
  test(`${method} three houses: each card is put in one of them`, async () => {
    await asking.toWay("Three houses: worries, good things, dreams", "my-life");
    if (method === "@touch") assert.deepEqual(await breaches(page), []);
    await asking.handOverOffline();
    await page.getByText("Which house is this in?").waitFor();
    assert.deepEqual(await asking.shown(), ["House of worries", "House of good things", "House of dreams"]);
    const asked = await asking.answerAll(reach, (_, option) => option.length % 3, PUT);
    assert.equal(asked.length, 9);
    await look(page, "child-houses-review");
    assert.deepEqual(await breaches(page), []);
    await asking.finish(reach);
    await (await lastOnPage()).getByText("House of worries").first().waitFor();
  });

  test(`${method} my day: each part in its order, and what was not good is asked about once more`, async () => {
    await asking.toWay("My day: each part in its order, and what should be otherwise", "my-day");
    await asking.handOverOffline();
    assert.deepEqual(await asking.shown(), ["good", "in between", "not good"]);
    await look(page, "child-day");
    assert.deepEqual(await breaches(page), []);
    const asked = await asking.answerAll(reach, (places, option) => {
      if (places.length === 4) return places.indexOf("something different");
      return places.indexOf(option === "the bus" ? "not good" : "good");
    }, PUT);
    assert.deepEqual(asked.map(([option]) => option),
      ["getting up", "breakfast", "the bus", "school", "lunch", "playtime", "dinner", "bath time", "going to sleep", "the bus, next time"]);
    assert.deepEqual(asked.at(-1).slice(1), ["the same", "more", "less", "something different"]);
    await look(page, "child-day-review");
    assert.deepEqual(await breaches(page), []);
    await asking.finish(reach);
    const last = await lastOnPage();
    await last.getByText("the bus, next time").waitFor();
    await last.getByText("something different").waitFor();
  });

  test(`${method} people around me: who is close, and then with whom more or less time`, async () => {
    await asking.toWay("People around me: who is close, and with whom more or less time", "people");
    // Three are enough to see both rounds.
    for (const name of ["my brother", "my sister", "grandad", "my friend", "my teacher", "my helper"]) await page.getByLabel(name, { exact: true }).uncheck();
    await asking.handOverOffline();
    await page.getByText("How close to you is…").waitFor();
    assert.deepEqual(await asking.shown(), ["close to me", "in the middle", "further away"]);
    await look(page, "child-people");
    const asked = await asking.answerAll(reach, (places, option) => places.indexOf(option === "nan" ? "further away" : option === "time with nan" ? "more" : places[1]), PUT);
    assert.equal(asked.length, 6);
    assert.deepEqual(asked.slice(0, 3).map(([option]) => option).toSorted(), ["dad", "mum", "nan"]);
    await look(page, "child-people-review");
    assert.deepEqual(await breaches(page), []);
    // A person who is close goes to another circle, never to an amount of time.
    await reach("card-nan");
    await page.locator('[data-target="to-close-to-me"]').waitFor();
    assert.equal(await page.locator('[data-target="to-less"]').count(), 0);
    await reach("to-close-to-me");
    await asking.finish(reach);
    await (await lastOnPage()).getByText("time with nan").waitFor();
  });

  test(`${method} my body: where, what it is like there, and that is all`, async () => {
    await asking.toWay("My body: where, and what it is like there", "care");
    assert.equal(await page.getByText("Which cards").count(), 0, "it has no cards to choose from");
    await asking.handOverOffline();
    await page.getByRole("heading", { name: "Where on your body?" }).waitFor();
    await look(page, "child-body");
    assert.deepEqual(await breaches(page), []);
    const beneath = await page.locator(".body__outline ellipse").first().evaluate((head) => {
      const { x, y, width, height } = head.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2).closest("[data-target]")?.dataset.target;
    });
    assert.equal(beneath, "head", "a finger on the drawn head reaches the head");
    const says = async (part, like) => {
      await reach(part);
      await asking.target(like).waitFor();
      if (part === "left-arm" && method === "@touch") {
        await look(page, "child-body-part");
        assert.deepEqual(await breaches(page), []);
      }
      await reach(like);
      await page.getByRole("heading", { name: "Where else?" }).waitFor();
      const fits = await asking.target("take-back").evaluate((button) => button.scrollHeight <= button.clientHeight);
      assert.ok(fits, "its words are not cut off");
    };
    await says("left-arm", "hurt");
    await says("back", "feels-good");
    // The child changes their mind about the arm: it is taken back as *where*, then shown once more.
    await reach("left-arm");
    await asking.target("sore-skin").waitFor();
    await reach("take-back");
    await page.getByRole("heading", { name: "Where else?" }).waitFor();
    await reach("that-is-all");
    await page.getByText(CHOSE).waitFor();
    assert.deepEqual(await page.locator(".pair__words").allTextContents(), ["my left arm", "my back"]);
    await look(page, "child-body-review");
    assert.deepEqual(await breaches(page), []);
    await reach("back:my-things");
    await asking.finish(reach);
    const last = await lastOnPage();
    await last.getByText("my left arm", { exact: true }).waitFor();
    assert.equal(await last.getByText(/^Where/).count(), 0, "where is no view of its own");
    await look(page, "worker-body");
  });
}

test("@touch a warm-up: known things, then don't know and stop by doing them, and it is no stop and no view", async () => {
  await asking.toWay("Three things the child knows, then “don’t know” and “stop” by doing them", "warm-up");
  await asking.handOverOffline();
  for (const [question, answer] of [["Is this a dog?", "yes"], ["Is this a car?", "no"], ["Is this a bus?", "yes"]]) {
    await page.getByRole("heading", { name: question }).waitFor();
    await asking.touch(answer);
  }
  await page.getByRole("heading", { name: "Try “don't know”." }).waitFor();
  assert.deepEqual(await asking.shown(), [], "there is nothing else to press");
  await look(page, "child-warm-up");
  assert.deepEqual(await breaches(page), []);
  await asking.touch("dont-know");
  await page.getByRole("heading", { name: "Try “stop”." }).waitFor();
  await asking.touch("stop");
  await page.getByText("You stopped.").waitFor();
  await takeBack(page);
  await page.getByText("Warm-up: 3 of 3 known things told rightly. “Don’t know” and “stop” were tried.").waitFor();
  await look(page, "topics-warm-up");
  await page.context().setOffline(false);
  await upToDate(page);
  await go(page, asking.topics.replace(/topics.*/, "write-up"));
  await page.getByRole("heading", { name: /^Visit with/ }).first().waitFor();
  assert.equal(await page.getByRole("link", { name: "Warming up" }).count(), 0, "nothing to write up");
});

test("a part of the body that hurts is for the manager to see, and not for the family", async () => {
  await go(page, asking.topics.replace(/topics.*/, "note"));
  await page.getByText(/may be a sign of harm: "my left arm: it hurts"/).first().waitFor();
  await page.getByLabel("The family").check();
  await page.getByText(/may be a sign of harm/).first().waitFor({ state: "detached" });
  assert.doesNotMatch(await page.locator("main").innerText(), /left arm/);
  await setUp(helen, server.url, "Helen Marsh");
  await upToDate(helen);
  await go(helen, `/waiting/${asking.stream}`);
  await helen.getByText("Chose “my left arm: it hurts”: it may be a sign of harm.").first().waitFor();
  await look(helen, "manager-body");
  assert.deepEqual(await breaches(helen), []);
});

test("the places lie where the profile says, beside the card, and the ways out never between them", async () => {
  const toSide = async (side) => {
    await asking.profile(() => page.getByRole("group", { name: "Where the places lie" }).getByLabel(side, { exact: true }).check());
    await asking.toWay("A mat: each card is placed on a scale", "school-journey");
    await page.getByText("All pictures are on this tablet").waitFor();
    await page.getByRole("button", { name: /^Hand over to/ }).click();
    await card(page).waitFor();
    await rested(page);
    await look(page, `child-side-${side.split(" ").at(-1)}`);
    const at = async (of) => page.locator(of).first().boundingBox();
    const [option, scale] = [await at(".child__option"), await at(".child__scale")];
    assert.deepEqual(await breaches(page), []);
    await asking.touch("stop");
    await takeBack(page);
    return [option, scale];
  };
  let [option, scale] = await toSide("On the left");
  assert.ok(scale.x + scale.width <= option.x);
  [option, scale] = await toSide("On the right");
  assert.ok(option.x + option.width <= scale.x);
  [option, scale] = await toSide("Above the card");
  assert.ok(scale.y + scale.height <= option.y);
  await upToDate(page);
  const started = (await entries(page, asking.stream)).filter(({ body }) => body?.includes('"kind":"CaptureStarted"')).at(-1).body;
  assert.match(started, /"side":"above"/);
});

test("@two-switch my body: every part is offered, and what it is like there", async () => {
  await asking.profile(async () => {
    await page.getByRole("group", { name: "The way that is used in a visit" }).getByLabel("Two switches", { exact: true }).check();
    await page.getByRole("group", { name: "In which order are places offered?" }).getByLabel("One by one", { exact: true }).check();
  });
  await asking.toWay("My body: where, and what it is like there", "care");
  await asking.handOverOffline();
  await asking.bySwitches("left-foot");
  await asking.target("feels-good").waitFor();
  await asking.bySwitches("feels-good");
  await page.getByRole("heading", { name: "Where else?" }).waitFor();
  await asking.bySwitches("that-is-all");
  await page.getByText(CHOSE).waitFor();
  await asking.finish(asking.bySwitches);
  const answer = (await entries(page, asking.stream)).filter(({ body }) => body?.includes('"kind":"Answered"') && body.includes('"option":"left-foot"'))[0].body;
  assert.match(answer, /"cell":"feels-good".*"offered":/, "how it was reached is kept");
});

test("beneath a keyguard places are far apart, and lie where they lay with the card before", async () => {
  await asking.profile(async () => {
    await page.getByRole("group", { name: "The way that is used in a visit" }).getByLabel("Touch", { exact: true }).check();
    await page.getByLabel(/^A keyguard lies on the screen/).check();
  });
  await asking.toWay("A mat: each card is placed on a scale", "school-journey");
  await asking.handOverOffline();
  const targets = () => page.locator(".child__scale .cell, .escape:not(.escape--take-back)").evaluateAll((all) => all.map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
  }));
  const before = await targets();
  const cells = before.slice(0, 3);
  for (const [at, [x]] of cells.slice(1).entries()) assert.ok(x - cells[at][0] - cells[at][2] >= 28, "a bar between the places");
  await look(page, "child-keyguard");
  const first = await card(page).textContent();
  await asking.touch(await page.locator(".child__scale .cell").first().getAttribute("data-target"));
  await page.waitForFunction((first) => document.querySelector(".child__option .child__words")?.textContent !== first, first);
  await rested(page);
  assert.deepEqual(await targets(), before);
  await takeBack(page);
  await page.context().setOffline(false);
  await upToDate(page);
});
