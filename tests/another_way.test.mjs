// What was given without the tablet, and what a child has of it in the end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { look } from "./support/look.mjs";
import { go, upToDate } from "./support/people.mjs";
import { draftOf, entries, statusSays } from "./support/record.mjs";
import { beside } from "./support/ways.mjs";

let page, asking;

beside("Going to school", (made) => { ({ page, asking } = made); });

const lies = (card) => page.getByLabel(card, { exact: true });
const save = () => page.getByRole("button", { name: "Save", exact: true }).click();

test("a mat on paper and the words of a device are typed in without signal, kept over a reload, and count as read by an adult", async () => {
  await page.getByRole("link", { name: "It was given without the tablet" }).click();
  await page.getByRole("heading", { name: "Going to school, given another way" }).waitFor();
  await save();
  await page.getByRole("alert").getByText("Choose with what it was given").waitFor();
  await page.getByLabel("A mat on paper", { exact: true }).check();
  await save();
  await page.getByRole("alert").getByText("Say where at least one card was put, or write their words").waitFor();
  await lies("the bus").selectOption("don't like");
  await lies("the car").selectOption("like");
  await lies("waiting").selectOption("didn’t know");
  await page.getByLabel("Written down later, not while it was given").check();
  await page.getByLabel(/’s words, exactly/).fill("bus loud go car");
  await look(page, "another-way");
  assert.deepEqual(await breaches(page), []);
  // What is typed is kept sealed a moment later; another page and back, and it is there.
  const kept = await draftOf(page, "another-way/school-journey");
  await page.getByRole("group", { name: /’s family see this/ }).getByLabel("No", { exact: true }).check();
  while ((await draftOf(page, "another-way/school-journey")) === kept) await page.evaluate(() => new Promise(requestAnimationFrame));
  const here = new URL(page.url());
  await go(page, "/today");
  await go(page, here.pathname + here.search);
  await page.waitForFunction(() => document.querySelector("#lies-bus")?.value === "dont-like");
  await page.context().setOffline(true);
  await save();
  await page.waitForURL(/write-up$/);
  await statusSays(page, /No signal. \d+ items saved on this tablet/);
  await page.context().setOffline(false);
  await upToDate(page);
  const bodies = (await entries(page, asking.stream)).map(({ body }) => body ?? "");
  const started = bodies.filter((body) => body.includes('"kind":"CaptureStarted"')).at(-1);
  assert.match(started, /"another_way":\{"means":"paper_mat","later":true\}/);
  const answers = bodies.filter((body) => body.includes('"kind":"Answered"')).slice(-2);
  assert.ok(answers.every((body) => body.includes('"read_by":"Sade Okafor"')), "an adult read it");
  assert.match(bodies.filter((body) => body.includes('"kind":"SharingChosen"')).at(-1), /"not_tell":\["family"\]/);
  assert.match(bodies.filter((body) => body.includes('"kind":"VoiceAdded"')).at(-1), /"lane":"child".*bus loud go car/);
  await go(page, `/children/${asking.stream}`);
  const last = page.locator(".heard-capture").first();
  await last.getByText("Given without the tablet: A mat on paper. Written down later.").waitFor();
  await last.getByText("waiting").first().waitFor();
});

test("the same is printed: the places on a sheet of their own, the cards and the ways out to cut out", async () => {
  await go(page, asking.topics);
  await page.getByRole("link", { name: "Print it: places and cards to cut out" }).click();
  await page.getByRole("heading", { name: "Going to school, on paper" }).waitFor();
  assert.deepEqual(await page.locator(".paper__place").allTextContents(), ["like", "don't like"], "two places, as the profile says");
  const cards = await page.locator(".paper__card").allTextContents();
  assert.equal(cards.length, 8 + 4);
  assert.deepEqual(cards.slice(-4), ["don't know", "something else", "skip", "stop"]);
  await page.getByLabel("Three houses: worries, good things, dreams").check();
  await page.getByText("House of worries").waitFor();
  assert.deepEqual(await breaches(page), []);
  await look(page, "paper");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("button", { name: "Print", exact: true }).isVisible(), false);
  assert.equal(await page.locator(".paper__card").first().isVisible(), true);
  await page.emulateMedia({ media: null });
});

test("what was said stands in pictures beside what follows from it, and a paper for others holds only what they may see", async () => {
  await go(page, `/children/${asking.stream}/said`);
  await page.getByRole("heading", { name: /^What you said/ }).waitFor();
  await page.getByText("We have not said yet what we will do.").waitFor();
  await page.getByText(/^We (asked|are asking) for/).first().waitFor();
  await look(page, "said");
  assert.deepEqual(await breaches(page), []);
  const all = await page.locator(".said__view").count();
  await page.getByLabel("Their family too: what they said the family may see").check();
  await page.waitForFunction((all) => document.querySelectorAll(".said__view").length < all, all);
  assert.equal(await page.locator(".said__view").filter({ hasText: "the car" }).count(), 0, "kept from the family");
});
