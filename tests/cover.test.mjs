// Somebody is away: a colleague stands in, has the records for as long, and no longer.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, SIZES } from "./support/browser.mjs";
import { fillDate } from "./support/from_nothing.mjs";
import { look } from "./support/look.mjs";
import { atWork, online, unlock, upToDate } from "./support/people.mjs";
import { openServer } from "./support/server.mjs";

let server, browser, priya, helen, sade;

const heading = (page, name) => page.getByRole("heading", { level: 1, name });

before(async () => {
  [server, browser] = await Promise.all([openServer(), startBrowser()]);
  priya = await atWork(browser, server, "Priya Nair", SIZES.tablet);
  helen = await atWork(browser, server, "Helen Marsh", SIZES.desk);
  sade = await atWork(browser, server, "Sade Okafor", SIZES.tablet);
});
after(async () => { await browser.close(); await server.remove(); });

const days = (count) => new Date(Date.now() + count * 86_400_000);
const children = async (page) => {
  await page.getByRole("link", { name: "My children" }).click();
  await heading(page, "My children").waitFor();
};

test("a manager arranges who stands in; what is missing or wrong is said", async () => {
  await children(priya);
  assert.equal(await priya.getByRole("link", { name: "Amira K" }).count(), 0);

  await helen.getByRole("link", { name: "Team", exact: true }).click();
  await helen.getByRole("link", { name: "Who stands in" }).click();
  await helen.getByText("Nobody is to be away.").waitFor();
  await look(helen, "cover-none");
  await helen.getByRole("link", { name: "Arrange cover" }).click();
  await helen.getByRole("button", { name: "Save" }).click();
  await helen.getByRole("alert").getByText("Choose who is away").waitFor();
  const away = helen.getByRole("group", { name: "Who is away?" });
  const by = helen.getByRole("group", { name: "Who stands in?" });
  await away.getByLabel("Helen Marsh, manager").check();
  await by.getByLabel(/^Imran Aziz/).waitFor();
  assert.equal(await by.getByLabel(/^Priya Nair/).count(), 0, "a manager stands in for a manager");
  await away.getByLabel("Sade Okafor").check();
  await by.getByLabel("Priya Nair").check();
  await fillDate(helen.getByRole("group", { name: "First day" }), days(-1));
  await fillDate(helen.getByRole("group", { name: "Last day" }), days(-2));
  await helen.getByRole("button", { name: "Save" }).click();
  await helen.getByRole("alert").getByText(/The date has passed/).first().waitFor();
  await look(helen, "cover-form");
  await fillDate(helen.getByRole("group", { name: "First day" }), days(0));
  await fillDate(helen.getByRole("group", { name: "Last day" }), days(7));
  await helen.getByRole("button", { name: "Save" }).click();
  await helen.getByText("Priya Nair for Sade Okafor").first().waitFor();
  await look(helen, "cover");
  await upToDate(helen);
});

test("whoever stands in has the records, says so, and writes in them", async () => {
  await online(priya);
  await priya.getByRole("link", { name: "Amira K" }).waitFor();
  await priya.getByText(/with Sade Okafor; you stand in until/).first().waitFor();
  await priya.getByRole("link", { name: "Today" }).click();
  await priya.getByText(/You stand in for Sade Okafor, from/).waitFor();
  // Sade's visits of the day are hers to make.
  await priya.getByText("for Sade Okafor", { exact: true }).first().waitFor();
  await look(priya, "standing-in");
  await children(priya);
  await priya.getByRole("link", { name: "Amira K" }).click();
  await priya.getByRole("link", { name: "Plan a visit" }).first().click();
  await priya.getByLabel("Priya Nair").waitFor();
  await priya.goBack();
  await online(sade);
  await sade.getByText(/Priya Nair stands in for you/).waitFor();
});

test("it ends: the records leave the tablet", async () => {
  await helen.getByRole("button", { name: /^End it now/ }).click();
  await helen.getByText("Nobody is to be away.").waitFor();
  await helen.getByText("What was arranged before").click();
  await helen.getByText(/^Ended: Priya Nair for Sade Okafor/).waitFor();
  await look(helen, "cover-ended");
  await upToDate(helen);
  await priya.goto(`${server.url}/children`);
  await unlock(priya);
  await heading(priya, "My children").waitFor();
  await online(priya);
  await priya.getByRole("link", { name: "Amira K" }).waitFor({ state: "detached" });
  await sade.goto(`${server.url}/children`);
  await unlock(sade);
  await sade.getByRole("link", { name: "Amira K" }).waitFor();
});
