// Accessibility checks in the page. `page.evaluate` runs outside the page's content policy, so axe needs no exception there.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with the page as it is now: one line for each rule broken, with the elements. */
export async function breaches(page, rules = {}) {
  await page.evaluate(source);
  const { violations } = await page.evaluate((rules) => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules,
  }), rules);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => `${node.target.join(" ")}: ${node.any.map((check) => check.message).join("; ")}`).join("\n  ")}`);
}
