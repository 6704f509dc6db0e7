// A team begins with its staff and no child: registered, described, visited without signal, planned and authorised, all on
// the screens. The same steps on every server, as in `journey.mjs`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, SIZES } from "./browser.mjs";
import { look } from "./look.mjs";
import { handOver, placeAll, press, toPasscode } from "./mat.mjs";
import { setUp, unlock, upToDate } from "./people.mjs";

let server, browser, priya, helen;

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const alert = (page, words) => page.getByRole("alert").getByText(words).first().waitFor();

/** Fills the three boxes of a date: the only one on a page, or that of a group. */
export async function fillDate(page, date) {
  await page.getByLabel("Day", { exact: true }).fill(String(date.getUTCDate()));
  await page.getByLabel("Month", { exact: true }).fill(String(date.getUTCMonth() + 1));
  await page.getByLabel("Year", { exact: true }).fill(String(date.getUTCFullYear()));
}

/** Walks from nothing to an authorised plan. `open` starts a server with staff and no child. */
export function fromNothing(open) {
  before(async () => {
    [server, browser] = await Promise.all([open({ empty: true }), startBrowser()]);
    const tablet = await browser.newContext({ viewport: SIZES.tablet });
    const desk = await browser.newContext({ viewport: SIZES.desk });
    [priya, helen] = [await tablet.newPage(), await desk.newPage()];
    for (const page of [priya, helen]) page.setDefaultTimeout(15_000);
  });
  after(async () => { await browser.close(); await server.remove(); });

  test("a first day with nothing says how to begin", async () => {
    await setUp(priya, server.url, "Priya Nair", server.signIn);
    await upToDate(priya);
    await heading(priya, "Today").waitFor();
    await priya.getByText("Welcome. Heard in a minute").waitFor();
    await look(priya, "first-day");
    await priya.evaluate(() => navigator.serviceWorker.ready);
    await server.stop();
  });

  test("a child is registered without signal; what is missing or wrong is said", async () => {
    await priya.getByRole("link", { name: "Register a child" }).first().click();
    await heading(priya, "Register a child").waitFor();
    await priya.getByRole("button", { name: "Register the child" }).click();
    await alert(priya, "Enter a name");
    await look(priya, "register-problems");
    await priya.getByLabel("Given name or names").fill("Seán");
    await priya.getByLabel("Family name").fill("O'Brien");
    await priya.getByRole("group", { name: "Is the child born?" }).getByLabel("Yes").check();
    await fillDate(priya, new Date(Date.now() + 30 * 86_400_000));
    await priya.getByRole("button", { name: "Register the child" }).click();
    await alert(priya, /not come yet/);
    await fillDate(priya, new Date("2017-03-09T12:00:00Z"));
    await priya.getByLabel(/^Languages at home/).fill("English, Irish");
    // A draft is kept within half a second of typing.
    await priya.waitForTimeout(1000);
    await priya.reload();
    await unlock(priya);
    await heading(priya, "Register a child").waitFor();
    await priya.waitForFunction(() => document.querySelector("#languages")?.value === "English, Irish", undefined, { timeout: 5000 });
    await priya.getByRole("button", { name: "Register the child" }).click();
    await heading(priya, "Seán O'Brien").waitFor();
    await look(priya, "new-child");
  });

  test("a second child who sounds alike is asked about before it is registered", async () => {
    await priya.getByRole("link", { name: "My children" }).click();
    await priya.getByRole("link", { name: "Register a child" }).click();
    await priya.getByLabel("Given name or names").fill("Shaun");
    await priya.getByLabel("Family name").fill("OBrien");
    await priya.getByRole("group", { name: "Is the child born?" }).getByLabel("Yes").check();
    await fillDate(priya, new Date("2017-03-09T12:00:00Z"));
    await priya.getByText("Is it one of these children?").waitFor();
    await priya.getByRole("button", { name: "Register the child" }).click();
    await alert(priya, "Look at the children who are alike");
    await look(priya, "doubles");
    await priya.getByRole("link", { name: "Seán O'Brien" }).click();
    await heading(priya, "Seán O'Brien").waitFor();
  });

  test("how the child communicates is written down on one page, and is a passport", async () => {
    await priya.getByRole("link", { name: "Write it down" }).first().click();
    await heading(priya, "How Seán communicates").waitFor();
    await priya.getByRole("button", { name: "Save" }).click();
    await alert(priya, "Say in one line how the child communicates");
    await priya.getByLabel("In one line").fill("touches with a flat hand");
    await priya.getByLabel("Shows yes").fill("looks up and holds");
    await priya.getByLabel("Shows no").fill("closes his eyes");
    await priya.getByLabel("Says stop").fill("both fists");
    await priya.getByLabel("One switch").check();
    await priya.getByRole("group", { name: "words for private parts" }).getByLabel("No", { exact: true }).check();
    await priya.getByLabel("Seconds for each place").fill("20");
    await look(priya, "profile");
    await priya.getByRole("button", { name: "Save" }).click();
    await alert(priya, "Write seconds from 0.3 to 10");
    await priya.getByLabel("Touch", { exact: true }).check();
    await priya.getByLabel("When it has stayed for 0.5 s").waitFor();
    await priya.getByRole("button", { name: "Save" }).click();
    await heading(priya, "Seán O'Brien").waitFor();
    await priya.getByRole("link", { name: "Passport" }).click();
    await heading(priya, "How Seán communicates").waitFor();
    await priya.getByText("both fists").waitFor();
    await priya.getByText("words for private parts").waitFor();
    await look(priya, "passport");
    await priya.getByRole("link", { name: "How they communicate" }).click();
    await priya.getByRole("link", { name: "Child’s record" }).or(priya.locator(".govuk-back-link")).first().click();
  });

  test("people and address are written down once, for sisters and brothers too", async () => {
    await priya.getByRole("link", { name: "Add a person" }).click();
    await heading(priya, "Add a person").waitFor();
    await priya.getByRole("button", { name: "Save" }).click();
    await alert(priya, "Say whether they have parental responsibility");
    await priya.getByLabel("Name", { exact: true }).fill("Aoife O'Brien");
    await priya.getByLabel("What they are to the child").fill("Mammy");
    await priya.getByLabel("Parental responsibility", { exact: true }).check();
    await priya.getByLabel("What staff call the family").fill("the O'Brien family");
    await look(priya, "person");
    await priya.getByRole("button", { name: "Save" }).click();
    await heading(priya, "Seán O'Brien").waitFor();
    await priya.getByText("Aoife O'Brien").first().waitFor();
    await priya.getByRole("link", { name: "Address", exact: true }).click();
    await priya.getByLabel("No, it is withheld").check();
    await priya.getByLabel("Who may be asked, and by whom").fill("The team's manager.");
    await look(priya, "address");
    await priya.getByRole("button", { name: "Save" }).click();
    await priya.getByText("Withheld. The team's manager.").waitFor();

    await priya.getByRole("link", { name: "My children" }).click();
    await priya.getByRole("link", { name: "Register a child" }).click();
    await priya.getByLabel("Given name or names").fill("Niamh");
    await priya.getByLabel("Family name").fill("O'Brien");
    await priya.getByRole("group", { name: "Is the child born?" }).getByLabel("Yes").check();
    await fillDate(priya, new Date("2020-06-01T12:00:00Z"));
    await priya.getByRole("button", { name: "Register the child" }).click();
    await heading(priya, "Niamh O'Brien").waitFor();
    await priya.getByRole("link", { name: "Which family?" }).click();
    await priya.getByLabel("the O'Brien family").check();
    await priya.getByRole("button", { name: "Save" }).click();
    await heading(priya, "Niamh O'Brien").waitFor();
    await priya.getByText("Aoife O'Brien").first().waitFor();
    await look(priya, "sibling");
    await priya.getByRole("link", { name: "Seán O" }).click();
    await heading(priya, "Seán O'Brien").waitFor();
  });

  test("a visit is planned, moved and begun on another day on purpose", async () => {
    await priya.getByRole("link", { name: "Plan a visit" }).click();
    await heading(priya, "Plan a visit").waitFor();
    const tomorrow = new Date(Date.now() + 86_400_000);
    await fillDate(priya, new Date("1999-11-26T12:00:00Z"));
    await priya.getByLabel("Time").fill("10:00");
    await priya.getByRole("button", { name: "Save" }).click();
    await alert(priya, /1999/);
    await fillDate(priya, tomorrow);
    await priya.getByLabel("Add a topic").selectOption({ label: "Going to school" });
    await priya.getByLabel("Add a topic").selectOption({ label: "Meal times" });
    await priya.getByRole("button", { name: "Earlier: Meal times" }).click();
    await priya.getByLabel("How to ask: Meal times").selectOption({ label: "Yes or no, a card at a time" });
    await priya.getByText("7 of 7 cards").click();
    await priya.getByLabel("tube feed").uncheck();
    await priya.getByText("6 of 7 cards").waitFor();
    await look(priya, "plan-visit");
    await priya.getByRole("button", { name: "Save" }).click();
    await heading(priya, "Seán O'Brien").waitFor();
    await priya.getByRole("link", { name: "Week", exact: true }).click();
    await heading(priya, "Week").waitFor();
    await look(priya, "week");
    await priya.goBack();
    await priya.getByRole("link", { name: "Planned visit" }).click();
    await heading(priya, "This visit is not planned for today").waitFor();
    await look(priya, "another-day");
    await priya.getByRole("button", { name: "Begin it today" }).click();
    await heading(priya, "Visit with Seán").waitFor();
  });

  test("the visit is made without signal, and the plan is submitted", async () => {
    await priya.getByText("Mammy (Aoife O'Brien)").waitFor();
    await priya.getByLabel(/How did you explain it/).fill("Showed the mat and the stop card.");
    await priya.getByLabel(/^What did .* do\?/).fill("Looked up, held the gaze.");
    await priya.getByLabel(/ agreed$/).check();
    await priya.getByRole("button", { name: "Continue" }).click();
    const planned = priya.getByRole("region", { name: "Planned for this visit" });
    assert.match(await planned.getByRole("listitem").first().innerText(), /Meal times/);
    await planned.getByRole("link", { name: /Meal times/ }).click();
    await priya.locator("input:checked").and(priya.getByLabel("Yes or no, a card at a time")).waitFor();
    await priya.getByText("Which cards").click();
    assert.deepEqual(
      await priya.getByRole("group", { name: "Which cards" }).getByRole("checkbox", { checked: false }).evaluateAll((all) => all.map(({ id }) => id)),
      ["ask-tube-feed"], "what the plan leaves out",
    );
    await priya.goBack();
    await planned.getByRole("link", { name: /Going to school/ }).click();
    await priya.locator("input:checked").and(priya.getByLabel(/^A mat/)).waitFor();
    await handOver(priya);
    await placeAll(priya);
    await press(priya.getByRole("button", { name: "leave them like this" }));
    await press(priya.getByRole("button", { name: "finished" }));
    await heading(priya, "Finished").waitFor();
    await toPasscode(priya);
    await unlock(priya);
    await heading(priya, "What shall we talk about, Seán?").waitFor();
    await priya.getByRole("button", { name: "End the visit" }).click();
    // The topic is on the page that is left, too.
    await priya.waitForURL(/write-up/);
    await priya.getByRole("link", { name: /Going to school/ }).first().click();
    await priya.getByLabel(/By looking, read by an adult/).check();
    await priya.getByLabel("Clear", { exact: true }).check();
    await priya.getByRole("group", { name: "With what help?" }).getByLabel("None").check();
    await priya.getByLabel("Alone", { exact: true }).check();
    await priya.getByRole("group", { name: "Who chose what was on the cards?" }).getByLabel("I did").check();
    await priya.getByRole("button", { name: "Save" }).click();
    await heading(priya, "Visit with Seán").waitFor();
    await priya.getByRole("link", { name: "My children" }).click();
    await priya.getByRole("link", { name: "Seán O" }).click();
    await priya.getByRole("link", { name: "Plan", exact: true }).click();
    await priya.getByRole("button", { name: /^We will ask, for/ }).first().click();
    await priya.getByLabel("We will ask for", { exact: true }).fill("a quieter minibus");
    await priya.getByLabel("Who is asked").fill("School transport");
    await fillDate(priya, new Date(Date.now() + 14 * 86_400_000));
    await priya.getByRole("button", { name: "Save", exact: true }).click();
    await priya.getByRole("button", { name: /^Submit version 1/ }).click();
    await priya.getByText("It goes when there is signal").waitFor();
  });

  test("with signal it goes by itself; the manager authorises it, and allocates a child of her own to Priya", async () => {
    await server.start();
    await priya.evaluate(() => window.dispatchEvent(new Event("online")));
    await upToDate(priya);
    await setUp(helen, server.url, "Helen Marsh", server.signIn);
    await helen.getByRole("link", { name: /Seán O/ }).first().click();
    await helen.getByRole("button", { name: "Authorise version 1" }).waitFor();
    await helen.getByLabel("Comment").fill("Agreed: the journey is what he tells us about.");
    await helen.getByRole("button", { name: "Authorise version 1" }).click();
    await helen.getByText("Version 1 is authorised.").first().waitFor();

    await helen.getByRole("link", { name: "Team", exact: true }).click();
    await heading(helen, "North team").waitFor();
    await helen.getByRole("link", { name: "Register a child" }).click();
    await helen.getByLabel("Given name or names").fill("Baby");
    await helen.getByLabel("Family name").fill("Wójcik");
    await helen.getByRole("group", { name: "Is the child born?" }).getByLabel("Not yet").check();
    await fillDate(helen, new Date(Date.now() + 60 * 86_400_000));
    await helen.getByRole("button", { name: "Register the child" }).click();
    await heading(helen, "Baby Wójcik").waitFor();
    await helen.getByRole("link", { name: "Team", exact: true }).click();
    await helen.getByRole("heading", { name: "With nobody" }).waitFor();
    await look(helen, "team");
    await helen.getByRole("link", { name: /^Allocate\s+Baby W/ }).click();
    await heading(helen, "Who works with Baby?").waitFor();
    await helen.getByRole("button", { name: "Save" }).click();
    await alert(helen, "Choose at least one worker");
    await helen.getByLabel(/^Priya Nair/).check();
    await helen.getByLabel("Hand-over note").fill("The midwife is Ms Hale.");
    await look(helen, "allocate");
    await helen.getByRole("button", { name: "Save" }).click();
    await heading(helen, "North team").waitFor();
    await upToDate(helen);
    await priya.evaluate(() => window.dispatchEvent(new Event("online")));
    await priya.getByRole("link", { name: "My children" }).click();
    await priya.getByRole("link", { name: "Baby W" }).click();
    await priya.getByText("The midwife is Ms Hale.").waitFor();
  });

  test("no word of the children is in the server's log", () => {
    for (const word of ["Seán", "O'Brien", "minibus", "Wójcik", "midwife"]) assert.ok(!server.log.includes(word), word);
  });
}
