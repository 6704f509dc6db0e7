// Words that should never have been written: proposed by one person, seen and agreed to by another, gone from every tablet.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, SIZES } from "./support/browser.mjs";
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
  await sade.getByRole("link", { name: "Words that must go" }).click();
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
