// Watching a child who cannot be asked: words before, marks without signal, a slip taken back, and what is read in it afterwards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { look } from "./support/look.mjs";
import { go, setUp, upToDate } from "./support/people.mjs";
import { entries, statusSays } from "./support/record.mjs";
import { beside } from "./support/ways.mjs";

let server, page, helen, asking;

beside("Going to school", (made) => { ({ server, page, helen, asking } = made); });

const save = (name) => page.getByRole("button", { name, exact: true }).click();
const mark = (name) => page.getByRole("button", { name: new RegExp(`^${name}`) }).click();

test("what a child does is marked with one thumb, without signal, and every mark is kept", async () => {
  await page.getByText("All pictures are on this tablet").waitFor();
  await go(page, asking.topics.replace(/\?.*/, ""));
  await page.getByRole("link", { name: "Watch Amira instead: marks now, words later" }).last().click();
  await save("Begin");
  await page.getByRole("alert").getByText("Write what is done").waitFor();
  await page.getByLabel("What is done, or offered").fill("music: the drum");
  await page.getByRole("group", { name: "How awake is Amira?" }).getByLabel("7", { exact: true }).check();
  await page.getByLabel("No sign of pain").check();
  assert.deepEqual(await breaches(page), []);
  await look(page, "watch-before");
  await page.context().setOffline(true);
  await save("Begin");
  await page.getByRole("heading", { name: "Watching Amira: music: the drum" }).waitFor();
  for (const one of ["Smiles", "It begins", "Smiles", "Smiles", "Pushes away"]) await mark(one);
  await page.getByText(/^Pushes away, /).waitFor();
  await save("Take the last mark back");
  await page.getByText(/^Smiles, /).waitFor();
  for (const one of ["It ends", "Frowns, cries"]) await mark(one);
  await page.getByText("Smiles: 3, of these 2 while it went on; Frowns, cries: 1, of these 0 while it went on").waitFor();
  assert.equal(await page.locator("main img").evaluateAll((all) => all.filter((one) => one.complete && !one.naturalWidth).length), 0, "every picture is here");
  await look(page, "watch-marks");
  assert.deepEqual(await breaches(page), []);
  // A page that is opened anew has every mark.
  const here = new URL(page.url());
  await go(page, "/today");
  await go(page, here.pathname + here.search);
  await page.getByText(/Smiles: 3, of these 2/).waitFor();
  await page.getByRole("link", { name: "Stop watching" }).click();
});

test("what was seen is read with what else could explain it, and stands as no word of the child's", async () => {
  await page.getByLabel("What did Amira do, exactly?").fill("Smiled three times, twice while the drum played.");
  await page.getByLabel("What may it mean?").fill("She may want it to go on.");
  await save("Save");
  await page.getByRole("alert").getByText("Write what else could explain it").waitFor();
  await page.getByLabel("What else could explain it?").fill("The people who laughed.");
  await page.getByLabel("fairly sure").check();
  await look(page, "watch-read");
  assert.deepEqual(await breaches(page), []);
  await save("Save");
  await page.waitForURL(/write-up$/);
  await page.getByText("read once").waitFor();
  await statusSays(page, /No signal. \d+ items saved on this tablet/);
  await page.context().setOffline(false);
  await upToDate(page);
  const kinds = (await entries(page, asking.stream)).map(({ body }) => body?.match(/"kind":"(Observation\w+|MarkTakenBack)"/)?.[1]).filter(Boolean);
  assert.deepEqual(kinds, ["ObservationStarted", ...Array(5).fill("ObservationMarked"), "MarkTakenBack", "ObservationMarked", "ObservationMarked", "ObservationRead"]);
  await go(page, `/children/${asking.stream}`);
  await page.getByText("Read by adults. These are not Amira’s words. 1 of 3 occasions, 1 of 2 people: too few to build on yet.").waitFor();
  await go(page, asking.topics.replace(/topics.*/, "note"));
  await page.getByText(/Sade Okafor reads it, fairly sure: Smiled three times/).first().waitFor();
  await page.getByLabel("The family").check();
  await page.getByText(/reads it, fairly sure/).first().waitFor({ state: "detached" });
  await setUp(helen, server.url, "Helen Marsh");
  await upToDate(helen);
  await go(helen, `/waiting/${asking.stream}`);
  await helen.getByText("music: the drum, watched by Sade Okafor").first().waitFor();
  await look(helen, "manager-watched");
});
