// The power cut at the server, as near as a kill comes to it: what was acknowledged is there, nothing is there by half.
//
// Few cuts in each run, 200 with HEARD_SOAK=1. HEARD_SEED repeats the moments of a run, as far as a clock can repeat them. A
// kill leaves the system's own cache in place: that the disk has it is the store's promise (`synchronous=FULL`), untested here.
import assert from "node:assert/strict";
import { randomInt, randomUUID } from "node:crypto";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openPeer } from "../support/peer.mjs";
import { openServer } from "../support/server.mjs";

const CUTS = process.env.HEARD_SOAK ? 200 : 20;
const SEED = Number(process.env.HEARD_SEED ?? randomInt(2 ** 32));
/** A cut comes so late at most, in milliseconds: after a few pushes; and so late in a start. */
const LONGEST_MS = 40, LONGEST_START_MS = 25;

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function lots(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let lot = Math.imul(state ^ (state >>> 15), state | 1);
    lot ^= lot + Math.imul(lot ^ (lot >>> 7), lot | 61);
    return ((lot ^ (lot >>> 14)) >>> 0) / 2 ** 32;
  };
}

const voice = (number) => ({
  kind: "VoiceAdded", kindOf: "fact", data: { voice: randomUUID(), lane: "observation", who: "A neighbour", words: `Seen at the gate, ${number}.` },
});
const ids = ({ operations }) => operations.map(({ body }) => JSON.parse(body).id);

/** A tablet that goes on pushing to two children until the server is gone; what is unanswered then goes again. */
function pusher(peer, streams, lot) {
  const pusher = { peer, acknowledged: new Map(streams.map((stream) => [stream, []])), unanswered: null, count: 0 };
  const batch = () => streams.map((stream) => {
    const size = 1 + Math.floor(lot() * 4);
    return peer.pushOf(stream, Array.from({ length: size }, () => voice((pusher.count += 1))));
  });
  pusher.untilCut = async (isCut) => {
    for (;;) {
      pusher.unanswered ??= batch();
      let reply;
      try {
        reply = await peer.push(pusher.unanswered);
      } catch (error) {
        // Only the cut may end it; an answer that is a refusal has a status.
        if (isCut() && error instanceof TypeError) return;
        throw error;
      }
      for (const [at, sent] of pusher.unanswered.entries()) {
        const { outcome, high } = reply.streams[at];
        assert.deepEqual([outcome, high], ["taken", sent.operations.at(-1).rseq]);
        pusher.acknowledged.get(sent.stream).push(...ids(sent));
      }
      pusher.unanswered = null;
    }
  };
  return pusher;
}

/** Numbers without a gap, everything acknowledged once, of an unanswered push all or nothing. Says how many of those were all. */
async function check(pushers, streams, message) {
  let committed = 0;
  for (const stream of streams) {
    const all = await pushers[0].peer.entries(stream);
    assert.deepEqual(all.map(({ seq }) => seq), all.map((_, place) => place + 1), message);
    const there = new Map(all.map(({ id, seq }) => [id, seq]));
    assert.equal(there.size, all.length, `no operation twice. ${message}`);
    for (const { acknowledged, unanswered } of pushers) {
      const lost = acknowledged.get(stream).filter((id) => !there.has(id));
      assert.deepEqual(lost, [], `acknowledged and not there. ${message}`);
      const waiting = unanswered?.find((push) => push.stream === stream);
      if (!waiting) continue;
      const taken = ids(waiting).filter((id) => there.has(id)).length;
      assert.ok(taken === 0 || taken === waiting.operations.length, `half a batch. ${message}`);
      committed += taken > 0 ? 1 : 0;
    }
  }
  return committed;
}

test(`fault 38: the server killed at ${CUTS} moments while three tablets push: it opens, nothing acknowledged is lost, no batch is half`, async (t) => {
  t.diagnostic(`HEARD_SEED=${SEED}`);
  const lot = lots(SEED);
  const server = await openServer();
  try {
    const names = ["Sade Okafor", "Sade Okafor", "Priya Nair"];
    const peers = await Promise.all(names.map((name) => openPeer(server.url, name)));
    const index = (await peers[0].pull(new Map())).index;
    const streams = index.map(({ stream }) => stream).filter((stream) => stream.startsWith("child-")).slice(0, 2);
    assert.equal(streams.length, 2);
    const pushers = peers.map((peer) => pusher(peer, streams, lot));
    let committed = 0;
    for (let cut = 1; cut <= CUTS; cut += 1) {
      const message = `Cut ${cut}, HEARD_SEED=${SEED}`;
      let isCut = false;
      const pushing = Promise.all(pushers.map((pusher) => pusher.untilCut(() => isCut)));
      await Promise.race([pause(lot() * LONGEST_MS), pushing]);
      isCut = true;
      await server.kill();
      await pushing;
      if (lot() < 0.25) {
        // Again while it starts: whatever it does first, it can be done again.
        const starting = server.start();
        await Promise.race([pause(lot() * LONGEST_START_MS), starting]);
        await server.kill();
      }
      await server.start();
      committed += await check(pushers, streams, message);
    }
    // One more round without a cut: what was unanswered is taken once.
    for (const pusher of pushers) {
      const again = pusher.unanswered ?? [];
      if (again.length) await pusher.peer.push(again);
      for (const sent of again) pusher.acknowledged.get(sent.stream).push(...ids(sent));
      pusher.unanswered = null;
    }
    await check(pushers, streams, `At the end, HEARD_SEED=${SEED}`);
    const count = pushers.reduce((sum, { acknowledged }) => sum + [...acknowledged.values()].flat().length, 0);
    t.diagnostic(`${count} acknowledged, ${committed} taken without an answer`);
    assert.ok(count > CUTS, `only ${count} acknowledged`);
  } finally {
    await server.remove();
  }
});
