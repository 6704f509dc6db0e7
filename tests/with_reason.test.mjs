// Out of hours: a child is found in the whole council, the record read with a reason, what came in the night handed over; the
// day reads it first. Audits: a sample is drawn, what was found is written, read and acted on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCouncil } from "./support/council.mjs";
import { fillDate } from "./support/from_nothing.mjs";
import { look } from "./support/look.mjs";
import { go, online, unlock, upToDate } from "./support/people.mjs";
import { untilKept } from "./support/record.mjs";

const council = openCouncil();
const { at } = council;
const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const REASON = "Police rang: a neighbour hears shouting";

/** Finds a child by name and reads the record with a reason. */
async function read(page, name, reason) {
  await heading(page, "Find a child").waitFor();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByRole("link", { name: /^Read / }).first().click();
  await heading(page, "Read a record").waitFor();
  await page.getByLabel("Why do you read this record now?").fill(reason);
  await page.getByRole("button", { name: "Read the record" }).click();
  await page.getByText(`You read this record because: “${reason}”`).waitFor();
}

async function writeConcern(page) {
  await page.getByRole("link", { name: "Write a contact or concern" }).click();
  await heading(page, "Write a contact or concern").waitFor();
  await fillConcern(page);
}

async function fillConcern(page) {
  await page.getByLabel("A concern: the child may not be safe").check();
  await page.getByLabel("A professional").check();
  await page.getByLabel("Their name, and what they are to the child").fill("PC Lowe, police");
  await page.getByLabel("Telephone").check();
  await page.getByLabel("What did they say?").fill("A neighbour rang about shouting at two.");
  await page.getByLabel("What did you do?").fill("Rang the mother: all are asleep.");
  await page.getByLabel("Not known", { exact: true }).check();
  await page.getByLabel("Who was told of it, and when?").fill("The manager on call at 02:30.");
  await page.getByLabel("What does the day team have to do?").fill("Ring the mother.");
}

test("a night's concern is handed over, read first by the day, and answered by the manager", async () => {
  const bronwen = await at("Bronwen Price");
  await heading(bronwen, "Find a child").waitFor();
  await bronwen.getByRole("button", { name: "Find", exact: true }).click();
  await bronwen.getByRole("alert").getByText("Enter a name, a date of birth or a case number").waitFor();
  await bronwen.getByLabel("Name", { exact: true }).fill("Ameera Kaur");
  await bronwen.getByRole("button", { name: "Find", exact: true }).click();
  await bronwen.getByRole("heading", { name: "1 child found" }).waitFor();
  assert.equal(await bronwen.evaluate(() => document.activeElement.id), "found-status", "the focus is on what was found");
  await look(bronwen, "find");
  await bronwen.getByRole("link", { name: /^Read / }).click();
  await heading(bronwen, "Read a record").waitFor();
  await look(bronwen, "read-why");
  await bronwen.getByRole("button", { name: "Read the record" }).click();
  await bronwen.getByRole("alert").getByText("Enter why you read this record").waitFor();
  await bronwen.goBack();
  await bronwen.getByRole("heading", { name: "1 child found" }).waitFor();
  for (const some of ["Ami", "Amira K", "kau ami"]) {
    await bronwen.getByLabel("Name", { exact: true }).fill(some);
    await bronwen.getByRole("button", { name: "Find", exact: true }).click();
    await bronwen.getByRole("region", { name: /found$/ }).getByText("Amira Kaur").first().waitFor();
  }
  await read(bronwen, "Ameera Kaur", REASON);
  await heading(bronwen, /Amira/).waitFor();
  await look(bronwen, "read");
  for (const write of ["Change", "Plan a visit", "I have read this"]) {
    assert.equal(await bronwen.getByRole("link", { name: write }).or(bronwen.getByRole("button", { name: write })).count(), 0, write);
  }
  await writeConcern(bronwen);
  await look(bronwen, "contact-write");
  await bronwen.getByRole("button", { name: "Save and hand over" }).click();
  await bronwen.getByText("“A neighbour rang about shouting at two.”").waitFor();
  await upToDate(bronwen);
  await bronwen.getByRole("button", { name: "Read again" }).click();
  await bronwen.getByText("Nobody on the day team has read this yet.").waitFor();

  // Locked, nothing of it is left: the reason is asked again.
  const address = bronwen.url();
  await bronwen.reload();
  await unlock(bronwen);
  assert.equal(bronwen.url(), address);
  await heading(bronwen, "Read a record").waitFor();

  const sade = await at("Sade Okafor");
  const night = sade.getByRole("region", { name: "From out of hours" });
  await night.getByText("Concern").waitFor();
  await sade.getByRole("region", { name: "Read by others, with a reason" }).getByText(REASON).waitFor();
  await look(sade, "today-from-the-night");
  await night.getByRole("link", { name: /Amira/ }).click();
  await sade.getByText("“A neighbour rang about shouting at two.”").waitFor();
  await look(sade, "contacts");
  await sade.getByRole("button", { name: "I have read this" }).click();
  await sade.getByText("Read by Sade Okafor").waitFor();
  await upToDate(sade);
  await go(sade, "/today");
  await heading(sade, "Today").waitFor();
  assert.equal(await night.count(), 0);

  // A concern waits until a manager has said what happens now.
  const helen = await at("Helen Marsh");
  await helen.getByRole("region", { name: "Read by others, with a reason" }).getByText(REASON).waitFor();
  await helen.getByRole("link", { name: /A concern from out of hours/ }).click();
  await helen.getByRole("button", { name: "I have seen this" }).click();
  await helen.getByText("Enter what happens now").waitFor();
  await untilKept(helen, /\/concern\//, () => helen.getByLabel("What happens now?").fill("Sade rings the mother at nine."));
  await helen.reload();
  await unlock(helen);
  await helen.waitForFunction(() => document.querySelector("#concern-now")?.value.includes("at nine"));
  await helen.getByRole("button", { name: "I have seen this" }).click();
  await helen.getByText("Sade rings the mother at nine.").waitFor();
  await look(helen, "contacts-manager");
  await go(helen, "/waiting");
  await heading(helen, /Waiting/).waitFor();
  assert.equal(await helen.getByRole("link", { name: /A concern from out of hours/ }).count(), 0);
});

test("the family's people and address are read with the child, and that they could not be is said", async () => {
  const sade = await at("Sade Okafor");
  await go(sade, "/children");
  await sade.getByRole("link", { name: "Amira K" }).first().click();
  await sade.getByRole("link", { name: "Address", exact: true }).click();
  await sade.locator("#known").check();
  await sade.locator("#address").fill("14 Mill Lane");
  await sade.getByLabel("What staff call the family").fill("the Kaur family");
  await sade.getByRole("button", { name: "Save", exact: true }).click();
  await sade.getByText("14 Mill Lane").first().waitFor();
  await upToDate(sade);

  const bronwen = await at("Bronwen Price");
  await bronwen.route("**/streams/family-*/reading", (route) => route.abort());
  await read(bronwen, "Amira Kaur", REASON);
  await bronwen.getByText("The family's people and address could not be read with it.").waitFor();
  await bronwen.unroute("**/streams/family-*/reading");
  await bronwen.getByRole("button", { name: "Read again" }).click();
  await bronwen.getByText("14 Mill Lane").waitFor();
  assert.equal(await bronwen.getByText("could not be read with it").count(), 0);
  // One reading of both is one line.
  const lines = sade.getByRole("region", { name: "Read by others, with a reason" });
  await go(sade, "/today");
  await lines.getByText(REASON).waitFor();
  assert.equal(await lines.getByRole("listitem").count(), 1);
});

test("a time that has not come yet is not taken, and without signal duty still writes down what reached them", async () => {
  const bronwen = await at("Bronwen Price");
  await bronwen.context().setOffline(true);
  await bronwen.getByLabel("Name", { exact: true }).fill("Amira");
  await bronwen.getByRole("button", { name: "Find", exact: true }).click();
  await bronwen.getByRole("link", { name: /^Write down a contact without the record/ }).click();
  await bronwen.getByLabel("What do you know of the child?").fill("Amira K, eight, says the caller.");
  await bronwen.getByLabel("North", { exact: true }).check();
  await fillConcern(bronwen);
  await bronwen.getByLabel("At what time?").fill("23:59");
  await bronwen.getByRole("button", { name: "Save and hand over" }).click();
  await bronwen.getByRole("alert").getByText("This time has not come yet. Check the day and the time").waitFor();
  await bronwen.getByLabel("At what time?").fill("00:00");
  await bronwen.getByRole("button", { name: "Save and hand over" }).click();
  await bronwen.waitForURL(/\/saved$/);
  await bronwen.getByRole("status").filter({ hasText: "1 item saved" }).first().waitFor();
  await bronwen.context().setOffline(false);
  await online(bronwen);
  await upToDate(bronwen);
});

test("what is typed at night survives a lost connection and a lock, and goes when it can", async () => {
  const bronwen = await at("Bronwen Price");
  await read(bronwen, "Amira Kaur", REASON);
  await untilKept(bronwen, "/contact", () => writeConcern(bronwen));
  await bronwen.context().setOffline(true);
  await bronwen.getByText("Bronwen Price").click();
  await bronwen.getByRole("button", { name: "Lock" }).click();
  await unlock(bronwen);
  // Without signal the record is not to be had, and that is said.
  await bronwen.getByLabel("Why do you read this record now?").fill(REASON);
  await bronwen.getByRole("button", { name: "Read the record" }).click();
  await bronwen.getByRole("alert").waitFor();
  await bronwen.context().setOffline(false);
  await bronwen.getByRole("button", { name: "Read the record" }).click();
  await heading(bronwen, "Write a contact or concern").waitFor();
  await bronwen.getByLabel("What did they say?").and(bronwen.locator("textarea")).waitFor();
  await bronwen.waitForFunction(() => document.querySelector("#said")?.value.includes("shouting"));
  // Open, it is written without signal too.
  await bronwen.context().setOffline(true);
  await bronwen.getByRole("button", { name: "Save and hand over" }).click();
  await bronwen.getByText("Not sent yet: the day team cannot see this.").waitFor();
  await bronwen.getByRole("status").filter({ hasText: "1 item saved" }).first().waitFor();
  // Closed and read again before it went, it is still there.
  await bronwen.route("**/api/v1/push", (route) => route.abort());
  await bronwen.context().setOffline(false);
  await bronwen.getByRole("button", { name: "Close the record" }).click();
  await read(bronwen, "Amira Kaur", REASON);
  await bronwen.getByText("Not sent yet: the day team cannot see this.").waitFor();
  await bronwen.unroute("**/api/v1/push");
  await bronwen.context().setOffline(false);
  await online(bronwen);
  await upToDate(bronwen);
});

test("a contact about a child the council does not know reaches the manager of the team that looks into it", async () => {
  const bronwen = await at("Bronwen Price");
  await bronwen.getByLabel("Name", { exact: true }).fill("Zebedee Quill");
  await bronwen.getByRole("button", { name: "Find", exact: true }).click();
  await bronwen.getByRole("link", { name: "Write down a contact about a child the council does not know" }).click();
  await heading(bronwen, "Write a contact or concern").waitFor();
  await bronwen.getByRole("button", { name: "Save and hand over" }).click();
  await bronwen.getByRole("alert").getByText("Enter what you know of the child").waitFor();
  await bronwen.getByRole("alert").getByText("Choose the team").waitFor();
  await bronwen.getByLabel("What do you know of the child?").fill("Zebedee, about six, with his grandmother in Mill Lane.");
  await bronwen.getByLabel("North", { exact: true }).check();
  await fillConcern(bronwen);
  await look(bronwen, "contact-unknown");
  await bronwen.getByRole("button", { name: "Save and hand over" }).click();
  await bronwen.waitForURL(/\/saved$/);
  await upToDate(bronwen);
  const [helen, sade] = [await at("Helen Marsh"), await at("Sade Okafor")];
  const night = helen.getByRole("region", { name: "From out of hours" });
  await night.getByRole("link", { name: /A child the council does not know/ }).click();
  await helen.getByText("Zebedee, about six").waitFor();
  await look(helen, "contact-unknown-read");
  await helen.getByLabel("What happens now?").fill("I ring the grandmother at nine.");
  await helen.getByRole("button", { name: "I have seen this" }).click();
  await helen.getByText("I ring the grandmother at nine.").waitFor();
  await helen.getByRole("link", { name: "Register a child" }).waitFor();
  assert.equal(await sade.getByRole("region", { name: "From out of hours" }).count(), 0, "it is the manager's");
});

test("nobody else finds children of the whole council, and an auditor writes nothing", async () => {
  const [sade, marcus] = [await at("Sade Okafor"), await at("Marcus Bell")];
  await go(sade, "/find");
  await heading(sade, "Not a page of your role").waitFor();
  await go(marcus, "/find");
  await read(marcus, "Amira Kaur", "Audit of November");
  assert.equal(await marcus.getByRole("link", { name: "Write a contact or concern" }).count(), 0);
  await marcus.getByRole("link", { name: "Who looked" }).first().waitFor();
  await go(marcus, new URL(marcus.url()).pathname.replace("/read/", "/children/"));
  await marcus.waitForURL(/\/read\//);
  await marcus.getByRole("button", { name: "Close the record" }).click();
  await heading(marcus, "Find a child").waitFor();
});

/** Answers every question of the template; what is not met says why. */
async function answerAll(page, notMet) {
  for (const group of await page.getByRole("group", { name: /\?$/ }).all()) {
    const is = (await group.locator("legend").innerText()).startsWith(notMet);
    if (await group.getByLabel("Met", { exact: true }).count() > 0) await group.getByLabel(is ? "Not met" : "Met", { exact: true }).check();
  }
}

test("a sample is drawn, what was found is written, and the manager and whoever has something to do answer it", async () => {
  const marcus = await at("Marcus Bell");
  await heading(marcus, "Audits").waitFor();
  await marcus.getByLabel("North", { exact: true }).check();
  await marcus.getByLabel("a parent's voice").check();
  await marcus.getByRole("button", { name: "Draw sample", exact: true }).click();
  await marcus.getByRole("heading", { name: "Sample drawn today" }).waitFor();
  const drawn = marcus.getByRole("region", { name: "Sample drawn today" });
  for (const row of await drawn.getByRole("listitem").all()) assert.match(await row.innerText(), /a parent's voice/);
  await look(marcus, "sample");
  // It is worked through over days: locked or loaded again, it is still there.
  await marcus.getByLabel("any record", { exact: true }).check();
  await untilKept(marcus, "/sample", () => marcus.getByRole("button", { name: "Draw sample", exact: true }).click());
  const before = await drawn.getByRole("link").allInnerTexts();
  await marcus.reload();
  await unlock(marcus);
  await drawn.waitFor();
  assert.deepEqual(await drawn.getByRole("link").allInnerTexts(), before);

  await go(marcus, "/find");
  await read(marcus, "Amira Kaur", "Audit of November");
  await marcus.getByRole("link", { name: "Write what you found" }).click();
  await heading(marcus, "Write what you found").waitFor();
  await marcus.getByRole("button", { name: "Save and send to the manager" }).click();
  await marcus.getByRole("alert").getByText("Answer: Was the child asked").waitFor();
  await answerAll(marcus, "Does it say what difference");
  await marcus.getByRole("button", { name: "Save and send to the manager" }).click();
  await marcus.getByRole("alert").getByText("Say what is missing: Does it say what difference").waitFor();
  await marcus.locator("#difference-words").fill("Nothing says what being Sikh means for her days.");
  await marcus.getByLabel("What", { exact: true }).fill("Ask the family what matters to them, and write it.");
  await marcus.getByLabel("Sade Okafor").check();
  await fillDate(marcus, new Date("2020-02-01"));
  await marcus.getByRole("button", { name: "Save and send to the manager" }).click();
  await marcus.getByRole("alert").waitFor();
  await look(marcus, "findings");
  const soon = new Date(Date.now() + 14 * 86_400_000);
  await fillDate(marcus, soon);
  await marcus.getByRole("button", { name: "Save and send to the manager" }).click();
  await heading(marcus, /^Audit: /).waitFor();
  await upToDate(marcus);

  const helen = await at("Helen Marsh");
  await helen.getByRole("link", { name: "Amira K: read what an audit found" }).click();
  await heading(helen, "Audit: Amira K").waitFor();
  await helen.getByText("Nothing says what being Sikh means for her days.").waitFor();
  await look(helen, "audit");
  await helen.getByLabel("Your response").fill("We take it to the team on Tuesday.");
  await helen.getByRole("button", { name: "I have read this" }).click();
  await helen.getByText("“We take it to the team on Tuesday.”").waitFor();
  await upToDate(helen);
  await helen.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audits" }).click();
  await helen.getByRole("heading", { name: "Has practice changed?" }).waitFor();
  await helen.getByRole("row", { name: /difference ethnicity/ }).getByText("met in 0 of 1").waitFor();
  await look(helen, "audits-manager");

  const sade = await at("Sade Okafor");
  await sade.getByRole("link", { name: "Amira K: something to do after an audit" }).click();
  await sade.getByRole("button", { name: "It is done" }).click();
  await sade.getByText("Enter what was done").waitFor();
  await sade.getByLabel("What was done, and what is different now?").fill("Nani told us; her seat faces the window for prayers.");
  await sade.getByRole("button", { name: "It is done" }).click();
  await sade.getByText("Nani told us; her seat faces the window for prayers.").waitFor();
  await upToDate(sade);
  await go(sade, "/today");
  await heading(sade, "Today").waitFor();
  assert.equal(await sade.getByRole("link", { name: /something to do after an audit/ }).count(), 0);

  // The auditor sees what came of it, and nobody else of the team sees any of it.
  await upToDate(marcus);
  await marcus.getByText("Nani told us").waitFor();
  const priya = await at("Priya Nair");
  await go(priya, "/audits");
  await priya.getByRole("link", { name: "Audit: Chloe B" }).waitFor();
  assert.equal(await priya.getByRole("link", { name: "Audit: Amira K" }).count(), 0);
});
