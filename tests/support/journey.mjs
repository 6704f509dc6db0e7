// One visit, end to end: captured with a child while the server is stopped, sent, submitted, replayed and authorised.
// The same steps on every server: `journey.test.mjs` walks them on one machine, `cloud.test.mjs` through the function.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { breaches } from "./axe.mjs";
import { startBrowser, SIZES } from "./browser.mjs";
import { card, holdCorner, placeCard, placed, press, rested, toPasscode, touch } from "./mat.mjs";
import { PASSCODE, setUp, unlock, upToDate } from "./people.mjs";

const SHOTS = process.env.HEARD_SHOTS;
let server, browser, worker, manager, sade, helen;

const heading = (page, name) => page.getByRole("heading", { level: 1, name });

/** What must be true of every screen: nothing for axe; pictures of it when they are asked for. */
async function look(page, name) {
  assert.deepEqual(await breaches(page), [], name);
  if (!SHOTS) return;
  const size = page.viewportSize();
  for (const [kind, box] of Object.entries(SIZES)) {
    await page.setViewportSize(box);
    await page.screenshot({ path: `${SHOTS}/${name}-${kind}.png`, fullPage: true });
  }
  await page.setViewportSize(size);
}

/** What Amira said yes to when she was asked before. */
const LIKED_BEFORE = /walking|the car|the taxi/;

/** Walks the journey. `open` starts a server; `server.signIn`, where there is one, signs a browser in before the page opens. */
export function journey(open) {
  before(async () => {
    [server, browser] = await Promise.all([open(), startBrowser()]);
    worker = await browser.newContext({ viewport: SIZES.tablet, permissions: ["clipboard-read", "clipboard-write"] });
    manager = await browser.newContext({ viewport: SIZES.desk });
    [sade, helen] = [await worker.newPage(), await manager.newPage()];
    for (const page of [sade, helen]) page.setDefaultTimeout(15_000);
  });
  after(async () => { await browser.close(); await server.remove(); });

  let bus = "the bus";

  test("Sade signs in, sets the tablet up and sees the day", async () => {
    await setUp(sade, server.url, "Sade Okafor", server.signIn);
    await heading(sade, "Today").waitFor();
    await sade.getByText("points with her eyes, two choices; worker reads").waitFor();
    await sade.getByText("To ask about a window seat").waitFor();
    await sade.getByText("Ready for this visit").first().waitFor();
    await upToDate(sade);
    await look(sade, "today");
  });

  test("the server stops; the tablet reloads from what it kept", async () => {
    await sade.evaluate(() => navigator.serviceWorker.ready);
    await server.stop();
    await sade.reload();
    await unlock(sade);
    await heading(sade, "Today").waitFor();
    await sade.getByRole("status").filter({ hasText: "No signal" }).first().waitFor();
  });

  test("a visit starts without signal: who is here, the promise, assent; only this child is on the screen", async () => {
    await sade.getByRole("link", { name: /Start visit.*Amira K/ }).click();
    await heading(sade, "Visit with Amira").waitFor();
    await look(sade, "visit-start");
    assert.equal(await sade.getByText("Joe T").count(), 0);
    await sade.getByRole("checkbox", { name: /I told Amira/ }).first().check();
    await sade.getByRole("button", { name: "Continue" }).click();
    await sade.getByRole("alert").getByText("There is a problem").waitFor();
    await sade.getByLabel("How did you explain it to Amira?").fill("Showed the mat and the stop card, said who will know.");
    await sade.getByLabel("What did Amira do?").fill("Looked up, held the gaze.");
    await sade.getByLabel("Amira agreed", { exact: true }).check();
    await sade.getByRole("button", { name: "Continue" }).click();
    await heading(sade, "What shall we talk about, Amira?").waitFor();
    await look(sade, "topics");
    assert.equal(await sade.getByText("Joe T").count(), 0);
  });

  test("the tablet is handed over: one card at a time, two places, four ways out", async () => {
    await sade.getByRole("link", { name: /Going to school/ }).click();
    await sade.getByRole("button", { name: "Hand over to Amira" }).waitFor();
    await look(sade, "hand-over");
    await sade.getByRole("button", { name: "Hand over to Amira" }).click();
    await card(sade).waitFor();
    assert.equal(await sade.locator(".child__scale .cell").count(), 2, "Amira has two places");
    for (const way of ["don't know", "something else", "skip", "stop"]) {
      await sade.getByRole("button", { name: way, exact: true }).waitFor();
    }
    await look(sade, "mat");
    assert.equal(await sade.getByRole("link").count(), 0, "nothing leads away");
  });

  test("a tap places a card; a reload, Back and a typed address stay with the child", async () => {
    bus = await placeCard(sade, "don't like");
    const next = await card(sade).textContent();
    await sade.reload();
    await card(sade).waitFor();
    assert.equal(await card(sade).textContent(), next, "the same card waits");
    assert.equal(await placed(sade), 1, "what was placed lies there");
    await sade.goBack();
    await card(sade).waitFor();
    await sade.goto(`${server.url}/children`);
    await card(sade).waitFor();
    assert.equal(await sade.getByText("Joe").count(), 0);
  });

  test("something else opens every topic, and what the child brings comes next", async () => {
    const waiting = await card(sade).textContent();
    await press(sade.getByRole("button", { name: "something else", exact: true }));
    await press(sade.getByRole("tab", { name: "Activities" }));
    await look(sade, "something-else");
    await press(sade.locator(".symbol-card").filter({ hasText: "swimming" }));
    await sade.waitForFunction((words) => document.querySelector(".child__option .child__words")?.textContent !== words, waiting);
    assert.match(await card(sade).textContent(), /swimming/);
    await placeCard(sade, "like");
    assert.equal(await card(sade).textContent(), waiting, "the card that waited is asked again");
  });

  test("a corner hold opens Pause; going on changes nothing", async () => {
    const waiting = await card(sade).textContent();
    await holdCorner(sade);
    await look(sade, "pause");
    await sade.getByRole("button", { name: "Tired" }).click();
    await sade.getByRole("button", { name: "Go on" }).click();
    await card(sade).waitFor();
    assert.equal(await card(sade).textContent(), waiting);
  });

  test("skip and don't know leave a card; the review shows the whole mat and anything can be moved", async () => {
    await press(sade.getByRole("button", { name: "skip", exact: true }));
    await press(sade.getByRole("button", { name: "don't know", exact: true }));
    for (let left = 0; left < 12; left += 1) {
      await rested(sade);
      if (await sade.getByText("This is where you put them.").count()) break;
      // Otherwise than the last time, whatever the order: the manager is shown what is not the same.
      await touch(sade, LIKED_BEFORE.test(await card(sade).textContent()) ? "don't like" : "like");
    }
    await sade.getByText("This is where you put them.").waitFor();
    await look(sade, "review");
    await press(sade.locator(".placed").filter({ hasText: bus }).or(sade.getByRole("button", { name: bus })).first());
    await press(sade.getByRole("button", { name: `${bus}: like` }));
    await press(sade.getByRole("button", { name: "leave them like this" }));
  });

  test("the child says who may see it, and it is finished the same way for everyone", async () => {
    await sade.getByText("Who can see this?").waitFor();
    await sade.getByText("I must tell someone if you are not safe.").waitFor();
    await look(sade, "sharing");
    const family = sade.getByRole("group", { name: "my family" });
    await press(family.getByRole("button", { name: "no" }));
    await press(sade.getByRole("button", { name: "finished" }));
    await heading(sade, "Finished").waitFor();
    await look(sade, "finished");
  });

  test("only the passcode leads back", async () => {
    await toPasscode(sade);
    await sade.getByLabel("Passcode", { exact: true }).fill("wrong4you");
    await sade.getByRole("button", { name: "Open", exact: true }).click();
    await sade.getByText("9 tries are left").first().waitFor();
    await unlock(sade, PASSCODE);
    // Back in the visit, whatever address was typed on the way.
    await heading(sade, "What shall we talk about, Amira?").waitFor();
  });

  test("the two-minute write-up keeps how it was given apart from what it may mean", async () => {
    await sade.getByRole("link", { name: "Today" }).first().click();
    await sade.getByRole("link", { name: /Go on with the visit.*Amira K/ }).click();
    await sade.getByRole("button", { name: "End the visit" }).click();
    await heading(sade, "Visit with Amira").waitFor();
    await sade.getByRole("link", { name: /Going to school/ }).first().click();
    await heading(sade, "How views were given").waitFor();
    await look(sade, "write-up");
    await sade.getByLabel(/By looking, read by an adult/).check();
    await sade.getByLabel("Clear", { exact: true }).check();
    await sade.getByRole("group", { name: "With what help?" }).getByLabel("None").check();
    await sade.getByLabel("Alone", { exact: true }).check();
    await sade.getByRole("button", { name: "Save" }).click();
    await sade.getByRole("alert").getByText(/^Not alone: .* was in the room/).waitFor();
    await sade.getByLabel("With a supporter who is not family").check();
    await sade.getByLabel("Who was the supporter?").fill("R. Gill, advocate");
    await sade.getByRole("group", { name: "Who chose what was on the cards?" }).getByLabel("I did").check();
    await sade.getByLabel("What it may mean (optional)").fill("The journey, not school itself.");
    await sade.getByLabel("What else could explain it? (optional)").fill("Tired after a bad night.");
    await sade.getByRole("button", { name: "Save" }).click();
    await heading(sade, "Visit with Amira").waitFor();
    await sade.getByText("Saved on this tablet").first().waitFor();
    await look(sade, "write-up-tasks");
  });

  test("the case note can be copied, and says what the child does not want shown", async () => {
    await sade.getByRole("link", { name: "Case note" }).first().click();
    await heading(sade, "Case note").waitFor();
    await look(sade, "case-note");
    await sade.getByRole("button", { name: "Copy case note" }).click();
    await sade.getByText("Copied", { exact: true }).or(sade.getByRole("status").filter({ hasText: "Copied" })).first().waitFor();
    const note = await sade.evaluate(() => navigator.clipboard.readText());
    assert.match(note, /Not to be shown to: family/i);
    assert.match(note, /Going to school/);
    await sade.getByLabel("The family").check();
    assert.doesNotMatch(await sade.locator("main").innerText(), /The journey, not school itself/);
  });

  test("an action answers a view, and version N is submitted", async () => {
    await sade.getByRole("link", { name: "My children" }).click();
    await sade.getByRole("link", { name: "Amira K" }).click();
    await sade.getByRole("link", { name: "Plan", exact: true }).click();
    await sade.getByRole("heading", { level: 1 }).filter({ hasText: "Amira" }).waitFor();
    await look(sade, "plan");
    await sade.getByRole("button", { name: /^We will ask, for/ }).first().click();
    await sade.getByRole("button", { name: "Save", exact: true }).click();
    await sade.getByRole("alert").getByText("Write what will be asked for").waitFor();
    await look(sade, "plan-error");
    await sade.getByLabel("We will ask for", { exact: true }).fill("a quieter minibus, sitting by the window");
    await sade.getByLabel("Who is asked").fill("School transport");
    const due = new Date(Date.now() + 14 * 86_400_000);
    await sade.getByLabel("Day", { exact: true }).fill(String(due.getUTCDate()));
    await sade.getByLabel("Month", { exact: true }).fill(String(due.getUTCMonth() + 1));
    await sade.getByLabel("Year", { exact: true }).fill("2020");
    await sade.getByRole("button", { name: "Save", exact: true }).click();
    await sade.getByRole("alert").getByText("or later").waitFor();
    await sade.getByLabel("Year", { exact: true }).fill(String(due.getUTCFullYear()));
    await sade.getByRole("button", { name: "Save", exact: true }).click();
    await sade.getByText("We will ask for a quieter minibus, sitting by the window").first().waitFor();
    await sade.getByRole("button", { name: /^Submit version 3/ }).click();
    await sade.getByText("It goes when there is signal").waitFor();
    await look(sade, "plan-submitted");
  });

  test("everything waits truthfully until the network is back, then goes by itself", async () => {
    await sade.getByRole("status").first().click();
    await heading(sade, "What is safe where").waitFor();
    await sade.getByText("Going to school mat").first().waitFor();
    await look(sade, "saved");
    await server.start();
    await sade.evaluate(() => window.dispatchEvent(new Event("online")));
    await upToDate(sade);
    await sade.getByText("Nothing. Everything on this tablet has been sent.").waitFor();
  });

  test("Helen finds it waiting, reads view, lanes and plan together, and replays the answers", async () => {
    await setUp(helen, server.url, "Helen Marsh", server.signIn);
    await helen.getByRole("link", { name: /Amira K/ }).first().waitFor();
    await look(helen, "waiting");
    await helen.getByRole("link", { name: /Amira K/ }).first().click();
    await helen.getByRole("heading", { level: 1, name: /Amira K/ }).waitFor();
    await helen.getByText("a quieter minibus, sitting by the window").filter({ visible: true }).first().waitFor();
    await helen.getByText(/Skipped: .+\. Don’t know: .+\./).filter({ visible: true }).first().waitFor();
    // The same question was asked before: both times stand side by side, and what is not the same stands open.
    await helen.getByText(/^Beside last time, /).filter({ visible: true }).first().waitFor();
    await helen.getByRole("cell", { name: /not the same/ }).filter({ visible: true }).first().waitFor();
    await look(helen, "review-desk");
    await helen.getByText("Amira: don't show family").first().waitFor();
    await helen.getByRole("button", { name: "Replay" }).first().click();
    await helen.getByText(/^Step 1 of/).first().waitFor();
    await helen.getByRole("button", { name: "Next" }).first().click();
    await helen.getByText(/^Step 2 of/).first().waitFor();
    await look(helen, "replay");
  });

  test("a decision needs a comment; then it is recorded and Sade sees it after the next exchange", async () => {
    await helen.getByRole("button", { name: "Authorise version 3" }).click();
    await helen.getByRole("alert").getByText("Write what you agree with").waitFor();
    await helen.getByLabel("Comment").fill("Agreed: the journey is what she is telling us about.");
    await helen.getByRole("button", { name: "Authorise version 3" }).click();
    await helen.getByText("Version 3 is authorised.").first().waitFor();
    await upToDate(helen);
    await sade.getByRole("button", { name: "Try now" }).click();
    await sade.getByRole("link", { name: "Today" }).first().click();
    await sade.getByText("Agreed: the journey is what she is telling us about.").waitFor();
  });

  test("no word of the child's is in the server's log or in an address", async () => {
    for (const word of ["Amira", "Kaur", "minibus", "quieter", "advocate"]) assert.ok(!server.log.includes(word), word);
    assert.doesNotMatch(sade.url(), /amira|kaur/i);
  });
}
