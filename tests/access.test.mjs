// Every way to reach a place: the same mat by touch, one switch three ways, two switches, a gamepad, keys, a pointer that rests, and
// an adult who offers each place. What was answered and how it was reached is on the server afterwards.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { breaches } from "./support/axe.mjs";
import { SIZES, startBrowser } from "./support/browser.mjs";
import { look } from "./support/look.mjs";
import { card, handOver, holdCorner, rested, toHandOver, toPasscode } from "./support/mat.mjs";
import { go, setUp, unlock, upToDate } from "./support/people.mjs";
import { answers, draftOf, entries, noteEarlier, statusSays } from "./support/record.mjs";
import { openServer } from "./support/server.mjs";

let server, browser, page, topics;

const heading = (name) => page.getByRole("heading", { level: 1, name });
const target = (id) => page.locator(`[data-target="${id}"]`);

before(async () => {
  [server, browser] = await Promise.all([openServer(), startBrowser()]);
  page = await (await browser.newContext({ viewport: SIZES.tablet, hasTouch: true })).newPage();
  page.setDefaultTimeout(10_000);
  // No gamepad can be plugged into this browser: one that the test presses stands before the page's own.
  await page.addInitScript(() => {
    window.gamepadButtons = [];
    // What is reached is clicked by the page itself.
    // A device with two voices, one of them far away; headless browsers have none. They come late.
    Object.assign(window, { said: [], voices: [] });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    Object.assign(speechSynthesis, {
      getVoices: () => window.voices,
      speak: (utterance) => {
        window.said.push(utterance);
        window.saying = utterance;
        setTimeout(() => { if (window.saying === utterance) { utterance.isOver = true; utterance.onend?.(); } }, 200);
      },
      cancel: () => { window.saying = null; },
    });
    window.chosen = 0;
    window.addEventListener("click", ({ isTrusted }) => { window.chosen += isTrusted ? 0 : 1; }, true);
    navigator.getGamepads = () => [null, window.gamepadButtons.length ? { buttons: window.gamepadButtons.map((pressed) => ({ pressed })) } : null];
  });
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
  await toHandOver(page, "Amira K", "Going to school");
  const { pathname, search } = new URL(page.url());
  topics = pathname + search;
  await noteEarlier(page);
});
after(async () => { await browser.close(); await server.remove(); });

async function toProfile() {
  await go(page, `${topics.split("/visits/")[0]}/profile`);
  await heading(/communicates/).waitFor();
}

/** Sets the way in which the child answers, as a worker does. */
async function answersBy(way, set = async () => {}) {
  await toProfile();
  await page.getByRole("group", { name: "The way that is used in a visit" }).getByLabel(way, { exact: true }).check();
  await set();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: /Start visit|Go on with the visit|How .* communicates/ }).first().waitFor();
}

/** A tremor: a moment after a press the hand presses once more. */
const TREMOR_MS = 400;

/**
 * A whole mat, without signal: every card in turn to one end and the other, one by *something else*, one by *skip*. `reach` reaches one target,
 * `offer` has something offered.
 */
async function wholeMat(reach, name, offer = async () => {}) {
  await go(page, topics);
  await page.getByText("All pictures are on this tablet").waitFor();
  await page.context().setOffline(true);
  await handOver(page);
  await page.waitForFunction(() => document.activeElement?.matches(".child__words"));
  assert.equal(await page.locator("[data-offered]").count(), 0, "nothing is preselected");
  const cells = await page.locator(".cell[data-target]").evaluateAll((all) => all.map((one) => one.dataset.target));
  const ends = [cells[0], cells.at(-1)];
  const review = page.getByText("This is where you put them.");
  const put = async (id) => {
    const words = await card(page).textContent();
    await reach(id);
    await page.waitForFunction((words) => document.querySelector(".child__option .child__words")?.textContent !== words, words);
  };
  // The first answer is a slip: it is taken back, and the card is asked again.
  const first = await card(page).textContent();
  assert.equal(await target("take-back").count(), 0, "nothing to take back yet");
  await put(ends[1]);
  await reach("take-back");
  await page.waitForFunction((words) => document.querySelector(".child__option .child__words")?.textContent === words, first);
  await put(ends[0]);
  await rested(page);
  await offer();
  assert.equal(await page.locator("main img:visible").evaluateAll((all) => all.filter((one) => one.complete && !one.naturalWidth).length), 0, "every picture is here");
  await look(page, `access-${name}`);
  assert.deepEqual(await breaches(page), []);
  // Something else, and back: the same card waits.
  const waiting = await card(page).textContent();
  await reach("something-else");
  await target("back").waitFor({ state: "attached" });
  await reach("back");
  await card(page).waitFor();
  assert.equal(await card(page).textContent(), waiting);
  await put("skip");
  for (let turn = 1; turn < 12 && !(await review.count()); turn += 1) {
    await put(ends[turn % 2]);
    await rested(page);
    await card(page).or(review).first().waitFor();
  }
  await review.waitFor();
  // One card is moved to the other end.
  const lies = await page.locator(".cell__placed [data-target]").first().getAttribute("data-target");
  await reach(lies);
  await page.locator('[data-target^="to-"]').first().waitFor({ state: "attached" });
  await reach(await page.locator('[data-target^="to-"]').last().getAttribute("data-target"));
  await reach("content");
  await target("finished").waitFor({ state: "attached" });
  await reach("family-can-see");
  await page.locator('[data-target="family-can-see"][aria-pressed="true"]').waitFor({ state: "attached" });
  // School may see one thing of it.
  await reach("school-people-some");
  const part = page.locator('[data-target^="part-"]').first();
  await part.waitFor({ state: "attached" });
  const told = await part.getAttribute("data-target");
  assert.equal(await page.locator('[data-target^="part-"][aria-pressed="true"]').count(), 0, "nothing is chosen beforehand");
  await reach(told);
  await page.locator(`[data-target="${told}"][aria-pressed="true"]`).waitFor({ state: "attached" });
  await look(page, `access-${name}-some`);
  assert.deepEqual(await breaches(page), []);
  await reach("chosen");
  await page.locator('[data-target="school-people-some"][aria-pressed="true"]').waitFor({ state: "attached" });
  await reach("finished");
  await heading("Finished").or(page.locator("h1.child__words")).first().waitFor();
  await target("finished").waitFor({ state: "detached" });
  await toPasscode(page);
  await unlock(page);
  await statusSays(page, /No signal. \d+ items saved on this tablet/);
  await page.context().setOffline(false);
  await upToDate(page);
  const all = await entries(page);
  const given = answers(all).map(({ body }) => body);
  await noteEarlier(page);
  assert.ok(given.length >= 4, `${given.length} answers`);
  const shared = all.filter(({ body }) => body?.includes('"kind":"SharingChosen"')).at(-1).body;
  assert.match(shared, /"may_tell":\[[^\]]*"family"/);
  assert.match(shared, /"not_tell":\["school"\]/);
  assert.ok(shared.includes(`"only":{"school":["${told.replace("part-", "")}"]}`), shared);
  assert.ok(all.some(({ body }) => body?.includes('"kind":"TakenBack"')));
  return given.join("\n");
}

/** Goes on until a target is offered; groups on the way are gone in to. */
async function offered(id, { goOn, enter }) {
  for (let turn = 0; turn < 60; turn += 1) {
    const how = await target(id).getAttribute("data-offered");
    if (how === "one") return;
    if (how === "group") await enter();
    else await goOn();
  }
  assert.fail(`${id} was not offered`);
}

/**
 * Moves the switch when a target is offered by itself, or a group with it, which is gone in to. The page itself does it, as
 * soon as it no longer counts for the place before (the ring of the highlight tells the time): from here it would come too
 * late on a busy machine. `moves` are the key's own events, `trembles` says them once more after a tremor. Where nothing was
 * offered for long the scan has come to rest, as it does after its rounds: a whole press begins it again.
 */
async function whenOffered(id, moves, { trembles = false, before = async () => {} } = {}) {
  const inTime = ([id, moves, tremor]) => {
    if (document.querySelector("[data-offered]")) window.rests = null;
    else if (moves.length > 1 && performance.now() - (window.rests ??= performance.now()) > 4_000) {
      window.rests = null;
      moves.forEach((type) => window.dispatchEvent(new KeyboardEvent(type, { key: " " })));
    }
    const at = document.querySelector("[data-ring]")?.getAnimations({ subtree: true })[0]?.currentTime ?? 0;
    const how = document.querySelector(`[data-target="${id}"]`)?.dataset.offered;
    if (at < 160 || (how !== "one" && how !== "group")) return null;
    const move = () => moves.forEach((type) => window.dispatchEvent(new KeyboardEvent(type, { key: " " })));
    move();
    window.moved = !tremor;
    if (tremor) setTimeout(() => { move(); window.moved = true; }, tremor);
    return how;
  };
  for (let turn = 0; turn < 4; turn += 1) {
    await before();
    const how = await (await page.waitForFunction(inTime, [id, moves, trembles && TREMOR_MS], { polling: "raf", timeout: 20_000 })).jsonValue();
    await page.waitForFunction(() => window.moved);
    if (how === "one") return;
  }
  assert.fail(`${id} was not chosen`);
}

const offering = () => page.locator("[data-offered]").first().waitFor();
const linear = async () => page.getByRole("group", { name: "In which order are places offered?" }).getByLabel("One by one", { exact: true }).check();
/** What is offered now. */
const offers = () => page.evaluate(() => [...document.querySelectorAll("[data-offered]")].map((one) => `${one.dataset.target} ${one.dataset.offered}`).join());
/** Holds a key until something else is offered than before, or nothing. */
async function hold(key) {
  const before = await offers();
  await page.keyboard.down(key);
  await page.waitForFunction((before) => [...document.querySelectorAll("[data-offered]")].map((one) => `${one.dataset.target} ${one.dataset.offered}`).join() !== before, before);
  await page.keyboard.up(key);
}
/** So many frames: a gamepad is looked at in each, and a switch has bounced after five. */
const frames = (count = 5) => page.evaluate((count) => new Promise((done) => {
  const next = (left) => (left ? requestAnimationFrame(() => next(left - 1)) : done());
  next(count);
}), count);
/** Keeps the switch down until everything stops, and takes the tablet back. */
async function keptDown() {
  await page.keyboard.down("Space");
  await page.getByText("You stopped.").waitFor();
  await page.keyboard.up("Space");
  await toPasscode(page);
  await unlock(page);
}

/** Tries it: one press before the light, which is early, and five at it. */
async function fivePresses() {
  await page.getByRole("button", { name: "Try it: five presses" }).click();
  await page.waitForFunction(() => document.activeElement?.matches(".heard-try__light"));
  await page.keyboard.press("Space");
  for (let turn = 0; turn < 5; turn += 1) {
    await page.locator(".heard-try__light[data-lit]").waitFor();
    await frames(20);
    await page.keyboard.press("Space");
  }
}

test("@touch a whole mat by a hand that trembles, while a palm rests on the screen", async () => {
  // For a hand that trembles, so long as that is not taken again.
  await answersBy("Touch", () => page.getByRole("group", { name: "Ignore repeats for" }).getByLabel("1 s", { exact: true }).check());
  const cdp = await page.context().newCDPSession(page);
  const at = async (locator) => {
    const { x, y, width, height } = await locator.boundingBox();
    return { x: x + width / 2, y: y + height / 2 };
  };
  const given = await wholeMat(async (id) => {
    await rested(page);
    const palm = { x: 200, y: 30, id: 1 };
    const finger = { ...(await at(target(id))), id: 2 };
    // It slides off at first: nothing is taken, and it is kept that a touch went amiss.
    await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [finger] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ ...finger, x: 20, y: 300 }] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [palm] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [palm, finger] });
    // It trembles inside its place.
    await cdp.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [palm, { ...finger, x: finger.x + 12, y: finger.y - 12 }] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [palm, finger] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [palm] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    // The hand itself takes its time.
    await page.waitForTimeout(TREMOR_MS);
    await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [finger] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }, "touch");
  assert.ok(!given.includes('"offered"'), "a touch is offered nothing");
  await go(page, topics.replace(/topics.*/, "write-up"));
  await page.getByRole("link", { name: "Going to school" }).last().click();
  await page.getByText(/went amiss: more than one in four/).waitFor();
  await look(page, "write-up-amiss");
  assert.equal(await page.evaluate(() => window.said.length), 0, "nothing is said unless it is asked for");
});

test("@keyboard a whole mat", async () => {
  await answersBy("Keys");
  await wholeMat(async (id) => {
    await rested(page);
    await target(id).focus();
    await page.keyboard.press("Enter");
  }, "keyboard");
});

test("five presses at a light propose how long a place is offered, and it is taken or left", async () => {
  await toProfile();
  await page.getByLabel("One switch", { exact: true }).check();
  await fivePresses();
  const proposed = (await page.getByText(/^From these presses:/).innerText()).match(/([\d.]+) s for each place/)[1];
  assert.ok(Number(proposed) >= 0.4 && Number(proposed) < 3, proposed);
  await page.getByText("One press came before the light").waitFor();
  const kept = await draftOf(page, "/profile");
  await page.getByRole("button", { name: `Use ${proposed} s` }).click();
  const step = page.getByLabel("Seconds for each place");
  assert.equal(await step.inputValue(), proposed);
  while ((await draftOf(page, "/profile")) === kept) await frames();
  await go(page, topics.split("/visits/")[0]);
  await toProfile();
  await page.waitForFunction((kept) => document.querySelector("#step")?.value === kept, proposed);
});

test("@one-switch the highlight goes on by itself, a press chooses, and the record tells what was offered", async () => {
  await answersBy("One switch", () => page.getByLabel("Seconds for each place").fill("1,0"));
  const given = await wholeMat((id) => whenOffered(id, ["keydown", "keyup"], { trembles: true }), "one-switch", offering);
  assert.match(given, /"offered":\[\{"targets":\["like",[^\]]*\],"after_ms":\d+\},\{"targets":\["like"\]/);
  assert.match(given, /"round":1/);
});

test("before handing over the pace is tried once more, and what is taken is for this activity alone", async () => {
  const toReady = async () => {
    await go(page, topics);
    await page.getByRole("button", { name: /^Hand over to/ }).waitFor();
  };
  const tired = page.getByText("Amira was tired today. A slower pace may help: try it again first.");
  await toReady();
  await page.getByText("Each place is offered for 1 s.").waitFor();
  assert.equal(await tired.count(), 0);
  await handOver(page);
  await holdCorner(page);
  await page.getByRole("button", { name: "Tired", exact: true }).click();
  await page.getByRole("button", { name: "Take the tablet back" }).click();
  await unlock(page);
  await page.locator(".heard-status").waitFor();
  await toReady();
  await tired.waitFor();
  await fivePresses();
  const proposed = await page.getByRole("button", { name: /^Use [\d.]+ s$/ }).innerText();
  await page.getByRole("button", { name: proposed }).click();
  const seconds = proposed.match(/[\d.]+/)[0];
  await page.getByText(`Each place is offered for ${seconds} s in this activity. The profile stays at 1 s.`).waitFor();
  await look(page, "pace");
  assert.deepEqual(await breaches(page), []);
  await page.getByRole("button", { name: "Back to 1 s" }).click();
  await page.getByText("Each place is offered for 1 s.").waitFor();
  await page.getByRole("button", { name: proposed }).click();
  await handOver(page);
  await keptDown();
  await upToDate(page);
  const bodies = (await entries(page)).map(({ body }) => body ?? "");
  const steps = bodies.filter((body) => body.includes('"kind":"CaptureStarted"')).map((body) => Number(body.match(/"step_ms":(\d+)/)?.[1]));
  assert.equal(steps.at(-2), 1_000, "what the profile says");
  assert.equal(steps.at(-1), Number(seconds) * 1_000, "what was taken");
  await noteEarlier(page);
});

test("@step-switch a press goes on, holding chooses, in groups", async () => {
  await answersBy("One switch", async () => {
    await page.getByLabel("A press goes on; holding chooses").check();
    await page.getByLabel("One by one; in groups where there are five or more").check();
  });
  const goOn = async () => { await frames(); await page.keyboard.press("Space"); };
  const choose = async () => { await frames(); await hold("Space"); };
  await wholeMat(async (id) => {
    await rested(page);
    await offered(id, { goOn, enter: choose });
    await choose();
  }, "step-switch", goOn);
});

test("@hold-switch it goes on while the switch is held, and letting go chooses", async () => {
  await answersBy("One switch", async () => {
    await page.getByLabel("It goes on while the switch is held; letting go chooses").check();
    await page.getByLabel("Seconds for each place").fill("1");
  });
  await wholeMat(async (id) => {
    await rested(page);
    await whenOffered(id, ["keyup"], { before: async () => { await page.keyboard.up("Space"); await frames(); await page.keyboard.down("Space"); } });
    await page.keyboard.up("Space");
  }, "hold-switch");
});

test("@two-switch a key that was learnt goes on and Enter chooses", async () => {
  await answersBy("Two switches", async () => {
    await linear();
    await page.getByRole("button", { name: "Learn another key" }).first().click();
    await page.waitForFunction(() => document.activeElement?.matches(".heard-learn__now"));
    await page.keyboard.press("F7");
    await page.getByText("The switch that goes on is: F7").waitFor();
  });
  const goOn = async () => { await frames(); await page.keyboard.press("F7"); };
  await wholeMat(async (id) => {
    await rested(page);
    await offered(id, { goOn });
    await page.keyboard.press("Enter");
  }, "two-switch", goOn);
});

test("@gamepad the buttons of an adaptive controller are two switches, for a child who sees one thing at a time", async () => {
  await answersBy("Two switches", async () => {
    await page.getByLabel("One thing at a time, on black").check();
    await page.getByRole("group", { name: "In the colour that is seen best" }).getByLabel("Red", { exact: true }).check();
    await look(page, "profile-alone");
  });
  const button = async (place) => {
    await frames();
    await page.evaluate((place) => { window.gamepadButtons = [place === 0, place === 1]; }, place);
    await frames(2);
    await page.evaluate(() => { window.gamepadButtons = [false, false]; });
    await frames(2);
  };
  await wholeMat(async (id) => {
    await rested(page);
    await offered(id, { goOn: () => button(0) });
    await button(1);
  }, "gamepad", async () => {
    await button(0);
    await offering();
    assert.equal(await page.locator("[data-target]:visible").count(), 1, "only what is offered is to be seen");
    assert.equal(await card(page).isVisible(), false, "not even the card");
  });
});

test("@dwell a pointer that rests chooses", async () => {
  await answersBy("Resting on a place (eye gaze, head mouse)", async () => {
    await page.getByText("One thing at a time comes with a switch").waitFor();
    await page.getByLabel("One thing at a time, on black").uncheck();
    await page.getByLabel("Seconds to rest on a place").fill("0.4");
  });
  await wholeMat(async (id) => {
    await rested(page);
    const { x, y, width, height } = await target(id).boundingBox();
    const before = await page.evaluate(() => window.chosen);
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.waitForFunction((before) => window.chosen > before, before);
    await page.mouse.move(200, 20);
  }, "dwell");
});

test("@partner an adult offers each place and presses for the child's yes", async () => {
  await answersBy("An adult offers each in turn", linear);
  const goOn = async () => { await frames(); await page.getByRole("button", { name: "Next place" }).click(); };
  await wholeMat(async (id) => {
    await rested(page);
    await offered(id, { goOn });
    await frames();
    await page.getByRole("button", { name: "Yes, that one" }).click();
  }, "partner", goOn);
});

test("a switch kept down stops at once, and the record tells it from a stop that was chosen", async () => {
  await answersBy("Two switches");
  await go(page, topics);
  await page.getByRole("button", { name: /^Hand over to/ }).waitFor();
  await handOver(page);
  await keptDown();
  await heading(/said stop$/).waitFor();
  await upToDate(page);
  const stop = (await entries(page)).filter(({ body }) => body?.includes('"kind":"Escaped"')).at(-1).body;
  assert.match(stop, /"which":"stop"/);
  assert.match(stop, /"was_kept":true/);
});

test("@auditory by ear alone: each place is said, waits to be heard, and a press chooses it", async () => {
  const voices = () => page.getByRole("group", { name: "Which voice?" });
  await answersBy("One switch", async () => {
    await page.getByLabel("The highlight goes on by itself; a press chooses").check();
    await linear();
    await page.getByLabel("Seconds for each place").fill("0.8");
    await page.getByLabel(/^The question with each card/).check();
    await page.getByText(/^This tablet has no English voice of its own/).waitFor();
    assert.equal(await voices().count(), 0);
    await page.evaluate(() => {
      window.voices = [{ name: "Far", lang: "en-GB", localService: false }, { name: "Near", lang: "en_GB", localService: true }];
      speechSynthesis.dispatchEvent(new Event("voiceschanged"));
    });
    await voices().getByLabel("Near").check();
    assert.equal(await voices().getByLabel("Far").count(), 0, "a voice that sends words away is not offered");
    await page.getByLabel(/^Each place as it is offered/).check();
    await page.getByRole("button", { name: "Hear it" }).click();
    assert.deepEqual(await page.evaluate(() => window.said.map(({ text, voice }) => [text, voice.name])), [["How do you feel about the bus?", "Near"]]);
  });
  const heard = (id) => page.waitForFunction((id) => {
    const element = document.querySelector(`[data-target="${id}"]`);
    const name = document.getElementById(element?.getAttribute("aria-labelledby"))?.textContent ?? element?.getAttribute("aria-label");
    const last = window.said.at(-1);
    return last?.isOver && last.volume === 0.5 && last.text === (element?.dataset.says ?? name ?? element?.textContent.trim());
  }, id, { polling: "raf", timeout: 30_000 });
  const first = await page.evaluate(() => window.said.length);
  await wholeMat(async (id) => {
    await heard(id);
    await page.keyboard.press("Space");
  }, "auditory", offering);
  const said = (await page.evaluate(() => window.said.map(({ text, volume }) => `${volume} ${text}`))).slice(first);
  assert.match(said[0], /^1 How do you feel about/, "the question comes first");
  assert.ok(said.includes("1 like") && said.includes("0.5 like"), "a place is said when it is offered, and when it is chosen");
  assert.ok(said.includes("1 Who can see this?") && said.some((words) => /^1 .*family.*: yes$/i.test(words)), "by ear a yes says of whom");
  assert.deepEqual(said.filter((words, at) => words.startsWith("1") && words === said[at - 1]), [], "nothing is said twice");
});
