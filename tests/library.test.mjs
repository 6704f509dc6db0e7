// Questions beside the built-in ones: written for one child without signal and asked at once; proposed to the team, turned down
// with a reason, written anew, agreed by the manager, and asked of another child.
import assert from "node:assert/strict";
import { test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { NOTHING_KEPT, SIZES } from "./support/browser.mjs";
import { look } from "./support/look.mjs";
import { atWork, go, setUp, upToDate } from "./support/people.mjs";
import { draftOf, entries } from "./support/record.mjs";
import { PUT, beside } from "./support/ways.mjs";

let server, browser, page, helen, asking;
const save = (on, name) => on.getByRole("button", { name, exact: true }).click();
const add = (on, picture) => on.getByRole("group", { name: "Cards" }).getByRole("button", { name: picture, exact: true }).click();
const child = () => `/children/${asking.stream}`;

beside("Going to school", async (made) => {
  ({ server, browser, page, helen, asking } = made);
  helen.setDefaultTimeout(15_000);
  await setUp(helen, server.url, "Helen Marsh");
  await upToDate(helen);
});

test("a question for one child is written without signal: what is missing and what leads is said, and it is asked at once", async () => {
  await page.getByText("All pictures are on this tablet").waitFor();
  await page.context().setOffline(true);
  await go(page, child());
  await page.getByRole("link", { name: "Questions", exact: true }).click();
  await page.getByText("None yet. Write one, or change one of those below.").waitFor();
  await look(page, "library-child");
  await page.getByRole("link", { name: "Write a question" }).click();
  await save(page, "Save");
  for (const missing of ["Write what it is about", "Add at least one card"]) await page.getByRole("alert").getByText(missing).waitFor();
  await page.getByLabel("What is it about?").fill("The hydro pool");
  await page.getByLabel("How is it asked?").fill("How often don’t you like the pool and the bath?");
  for (const warning of [/“How often” is hard to answer/, /It says what is not/, /two things at once/]) await page.getByText(warning).waitFor();
  await page.getByLabel("How is it asked?").fill("How do you feel about…");
  await page.getByText(/Finlay and Lyons/).waitFor({ state: "detached" });
  await page.getByLabel("Add a card from").selectOption({ label: "People" });
  await add(page, "my friend");
  await add(page, "my friend");
  await page.getByLabel("Add a card from").selectOption({ label: "Feelings" });
  await add(page, "it hurts");
  await save(page, "Save");
  await page.getByRole("alert").getByText(/“it hurts” may be a sign of harm/).waitFor();
  await page.getByRole("button", { name: "Leave out: it hurts" }).click();
  await page.getByLabel("Words of card 1").fill("Sam");
  await page.getByText("2 cards", { exact: true }).waitFor();
  await look(page, "library-editor");
  // What is typed is there after the page was left; a copy of another question is begun beside it.
  const kept = await draftOf(page, "/question/new");
  await page.getByLabel("The answers matter much: ask to check").check();
  while ((await draftOf(page, "/question/new")) === kept) await page.evaluate(() => new Promise(requestAnimationFrame));
  await go(page, `${child()}/questions/edit?from=food`);
  await page.waitForFunction(() => document.querySelector("#words")?.value === "Food");
  await page.getByText("9 cards", { exact: true }).waitFor();
  await go(page, child());
  await page.getByRole("link", { name: "Questions", exact: true }).click();
  await page.getByRole("link", { name: "Write a question" }).click();
  await page.getByText("2 cards", { exact: true }).waitFor();
  assert.equal(await page.getByLabel("Words of card 1").inputValue(), "Sam");
  await page.getByLabel("Propose it to the team as well (no names in it)").check();
  await save(page, "Save");
  await page.getByRole("heading", { name: "Only for Amira" }).waitFor();
  await page.getByText("The hydro pool", { exact: true }).first().waitFor();
  await look(page, "library-child-own");
});

test("a child is asked it, with a card in words of its own, and the answers are told apart", async () => {
  await page.context().setOffline(false);
  await go(page, asking.topics.replace(/\?.*/, ""));
  await page.getByRole("link", { name: /The hydro pool/ }).click();
  await page.getByText("All pictures are on this tablet").waitFor();
  await asking.handOverOffline();
  const asked = await asking.answerAll(asking.touch, (places, option) => (option === "Sam" ? 0 : places.length - 1), PUT);
  assert.deepEqual(asked.map(([option]) => option).sort(), ["Sam", "my friend"]);
  await asking.finish(asking.touch);
  await go(page, child());
  await page.getByText("The hydro pool").first().waitFor();
  const answers = (await entries(page)).filter(({ body }) => body?.includes('"kind":"Answered"')).slice(-2);
  assert.equal(new Set(answers.map(({ body }) => JSON.parse(body).data.option?.id ?? body)).size, 2);
  await page.getByText("Sam", { exact: true }).first().waitFor();
});

test("the manager turns a proposal down with a reason, and agrees to the next version of it", async () => {
  await upToDate(helen);
  await go(helen, "/questions");
  await helen.getByRole("heading", { name: "The hydro pool" }).waitFor();
  await look(helen, "library-manager");
  await save(helen, "Do not ask it");
  await helen.getByText("Write why it is not to be asked").first().waitFor();
  await helen.getByLabel("Or say why not").fill("No name of a friend in it, please.");
  await save(helen, "Do not ask it");
  await helen.getByRole("heading", { name: "The hydro pool" }).waitFor({ state: "detached" });
  await upToDate(helen);
  await upToDate(page);
  await go(page, "/questions");
  await page.getByText("Not agreed: No name of a friend in it, please.").waitFor();
  await page.getByRole("link", { name: "Change it The hydro pool" }).click();
  await page.getByText(/Everybody in the team sees these words/).waitFor();
  await page.getByLabel("Words of card 1").fill("a friend");
  await save(page, "Propose");
  await page.getByText("A question that waits for a decision").or(page.getByRole("article", { name: "A question that waits for a decision" })).first().waitFor();
  assert.equal(await page.getByRole("button", { name: "Agree: it can be asked" }).count(), 0, "nobody decides on their own");
  assert.deepEqual(await breaches(page), []);
  await upToDate(page);
  await upToDate(helen);
  await save(helen, "Agree: it can be asked");
  await helen.getByRole("button", { name: "Ask it no more The hydro pool" }).waitFor();
  await upToDate(helen);
});

test("a question of the team is planned for another child", async () => {
  await upToDate(page);
  await go(page, "/children");
  await page.getByRole("link", { name: /^Joe/ }).first().click();
  await page.getByRole("link", { name: /Plan a visit/ }).first().click();
  await page.getByLabel("Add a topic").selectOption({ label: "The hydro pool (the team)" });
  await page.getByText("1. The hydro pool").waitFor();
});

test("what is proposed to the council is decided by the administrator, and by no team's manager", async () => {
  await go(page, "/questions");
  await page.getByText("The hydro pool", { exact: true }).first().waitFor();
  await page.getByRole("link", { name: "Propose a question" }).last().click();
  await page.getByRole("heading", { name: "A question for the council" }).waitFor();
  await page.getByLabel("What is it about?").fill("My wheelchair");
  await add(page, "my room");
  await save(page, "Propose");
  await page.getByRole("heading", { name: "My wheelchair" }).waitFor();
  await upToDate(page);
  await upToDate(helen);
  await go(helen, "/questions");
  await helen.getByRole("heading", { name: "My wheelchair" }).waitFor();
  assert.equal(await helen.getByRole("button", { name: "Agree: it can be asked" }).count(), 0, "a team's manager decides nothing for the council");
  const lin = await atWork(browser, server, "Lin Zhang", SIZES.desk, NOTHING_KEPT);
  await go(lin, "/questions");
  await lin.getByRole("heading", { name: "My wheelchair" }).waitFor();
  assert.equal(await lin.getByText("Of your team").count(), 0, "the administrator sees no team's");
  await look(lin, "library-administrator");
  await save(lin, "Agree: it can be asked");
  await lin.getByRole("button", { name: /Ask it no more/ }).waitFor();
  await upToDate(lin);
  await upToDate(helen);
  await helen.getByRole("heading", { name: "My wheelchair" }).waitFor({ state: "detached" });
  await helen.getByRole("region", { name: "Of the council" }).getByRole("link", { name: "Change it My wheelchair" }).waitFor();
  await lin.context().close();
});
