// The same form open in two tabs: what is typed in one is never mixed with, and never lost to, what is typed in the other.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { anew } from "../support/anew.mjs";
import { toHandOver } from "../support/mat.mjs";
import { go, setUp, unlock, upToDate } from "../support/people.mjs";
import { assertDense, entries, online, openVoice, streamOf, untilKept, visitOf } from "../support/record.mjs";

const SEEN = { whose: "What I saw", words: "Smiled when the bus came past.", through: "No words were needed." };
const SAID = { whose: "Amira, outside a mat", words: "Bus, bus, bus.", through: "Punjabi, interpreter R. Gill." };
let server, context, page, other;

anew((made) => { ({ server, context, page } = made); }, { patienceMs: 30_000 });
beforeEach(async () => {
  await setUp(page, server.url, "Sade Okafor");
  await upToDate(page);
});

/** A second tab on the same vault, unlocked. */
async function openOther() {
  other = await context.newPage();
  other.setDefaultTimeout(30_000);
  await other.goto(server.url);
  await unlock(other);
  await other.getByRole("heading", { level: 1, name: "Today" }).waitFor();
}
/** The form for a new voice of today's visit, open and empty in both tabs. */
async function voiceInBoth() {
  await toHandOver(page, "Amira K", "Going to school");
  const visit = visitOf(page);
  await openOther();
  for (const tab of [page, other]) await openVoice(tab, visit);
  return visit;
}
const whose = (tab, voice) => tab.getByLabel(voice.whose, { exact: true });
const words = (tab) => tab.getByLabel("Their words", { exact: true });
const through = (tab) => tab.getByLabel("Language and interpreter (optional)");
const fillVoice = async (tab, voice) => {
  await whose(tab, voice).check();
  await words(tab).fill(voice.words);
  await through(tab).fill(voice.through);
};
const shown = async (tab) => ({
  whose: await tab.getByRole("radio", { checked: true }).evaluate((radio) => radio.labels[0].textContent.trim()),
  words: await words(tab).inputValue(),
  through: await through(tab).inputValue(),
});
const voicesOn = (tab) => tab.getByRole("region", { name: "Other voices" });
const save = (tab) => tab.getByRole("button", { name: "Save", exact: true }).click();

/** The operations of a kind that the server has of the child. */
async function sent(kind) {
  for (const tab of [page, other]) await online(tab);
  await Promise.all([upToDate(page), upToDate(other)]);
  const all = await entries(page, streamOf(page));
  assertDense(all);
  return all.map(({ body, verdict }) => ({ ...JSON.parse(body), verdict })).filter((operation) => operation.kind === kind);
}

test("fault 16: one form filled in two tabs at once becomes two voices, each whole, and the draft is one of them", async () => {
  const visit = await voiceInBoth();
  await whose(page, SEEN).check();
  await whose(other, SAID).check();
  await words(other).fill(SAID.words);
  await words(page).fill(SEEN.words);
  await through(page).fill(SEEN.through);
  await untilKept(page, "/voice/new", () => through(other).fill(SAID.through));
  const third = await context.newPage();
  await third.goto(`${server.url}${visit}/write-up?voice=new`);
  await unlock(third);
  await third.waitForFunction(() => document.querySelector("#words")?.value);
  const draft = await shown(third);
  assert.ok([SEEN, SAID].some((voice) => JSON.stringify(voice) === JSON.stringify(draft)), `one of the two, whole: ${JSON.stringify(draft)}`);
  await third.close();

  await Promise.all([page, other].map(save));
  for (const tab of [page, other]) {
    for (const voice of [SEEN, SAID]) await voicesOn(tab).getByText(voice.words).waitFor();
  }
  const voices = (await sent("VoiceAdded")).filter(({ data }) => visit.endsWith(`/${data.visit}`)).map(({ data }) => data);
  const lanes = { child: SAID, observation: SEEN };
  assert.deepEqual(voices.map(({ lane }) => lane).sort(), Object.keys(lanes));
  for (const { lane, words, through } of voices) assert.deepEqual([words, through], [lanes[lane].words, lanes[lane].through]);
  assert.notEqual(voices[0].voice, voices[1].voice);
});

test("fault 16: what is saved in one tab takes nothing away that is being typed in another", async () => {
  await voiceInBoth();
  await untilKept(page, "/voice/new", () => fillVoice(page, SEEN));
  // One draft a form: it is the one that was typed last.
  await untilKept(page, "/voice/new", () => fillVoice(other, SAID));
  await untilKept(page, "/voice/new", () => through(other).blur());
  await save(page);
  await voicesOn(page).getByText(SEEN.words).waitFor();
  await page.locator(".heard-account summary").click();
  await page.getByRole("button", { name: "Lock this tablet" }).click();
  await other.getByRole("heading", { level: 1, name: "Enter your passcode" }).waitFor();
  await unlock(other);
  await other.getByRole("heading", { level: 1, name: "Another voice" }).waitFor();
  await other.waitForFunction((words) => document.querySelector("#words")?.value === words, SAID.words);
  assert.deepEqual(await shown(other), SAID);
});

test("a form left by Back with the caret still in it stops nothing, and its words come back", async () => {
  await toHandOver(page, "Amira K", "Going to school");
  const visit = visitOf(page);
  await go(page, `${visit}/write-up`);
  await voicesOn(page).waitFor();
  await openVoice(page, visit);
  await untilKept(page, "/voice/new", () => words(page).pressSequentially(SAID.words));
  await page.goBack();
  await voicesOn(page).waitFor();
  assert.equal(await page.getByRole("alertdialog").filter({ visible: true }).count(), 0, "nothing has stopped");
  await page.getByRole("link", { name: "Add a voice" }).click();
  await page.waitForFunction((words) => document.querySelector("#words")?.value === words, SAID.words);
});

test("fault 16: one field of the plan changed in two tabs at once keeps both, and a person is asked", async () => {
  await page.getByRole("link", { name: "My children" }).click();
  await page.getByRole("link", { name: "Amira K" }).first().click();
  const path = `/children/${streamOf(page)}/plan`;
  await openOther();
  const field = (tab) => tab.getByLabel("Analysis", { exact: true });
  for (const tab of [page, other]) {
    await go(tab, path);
    await field(tab).waitFor();
  }
  const both = ["The window seat is about seeing who comes.", "The window seat is about the light."];
  await field(page).fill(both[0]);
  await field(other).fill(both[1]);
  await Promise.all([page, other].map((tab) => field(tab).blur()));
  for (const tab of [page, other]) {
    await tab.getByText("Both are kept: say which stand.").waitFor();
    for (const words of both) await tab.getByText(words).first().waitFor();
  }
  const values = (await sent("SetField")).filter(({ data }) => both.includes(data.value));
  assert.deepEqual(values.map(({ data, verdict }) => [data.value, verdict]).toSorted(), both.map((value) => [value, "accepted"]).toSorted());
});
