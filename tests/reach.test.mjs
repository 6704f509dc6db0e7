// Reached by everyone: narrow screens and four times the size without scrolling aside, a whole mat by keyboard alone.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { NOTHING_KEPT, SIZES, startBrowser } from "./support/browser.mjs";
import { card, handOver, holdCorner, placeAll, press, rested, toHandOver, toPasscode } from "./support/mat.mjs";
import { openPeer } from "./support/peer.mjs";
import { go, setUp, unlock, upToDate } from "./support/people.mjs";
import { openServer } from "./support/server.mjs";

/** 320 px wide, and 1280 × 1024 at 400 %. */
const NARROW = { "320 px": { width: 320, height: 568 }, "400 %": { width: 320, height: 256 } };
/** Every way a child may have the screen before them. */
const HELD = { ...SIZES, "phone on its side": { width: 844, height: 390 }, ...NARROW };
let server, browser, context, page;

before(async () => { [server, browser] = await Promise.all([openServer(), startBrowser()]); });
after(async () => { await browser.close(); await server.remove(); });
beforeEach(async () => {
  context = await browser.newContext({ viewport: SIZES.tablet, ...NOTHING_KEPT });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
});
afterEach(() => context.close());

const heading = (name) => page.getByRole("heading", { level: 1, name });

/** What reaches beyond the right edge at this moment; nothing may. */
async function fits(screen) {
  for (const [size, box] of Object.entries(NARROW)) {
    await page.setViewportSize(box);
    const { wide, beyond } = await page.evaluate(() => {
      const scrolls = (one) => {
        for (let at = one.parentElement; at; at = at.parentElement) {
          if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at !== document.documentElement) return true;
        }
        return false;
      };
      const beyond = [...document.querySelectorAll("body *")].filter((one) => {
        const { right, width, height } = one.getBoundingClientRect();
        return width > 1 && height > 1 && right > innerWidth + 1 && one.checkVisibility() && !scrolls(one);
      });
      return {
        wide: document.documentElement.scrollWidth > innerWidth,
        beyond: beyond.slice(0, 5).map((one) => `${one.tagName.toLowerCase()}.${one.className} ${Math.round(one.getBoundingClientRect().right)}`),
      };
    });
    assert.equal(wide, false, `${screen} at ${size} scrolls aside: ${beyond.join(", ")}`);
  }
}

/** Whether the control can be pressed where it lies: in sight, or scrolled into it, and not covered. */
async function canBePressed(control, screen) {
  for (const [size, box] of Object.entries(NARROW)) {
    await page.setViewportSize(box);
    await control.scrollIntoViewIfNeeded();
    const there = await control.evaluate((one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return one.contains(hit) || hit?.contains(one) || `${hit?.tagName}.${hit?.className}`;
    });
    assert.equal(there, true, `${screen} at ${size}: ${await control.textContent()}`);
  }
}

/** Nothing to press lies under the adult's corner: whoever presses there would get a ring instead of an answer. */
async function cornerIsFree(screen) {
  for (const [size, box] of Object.entries(HELD)) {
    await page.setViewportSize(box);
    const under = await page.evaluate(() => {
      const corner = document.querySelector(".corner-hold").getBoundingClientRect();
      const lies = ({ left, right, top, bottom }) => right > corner.left + 1 && left < corner.right - 1 && top < corner.bottom - 1 && bottom > corner.top + 1;
      const targets = [...document.querySelectorAll("main.child button:not(.corner-hold)")];
      return targets.filter((one) => lies(one.getBoundingClientRect())).map((one) => one.textContent);
    });
    assert.deepEqual(under, [], `${screen}, ${size}: under the adult's corner`);
  }
}

/** Each place on the scale is two centimetres wide and high, in every way of holding. */
async function cellsAreLarge() {
  for (const [size, box] of Object.entries(HELD)) {
    await page.setViewportSize(box);
    for (const cell of await page.locator(".child__scale .cell").all()) {
      const { width, height } = await cell.boundingBox();
      assert.ok(width >= 76 && height >= 76, `${size}: ${await cell.textContent()} is ${Math.round(width)} × ${Math.round(height)}`);
    }
  }
}

test("the worker's pages need no scrolling aside", async () => {
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
  await fits("today");
  await page.getByRole("link", { name: "My children" }).click();
  await heading("My children").waitFor();
  await fits("children");
  await page.getByRole("link", { name: "Reece D" }).click();
  await heading("Reece Dixon").waitFor();
  await fits("record");
  await page.getByRole("link", { name: "Plan", exact: true }).click();
  await heading(/Reece/).waitFor();
  await page.getByText("Version 1 came back").waitFor();
  await fits("plan");
  await page.getByRole("button", { name: /^We will ask, for/ }).first().click();
  await page.getByLabel("We will ask for", { exact: true }).waitFor();
  await fits("plan, an action open");
  await go(page, "/questions");
  await heading("Question library").waitFor();
  await fits("question library");
  await page.getByRole("link", { name: "Propose a change Going to school" }).click();
  await heading("A question for the team").waitFor();
  await fits("a question");
  await go(page, "/saved");
  await heading("What is safe where").waitFor();
  await fits("saved");
});

test("the manager's desk needs no scrolling aside, and the decision can be reached", async () => {
  await setUp(page, server.url, "Helen Marsh");
  await upToDate(page);
  await fits("waiting");
  await page.setViewportSize(SIZES.desk);
  await page.getByRole("link", { name: /Yusuf D/ }).first().click();
  await heading(/Yusuf D/).waitFor();
  await fits("review");
  await canBePressed(page.getByRole("button", { name: "Authorise version 2" }), "review");
  await page.getByRole("button", { name: "Replay" }).first().click();
  await page.getByText(/^Step 1 of/).first().waitFor();
  await fits("replay");
});

test("the pages for who works here, what they may ring and who looked at what need no scrolling aside", async () => {
  await setUp(page, server.url, "Lin Zhang");
  await page.getByRole("link", { name: "Sade Okafor" }).waitFor();
  await fits("staff");
  await page.setViewportSize(SIZES.tablet);
  await page.getByRole("link", { name: "Sade Okafor" }).click();
  await page.getByRole("heading", { name: "Devices" }).waitFor();
  await fits("member of staff");
  for (const [path, title] of [["/settings", "Council settings"], ["/account/devices", "Where I am signed in"], ["/access", "Who looked at what"]]) {
    await page.setViewportSize(SIZES.tablet);
    await go(page, path);
    await heading(title).waitFor();
    await fits(title);
  }
  await page.setViewportSize(SIZES.tablet);
  await page.getByRole("link", { name: "Lin Zhang" }).click();
  await page.locator("tbody tr").first().waitFor();
  await fits("what somebody did");
});

test("the pages of reading with a reason, of the night and of audits need no scrolling aside", async () => {
  for (const [name, write, title] of [["Bronwen Price", "Write a contact or concern", "Write a contact or concern"], ["Marcus Bell", "Write what you found", "Write what you found"]]) {
    await context.close();
    context = await browser.newContext({ viewport: SIZES.tablet, ...NOTHING_KEPT });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await setUp(page, server.url, name);
    await go(page, "/find");
    await page.getByLabel("Name", { exact: true }).fill("Chloe");
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.getByRole("link", { name: /^Read / }).waitFor();
    await fits("find");
    await page.setViewportSize(SIZES.tablet);
    await page.getByRole("link", { name: /^Read / }).click();
    await page.getByLabel("Why do you read this record now?").fill("A trial");
    await page.getByRole("button", { name: "Read the record" }).click();
    await page.getByText("The pump alarm goes").waitFor();
    await fits("a record that is read");
    await page.setViewportSize(SIZES.tablet);
    await page.getByRole("link", { name: write }).click();
    await heading(title).waitFor();
    await fits(title);
  }
  await page.setViewportSize(SIZES.tablet);
  await go(page, "/audits");
  await page.getByRole("button", { name: "Draw sample" }).click();
  await page.getByRole("heading", { name: /^Sample drawn/ }).waitFor();
  await fits("a sample");
  await page.setViewportSize(SIZES.tablet);
  await page.getByRole("link", { name: /^Audit: / }).first().click();
  await page.getByRole("heading", { name: "What was found" }).waitFor();
  await fits("an audit");
});

test("the child's screens need no scrolling aside, and every way out can be reached", async () => {
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
  await page.getByRole("link", { name: /Start visit.*Ellie-Mae/ }).click();
  await fits("visit start");
  await page.goBack();
  await heading("Today").waitFor();
  await page.setViewportSize(SIZES.tablet);
  await toHandOver(page, "Ellie-Mae P", "Going to school");
  await fits("hand-over");
  await handOver(page);
  await fits("mat");
  await cornerIsFree("mat");
  await cellsAreLarge();
  for (const way of ["don't know", "something else", "skip", "stop"]) {
    await canBePressed(page.getByRole("button", { name: way, exact: true }), "mat");
  }
  for (const cell of await page.locator(".child__scale .cell").all()) await canBePressed(cell, "mat");
  await press(page.getByRole("button", { name: "something else", exact: true }));
  await page.getByRole("tab").first().waitFor();
  await fits("something else");
  await cornerIsFree("something else");
  // Stop lies over everything, also while a press that came too soon reaches nothing.
  await canBePressed(page.getByRole("button", { name: "stop", exact: true }), "something else");
  await rested(page);
  await canBePressed(page.getByRole("button", { name: "back", exact: true }), "something else");
  await press(page.getByRole("button", { name: "back", exact: true }));
  await card(page).waitFor();
  await holdCorner(page);
  await fits("pause");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.setViewportSize(SIZES.tablet);
  await placeAll(page);
  await fits("review");
  await cornerIsFree("review");
  await rested(page);
  await canBePressed(page.getByRole("button", { name: "leave them like this" }), "review");
  await canBePressed(page.getByRole("button", { name: "stop", exact: true }), "review");
  await press(page.getByRole("button", { name: "leave them like this" }));
  await page.getByText("Who can see this?").waitFor();
  await fits("sharing");
  await cornerIsFree("sharing");
  await rested(page);
  await canBePressed(page.getByRole("button", { name: "finished" }), "sharing");
  await press(page.getByRole("button", { name: "finished" }));
  await heading("Finished").waitFor();
  await fits("finished");
});

/** Presses a key until what has focus is what is looked for, and sees the ring around it. */
async function keyTo(key, name, least = 40) {
  for (let presses = 0; presses < least; presses += 1) {
    const at = await page.evaluate(() => {
      const one = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      const label = one.getAttribute("aria-label") ?? document.getElementById(one.getAttribute("aria-labelledby"))?.textContent ?? one.textContent;
      const { left, top, right, bottom } = one.getBoundingClientRect();
      return { label: label.trim(), tag: one.tagName, ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2, inSight: left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1 };
    });
    if (at.tag === "BUTTON") {
      assert.ok(at.ring, `focus is to be seen on ${at.label}`);
      assert.ok(at.inSight, `${at.label} is in sight`);
      if (at.label === name) return;
    }
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not lead to ${name}`);
}

test("a whole mat by keyboard alone: Tab, arrows, Enter and Space, with the focus always to be seen", async () => {
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
  await toHandOver(page, "Amira K", "Going to school");
  await handOver(page);
  assert.equal(await page.evaluate(() => document.activeElement.className), "child__words", "the card has focus, no answer has");

  const [left, right] = await page.locator(".child__scale .cell__words").allTextContents();
  const answers = [];
  const answer = async (cell, press) => {
    const words = await card(page).textContent();
    await press();
    await page.waitForFunction((words) => document.querySelector(".child__option .child__words")?.textContent !== words, words);
    answers.push([words, cell]);
    await rested(page);
  };
  // A key that is held down repeats; it answers once.
  await answer(left, async () => {
    await keyTo("Tab", left);
    for (let repeat = 0; repeat < 4; repeat += 1) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
  });
  await answer(right, async () => { await keyTo("Tab", right); await page.keyboard.press("Space"); });
  // Arrows: to a cell, and across.
  await answer(right, async () => {
    await keyTo("Tab", left);
    await page.keyboard.press("ArrowRight");
    await keyTo("ArrowRight", right, 1);
    await page.keyboard.press("Enter");
  });

  // Something else, and back.
  const waiting = await card(page).textContent();
  await keyTo("Tab", "something else");
  await page.keyboard.press("Enter");
  await page.getByRole("tab").first().waitFor();
  await rested(page);
  await keyTo("Tab", "back");
  await page.keyboard.press("Space");
  await card(page).waitFor();
  assert.equal(await card(page).textContent(), waiting);
  await rested(page);

  // The adult's pause: the last stop of Tab, held.
  await keyTo("Shift+Tab", "For the adult: hold to pause");
  await page.keyboard.down("Enter");
  await page.getByRole("dialog", { name: "Pause" }).waitFor();
  await page.keyboard.up("Enter");
  await keyTo("Tab", "Go on");
  await page.keyboard.press("Enter");
  await card(page).waitFor();
  assert.equal(await card(page).textContent(), waiting);
  await rested(page);

  const review = page.getByText("This is where you put them.");
  for (let left = 0; left < 12 && !(await review.count()); left += 1) {
    await keyTo("Tab", "skip");
    await page.keyboard.press("Enter");
    await rested(page);
  }
  const [moved] = answers[0];
  await keyTo("Tab", moved);
  await page.keyboard.press("Enter");
  await rested(page);
  await keyTo("Tab", `${moved}: ${right}`);
  await page.keyboard.press("Enter");
  await page.locator(".cell").nth(1).getByRole("button", { name: moved, exact: true }).waitFor();
  await rested(page);
  await keyTo("Tab", "leave them like this");
  await page.keyboard.press("Enter");
  await page.getByText("Who can see this?").waitFor();
  await rested(page);
  await keyTo("Tab", "no");
  await page.keyboard.press("Space");
  assert.equal(await page.getByRole("group", { name: "my family" }).getByRole("button", { name: "no" }).getAttribute("aria-pressed"), "true");
  await rested(page);
  await keyTo("Tab", "finished");
  await page.keyboard.press("Enter");
  await heading("Finished").waitFor();

  await toPasscode(page);
  await unlock(page);
  await page.locator(".heard-status").waitFor();
  await upToDate(page);
  const all = await (await openPeer(server.url, "Sade Okafor")).entries(page.url().match(/child-[0-9a-f-]{36}/)[0]);
  const capture = all.findLast(({ kind }) => kind === "CaptureStarted");
  const words = new Map(capture.data.scale.cells.map(({ id, words }) => [id, words]));
  const since = all.filter(({ seq }) => seq > capture.seq);
  assert.deepEqual(since.filter(({ kind }) => kind === "Answered").map(({ data }) => words.get(data.cell)), answers.map(([, cell]) => cell));
  assert.deepEqual(since.filter(({ kind }) => kind === "Moved").map(({ data }) => words.get(data.to)), [right]);
  assert.deepEqual(since.find(({ kind }) => kind === "SharingChosen").data.not_tell, ["family"]);
});
