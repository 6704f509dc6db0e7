// Signing in by a real OpenID Connect provider: from the door to the day, and whatever may come between.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { look } from "./support/look.mjs";
import { PASSCODE, choosePasscode, go, unlock, upToDate } from "./support/people.mjs";
import { accountOf, openProvider, signInThere } from "./support/provider.mjs";
import { openServer } from "./support/server.mjs";

let server, browser, context, page;

before(async () => { [server, browser] = await Promise.all([openServer({ provider: openProvider }), startBrowser()]); });
after(async () => { await browser.close(); await server.remove(); });
beforeEach(async () => { await anew(); });
afterEach(async () => { await context.close(); });

/** A browser that nobody has used. */
async function anew() {
  context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
}

const heading = (name) => page.getByRole("heading", { level: 1, name });
const toCouncil = () => page.getByRole("link", { name: "Sign in with your council account" });

/** From the door through the provider's own page and back. */
async function signIn(name, at = "/") {
  await page.goto(server.url + at);
  await toCouncil().click();
  await signInThere(page, accountOf(name));
}

async function setUp(name, at) {
  await signIn(name, at);
  await choosePasscode(page);
}

/** The page of somebody's own account. */
const account = () => page.locator(".heard-account > summary");

test("from the door through the council's sign-in to the day; the address forgets the way", async () => {
  await page.goto(server.url);
  await heading("Sign in").waitFor();
  await look(page, "door-sign-in");
  await toCouncil().click();
  assert.equal(new URL(page.url()).origin, server.provider.issuer);
  await signInThere(page, "sade.okafor");
  await heading("Set up this tablet").waitFor();
  await page.getByText("Sade Okafor, choose a passcode").waitFor();
  assert.equal(page.url(), `${server.url}/`);
  await choosePasscode(page);
  await heading("Today").waitFor();
  await page.getByText("Amira K").first().waitFor();
  await upToDate(page);
});

test("the door stands before the application has come: the link leads on, and the passcode can be typed and sent", async () => {
  const held = [];
  const hold = () => page.route("**/*.wasm", (route) => { held.push(route); });
  await hold();
  await page.goto(server.url, { waitUntil: "commit" });
  await toCouncil().click();
  await page.unroute("**/*.wasm");
  await signInThere(page, "sade.okafor");
  await choosePasscode(page);
  await heading("Today").waitFor();

  // Not by the service worker, which has the application.
  await context.route("**/*.wasm", (route) => { held.push(route); });
  await page.goto(`${server.url}/week`, { waitUntil: "commit" });
  await page.getByText("This tablet is locked for Sade Okafor.").waitFor();
  await page.getByLabel("Passcode", { exact: true }).pressSequentially(PASSCODE);
  await look(page, "door-unlock");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("button", { name: "Opening…" }).waitFor();
  await context.unroute("**/*.wasm");
  for (const route of held) await route.continue().catch(() => {});
  await heading("Week").waitFor();
});

test("somebody who was not invited is told what to do, and nothing is set up", async () => {
  await signIn("A Stranger");
  await page.getByText("This account is not known here").waitFor();
  await heading("Sign in").waitFor();
  await look(page, "door-not-invited");
  assert.equal(page.url(), `${server.url}/`, "the address says nothing of it");
  assert.equal(await page.evaluate(async () => (await fetch("/api/v1/session")).status), 401);
});

test("Back after a sign-in, and its address opened once more, harm nothing", async () => {
  const callbacks = [];
  page.on("request", (request) => { if (request.url().includes("/auth/callback")) callbacks.push(request.url()); });
  await setUp("Sade Okafor");
  await heading("Today").waitFor();
  await page.goto(callbacks[0]);
  await unlock(page);
  await heading("Today").waitFor();
  const elsewhere = await browser.newContext();
  const stranger = await elsewhere.newPage();
  await stranger.goto(callbacks[0]);
  await stranger.getByText("This sign-in was used already").waitFor();
  await elsewhere.close();
});

test("whoever forgot the passcode proves anew who they are, and nothing is lost", async () => {
  await setUp("Sade Okafor");
  await heading("Today").waitFor();
  await page.reload();
  await page.getByText("I cannot get in").click();
  await page.getByRole("button", { name: "Sign in again" }).click();
  await toCouncil().click();
  // Signed in at the provider already, and asked all the same.
  await signInThere(page, "sade.okafor");
  await heading("Choose a new passcode").waitFor();
  await page.getByLabel("Passcode", { exact: true }).fill("milk5sugar");
  await page.getByLabel("The same passcode again").fill("milk5sugar");
  await page.getByRole("button", { name: "Open Heard" }).click();
  await heading("Today").waitFor();
  await page.reload();
  await unlock(page, "milk5sugar");
  await heading("Today").waitFor();
});

test("signing out ends the session here and there; somebody else then has a tablet of their own in the same browser", async () => {
  await setUp("Sade Okafor");
  await heading("Today").waitFor();
  await upToDate(page);
  await account().click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${server.provider.issuer}/**`);
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await page.waitForURL(`${server.url}/`);
  await page.getByText("This tablet is locked for Sade Okafor.").waitFor();
  await page.getByRole("button", { name: "Sign in as someone else" }).click();
  await toCouncil().click();
  await signInThere(page, "helen.marsh");
  await page.getByText("Helen Marsh, choose a passcode").waitFor();
  await choosePasscode(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Team" }).waitFor();
});

test("a session that ends costs nothing: work goes on, and what waits is sent after the next sign-in", async () => {
  await setUp("Sade Okafor");
  await upToDate(page);
  await page.evaluate(() => fetch("/api/v1/session", { method: "DELETE" }));
  await page.getByRole("link", { name: "My children" }).click();
  await page.getByRole("link", { name: "Amira K" }).first().click();
  await page.getByText("Amira").first().waitFor();
  const child = new URL(page.url()).pathname;
  await go(page, `${child}/address`);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.getByRole("status").filter({ hasText: "Signed out" }).first().waitFor();
  await go(page, "/saved");
  await page.getByRole("button", { name: "Sign in again" }).click();
  await toCouncil().click();
  // The provider still knows who it is, and asks nothing.
  await page.getByText("This tablet is locked for Sade Okafor.").waitFor();
  assert.equal(new URL(page.url()).pathname, "/saved", "back at the same page");
  await unlock(page);
  await upToDate(page);
});

test("a key that the provider has changed is taken, and its own sign-out reaches here", async () => {
  await server.provider.rotate();
  await setUp("Sade Okafor");
  await upToDate(page);
  const there = await context.newPage();
  await there.goto(`${server.provider.issuer}/session/end`);
  await there.getByRole("button", { name: "Yes, sign me out" }).click();
  await there.getByText("sign-out was successful").waitFor();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.getByRole("status").filter({ hasText: "Signed out" }).first().waitFor();
});

test("an administrator invites somebody new, who comes in by the link once, and nobody else does", async () => {
  await setUp("Lin Zhang");
  await heading("Who works here").waitFor();
  await page.getByText("Sade Okafor").waitFor();
  await look(page, "staff");
  await page.getByRole("button", { name: "Make a link" }).click();
  await page.getByRole("alert").getByText("Enter the name").waitFor();
  await page.getByLabel("Name, as colleagues know it").fill("Dónal Byrne");
  await page.getByLabel("Social worker").check();
  await page.getByLabel("A new team").check();
  await page.getByLabel("Name of the new team").fill("South");
  await page.getByLabel("Their council account").fill("donal.byrne");
  await page.getByRole("button", { name: "Make a link" }).click();
  await page.getByRole("heading", { name: "A link for Dónal Byrne" }).waitFor();
  await page.locator("li", { hasText: "Dónal Byrne" }).getByText("Has not signed in yet").waitFor();
  await look(page, "staff-invited");
  const link = await page.locator(".heard-link-once").textContent();
  const [lin, lins] = [page, context];
  await anew();
  await page.goto(link);
  await signInThere(page, "somebody.else");
  await page.getByText("This invitation is for another account").waitFor();
  await context.close();
  await anew();
  await page.goto(link);
  await signInThere(page, "donal.byrne");
  await page.getByText("Dónal Byrne, choose a passcode").waitFor();
  await choosePasscode(page);
  await heading("Today").waitFor();
  await go(page, "/staff");
  await heading("There is no page at this address").waitFor();
  await lin.reload();
  await unlock(lin);
  await lin.locator("li", { hasText: "Dónal Byrne" }).getByText("Signs in since").waitFor();
  await lins.close();
});

test("a provider that is down is said, the passcode opens all the same, and what it opens works", async () => {
  await setUp("Sade Okafor");
  await upToDate(page);
  await page.reload();
  await page.getByRole("button", { name: "Sign in as someone else" }).click();
  await server.provider.stop();
  await server.stop();
  await server.start();
  try {
    await toCouncil().click();
    await page.getByText("The council's sign-in does not answer").waitFor();
      await look(page, "door-provider-down");
    await page.getByRole("button", { name: "Back to Sade Okafor's passcode" }).click();
    await unlock(page);
    await page.getByText("Amira K").first().waitFor();
    await upToDate(page);
  } finally {
    await server.provider.start();
  }
});

test("no account, name, code or token is in the server's log", () => {
  assert.match(server.log, /answered/);
  assert.doesNotMatch(server.log, /sade|okafor|helen|stranger|council\.example|code=|state=|eyJ/i);
});
