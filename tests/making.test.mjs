// What a child makes: a drawing, line by line, and words, letter by letter. Without signal, over a killed page, gone on with from
// the review, and then read by worker and manager.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { look } from "./support/look.mjs";
import { rested } from "./support/mat.mjs";
import { go, setUp, upToDate } from "./support/people.mjs";
import { entries, takeBack } from "./support/record.mjs";
import { beside } from "./support/ways.mjs";

let server, page, helen, asking;
const MADE = "This is what you made. You can go on with it.";
const paper = () => page.locator("svg.make__paper");
const used = () => page.getByRole("group", { name: "The way that is used in a visit" });
const target = (id) => asking.target(id);
const drawn = () => page.locator("svg.make__paper g .ink");

beside("Going to school", (made) => { ({ server, page, helen, asking } = made); });

/** Draws through these places of the sheet, each from 0 to 1. */
async function draw(...through) {
  await rested(page);
  const before = await drawn().count();
  const box = await paper().boundingBox();
  const [first, ...rest] = through.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height]);
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 12 });
  await page.mouse.up();
  await page.waitForFunction((before) => document.querySelectorAll("svg.make__paper g .ink").length > before, before);
}

/** Writes with this way of reaching. */
async function write(reach, words) {
  for (const letter of words) {
    const before = await page.locator(".make__written").textContent();
    await reach({ " ": "space", ".": "stop-mark" }[letter] ?? `letter-${letter}`);
    await page.waitForFunction((before) => document.querySelector(".make__written").textContent !== before, before);
  }
}

const kinds = (all) => all.filter(({ body }) => body).map(({ body }) => JSON.parse(body).payload?.kind ?? JSON.parse(body).kind);

test("@touch a drawing: lines in colours, one taken back, a killed page, and what was drawn is gone on with from the review", async () => {
  await asking.toWay("A drawing");
  await page.getByText("for a child who does not touch, a pen goes step by step").waitFor();
  assert.deepEqual(await breaches(page), []);
  await asking.handOverOffline();
  await page.getByText("Draw about this.").waitFor();
  assert.equal(await page.getByRole("button", { name: "I have finished" }).count(), 0, "nothing is done before there is something");
  await draw([0.2, 0.7], [0.2, 0.3], [0.8, 0.3], [0.8, 0.7], [0.2, 0.7]);
  await asking.touch("ink-red");
  await draw([0.3, 0.75], [0.3, 0.85]);
  await draw([0.7, 0.75], [0.7, 0.85]);
  await asking.touch("undraw");
  await page.waitForFunction(() => document.querySelectorAll("svg.make__paper g .ink").length === 2);
  await look(page, "child-drawing");
  assert.deepEqual(await breaches(page), []);
  // The page dies: every line that was lifted is there.
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll("svg.make__paper g .ink").length === 2);
  await asking.touch("done");
  await page.getByText(MADE).waitFor();
  await look(page, "child-drawing-review");
  assert.deepEqual(await breaches(page), []);
  await asking.touch("again");
  await draw([0.5, 0.1], [0.5, 0.2]);
  await asking.touch("done");
  await page.getByText(MADE).waitFor();
  await asking.finish(asking.touch);
  await go(page, `/children/${asking.stream}`);
  assert.equal(await page.locator("svg.drawing").first().locator(".ink").count(), 3);
  await page.getByText("a drawing", { exact: true }).first().waitFor();
  await look(page, "drawing-on-page");
  const all = kinds(await entries(page));
  assert.equal(all.filter((kind) => kind === "LineDrawn").length, 4);
  assert.equal(all.filter((kind) => kind === "LineTakenBack").length, 1);
});

for (const [method, reach] of [["@keyboard", (id) => asking.byKeys(id)], ["@two-switches", (id) => asking.bySwitches(id)]]) {
  test(`${method} a drawing step by step: the pen goes, is lifted, and goes on`, async () => {
    await asking.profile(async () => {
      await used().getByLabel(method === "@keyboard" ? "Keys" : "Two switches", { exact: true }).check();
      if (method === "@two-switches") await page.getByRole("group", { name: "In which order are places offered?" }).getByLabel("One by one", { exact: true }).check();
    });
    await asking.toWay("A drawing");
    await asking.handOverOffline();
    const lines = (count) => page.waitForFunction((count) => document.querySelectorAll("svg.make__paper g .ink").length === count, count);
    await reach("go-up");
    await lines(1);
    await reach("ink-blue");
    await reach("go-right");
    await lines(2);
    await reach("pen");
    await page.locator(".make__pen[data-lifted]").waitFor();
    await reach("go-down");
    await reach("pen");
    await reach("go-left");
    await lines(3);
    await look(page, `child-drawing-steps-${method.slice(1)}`);
    // A line that is taken back takes the pen back, too.
    await reach("undraw");
    await lines(2);
    await reach("go-left");
    await lines(3);
    await reach("done");
    await page.getByText(MADE).waitFor();
    await asking.finish(reach);
    const drawn = (await entries(page, asking.stream)).filter(({ body }) => body?.includes('"kind":"LineDrawn"')).slice(-4).map(({ body }) => JSON.parse(body));
    const points = drawn.map((body) => (body.payload ?? body).data?.points ?? (body.payload ?? body).data?.line?.points);
    assert.deepEqual(points, [[[500, 350], [500, 250]], [[500, 250], [600, 250]], [[600, 350], [500, 350]], [[600, 350], [500, 350]]]);
  });
}

test("a palm that rests draws nothing, and a second finger does not break the line", async () => {
  await asking.profile(async () => { await used().getByLabel("Touch", { exact: true }).check(); });
  await asking.toWay("A drawing");
  await asking.handOverOffline();
  const count = await page.evaluate(async () => {
    const paper = document.querySelector("svg.make__paper");
    const { left, top, width, height } = paper.getBoundingClientRect();
    const fire = (kind, id, x, y) => paper.dispatchEvent(new PointerEvent(kind, { pointerId: id, button: 0, clientX: left + x * width, clientY: top + y * height, bubbles: true }));
    fire("pointerdown", 1, 0.2, 0.2);
    fire("pointermove", 1, 0.4, 0.4);
    fire("pointerdown", 2, 0.9, 0.9);
    fire("pointermove", 2, 0.1, 0.9);
    fire("pointermove", 1, 0.6, 0.6);
    fire("pointerup", 2, 0.1, 0.9);
    fire("pointerup", 1, 0.6, 0.6);
    await new Promise((done) => setTimeout(done, 200));
    return [...paper.querySelectorAll("g .ink")].map((line) => line.getAttribute("d").split("L").length);
  });
  assert.deepEqual(count, [3], "one line of three points");
  await asking.touch("done");
  await asking.finish(asking.touch);
});

for (const [method, reach] of [["@touch", (id) => asking.touch(id)], ["@keyboard", (id) => asking.byKeys(id)]]) {
  test(`${method} my words: letter by letter, one rubbed out, and they stand where the view is shown`, async () => {
    await asking.toWay("My words, letter by letter");
    await asking.handOverOffline();
    await page.getByText("What do you say about this?").waitFor();
    await write(reach, "too loux");
    await reach("rub-out");
    await page.waitForFunction(() => document.querySelector(".make__written").textContent === "too lou");
    await write(reach, "d.");
    await look(page, `child-words-${method.slice(1)}`);
    assert.deepEqual(await breaches(page), []);
    await page.reload();
    await page.locator(".make__written", { hasText: "too loud." }).waitFor();
    await reach("done");
    await page.getByText(MADE).waitFor();
    await look(page, `child-words-review-${method.slice(1)}`);
    assert.deepEqual(await breaches(page), []);
    await asking.finish(reach);
    await go(page, `/children/${asking.stream}`);
    await page.getByText("“too loud.”").first().waitFor();
    await go(page, asking.topics.replace(/topics.*/, "note"));
    await page.getByText("“too loud.”").first().waitFor();
  });
}

test("a child's own keyboard types, quickly and in its own letters, and no shortcut writes", async () => {
  await asking.toWay("My words, letter by letter");
  await asking.handOverOffline();
  await page.locator("#child-words").focus();
  // A Polish keyboard's letter, with AltGr.
  await page.evaluate(() => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Ł", ctrlKey: true, altKey: true, modifierAltGraph: true, bubbles: true, cancelable: true })));
  await page.keyboard.type("eba is far, 2 hourz");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Control+b");
  // A hand that is slow to let go writes one letter.
  await page.keyboard.down("q");
  await page.keyboard.down("q");
  await page.keyboard.up("q");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("F2");
  await page.keyboard.type("s!");
  await page.locator(".make__written", { hasText: "Łeba is far, 2 hours!" }).waitFor();
  // On a button the space bar presses it, and writes nothing beside.
  await rested(page);
  await asking.target("letter-a").focus();
  await page.keyboard.press("Space");
  await page.locator(".make__written", { hasText: "Łeba is far, 2 hours!a" }).waitFor();
  await page.keyboard.press("Backspace");
  await asking.byKeys("done");
  await page.getByText(MADE).waitFor();
  await asking.finish(asking.byKeys);
  await go(page, `/children/${asking.stream}`);
  await page.getByText("“Łeba is far, 2 hours!”").first().waitFor();
});

test("@two-switches a word is spelled", async () => {
  await asking.profile(async () => {
    await used().getByLabel("Two switches", { exact: true }).check();
    await page.getByRole("group", { name: "In which order are places offered?" }).getByLabel("One by one", { exact: true }).check();
  });
  await asking.toWay("My words, letter by letter");
  await asking.handOverOffline();
  await write(asking.bySwitches, "no");
  await asking.bySwitches("done");
  await page.getByText(MADE).waitFor();
  await asking.finish(asking.bySwitches);
});

test("words that may tell of harm are looked at before the visit ends", async () => {
  await asking.profile(async () => { await used().getByLabel("Touch", { exact: true }).check(); });
  await asking.toWay("My words, letter by letter");
  await asking.handOverOffline();
  await write(asking.touch, "he hits me");
  await asking.touch("done");
  await page.getByText(MADE).waitFor();
  await asking.finish(asking.touch);
  await go(page, asking.topics.replace(/\?.*/, ""));
  await page.getByText("Something to look at by yourself").waitFor();
  await go(page, `/children/${asking.stream}/said`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await page.getByText("he hits me").count(), 0, "not on the paper that others may find");
});

test("what was said is saved as a picture, with its symbols and drawings, and no name in its file's name", async () => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a picture" }).click()]);
  assert.equal(download.suggestedFilename(), "what-you-said.png");
  const bytes = await readFile(await download.path());
  if (process.env.HEARD_SHOTS) await download.saveAs(`${process.env.HEARD_SHOTS}/what-you-said.png`);
  assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  assert.equal(bytes.readUInt32BE(16), 1_200, "as wide as it is");
  assert.ok(bytes.readUInt32BE(20) > 400, "more than a title");
  assert.ok(bytes.length > 20_000, "symbols and lines are in it");
});

test("the manager sees the drawing and the words, and replays them", async () => {
  await setUp(helen, server.url, "Helen Marsh");
  await upToDate(helen);
  await go(helen, `/waiting/${asking.stream}`);
  await helen.locator("svg.drawing").first().waitFor({ state: "attached" });
  await helen.getByText("“too loud.”").first().waitFor({ state: "attached" });
  await look(helen, "making-manager");
});

test("a child stops in the middle of a word: what it wrote is in the note, and an advocate it asked for is told of", async () => {
  await asking.toWay("My words, letter by letter");
  await asking.handOverOffline();
  await write(asking.touch, "see m");
  await asking.touch("something-else");
  await asking.touch("topic-people");
  for (let turn = 0; turn < 20 && !(await target("speak-for-me").count()); turn += 1) {
    await asking.touch("more");
    await rested(page);
  }
  await asking.touch("speak-for-me");
  await asking.target("letter-a").waitFor();
  await asking.touch("stop");
  await page.getByText("You stopped.").waitFor();
  await takeBack(page);
  await page.context().setOffline(false);
  await upToDate(page);
  await go(page, `/children/${asking.stream}`);
  await page.getByText("Written, and not finished: “see m”.").waitFor();
  await go(page, asking.topics.replace(/topics.*/, "note"));
  await page.getByText("“see m” (not finished)").first().waitFor();
  await go(page, `/children/${asking.stream}/plan`);
  await page.getByText("The child asked for somebody to speak for them.").first().waitFor();
});

test("what the child wants to change later comes first at the next visit, and the plan says so", async () => {
  await upToDate(page);
  await go(page, `/children/${asking.stream}/said`);
  await page.getByText("Amira wants to change something").click();
  const row = page.getByRole("listitem").filter({ hasText: "Night time: the light" }).last();
  await row.getByRole("button", { name: /Wants to change this/ }).click();
  await row.getByText("to be asked again").waitFor();
  await row.getByRole("button", { name: /Not after all/ }).click();
  await row.getByText("to be asked again").waitFor({ state: "detached" });
  await row.getByRole("button", { name: /Wants to change this/ }).click();
  await row.getByText("to be asked again").waitFor();
  await look(page, "said-change");
  // After a stop nothing is asked before somebody says so.
  await go(page, asking.topics.replace(/\?.*/, "?more"));
  const first = page.getByRole("region", { name: "Amira wants to change something" });
  await first.getByRole("link", { name: /Night time/ }).waitFor();
  await go(page, `/children/${asking.stream}/plan`);
  await page.getByText("The child wants to change what they said about: the light.").first().waitFor();
});

test("a manager who decides reads what the child wants to change, and that it asked for an advocate", async () => {
  await page.getByRole("button", { name: /^Submit version/ }).click();
  await page.getByText(/^Version \d+ (is with|waits)/).first().waitFor();
  await upToDate(page);
  await upToDate(helen);
  await go(helen, `/waiting/${asking.stream}`);
  await helen.getByText(/wants to change what they said about the light/).first().waitFor();
  await helen.getByText(/asked for somebody to speak for them, and no action that stands says so/).first().waitFor();
});
