// Fictional children and what is asked of them, written by a member of staff at another device.
import { randomUUID } from "node:crypto";
import { openPeer } from "../support/peer.mjs";

/** A push takes this many bytes of operations: the server's limit less room for the envelope. */
const MOST_BYTES = 440 * 1024;
/** And so many streams, each a transaction of its own. */
const MOST_STREAMS = 100;

/** Somebody at another device, who writes much. */
export async function openWriter(url, name) {
  const peer = await openPeer(url, name);

  /** Registers so many children; returns their streams. */
  const register = async (count) => {
    const streams = Array.from({ length: count }, () => `child-${randomUUID()}`);
    const data = { name: { given: "Amira", family: "Kaur" }, birth: { born: "2018-07-16" }, team: peer.staff.team };
    for (let at = 0; at < count; at += MOST_STREAMS) {
      const some = streams.slice(at, at + MOST_STREAMS);
      await peer.push(some.map((stream) => peer.pushOf(stream, [{ kind: "ChildRegistered", data, kindOf: "fact" }])));
    }
    return streams;
  };

  /** Adds so many answers to a stream, as few requests as may be. */
  const answer = async (stream, count) => {
    for (let left = count; left > 0;) {
      const some = Math.min(left, Math.floor(MOST_BYTES / 800));
      const { streams: [{ outcome, results }] } = await peer.push([peer.pushOf(stream, Array.from({ length: some }, answered))]);
      const last = results.at(-1);
      if (outcome !== "taken" || last.verdict !== "accepted") throw new Error(`${outcome}: ${JSON.stringify(last)}`);
      left -= some;
    }
  };

  /** Adds whole mats to a stream, so many operations in all, as a year of visits would. */
  const ask = async (stream, count) => {
    const operations = [];
    while (operations.length < count) operations.push(...mat());
    for (let at = 0; at < count; at += MOST_OPERATIONS) {
      const some = operations.slice(at, Math.min(at + MOST_OPERATIONS, count));
      const { streams: [{ outcome }] } = await peer.push([peer.pushOf(stream, some)]);
      if (outcome !== "taken") throw new Error(outcome);
    }
  };
  return { ...peer, register, answer, ask };
}

/** A push takes this many operations of a mat: the server's limit less room for the envelope. */
const MOST_OPERATIONS = 300;
const CARDS = 9;
const card = (number) => ({ id: `card-${number}`, symbol: "bus", words: `card ${number}` });

/** One mat of nine cards, from its beginning to its end. */
function mat() {
  const [capture, fact] = [randomUUID(), (kind, data) => ({ kind, kindOf: "fact", data })];
  const options = Array.from({ length: CARDS }, (_, at) => card(at + 1));
  const cells = [{ id: "like", symbol: "like", words: "like" }, { id: "dont-like", symbol: "dont-like", words: "don't like" }];
  const question = { id: "going-to-school", version: 1, topic: card(0), words: "How do you feel about…", language: "en-GB" };
  const layout = { cells: "two", theme: "colour", order: "random", input: "touch" };
  const placed = options.flatMap((option, at) => {
    const presentation = randomUUID();
    return [
      fact("Presented", { capture, presentation, option, order: ["like", "dont-like"], input: "touch" }),
      fact("Answered", { capture, presentation, option: option.id, cell: cells[at % 2].id, latency_ms: 900 }),
    ];
  });
  return [
    fact("CaptureStarted", { visit: randomUUID(), capture, kind: "mat", question, options, scale: { id: "like", cells }, layout }),
    ...placed,
    fact("CaptureEnded", { capture, by: "finished" }),
  ];
}

const answered = () => ({
  kind: "Answered", kindOf: "fact",
  data: { capture: randomUUID(), presentation: randomUUID(), option: "card-1", cell: "like", latency_ms: 900 },
});

/** Cursors at the end of everything that may be read. */
export async function caughtUp(reader) {
  const cursors = new Map();
  while ((await reader.pull(cursors)).more) { /* there is more */ }
  return cursors;
}

/** A pull that must bring nothing. */
export async function quietPull(reader, cursors) {
  const reply = await reader.pull(cursors);
  if (Object.keys(reply.entries).length > 0) throw new Error("there was something new");
  return reply.index.length;
}
