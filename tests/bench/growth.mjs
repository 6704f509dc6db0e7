// What grows with the record, and with the number of children: nothing should. Small and large are asked in turns, so that
// whatever else the machine does falls on both; only their ratio is told.
import { openServer } from "../support/server.mjs";
import { caughtUp, openWriter, quietPull } from "./caseload.mjs";
import { median, row } from "./report.mjs";

const ENTRIES = [10, 1_000, 100_000];
const CHILDREN = [10, 10_000];
const ASKED = 60;
/** A ratio that passes for none: what is measured takes a few milliseconds, and the machine does other things. */
const FLAT = 1.5;

/** The median of each of `acts`, called in turns. */
async function inTurns(acts) {
  const taken = acts.map(() => []);
  for (let time = 0; time < ASKED; time += 1) {
    for (const [at, act] of acts.entries()) {
      const begun = performance.now();
      await act();
      taken[at].push(performance.now() - begun);
    }
  }
  return taken.map(median);
}

function told(what, sizes, medians) {
  const ratio = medians.at(-1) / medians[0];
  console.error(`${what}: ${sizes.map((size, at) => `${size}: ${medians[at].toFixed(2)} ms`).join(", ")}`);
  row({ what, unit: "ratio", ours: ratio, target: `flat: < ${FLAT}`, met: ratio < FLAT });
}

/** Each size of record has a server of its own, so that a quiet pull reads that and nothing else. */
async function byEntries() {
  const servers = await Promise.all(ENTRIES.map(() => openServer()));
  try {
    const tries = await Promise.all(servers.map(async ({ url }, at) => {
      const tom = await openWriter(url, "Tom Reid");
      const [stream] = await tom.register(1);
      await tom.answer(stream, ENTRIES[at] - 1);
      return { tom, stream, cursors: await caughtUp(tom) };
    }));
    const pulls = await inTurns(tries.map(({ tom, cursors }) => () => quietPull(tom, cursors)));
    const appends = await inTurns(tries.map(({ tom, stream }) => () => tom.answer(stream, 1)));
    told("append to a record: 100,000 entries to 10", ENTRIES, appends);
    told("quiet pull of a record: 100,000 entries to 10", ENTRIES, pulls);
  } finally {
    await Promise.all(servers.map((server) => server.remove()));
  }
}

/** Two servers; the other team's children are one many and one few. What is asked is the same. */
async function byChildren() {
  const servers = await Promise.all(CHILDREN.map(() => openServer()));
  try {
    const tries = await Promise.all(servers.map(async ({ url }, at) => {
      await (await openWriter(url, "Tom Reid")).register(CHILDREN[at]);
      const sade = await openWriter(url, "Sade Okafor");
      const [stream] = await sade.register(1);
      return { sade, stream, cursors: await caughtUp(sade) };
    }));
    const pulls = await inTurns(tries.map(({ sade, cursors }) => () => quietPull(sade, cursors)));
    const appends = await inTurns(tries.map(({ sade, stream }) => () => sade.answer(stream, 1)));
    told("append: 10,000 children to 10", CHILDREN, appends);
    told("quiet pull: 10,000 children to 10", CHILDREN, pulls);
  } finally {
    await Promise.all(servers.map((server) => server.remove()));
  }
}

await byEntries();
await byChildren();
