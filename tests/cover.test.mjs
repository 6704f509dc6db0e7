// Somebody is away: a colleague stands in, has the records for as long, and no longer.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { startBrowser, SIZES } from "./support/browser.mjs";
import { setUp, unlock, upToDate } from "./support/people.mjs";
import { openServer } from "./support/server.mjs";

const SHOTS = process.env.HEARD_SHOTS;
let server, browser, priya, helen, sade;

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const online = (page) => page.evaluate(() => window.dispatchEvent(new Event("online")));

before(async () => {
  [server, browser] = await Promise.all([openServer(), startBrowser()]);
  const open = async (name, viewport) => {
    const page = await (await browser.newContext({ viewport })).newPage();
    page.setDefaultTimeout(15_000);
    await setUp(page, server.url, name);
    await upToDate(page);
    return page;
  };
  priya = await open("Priya Nair", SIZES.tablet);
  helen = await open("Helen Marsh", SIZES.desk);
  sade = await open("Sade Okafor", SIZES.tablet);
});
after(async () => { await browser.close(); await server.remove(); });

async function look(page, name) {
  const size = page.viewportSize();
  for (const [kind, box] of Object.entries(SIZES)) {
    await page.setViewportSize(box);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${kind}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide} px too wide on the ${kind}`);
  }
  await page.setViewportSize(size);
  assert.deepEqual(await breaches(page), [], name);
}

async function fill(page, legend, date) {
  const group = page.getByRole("group", { name: legend });
  await group.getByLabel("Day", { exact: true }).fill(String(date.getUTCDate()));
  await group.getByLabel("Month", { exact: true }).fill(String(date.getUTCMonth() + 1));
  await group.getByLabel("Year", { exact: true }).fill(String(date.getUTCFullYear()));
}

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
  await fill(helen, "First day", days(-1));
  await fill(helen, "Last day", days(-2));
  await helen.getByRole("button", { name: "Save" }).click();
  await helen.getByRole("alert").getByText(/The date has passed/).first().waitFor();
  await look(helen, "cover-form");
  await fill(helen, "First day", days(0));
  await fill(helen, "Last day", days(7));
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
