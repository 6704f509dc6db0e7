// Between worker and manager: a version comes back with a comment, the next one goes in, and a decision that came too late.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { NOTHING_KEPT, SIZES, startBrowser } from "./support/browser.mjs";
import { openPeer } from "./support/peer.mjs";
import { setUp, upToDate } from "./support/people.mjs";
import { openProxy } from "./support/proxy.mjs";
import { openServer } from "./support/server.mjs";

const SAID = "The lamp is answered. Say who asks school, and by when.";
let server, proxy, browser, sade, helen, stream;

before(async () => {
  [server, browser] = await Promise.all([openServer(), startBrowser()]);
  // Helen's connection is hers alone, so that it can be held up.
  proxy = await openProxy(server.port);
  const pages = [SIZES.tablet, SIZES.desk].map(async (viewport) => (await browser.newContext({ viewport, ...NOTHING_KEPT })).newPage());
  [sade, helen] = await Promise.all(pages);
  for (const page of [sade, helen]) page.setDefaultTimeout(15_000);
  await setUp(sade, server.url, "Sade Okafor");
  await setUp(helen, proxy.url, "Helen Marsh");
  await Promise.all([upToDate(sade), upToDate(helen)]);
});
after(async () => { await browser.close(); await proxy.close(); await server.remove(); });

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const exchange = async (page) => {
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await upToDate(page);
};
/** The refusals and acceptances of a kind that the server has of the plan. */
const verdicts = async (kind) => {
  const all = await (await openPeer(server.url, "Helen Marsh")).entries(stream);
  return all.filter((entry) => entry.kind === kind).map(({ data, verdict, code }) => [data.version, verdict, code ?? null]);
};

test("a version is not returned without a word of why", async () => {
  await helen.getByRole("link", { name: /Yusuf D/ }).first().click();
  await heading(helen, /Yusuf D/).waitFor();
  stream = helen.url().match(/child-[0-9a-f-]{36}/)[0];
  await helen.getByRole("button", { name: "Return to S. Okafor" }).click();
  await helen.getByRole("alert").getByText("Write what you agree with, or what must change").waitFor();
  assert.deepEqual(await breaches(helen), []);
  assert.deepEqual((await verdicts("PlanDecided")).map(([version]) => version), [1], "nothing was decided");
  await helen.getByLabel("Comment").fill(SAID);
  await helen.getByRole("button", { name: "Return to S. Okafor" }).click();
  await helen.getByText("Version 2 was returned.").first().waitFor();
  await helen.getByText("It comes back to you when the next version is submitted.").waitFor();
  await upToDate(helen);
});

test("the worker reads that it came back, and why, changes it and submits the next version", async () => {
  await exchange(sade);
  const back = sade.getByRole("region", { name: "Back from your manager" }).getByRole("listitem").filter({ hasText: "Yusuf D" });
  await back.getByText("Returned").waitFor();
  await back.getByText(SAID).waitFor();
  await back.getByRole("link", { name: "Yusuf D, plan" }).click();
  await sade.getByText("Version 2 came back").waitFor();
  await sade.getByText("Helen Marsh returned version 2, today:").waitFor();
  await sade.getByText(SAID).waitFor();
  assert.deepEqual(await breaches(sade), []);
  const analysis = sade.getByLabel("Analysis", { exact: true });
  await analysis.fill("Light and noise wake Yusuf; the dark does not. S. Okafor asks school for the later bus by Friday.");
  await analysis.blur();
  await sade.getByRole("button", { name: /^Submit version 3 to Helen Marsh/ }).click();
  await sade.getByText("Version 3 is with Helen Marsh").waitFor();
  await sade.getByText("Sent. Helen Marsh can read it.").waitFor();
  await sade.getByRole("link", { name: "Today" }).first().click();
  await heading(sade, "Today").waitFor();
  assert.equal(await sade.getByText(SAID).count(), 0, "what was answered waits no more");
});

test("the next version waits for the manager, with what changed", async () => {
  await helen.getByRole("link", { name: "Waiting for you" }).first().click();
  await exchange(helen);
  const line = helen.getByRole("link", { name: /Yusuf D.*Plan, version 3/ });
  await line.waitFor();
  await line.click();
  await helen.getByRole("heading", { name: "Your decision on version 3" }).waitFor();
  await helen.getByText("S. Okafor asks school for the later bus by Friday.").first().waitFor();
  await helen.getByText(/changes? since version 2/).first().waitFor();
});

test("a decision on a version that moved on meanwhile is refused, with why and what to do", async () => {
  // Helen's device hears no news; what she does still goes out.
  proxy.fault = ({ path }) => (path.endsWith("/pull") ? "captive" : null);
  await sade.getByRole("link", { name: "My children" }).click();
  await sade.getByRole("link", { name: "Yusuf D" }).click();
  await sade.getByRole("link", { name: "Plan", exact: true }).click();
  await sade.getByRole("button", { name: "Change it: open version 4" }).click();
  await sade.getByText("Your next change opens version 4. Version 3 can then no longer be decided on.").waitFor();
  const analysis = sade.getByLabel("Analysis", { exact: true });
  await analysis.fill("Light and noise wake Yusuf. School has agreed to the later bus.");
  await analysis.blur();
  await sade.getByRole("button", { name: /^Submit version 4/ }).click();
  await sade.getByText("Sent. Helen Marsh can read it.").waitFor();

  await helen.getByLabel("Comment").fill("Agreed as it is.");
  await helen.getByRole("button", { name: "Authorise version 3" }).click();
  await helen.getByText("Agreed as it is.").first().waitFor();
  assert.equal(await helen.getByText("Version 3 is authorised.").count(), 0, "never authorised before the server has said so");
  proxy.fault = () => null;
  await exchange(helen);
  await helen.getByText("Your decision on version 3 was refused.").waitFor();
  await helen.getByText("The plan has changed since you opened it. Read the new version, then decide.").waitFor();
  await helen.getByText("“Agreed as it is.”").waitFor();
  await helen.getByText("Version 4 has been submitted since you opened this.").waitFor();
  assert.equal(await helen.getByRole("button", { name: /^Authorise/ }).count(), 0);
  assert.deepEqual(await breaches(helen), []);
  assert.deepEqual((await verdicts("PlanDecided")).at(-1), [3, "refused", "stale_version"]);
});

test("the manager reads the new version, finds her words again and decides on it", async () => {
  await helen.getByRole("button", { name: "Read version 4" }).click();
  await helen.getByText("School has agreed to the later bus.").first().waitFor();
  assert.equal(await helen.getByLabel("Comment").inputValue(), "Agreed as it is.");
  await helen.getByRole("button", { name: "Authorise version 4" }).click();
  await helen.getByText("Version 4 is authorised.").first().waitFor();
  await upToDate(helen);
  assert.deepEqual((await verdicts("PlanDecided")).at(-1), [4, "accepted", null]);
});

test("nobody decides on their own work: a worker may not decide, a manager may not write", async () => {
  const [worker, manager, elsewhere] = await Promise.all(["Sade Okafor", "Helen Marsh", "Imran Aziz"].map((name) => openPeer(server.url, name)));
  const decided = { version: 4, outcome: "authorised", comment: "Mine, and good." };
  const set = { field: "plan.analysis", value: "Written by the manager." };
  const refused = async (peer, kind, data) => {
    const { verdict, code } = await peer.write(stream, kind, data);
    return [verdict, code];
  };
  assert.deepEqual(await refused(worker, "PlanDecided", decided), ["refused", "not_allowed"]);
  assert.deepEqual(await refused(manager, "SetField", set), ["refused", "not_allowed"]);
  assert.deepEqual(await refused(manager, "PlanSubmitted", { version: 5 }), ["refused", "not_allowed"]);
  assert.deepEqual(await refused(elsewhere, "PlanDecided", decided), ["refused", "not_allowed"]);
});
