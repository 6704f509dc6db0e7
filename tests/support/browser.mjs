// Chromium for the tests: the machine's own, started without anything that reaches out.
import { chromium } from "playwright";

const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Starts the browser named by HEARD_CHROMIUM (`cargo xtask test` sets it). */
export function startBrowser() {
  return chromium.launch({ executablePath: process.env.HEARD_CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

/** The same browser with its profile in `folder`, so that it can be killed and started again with what it had stored. */
export function startBrowserIn(folder, options = {}) {
  return chromium.launchPersistentContext(folder, { executablePath: process.env.HEARD_CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS, ...options });
}

/**
 * For a context that never goes without its server: nothing is kept to be opened without one. Keeping it, seven hundred files,
 * is a third of the work of setting a tablet up.
 */
export const NOTHING_KEPT = { serviceWorkers: "block" };

/** The four sizes every screen is looked at in. */
export const SIZES = {
  "tablet": { width: 1194, height: 834 },
  "tablet-upright": { width: 834, height: 1194 },
  "phone": { width: 390, height: 844 },
  "desk": { width: 1440, height: 900 },
};
