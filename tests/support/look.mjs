// A page as a designer would look at it: in four sizes, nothing too wide, nothing for axe.
import assert from "node:assert/strict";
import { breaches } from "./axe.mjs";
import { SIZES } from "./browser.mjs";

const SHOTS = process.env.HEARD_SHOTS;

/** Holds the page against axe and four sizes; with `HEARD_SHOTS`, a folder, it is also painted there. */
export async function look(page, name) {
  const size = page.viewportSize();
  for (const [kind, box] of Object.entries(SIZES)) {
    await page.setViewportSize(box);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${kind}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide} px too wide on the ${kind}`);
  }
  await page.setViewportSize(size);
  assert.deepEqual(await breaches(page), [], name);
}
