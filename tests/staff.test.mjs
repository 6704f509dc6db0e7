// Who works here: another team, on leave, gone; where one is signed in; who looked at what.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { openCouncil } from "./support/council.mjs";
import { look } from "./support/look.mjs";
import { choosePasscode, go, online, unlock, upToDate } from "./support/people.mjs";
import { openProvider, signInThere } from "./support/provider.mjs";
import { openServer } from "./support/server.mjs";

const council = openCouncil();
const { at } = council;
const heading = (page, name) => page.getByRole("heading", { level: 1, name });

/** An administrator's page of one member of staff. */
async function memberPage(page, name) {
  await go(page, "/staff");
  await page.getByRole("link", { name }).click();
  await heading(page, name).waitFor();
}

test("whoever has left is signed out, the tablet locks for good, and the children are with nobody until they are allocated", async () => {
  const [sade, lin] = [await at("Sade Okafor"), await at("Lin Zhang")];
  await sade.getByRole("link", { name: "My children" }).click();
  await sade.getByRole("link", { name: "Amira K" }).first().click();
  await sade.getByRole("heading", { level: 1, name: /Amira/ }).waitFor();
  await sade.context().setOffline(true);
  await go(sade, `${new URL(sade.url()).pathname}/people/new`);
  await sade.getByLabel("Name", { exact: true }).fill("Noor");
  await sade.getByLabel("What they are to the child").fill("Auntie");
  await sade.getByLabel("No parental responsibility").check();
  await sade.getByRole("button", { name: "Save", exact: true }).click();
  await sade.getByRole("status").filter({ hasText: "4 items saved" }).first().waitFor();
  await memberPage(lin, "Sade Okafor");
  await look(lin, "staff-member");
  await lin.getByLabel("Left", { exact: true }).check();
  await lin.getByText("Their children have nobody").waitFor();
  await lin.getByRole("button", { name: "Save", exact: true }).click();
  await lin.getByText("Saved.", { exact: true }).waitFor();
  await lin.getByText("Out of use since today").waitFor();
  await look(lin, "staff-member-left");
  await go(lin, "/staff");
  await lin.getByRole("heading", { name: "Have left" }).waitFor();

  await sade.context().setOffline(false);
  await online(sade);
  await heading(sade, "This tablet is out of use").waitFor();
  await look(sade, "out-of-use");
  await sade.reload();
  await heading(sade, "This tablet is out of use").waitFor();
  assert.equal(await sade.getByLabel("Passcode", { exact: true }).isVisible(), false);
  await sade.getByRole("button", { name: "Sign in as someone else" }).click();
  await sade.getByRole("button", { name: "Sign in as Tom Reid" }).waitFor();
  assert.equal(await sade.getByRole("button", { name: "Sign in as Sade Okafor" }).count(), 0);

  // What was not sent is not lost: an administrator sends it from there, and sees none of it.
  await sade.getByRole("button", { name: "Sign in as Lin Zhang" }).click();
  await choosePasscode(sade);
  await memberPage(sade, "Sade Okafor");
  await sade.getByText("4 things were saved on this tablet and not sent.").waitFor();
  await look(sade, "staff-left-behind");
  await sade.getByRole("button", { name: "Send what was left" }).click();
  await sade.getByText("4 things were sent.").waitFor();

  const helen = await at("Helen Marsh");
  await go(helen, "/team");
  const nobody = helen.locator("section", { has: helen.getByRole("heading", { name: "With nobody" }) });
  await nobody.getByRole("link", { name: "Amira K", exact: true }).waitFor();
  await nobody.locator("li", { hasText: "Amira K" }).getByText("Sade Okafor has left").waitFor();
  await look(helen, "team-after-leaving");
  await nobody.locator("li", { hasText: "Amira K" }).getByRole("link", { name: "Allocate" }).click();
  assert.equal(await helen.getByLabel(/Sade Okafor/).count(), 0, "nobody is given to whoever has left");
  await helen.getByLabel(/Priya Nair|Tom Reid/).first().check();
  await helen.getByRole("button", { name: "Save", exact: true }).click();
  await helen.waitForURL(/\/team$/);
  await helen.getByRole("heading", { name: "With nobody" }).or(helen.getByText("Amira K").first()).first().waitFor();
  assert.equal(await nobody.getByText("Amira K").count(), 0);
});

test("on leave one is signed out and keeps the tablet, the children, and what was not sent", async () => {
  const [sade, lin] = [await at("Sade Okafor"), await at("Lin Zhang")];
  await memberPage(lin, "Sade Okafor");
  await lin.getByLabel("On leave", { exact: true }).check();
  await lin.getByRole("button", { name: "Save", exact: true }).click();
  await lin.getByText("Saved.", { exact: true }).waitFor();
  await online(sade);
  await sade.getByRole("status").filter({ hasText: "Signed out" }).first().waitFor();
  await sade.getByText("Amira K").first().waitFor();
  await lin.getByLabel("Working", { exact: true }).check();
  await lin.getByRole("button", { name: "Save", exact: true }).click();
  await lin.locator("main").getByText("Signed in", { exact: true }).waitFor();
  await go(sade, "/saved");
  await sade.getByRole("button", { name: "Sign in again" }).click();
  await sade.getByRole("button", { name: "Sign in as Sade Okafor" }).click();
  await unlock(sade);
  await upToDate(sade);
});

test("the last administrator stays, and a form that is not whole says what is missing", async () => {
  const lin = await at("Lin Zhang");
  await memberPage(lin, "Lin Zhang");
  await lin.getByLabel("Name, as colleagues know it").fill("");
  await lin.getByRole("button", { name: "Save", exact: true }).click();
  await lin.getByRole("alert").getByText("Enter the name").waitFor();
  await lin.getByLabel("Name, as colleagues know it").fill("Lin Zhang");
  await lin.getByLabel("Left", { exact: true }).check();
  await lin.getByRole("button", { name: "Save", exact: true }).click();
  await lin.getByText("Nobody would look after Heard any more").waitFor();
});

test("a team is renamed for everybody who is in it", async () => {
  const lin = await at("Lin Zhang");
  await go(lin, "/staff");
  await lin.getByLabel("Name of the team North").fill("Family Help North");
  await lin.getByLabel("Name of the team North").press("Enter");
  await lin.getByLabel("Name of the team Family Help North").waitFor();
  await lin.locator("li", { hasText: "Sade Okafor" }).getByText("Family Help North").waitFor();
  await lin.locator("li", { hasText: "Helen Marsh" }).getByText("Family Help North").waitFor();
});

test("one sees where one is signed in, ends it there, and takes a lost tablet out of use", async () => {
  const [here, there] = [await at("Sade Okafor"), await at("Sade Okafor")];
  await here.locator(".heard-account > summary").click();
  await here.getByRole("link", { name: "Where I am signed in" }).click();
  await here.getByText("This browser").waitFor();
  await look(here, "devices");
  await here.getByRole("button", { name: "Sign out there" }).click();
  await here.getByRole("button", { name: "Sign out there" }).waitFor({ state: "detached" });
  await online(there);
  await there.getByRole("status").filter({ hasText: "Signed out" }).first().waitFor();
  await there.getByText("Amira K").first().waitFor();

  // Which of the two it is is told by the end of its number only: both are taken out of use, this one as well.
  await here.getByRole("button", { name: "Take out of use" }).first().click();
  await here.getByText("This cannot be undone").waitFor();
  await look(here, "devices-sure");
  await here.getByRole("button", { name: "Leave it" }).click();
  assert.equal(await here.getByText("Out of use since").count(), 0);
  for (const left of [1, 0]) {
    await here.getByRole("button", { name: "Take out of use" }).first().click();
    await here.getByRole("button", { name: "Take it out of use" }).click();
    if (left) await here.getByText("Out of use since today").first().waitFor();
  }
  await online(there);
  await heading(there, "This tablet is out of use").waitFor();
  await online(here);
  await heading(here, "This tablet is out of use").waitFor();
  // It can be set up anew by whoever signs in.
  await here.getByRole("button", { name: "Sign in as someone else" }).click();
  await here.getByRole("button", { name: "Sign in as Sade Okafor" }).click();
  await choosePasscode(here);
  await heading(here, "Where I am signed in").waitFor();
  await here.reload();
  await unlock(here);
  await go(here, "/today");
  await here.getByText("Amira K").first().waitFor();
});

test("a manager sees who looked at a child's record, filters it, and saves it as a table", async () => {
  await at("Sade Okafor");
  const helen = await at("Helen Marsh");
  await go(helen, "/children");
  await helen.getByRole("link", { name: "Amira K" }).first().click();
  await helen.getByRole("link", { name: "Who looked at this record" }).click();
  await heading(helen, "Who looked at Amira K").waitFor();
  const rows = helen.locator("tbody tr");
  await rows.filter({ hasText: "Sade Okafor" }).filter({ hasText: "Fetched what is new" }).first().waitFor();
  await look(helen, "access-child");
  const downloaded = helen.waitForEvent("download");
  await helen.getByRole("button", { name: "Save as a table (CSV)" }).click();
  const table = await readFile(await (await downloaded).path(), "utf8");
  assert.match(table, /^"When","Who","About whom","What"/);
  assert.match(table, /"Sade Okafor"/);
  await helen.getByRole("navigation", { name: "Show" }).getByRole("link", { name: "Refused" }).click();
  await helen.waitForURL(/what=refused$/);
  assert.equal(await rows.count(), 0);
  await helen.goBack();
  await rows.first().waitFor();
});

test("an auditor finds what each member of staff did; a worker sees their own and nobody else's", async () => {
  const [sade, marcus] = [await at("Sade Okafor"), await at("Marcus Bell")];
  await go(marcus, "/access");
  await heading(marcus, "Who looked at what").waitFor();
  await look(marcus, "access-people");
  await marcus.getByRole("link", { name: "Sade Okafor" }).click();
  await heading(marcus, "What Sade Okafor looked at and did").waitFor();
  await marcus.locator("tbody tr").filter({ hasText: "Signed in" }).first().waitFor();
  await marcus.getByText(/records? that (is|are) not here/).first().waitFor();
  await look(marcus, "access-staff");
  const address = new URL(marcus.url()).pathname;
  await sade.locator(".heard-account > summary").click();
  await sade.getByRole("link", { name: "What I looked at" }).click();
  await heading(sade, "What I looked at and did").waitFor();
  await sade.locator("tbody tr").filter({ hasText: "Amira K" }).first().waitFor();
  assert.equal(new URL(sade.url()).pathname, address);
  const tom = await at("Tom Reid");
  await go(tom, address);
  await tom.getByText("You may not see or do this.").waitFor();
});

test("a manager is told whose tablet was opened without its passcode", async () => {
  const sade = await at("Sade Okafor");
  await sade.reload();
  await sade.getByText("I cannot get in").click();
  await sade.getByRole("button", { name: "Sign in again" }).click();
  await sade.getByRole("button", { name: "Sign in as Sade Okafor" }).click();
  await heading(sade, "Choose a new passcode").waitFor();
  await sade.getByLabel("Passcode", { exact: true }).fill("milk5sugar");
  await sade.getByLabel("The same passcode again").fill("milk5sugar");
  await sade.getByRole("button", { name: "Open Heard" }).click();
  await heading(sade, "Today").waitFor();
  const helen = await at("Helen Marsh");
  const told = helen.locator("section", { has: helen.getByRole("heading", { name: "Opened without a passcode" }) });
  await told.getByText("Sade Okafor").waitFor();
  await look(helen, "keys-given-back");
  const imran = await at("Imran Aziz");
  await imran.getByRole("navigation", { name: "Main" }).waitFor();
  assert.equal(await imran.getByText("Opened without a passcode").count(), 0, "the manager of another team is not");
});

test("an administrator says whom to ring, and every tablet knows it without signal", async () => {
  const [lin, sade] = [await at("Lin Zhang"), await at("Sade Okafor")];
  await go(lin, "/settings");
  await heading(lin, "Council settings").waitFor();
  assert.equal(await lin.getByLabel("What the council is called").inputValue(), "Northmoor Council");
  await look(lin, "settings");
  await lin.getByLabel("Number", { exact: true }).nth(0).fill("0191 498 0999");
  await lin.getByLabel("Who answers, and when").nth(2).fill("Police, not urgent");
  await lin.getByRole("button", { name: "Save", exact: true }).click();
  await lin.getByRole("alert").getByText("Enter the number").waitFor();
  await lin.getByLabel("Number", { exact: true }).nth(2).fill("101");
  await lin.getByRole("button", { name: "Save", exact: true }).click();
  await lin.getByText("Saved.", { exact: true }).waitFor();
  assert.equal(await lin.getByLabel("Number", { exact: true }).nth(2).inputValue(), "101");
  await lin.getByLabel("Number", { exact: true }).nth(2).fill("abc");
  await lin.getByRole("button", { name: "Save", exact: true }).click();
  await lin.getByRole("alert").getByText("Enter a number that can be dialled").waitFor();
  await lin.getByLabel("Number", { exact: true }).nth(2).fill("101");
  await lin.getByLabel("A decision is late after how many days?").fill("31");
  await lin.getByLabel("From", { exact: true }).fill("18");
  await lin.getByLabel("Until", { exact: true }).fill("8");
  await lin.getByRole("button", { name: "Save", exact: true }).click();
  await lin.getByRole("alert").getByText("Enter a number of days from 1 to 30").waitFor();
  await lin.getByRole("alert").getByText("Enter whole hours from 0 to 24, the earlier first").waitFor();
  await lin.getByLabel("A decision is late after how many days?").fill("2");
  await lin.getByLabel("From", { exact: true }).fill("23");
  await lin.getByLabel("Until", { exact: true }).fill("24");
  await lin.getByRole("button", { name: "Save", exact: true }).click();
  await lin.getByText("Saved.", { exact: true }).waitFor();
  await upToDate(lin);
  // What the council sets is what its people see.
  await lin.getByText("Lin Zhang", { exact: true }).click();
  await lin.getByRole("link", { name: "What I looked at" }).click();
  await lin.getByText("outside usual hours").first().waitFor();
  await upToDate(sade);
  await go(sade, "/settings");
  await heading(sade, "There is no page at this address").waitFor();
});

test("everything held of a child is printed entry by entry, and what may not be seen is left out", async () => {
  const [helen, sade] = [await at("Helen Marsh"), await at("Sade Okafor")];
  for (const page of [helen, sade]) {
    await go(page, "/children");
    await page.getByRole("link", { name: "Amira K" }).first().click();
    await heading(page, /Amira/).waitFor();
    await page.getByRole("heading", { name: "Known" }).waitFor();
  }
  assert.equal(await sade.getByRole("link", { name: "Everything held" }).count(), 0);
  await helen.getByRole("link", { name: "Everything held" }).click();
  await heading(helen, "Everything held").waitFor();
  await helen.getByText(/^the bus: don.t like$/).first().waitFor();
  await helen.getByText("Mill Lane").first().waitFor();
  await helen.getByText(/^born: \d+ \w+ \d{4}$/).first().waitFor();
  await helen.getByText("responsibility: not held").first().waitFor();
  await look(helen, "everything");
  await helen.getByLabel("Leave this out").nth(1).check();
  await helen.getByText("One entry is left out.").waitFor();
  await helen.emulateMedia({ media: "print" });
  assert.equal(await helen.locator(".everything__line--out").isVisible(), false);
  await helen.emulateMedia({ media: "screen" });
  await helen.evaluate(() => { window.print = () => { window.printed = true; }; });
  await helen.getByRole("button", { name: "Print" }).click();
  await helen.waitForFunction(() => window.printed);
  await upToDate(helen);
  await go(sade, new URL(helen.url()).pathname);
  await heading(sade, "This is not yours to change").waitFor();
  assert.equal(await sade.getByRole("button", { name: "Print" }).count(), 0);
});

/** The link that a server prints a moment after it is ready. */
async function printedLink(server) {
  for (let tries = 0; tries < 50; tries++) {
    const link = server.said.match(/http:\S+invitation=[0-9a-f]{64}/)?.[0];
    if (link) return link;
    await new Promise((done) => setTimeout(done, 100));
  }
  return assert.fail(server.said);
}

test("an empty installation has nobody: whoever opens the printed link is the administrator, once, and invites the rest", async () => {
  const empty = await openServer({ nobody: true, provider: openProvider });
  try {
    const link = await printedLink(empty);
    const page = await council.newPage();
    await page.goto(link);
    await signInThere(page, "ada.first");
    await page.getByText("Ada First, choose a passcode").waitFor();
    await choosePasscode(page);
    await heading(page, "Who works here").waitFor();
    await page.getByText("Ada First").first().waitFor();
    await look(page, "staff-empty");
    await page.getByLabel("Name, as colleagues know it").fill("Grace Field");
    await page.getByLabel("Social worker").check();
    await page.getByLabel("Name of the new team").fill("East");
    await page.getByRole("button", { name: "Make a link" }).click();
    const invitation = await page.locator(".heard-link-once").textContent();
    const grace = await council.newPage();
    await grace.goto(link);
    await signInThere(grace, "grace.field");
    await grace.getByText("This invitation was used already").waitFor();
    await grace.goto(invitation);
    await grace.getByText("Grace Field, choose a passcode").waitFor();
    await choosePasscode(grace);
    await heading(grace, "Today").waitFor();
    await empty.stop();
    await empty.start();
    assert.doesNotMatch(empty.said, /invitation=/, "it is claimed");
  } finally {
    await empty.remove();
  }
});
