// WebKit, the engine of every browser on an iPad, over the W3C's WebDriver protocol: a window that can crash, be killed and opened again.
import { execFileSync, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SIZES } from "./browser.mjs";
import { freePort } from "./server.mjs";

const TABLET = join(import.meta.dirname, "webkit_tablet.js");
/** How long anything may take to appear, and the driver over one step. */
const PATIENCE_MS = 60_000;
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** The program that drives WebKit. Beside it, `gjs` and `Xvfb` are on PATH. */
function driverProgram() {
  const program = process.env.HEARD_WEBKIT;
  if (!program) throw new Error("HEARD_WEBKIT must hold the path of WebKitWebDriver; `cargo xtask test` finds and sets it");
  return program;
}

/** The driver takes no more steps. Asking again is of no use. */
class Stuck extends Error {}

/** Asks again until there is an answer other than nothing. What fails meanwhile is told if nothing else comes. */
async function until(ask, what) {
  const end = Date.now() + PATIENCE_MS;
  let last = "";
  while (Date.now() < end) {
    const answer = await ask().catch((error) => {
      if (error instanceof Stuck) throw error;
      last = `: ${error.message}`;
    });
    if (answer) return answer;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`there was no ${what}${last}`);
}

/** A screen nobody sees, until it is closed. */
export async function openScreen() {
  const program = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1300x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise((done, failed) => {
    program.once("error", failed).once("exit", (code) => failed(new Error(`Xvfb ended with ${code}`)));
    program.stdio[3].once("data", (text) => done(String(text).trim()));
  });
  return { display: `:${number}`, close: () => { program.kill(); } };
}

/** In the page: the first visible thing of this kind that has these words for its name or its label's. */
function named(selector, words, flags) {
  const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const isIt = flags === null ? (text) => plain(text) === words : (text) => new RegExp(words, flags).test(plain(text));
  const names = (one) => [one.getAttribute("aria-label"), one.innerText, ...[...(one.labels ?? [])].map((label) => label.innerText)];
  return [...document.querySelectorAll(selector)].find((one) => one.checkVisibility() && names(one).some((name) => name && isIt(name))) ?? null;
}

/** In the page: whether these words can be read. */
function read(words, flags) {
  const text = document.body.innerText.replace(/\s+/g, " ");
  return flags === null ? text.includes(words) : new RegExp(words, flags).test(text);
}

/** Words as they cross over: a pattern, or exactly these. */
const crossing = (words) => (words instanceof RegExp ? [words.source, words.flags] : [words, null]);

/** Drives the window that listens at `target`; one driver at a time. */
async function openDriver(target) {
  const port = await freePort();
  const program = spawn(driverProgram(), [`--port=${port}`, `--target=127.0.0.1:${target}`], { stdio: "ignore" });
  const gone = new Promise((done) => { program.once("exit", done).once("error", done); });
  let stuck = null;
  const ask = async (method, path, body) => {
    if (stuck) throw stuck;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body), signal }).catch((error) => {
      if (error.name !== "TimeoutError") throw error;
      stuck = new Stuck(`WebKitWebDriver did not answer to ${method} ${path} ${JSON.stringify(body ?? {}).slice(0, 200)}`);
      throw stuck;
    });
    const { value } = await reply.json();
    if (!reply.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  await until(() => ask("GET", "/status"), "answer from WebKitWebDriver");
  const wanted = { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } };
  const { sessionId } = await until(() => ask("POST", "/session", wanted), "WebDriver session");
  const inSession = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body);
  const isLost = () => inSession("GET", "/url").then(() => false, ({ message }) => message.startsWith("invalid session id"));
  return {
    ask: inSession,
    /** Resolves when the driver has given the window up, as it does when the page has crashed. */
    lost: () => until(isLost, "end of the session"),
    close: async () => { program.kill("SIGKILL"); await gone; },
  };
}

/**
 * Opens a window of a tablet's size whose data lies in `folder`. What it stored is there when it is opened again, however
 * it ended.
 */
export async function openTablet(folder, screen, size = SIZES.tablet) {
  const target = await freePort();
  // A group of its own: the browser and all processes of its engine can be killed in one moment.
  const browser = spawn("gjs", ["-m", TABLET, folder, String(size.width), String(size.height)], {
    detached: true,
    stdio: "ignore",
    env: {
      ...process.env, DISPLAY: screen.display, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1", GSETTINGS_BACKEND: "memory",
      XDG_DATA_HOME: join(folder, "home"), XDG_CACHE_HOME: join(folder, "home"), XDG_CONFIG_HOME: join(folder, "home"),
      WEBKIT_INSPECTOR_SERVER: `127.0.0.1:${target}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    },
  });
  const gone = new Promise((done) => { browser.once("exit", done); });
  await new Promise((done, failed) => { browser.once("spawn", done).once("error", failed); });
  let driver = await openDriver(target);
  const ask = (...what) => driver.ask(...what);

  const tablet = {};
  tablet.goto = (url) => ask("POST", "/url", { url });
  tablet.reload = () => ask("POST", "/refresh", {});
  tablet.back = () => ask("POST", "/back", {});
  tablet.url = () => ask("GET", "/url");
  /** Runs a function in the page; it may be asynchronous. */
  tablet.run = async (act, ...args) => {
    const script = `const done = arguments[arguments.length - 1];
      (async () => (${act})(...[...arguments].slice(0, -1)))().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await ask("POST", "/execute/async", { script, args });
    if (error) throw new Error(error);
    return value;
  };
  const glance = (act, ...args) => ask("POST", "/execute/sync", { script: `return (${act})(...arguments)`, args });
  /** Waits until a function in the page, not an asynchronous one, answers with something. */
  tablet.until = (act, ...args) => until(() => glance(act, ...args), `answer to ${act} with ${JSON.stringify(args)}`);
  tablet.reads = (words) => glance(read, ...crossing(words));
  tablet.sees = (words) => tablet.until(read, ...crossing(words));
  const find = (selector, words) => until(() => glance(named, selector, ...crossing(words)), `${selector} named ${words}`);
  // What moved away or was laid anew meanwhile is looked for again, as a finger would.
  const act = (selector, words, method, body) => until(async () => {
    const element = await find(selector, words);
    await ask("POST", `/element/${element[ELEMENT]}/${method}`, body);
    return true;
  }, `${method} on ${selector} named ${words}`);
  tablet.press = (words, selector = "button, [role=tab], a[href]") => act(selector, words, "click", {});
  /** A choice is made by its label: the box itself lies under its picture. */
  tablet.choose = (words) => act("label", words, "click", {});
  tablet.fill = (words, text) => act("input, textarea", words, "value", { text });
  /** Holds something down until an overlay covers the page. */
  tablet.hold = async (words) => {
    const origin = await find("button", words);
    const finger = (...actions) => ask("POST", "/actions", { actions: [{ type: "pointer", id: "finger", parameters: { pointerType: "mouse" }, actions }] });
    await finger({ type: "pointerMove", duration: 0, origin, x: 0, y: 0 }, { type: "pointerDown", button: 0 });
    await tablet.until(() => document.querySelector("[role=dialog], dialog[open]") !== null);
    await finger({ type: "pointerUp", button: 0 });
  };
  tablet.picture = async (file) => writeFile(file, Buffer.from(await ask("GET", "/screenshot"), "base64"));

  /** Ends the page's own process alone, as iPadOS does when memory runs short; the browser loads the page again. */
  tablet.crash = async () => {
    const processes = execFileSync("ps", ["-A", "-o", "pid=,pgid=,comm="], { encoding: "utf8" }).split("\n").map((line) => line.trim().split(/\s+/));
    for (const [pid, group, name] of processes) {
      if (Number(group) === browser.pid && name.startsWith("WebKitWebProces")) process.kill(Number(pid), "SIGKILL");
    }
    // The driver gives a window up whose page has crashed. When it has, another one gets the window.
    await driver.lost();
    await driver.close();
    driver = await openDriver(target);
  };
  /** Ends everything in one moment: nothing gets to put anything away. */
  tablet.kill = async () => {
    if (browser.exitCode === null && browser.signalCode === null) process.kill(-browser.pid, "SIGKILL");
    await Promise.all([gone, driver.close()]);
  };
  return tablet;
}
