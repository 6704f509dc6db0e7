// What people do to sign in.
import { NOTHING_KEPT } from "./browser.mjs";

export const PASSCODE = "tea4two8";

/** Signs in and sets this browser up: by the demonstration's page, or by `signIn` of a server with a provider. */
export async function setUp(page, url, name, signIn) {
  if (signIn) await signIn(page.context(), name);
  await page.goto(url);
  if (!signIn) await page.getByRole("button", { name: `Sign in as ${name}` }).click();
  await choosePasscode(page);
}

/** Sets this browser up for whoever has just signed in. */
export async function choosePasscode(page) {
  await page.getByLabel("Passcode", { exact: true }).fill(PASSCODE);
  await page.getByLabel("The same passcode again").fill(PASSCODE);
  await page.getByRole("button", { name: "Set up this tablet" }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}

/** Opens the vault of a tablet that is set up. */
export async function unlock(page, passcode = PASSCODE) {
  await page.getByLabel("Passcode", { exact: true }).fill(passcode);
  await page.getByRole("button", { name: "Open", exact: true }).click();
}

/** Waits until the header says that everything is exchanged, which is done at once: what was saved would wait for more. */
export async function upToDate(page) {
  await online(page);
  await page.getByRole("status").filter({ hasText: "Up to date" }).first().waitFor({ timeout: 30_000 });
}

/** Goes to a page of the application without loading it again. */
export async function go(page, path) {
  await page.evaluate((path) => {
    const link = document.createElement("a");
    link.href = path;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
}

/** Somebody at work in a browser context of their own: signed in, set up, up to date. */
export async function atWork(browser, server, name, viewport, options = NOTHING_KEPT) {
  const page = await (await browser.newContext({ viewport, ...options })).newPage();
  page.setDefaultTimeout(15_000);
  await setUp(page, server.url, name);
  await upToDate(page);
  return page;
}

/** The signal is back, as far as the page can tell: it exchanges at once. */
export const online = (page) => page.evaluate(() => window.dispatchEvent(new Event("online")));
