// A child met by two workers without signal, and a child that is moved on while its views still wait on a tablet.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, SIZES } from "./support/browser.mjs";
import { fillDate } from "./support/from_nothing.mjs";
import { handOver, placeCard, toPasscode } from "./support/mat.mjs";
import { atWork, go, online, unlock, upToDate } from "./support/people.mjs";
import { openServer } from "./support/server.mjs";

let server, browser, sade, priya, helen;

const heading = (page, name) => page.getByRole("heading", { level: 1, name });

before(async () => {
  [server, browser] = await Promise.all([openServer({ empty: true }), startBrowser()]);
  const open = async (name) => {
    const page = await atWork(browser, server, name, SIZES.tablet, { serviceWorkers: "allow" });
    await page.evaluate(() => navigator.serviceWorker.ready);
    return page;
  };
  sade = await open("Sade Okafor");
  priya = await open("Priya Nair");
  helen = await open("Helen Marsh");
});
after(async () => { await browser.close(); await server.remove(); });

/** Registers a child of this name. */
async function register(page, given, family) {
  await page.getByRole("link", { name: "My children" }).click();
  await page.getByRole("link", { name: "Register a child" }).first().click();
  await page.getByLabel("Given name or names").fill(given);
  await page.getByLabel("Family name").fill(family);
  await page.getByRole("group", { name: "Is the child born?" }).getByLabel("Yes").check();
  await fillDate(page, new Date("2016-05-04T12:00:00Z"));
  await page.getByRole("button", { name: "Register the child" }).click();
  await heading(page, `${given} ${family}`).waitFor();
}

test("two workers without signal register one child; the manager links the two records, and can undo it", async () => {
  await server.stop();
  await register(sade, "Zofia", "Nowak");
  await register(priya, "Sofia", "Novak");
  await server.start();
  for (const page of [sade, priya]) {
    await online(page);
    await upToDate(page);
  }
  await online(helen);
  await helen.getByRole("link", { name: "Children", exact: true }).click();
  await helen.getByRole("link", { name: "Sofia N" }).click();
  await helen.getByRole("link", { name: "Another record of this child" }).click();
  await helen.getByRole("button", { name: "Link the two records" }).click();
  await helen.getByRole("alert").getByText("Choose the other record").waitFor();
  await helen.getByLabel(/^Zofia Nowak/).check();
  await helen.getByRole("button", { name: "Link the two records" }).click();
  await helen.getByText("There is another record of this child.").waitFor();
  await upToDate(helen);
  await online(priya);
  await priya.getByText("There is another record of this child.").waitFor();
  await priya.getByText("it is not on this device").waitFor();
  await helen.getByRole("button", { name: "Undo: they are two children" }).click();
  await helen.getByText("There is another record of this child.").waitFor({ state: "detached" });
});

test("a child moves on while views wait: they arrive held, the record leaves the tablet, the manager lets them in", async () => {
  await sade.getByRole("link", { name: "Begin a visit now" }).click();
  await server.stop();
  await sade.getByLabel(/How did you explain it/).fill("Showed the mat and the stop card.");
  await sade.getByLabel(/^What did .* do\?/).fill("Looked up, held the gaze.");
  await sade.getByLabel(/ agreed$/).check();
  await sade.getByRole("button", { name: "Continue" }).click();
  await sade.getByRole("link", { name: /Going to school/ }).click();
  await handOver(sade);
  await placeCard(sade, "like");
  await toPasscode(sade);
  await unlock(sade);
  await heading(sade, "What shall we talk about, Zofia?").waitFor();

  await server.start();
  // Sade's tablet hears nothing of it yet.
  await sade.context().setOffline(true);
  await online(helen);
  await helen.getByRole("link", { name: "Team", exact: true }).click();
  await helen.getByRole("link", { name: /^Move\s+Zofia N/ }).click();
  await helen.getByLabel(/^Sade Okafor/).uncheck();
  await helen.getByLabel(/^Priya Nair/).check();
  await helen.getByRole("button", { name: "Save" }).click();
  await helen.getByRole("alert").getByText(/write what the next worker must know/).waitFor();
  await helen.getByLabel("Hand-over note").fill("She looks at the window first.");
  await helen.getByRole("button", { name: "Save" }).click();
  await heading(helen, "North team").waitFor();
  await upToDate(helen);

  await sade.context().setOffline(false);
  await online(sade);
  await upToDate(sade);
  await sade.goto(`${server.url}/children`);
  await unlock(sade);
  await sade.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await sade.getByText("Zofia N").count(), 0, "the record has left the tablet");

  // On a tablet that she sets up anew nothing was ever sent from there: the server says what waits of hers.
  const another = await atWork(browser, server, "Sade Okafor", SIZES.tablet, { serviceWorkers: "allow" });
  const held = another.getByRole("region", { name: "Held for a manager to admit" });
  await go(another, "/saved");
  await held.getByText("A child whose record is not on this tablet, a mat").waitFor();
  await another.context().setOffline(true);
  await go(another, "/");
  await go(another, "/saved");
  await another.getByText("What you recorded on another tablet", { exact: false }).waitFor();
  await another.context().setOffline(false);

  await online(helen);
  await helen.getByRole("link", { name: "Waiting for you" }).click();
  await helen.getByRole("link", { name: /Zofia N/ }).first().click();
  const admit = helen.getByRole("button", { name: /^Admit/ });
  await admit.click();
  await admit.waitFor({ state: "detached" });
  await upToDate(helen);
  await go(another, "/");
  await go(another, "/saved");
  await held.getByText("Nothing is held.").waitFor();
  await online(priya);
  await priya.getByRole("link", { name: "My children" }).click();
  await priya.getByRole("link", { name: "Zofia N" }).click();
  await priya.getByText("She looks at the window first.").waitFor();
  await priya.getByText("Going to school").first().waitFor();
});
