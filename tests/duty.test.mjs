// Out of hours: a child is found in the whole council, the record read with a reason, what came in the night handed over; the
// day reads it first.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { look } from "./support/look.mjs";
import { atWork, go, online, unlock, upToDate } from "./support/people.mjs";
import { openServer } from "./support/server.mjs";

let server, browser, pages;

before(async () => { browser = await startBrowser(); });
after(async () => { await browser.close(); });
beforeEach(async () => { pages = []; server = await openServer(); });
afterEach(async () => {
  for (const page of pages) await page.context().close();
  await server.remove();
});

async function at(name) {
  const page = await atWork(browser, server, name);
  pages.push(page);
  return page;
}

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
  await page.getByLabel("A concern: the child may not be safe").check();
  await page.getByLabel("Somebody at work").check();
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
  await look(bronwen, "find");
  await bronwen.getByRole("link", { name: /^Read / }).click();
  await heading(bronwen, "Read a record").waitFor();
  await look(bronwen, "read-why");
  await bronwen.getByRole("button", { name: "Read the record" }).click();
  await bronwen.getByRole("alert").getByText("Enter why you read this record").waitFor();
  await bronwen.goBack();
  await bronwen.getByRole("heading", { name: "1 child found" }).waitFor();
  await read(bronwen, "Ameera Kaur", REASON);
  await heading(bronwen, /Amira/).waitFor();
  await look(bronwen, "read");
  for (const write of ["Change", "Plan a visit", "I have read this"]) {
    assert.equal(await bronwen.getByRole("link", { name: write }).or(bronwen.getByRole("button", { name: write })).count(), 0, write);
  }
  await writeConcern(bronwen);
  await look(bronwen, "contact-write");
  await bronwen.getByRole("button", { name: "Save and hand over" }).click();
  await bronwen.getByText("Nobody on the day team has read this yet.").waitFor();
  await upToDate(bronwen);

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
  await helen.getByLabel("What happens now?").fill("Sade rings the mother at nine.");
  await helen.getByRole("button", { name: "I have seen this" }).click();
  await helen.getByText("Sade rings the mother at nine.").waitFor();
  await look(helen, "contacts-manager");
  await go(helen, "/waiting");
  await heading(helen, /Waiting/).waitFor();
  assert.equal(await helen.getByRole("link", { name: /A concern from out of hours/ }).count(), 0);
});

test("what is typed at night survives a lost connection and a lock, and goes when it can", async () => {
  const bronwen = await at("Bronwen Price");
  await read(bronwen, "Amira Kaur", REASON);
  await writeConcern(bronwen);
  await bronwen.context().setOffline(true);
  await bronwen.waitForTimeout(600);
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
  await bronwen.getByText("Nobody on the day team has read this yet.").waitFor();
  await bronwen.getByRole("status").filter({ hasText: "1 item saved" }).first().waitFor();
  await bronwen.context().setOffline(false);
  await online(bronwen);
  await upToDate(bronwen);
});

test("nobody else finds children of the whole council, and an auditor writes nothing", async () => {
  const [sade, marcus] = [await at("Sade Okafor"), await at("Marcus Bell")];
  await go(sade, "/find");
  await heading(sade, "Not a page of your role").waitFor();
  await read(marcus, "Amira Kaur", "Audit of November");
  assert.equal(await marcus.getByRole("link", { name: "Write a contact or concern" }).count(), 0);
  await marcus.getByRole("link", { name: "Who looked" }).first().waitFor();
  await marcus.getByRole("button", { name: "Close the record" }).click();
  await heading(marcus, "Read a record").waitFor();
});
