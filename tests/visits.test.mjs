// Visits that go another way: a mat of three places, views that could not be gathered, the note on paper.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { NOTHING_KEPT, SIZES, startBrowser } from "./support/browser.mjs";
import { handOver, placeCard, rested, toHandOver, toPasscode } from "./support/mat.mjs";
import { openPeer } from "./support/peer.mjs";
import { go, setUp, unlock, upToDate } from "./support/people.mjs";
import { openServer } from "./support/server.mjs";

let server, browser, context, page;

before(async () => { browser = await startBrowser(); });
after(() => browser.close());
beforeEach(async () => {
  server = await openServer();
  context = await browser.newContext({ viewport: SIZES.tablet, ...NOTHING_KEPT });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
});
afterEach(async () => { await context.close(); await server.remove(); });

const heading = (name) => page.getByRole("heading", { level: 1, name });
const streamHere = () => page.url().match(/child-[0-9a-f-]{36}/)[0];

/** Takes the tablet back from the child. */
async function takeBack() {
  await toPasscode(page);
  await unlock(page);
  await page.locator(".heard-status").waitFor();
}

test("a mat of three places: a card in each, one moved, and the record has it as the child left it", async () => {
  await toHandOver(page, "Ellie-Mae P", "Going to school");
  await handOver(page);
  const cells = await page.locator(".child__scale .cell__words").allTextContents();
  assert.equal(cells.length, 3, "Ellie-Mae has three places");
  const laid = [];
  for (const cell of cells) {
    await rested(page);
    laid.push(await placeCard(page, cell));
  }
  // The rest goes unsaid.
  const review = page.getByText("This is where you put them.");
  for (await rested(page); !(await review.count()); await rested(page)) {
    await page.getByRole("button", { name: "skip", exact: true }).click();
  }
  for (const [place, words] of laid.entries()) {
    const there = page.locator(".child__scale .cell").nth(place).getByRole("button", { name: words, exact: true });
    assert.equal(await there.count(), 1, `${words} lies in ${cells[place]}`);
  }
  await rested(page);
  await page.getByRole("button", { name: laid[0], exact: true }).click();
  await rested(page);
  await page.getByRole("button", { name: `${laid[0]}: ${cells[2]}` }).click();
  await page.locator(".child__scale .cell").nth(2).getByRole("button", { name: laid[0], exact: true }).waitFor();
  await rested(page);
  await page.getByRole("button", { name: "leave them like this" }).click();
  await page.getByText("Who can see this?").waitFor();
  await rested(page);
  await page.getByRole("button", { name: "finished" }).click();
  await heading("Finished").waitFor();
  await takeBack();
  await upToDate(page);

  const all = await (await openPeer(server.url, "Sade Okafor")).entries(streamHere());
  const capture = all.findLast(({ kind }) => kind === "CaptureStarted");
  const since = all.filter(({ seq }) => seq > capture.seq);
  const names = new Map(capture.data.scale.cells.map(({ id, words }) => [id, words]));
  const answers = since.filter(({ kind }) => kind === "Answered");
  assert.deepEqual(answers.map(({ data }) => names.get(data.cell)), cells);
  assert.equal(new Set(answers.map(({ data }) => data.presentation)).size, 3, "each its own asking");
  const [moved, ...more] = since.filter(({ kind }) => kind === "Moved");
  assert.equal(more.length, 0);
  assert.equal(names.get(moved.data.to), cells[2]);
  assert.equal(since.at(-1).kind, "CaptureEnded");
});

/** Fills in a date of three boxes. */
async function fillDate(day) {
  await page.getByLabel("Day", { exact: true }).fill(String(day.getUTCDate()));
  await page.getByLabel("Month", { exact: true }).fill(String(day.getUTCMonth() + 1));
  await page.getByLabel("Year", { exact: true }).fill(String(day.getUTCFullYear()));
}
const inDays = (days) => new Date(Date.now() + days * 86_400_000);

test("the last card is seen where it was put, and then the whole mat comes, however long a hand goes on tapping", async () => {
  await toHandOver(page, "Ellie-Mae P", "Going to school");
  await handOver(page);
  const cell = page.locator(".child__scale .cell").first();
  const box = await cell.boundingBox();
  const whole = page.getByText("This is where you put them.");
  const words = () => page.evaluate(() => document.querySelector(".child__option .child__words")?.textContent ?? "");
  // What every frame shows: how many cards lie on the mat while it is laid, or that the whole mat has come.
  await page.evaluate(() => {
    window.seen_ = new Set();
    const look = () => {
      const isLaid = document.querySelector(".child__option");
      window.seen_.add(isLaid ? document.querySelectorAll(".cell__placed .placed").length : "whole");
      requestAnimationFrame(look);
    };
    look();
  });
  let laid = 0;
  for (let card = await words(); card; card = await words()) {
    await rested(page);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 4);
    await page.waitForFunction((card) => document.querySelector(".child__option .child__words")?.textContent !== card, card);
    laid += 1;
  }
  let taps = 0;
  for (; taps < 1_000 && !(await whole.count()); taps += 1) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 4);
  assert.ok(taps < 1_000, "the whole mat comes while somebody taps");
  await page.waitForFunction(() => window.seen_.has("whole"));
  const frames = await page.evaluate(() => [...window.seen_]);
  assert.deepEqual(frames, [...Array.from({ length: laid + 1 }, (_, count) => count), "whole"], "the last one is seen too");
  assert.equal(await page.locator(".child__scale .placed").count(), laid, "no tap of these was one too many");
  assert.equal(await page.locator('.placed[aria-pressed="true"]').count(), 0);
});

test("a child who said no is shown no topics, and a later yes is written down beside the no", async () => {
  await page.getByRole("link", { name: /Start visit.*Joe T/ }).click();
  await page.getByLabel(/How did you explain it/).fill("Showed the mat and the stop card.");
  await page.getByLabel(/^What did .* do\?/).fill("Turned away.");
  await page.getByLabel(/^Declined/).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await heading("Views could not be gathered").waitFor();
  const stream = streamHere();
  await page.getByRole("link", { name: "Topics" }).click();
  await heading("Joe said no today").waitFor();
  assert.equal(await page.locator(".question-card").count(), 0, "nothing invites to be asked again");
  await go(page, `${new URL(page.url()).pathname}?question=school-journey`);
  await heading("Joe said no today").waitFor();
  assert.equal(await page.getByRole("button", { name: /^Hand over to/ }).count(), 0);

  const yes = page.getByLabel(/shows a yes later/);
  await page.getByRole("button", { name: "Joe agrees now" }).click();
  await page.getByRole("alert").getByText("Write down what you saw Joe do").waitFor();
  await heading("Joe said no today").waitFor();
  await yes.fill("Reached for the card and smiled.");
  await page.getByRole("button", { name: "Joe agrees now" }).click();
  await heading("What shall we talk about, Joe?").waitFor();
  assert.ok(await page.locator(".question-card").count() > 1);
  await page.locator(".question-card").first().click();
  await page.getByRole("button", { name: "Hand over to Joe" }).waitFor();

  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await upToDate(page);
  const said = (await (await openPeer(server.url, "Sade Okafor")).entries(stream)).filter(({ kind }) => kind === "Assented").slice(-2);
  assert.deepEqual(said.map(({ data }) => [data.assent, data.signal]), [["declined", "Turned away."], ["agreed", "Reached for the card and smiled."]]);
});

test("views that could not be gathered are said why, what was tried and when next, and never left blank", async () => {
  await page.getByRole("link", { name: /Start visit.*Joe T/ }).click();
  await page.getByRole("link", { name: "Views cannot be gathered today" }).click();
  await heading("Views could not be gathered").waitFor();
  const save = page.getByRole("button", { name: "Save", exact: true });
  await save.click();
  for (const missing of ["Choose why views could not be gathered", "Say what you tried", "Enter a date"]) {
    await page.getByRole("alert").getByText(missing).waitFor();
  }
  assert.match(await page.title(), /^Error: /);

  await page.getByLabel("Unwell or in pain").check();
  await page.getByLabel(/^In your words/).fill("Held his ear and cried when the switch was moved.");
  await page.getByLabel("What did you try?").fill("Waited for the pain relief, then the other cheek.");
  await fillDate(inDays(-3));
  await save.click();
  await page.getByRole("alert").getByText("The next attempt must be today or later").waitFor();
  await fillDate(inDays(800));
  await save.click();
  await page.getByRole("alert").getByText("The next attempt must be within a year").waitFor();
  await page.getByLabel("Month", { exact: true }).fill("13");
  await save.click();
  await page.getByRole("alert").getByText("There is no such day").waitFor();
  assert.equal(await page.getByLabel("What did you try?").inputValue(), "Waited for the pain relief, then the other cheek.");

  const next = inDays(7);
  await fillDate(next);
  await save.click();
  await heading("Visit with Joe").waitFor();
  await page.getByText("Unwell or in pain").waitFor();
  await page.getByText("Tried: Waited for the pain relief, then the other cheek.").waitFor();
  await page.getByText(/Next try: \d/).waitFor();
  await upToDate(page);

  const stream = streamHere();
  const not = (await (await openPeer(server.url, "Sade Okafor")).entries(stream)).findLast(({ kind }) => kind === "NotGathered");
  assert.deepEqual([not.verdict, not.data.reason, not.data.next], ["accepted", "unwell", next.toISOString().slice(0, 10)]);
  assert.match(not.data.words, /Held his ear/);

  await page.getByRole("link", { name: "Case note" }).first().click();
  await heading("Case note").waitFor();
  const note = await page.locator("#note").innerText();
  assert.match(note, /unwell or in pain/i);
  assert.match(note, /Waited for the pain relief/);
});

test("a visit that was not gathered is on the day's list and on the manager's desk", async () => {
  const tag = page.getByText("Not gathered last time: asleep");
  await tag.first().waitFor();
  const row = page.locator(".visit-row").filter({ has: tag });
  assert.match(await row.innerText(), /Ellie-Mae P/);
  const manager = await browser.newContext({ viewport: SIZES.desk, ...NOTHING_KEPT });
  try {
    const helen = await manager.newPage();
    await setUp(helen, server.url, "Helen Marsh");
    await helen.getByRole("link", { name: /Yusuf D/ }).first().click();
    await helen.getByText("Tried: Asked her to draw beside us; then stopped. Mum suggests school.").first().waitFor();
  } finally {
    await manager.close();
  }
});

test("on paper the case note stands alone: no navigation, no buttons, in black", async () => {
  await page.getByRole("link", { name: "My children" }).click();
  await page.getByRole("link", { name: "Joe T" }).click();
  await page.getByRole("link", { name: "Visit", exact: true }).first().click();
  await page.getByRole("link", { name: "Case note" }).first().click();
  await heading("Case note").waitFor();
  const note = page.locator("#note");
  const words = await note.innerText();
  assert.match(words, /Joe/);
  await page.emulateMedia({ media: "print" });
  await note.waitFor();
  for (const gone of [".heard-header", ".govuk-back-link", ".heard-no-print", ".govuk-skip-link"]) {
    for (const one of await page.locator(gone).all()) assert.equal(await one.isVisible(), false, gone);
  }
  assert.equal(await page.getByRole("button").filter({ visible: true }).count(), 0);
  assert.equal(await note.evaluate((note) => getComputedStyle(note).color), "rgb(0, 0, 0)");
  const text = await page.locator("body").innerText();
  assert.equal(text.trim().replace(/\s+/g, " "), words.trim().replace(/\s+/g, " "), "the note and nothing else");
  const folder = await mkdtemp(join(tmpdir(), "heard-print-"));
  try {
    const path = join(folder, "note.pdf");
    await page.pdf({ path, format: "A4" });
    const pdf = await readFile(path, "latin1");
    assert.match(pdf, /^%PDF-/);
    const pages = pdf.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages >= 1 && pages <= 3, `${pages} pages`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
