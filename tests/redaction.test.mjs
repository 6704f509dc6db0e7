// Words that should never have been written: proposed by one person, seen and agreed to by another, gone from every tablet.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, SIZES } from "./support/browser.mjs";
import { fillDate } from "./support/from_nothing.mjs";
import { look } from "./support/look.mjs";
import { atWork, online, upToDate } from "./support/people.mjs";
import { openServer } from "./support/server.mjs";

let server, browser, sade, helen;

const heading = (page, name) => page.getByRole("heading", { level: 1, name });

before(async () => {
  [server, browser] = await Promise.all([openServer(), startBrowser()]);
  sade = await atWork(browser, server, "Sade Okafor", SIZES.tablet);
  helen = await atWork(browser, server, "Helen Marsh", SIZES.desk);
});
after(async () => { await browser.close(); await server.remove(); });

let words;

test("one person proposes it with a reason", async () => {
  await sade.getByRole("link", { name: "My children" }).click();
  await sade.getByRole("link", { name: "Amira K" }).click();
  await sade.getByRole("link", { name: "Remove words for good" }).click();
  await heading(sade, /^Words that must go/).waitFor();
  await sade.getByText("Propose that words are destroyed").click();
  await sade.getByRole("button", { name: "Propose" }).click();
  await sade.getByRole("alert").getByText("Choose the entry").waitFor();
  await sade.getByLabel("Find the entry").fill("voice");
  const entry = sade.getByRole("group", { name: "Which entry?" }).getByRole("radio").first();
  const label = sade.locator(`label[for="${await entry.getAttribute("id")}"]`);
  words = (await label.innerText()).split(" · ").at(-1).trim();
  assert.ok(words.length > 5, words);
  await entry.check();
  await sade.getByLabel("Why must it go?").fill("It was said about another child.");
  await look(sade, "redact-propose");
  await sade.getByRole("button", { name: "Propose" }).click();
  await sade.getByText("You proposed this. Somebody else decides.").waitFor();
  await sade.getByText(words).first().waitFor();
  assert.equal(await sade.getByRole("button", { name: "Agree" }).count(), 0);
  await upToDate(sade);
});

test("another sees what will go, and agrees; the register says so without the words", async () => {
  await online(helen);
  await helen.getByRole("link", { name: "Waiting for you" }).click();
  await helen.getByRole("link", { name: /Amira K\s*Words that must go/ }).click();
  await heading(helen, /^Words that must go/).waitFor();
  await helen.getByText("It was said about another child.").first().waitFor();
  await helen.getByText(words).first().waitFor();
  await helen.getByRole("button", { name: "Do not agree" }).click();
  await helen.getByText("Say why the words stay").first().waitFor();
  await look(helen, "redact-decide");
  await helen.getByRole("button", { name: "Agree", exact: true }).click();
  await helen.getByText("cannot be brought back").waitFor();
  await helen.getByRole("button", { name: "Not yet" }).click();
  await helen.getByRole("button", { name: "Agree", exact: true }).click();
  await helen.getByRole("button", { name: "Destroy these words" }).click();
  await helen.getByText(/Destroyed: Helen Marsh agreed/).waitFor();
  await upToDate(helen);
  await helen.getByText(words).waitFor({ state: "detached" });
  await look(helen, "redact-done");
  await online(sade);
  await sade.getByText(/Destroyed: Helen Marsh agreed/).waitFor();
  assert.equal(await sade.getByText(words).count(), 0);
});

test("what a manager proposes is decided by another manager, who stands in for them", async () => {
  await helen.getByText("Propose that words are destroyed").click();
  await helen.getByLabel("Find the entry").fill("mat");
  await helen.getByRole("group", { name: "Which entry?" }).getByRole("radio").first().check();
  await helen.getByLabel("Why must it go?").fill("It names a neighbour.");
  await helen.getByRole("button", { name: "Propose" }).click();
  await helen.getByText("You proposed this, so another manager decides.").waitFor();
  assert.equal(await helen.getByRole("button", { name: "Agree" }).count(), 0);
  await helen.getByRole("link", { name: "Team", exact: true }).click();
  await helen.getByRole("link", { name: "Who stands in" }).click();
  await helen.getByRole("link", { name: "Arrange cover" }).click();
  await helen.getByRole("group", { name: "Who is away?" }).getByLabel("Helen Marsh, manager").check();
  await helen.getByRole("group", { name: "Who stands in?" }).getByLabel(/^Imran Aziz/).check();
  for (const day of ["First day", "Last day"]) await fillDate(helen.getByRole("group", { name: day }), new Date());
  await helen.getByRole("button", { name: "Save" }).click();
  await helen.getByText("Imran Aziz for Helen Marsh").first().waitFor();
  await upToDate(helen);

  const imran = await atWork(browser, server, "Imran Aziz", SIZES.desk);
  await imran.getByRole("link", { name: "Waiting for you" }).click();
  await imran.getByRole("link", { name: /Amira K\s*Words that must go/ }).click();
  await imran.getByText("It names a neighbour.").first().waitFor();
  await imran.getByRole("button", { name: "Agree", exact: true }).click();
  await imran.getByRole("button", { name: "Destroy these words" }).click();
  await imran.getByText(/Destroyed: Imran Aziz agreed/).waitFor();
  await upToDate(imran);
  await imran.getByRole("region", { name: "What became of it" }).getByText("It names a neighbour.").waitFor();
});
