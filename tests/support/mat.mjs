// What a worker and a child do around a mat.

/** The words of the card on the mat. */
export const card = (page) => page.locator(".child__option .child__words");

/** Begins today's visit with a child and chooses a topic, up to the hand-over. */
export async function toHandOver(page, child, topic) {
  await page.getByRole("link", { name: new RegExp(`Start visit.*${child}`) }).click();
  await page.getByLabel(/How did you explain it/).fill("Showed the mat and the stop card.");
  await page.getByLabel(/^What did .* do\?/).fill("Looked up, held the gaze.");
  await page.getByLabel(/ agreed$/).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("link", { name: new RegExp(topic) }).click();
  await page.getByRole("button", { name: /^Hand over to/ }).waitFor();
}

/** Hands the tablet over. */
export async function handOver(page) {
  await page.getByRole("button", { name: /^Hand over to/ }).click();
  await card(page).waitFor();
}

/** Presses a target of the child's, when the screen takes presses: after each it rests a moment. */
export async function press(target) {
  await rested(target.page());
  await target.click();
}

/** Touches a cell of the scale, by its words. */
export const touch = (page, cell) => press(page.locator(".child__scale").getByRole("button", { name: cell, exact: true }));

/** Places the card that is on the mat, waits until it is another's turn, and says which it was. */
export async function placeCard(page, cell) {
  const words = await card(page).textContent();
  await touch(page, cell);
  await page.waitForFunction((words) => document.querySelector(".child__option .child__words")?.textContent !== words, words);
  return words;
}

/** Waits until the mat takes presses again: it rests a moment after each. */
export const rested = (page) => page.waitForFunction(() => !document.querySelector("[data-resting]"));

/** How many cards lie on the mat. */
export const placed = (page) => page.locator(".cell__placed .placed").count();

/** The adult's way out: the pause, or, after the end, the passcode at once. */
export async function holdCorner(page) {
  const corner = page.getByRole("button", { name: "For the adult: hold to pause" });
  const box = await corner.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.getByRole("dialog").waitFor();
  await page.mouse.up();
}

/** Holds the corner and goes to where the passcode is asked for. */
export async function toPasscode(page) {
  await holdCorner(page);
  if (await page.getByRole("dialog", { name: "Pause" }).count()) await page.getByRole("button", { name: "Take the tablet back" }).click();
  await page.getByRole("dialog", { name: "Take the tablet back" }).waitFor();
}

/** Places every card that is left, each in the cell of this number, up to the review. */
export async function placeAll(page, cell = (turn) => turn) {
  const review = page.getByText("This is where you put them.");
  const cells = page.locator(".child__scale .cell");
  const count = await cells.count();
  for (let turn = 0; turn < 40; turn += 1) {
    await rested(page);
    if (await review.count()) return;
    await cells.nth(cell(turn) % count).click();
  }
  await review.waitFor();
}
