// The child's screens in each look: colour, calm, high contrast. Words at 7:1, nothing for axe, pictures of the right set.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { NOTHING_KEPT, SIZES, startBrowser } from "./support/browser.mjs";
import { card, handOver, holdCorner, placeAll, placeCard, placed, press, toHandOver, toPasscode } from "./support/mat.mjs";
import { openPeer } from "./support/peer.mjs";
import { setUp, unlock, upToDate } from "./support/people.mjs";
import { openServer } from "./support/server.mjs";

const LOOKS = {
  colour: { child: "Amira K", ground: "rgb(241, 236, 226)", pictures: "colour" },
  calm: { child: "Joe T", ground: "rgb(236, 235, 232)", pictures: "colour" },
  contrast: { child: "Ellie-Mae P", ground: "rgb(0, 0, 0)", pictures: "contrast" },
};
const ENHANCED = { "color-contrast-enhanced": { enabled: true } };
let server, browser, context, page;

before(async () => {
  [server, browser] = await Promise.all([openServer(), startBrowser()]);
  context = await browser.newContext({ viewport: SIZES.tablet, ...NOTHING_KEPT });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
});
after(async () => { await browser.close(); await server.remove(); });

/** The stream of a child who is visited today. */
async function streamOf(child) {
  const link = page.getByRole("link", { name: new RegExp(`(Start|Go on with the) visit.*${child}`) });
  return (await link.getAttribute("href")).match(/child-[0-9a-f-]{36}/)[0];
}

/** What must be true of each of the child's screens. */
async function look(theme, screen) {
  const { ground, pictures } = LOOKS[theme];
  const main = page.locator("main.child");
  assert.equal(await main.getAttribute("data-theme"), theme, screen);
  assert.equal(await main.evaluate((main) => getComputedStyle(main).backgroundColor), ground, screen);
  const sources = await page.locator("main.child img").evaluateAll((all) => all.map((one) => new URL(one.src).pathname));
  assert.ok(screen === "pause" || sources.length > 0, `${screen}: no picture`);
  for (const source of sources) assert.match(source, new RegExp(`/${pictures}/[^/]+\\.svg$`), screen);
  await page.waitForFunction(() => [...document.querySelectorAll("main.child img")].every((one) => one.naturalWidth > 0));
  assert.deepEqual(await breaches(page, ENHANCED), [], `${theme}: ${screen}`);
}

async function lookAtAll(theme) {
  await look(theme, "mat");
  await press(page.getByRole("button", { name: "something else", exact: true }));
  await page.getByRole("tab").first().waitFor();
  await look(theme, "something else");
  await press(page.getByRole("button", { name: "back", exact: true }));
  await card(page).waitFor();
  await holdCorner(page);
  await look(theme, "pause");
  await page.getByRole("button", { name: "Take the tablet back" }).click();
  await page.getByRole("dialog", { name: "Take the tablet back" }).waitFor();
  await look(theme, "take back");
  await page.getByRole("button", { name: "Back to the child" }).click();
  await page.getByRole("button", { name: "Go on" }).click();
  await placeAll(page);
  await look(theme, "review");
  await press(page.locator("button.placed").first());
  await page.locator(".cell__here").first().waitFor();
  await look(theme, "review, a card picked up");
  await press(page.getByRole("button", { name: "leave them like this" }));
  await page.getByText("Who can see this?").waitFor();
  await look(theme, "sharing");
  await press(page.getByRole("group", { name: "my family" }).getByRole("button", { name: "no" }));
  await look(theme, "sharing, answered");
  await press(page.getByRole("button", { name: "finished" }));
  await page.getByRole("heading", { level: 1, name: "Finished" }).waitFor();
  await look(theme, "finished");
}

/** Takes the tablet back and goes to the day. */
async function toToday() {
  await toPasscode(page);
  await unlock(page);
  await page.locator(".heard-status").waitFor();
  await page.goto(`${server.url}/today`);
  await unlock(page);
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
}

test("a colleague's change of a child's look reaches the tablet", async () => {
  const peer = await openPeer(server.url, "Sade Okafor");
  // Joe answers with one switch: here every screen is reached by touch.
  for (const [look, change] of [["contrast", { theme: "contrast" }], ["calm", { input: "touch" }]]) {
    const stream = await streamOf(LOOKS[look].child);
    const set = (await peer.entries(stream)).findLast(({ kind }) => kind === "ProfileSet");
    const profile = { ...set.data.profile, ...change };
    assert.equal((await peer.write(stream, "ProfileSet", { profile })).verdict, "accepted");
  }
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await upToDate(page);
});

for (const [theme, { child }] of Object.entries(LOOKS)) {
  test(`every screen of the child's in the ${theme} look: words at 7:1, pictures of its set, nothing for axe`, async () => {
    await toHandOver(page, child, "Going to school");
    await handOver(page);
    await lookAtAll(theme);
    await toToday();
  });
}

test("in the contrast look a reload, Back and a typed address stay with the child", async () => {
  await page.getByRole("link", { name: /Go on with the visit.*Ellie-Mae/ }).click();
  await page.getByRole("link", { name: /Going to school/ }).first().click();
  await handOver(page);
  await placeCard(page, "like");
  const waiting = await card(page).textContent();
  const stays = async (how) => {
    await card(page).waitFor();
    assert.equal(await card(page).textContent(), waiting, how);
    assert.equal(await placed(page), 1, how);
    assert.equal(await page.locator("main.child").getAttribute("data-theme"), "contrast", how);
    assert.equal(await page.getByText(/Amira|Joe|Sade|Pritchard/).count(), 0, how);
    assert.equal(await page.getByRole("link").count(), 0, how);
    assert.doesNotMatch(await page.title(), /Ellie|Pritchard/, how);
  };
  await page.reload();
  await stays("reload");
  await page.goBack();
  await stays("Back");
  for (const address of ["/", "/today", "/children", "/saved", "/waiting"]) {
    await page.goto(server.url + address);
    await stays(address);
  }
});
