// A member of staff at another device, spoken for over the wire: what is written here reaches the server as from a tablet.
import { createHash, randomBytes, randomUUID } from "node:crypto";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** A UUIDv7 of now. */
function newUuid() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Signs in to the demonstration and enrols a device of its own. */
export async function openPeer(url, name) {
  let cookie = "";
  const ask = async (path, body) => {
    const reply = await fetch(`${url}/api/v1/${path}`, {
      method: body ? "POST" : "GET",
      headers: { origin: url, cookie, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    cookie = reply.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return reply.json();
  };
  const { staff } = await ask("session/demo");
  const me = staff.find((one) => one.name === name);
  await ask("session/demo", { staff: me.id });
  const replica = randomUUID();
  await ask("replicas", { replica, vault: randomUUID() });
  const sent = new Map();

  /** Everything the server has of a stream, each body read. */
  const entries = async (stream) => {
    const all = [];
    for (let more = true; more;) {
      const page = await ask(`streams/${stream}/entries?after=${all.length}`);
      all.push(...page.entries.map((entry) => ({ ...entry, ...(entry.body && JSON.parse(entry.body)) })));
      more = page.more;
    }
    return all;
  };

  /** Operations of one stream as a push carries them, after what was sent before. */
  const pushOf = (stream, operations) => {
    let { after, chain } = sent.get(stream) ?? { after: 0, chain: Buffer.alloc(32) };
    const push = { stream, after, chain: chain.toString("hex"), operations: [] };
    for (const { kind, data, kindOf } of operations) {
      const body = JSON.stringify({
        id: newUuid(), stream, class: kindOf, schema: 1, kind, captured_at: new Date().toISOString(),
        zone: "Europe/London", salt: randomBytes(16).toString("hex"), data,
      });
      const hash = sha256(body);
      [after, chain] = [after + 1, sha256(chain, hash)];
      push.operations.push({ rseq: after, sha256: hash.toString("hex"), body });
    }
    sent.set(stream, { after, chain });
    return push;
  };

  /** Sends what `pushOf` made, of any number of streams, in one request. */
  const push = (streams) => ask("push", { protocol: 1, build: "peer", replica, streams });

  /** Writes one operation and says what the server made of it: `{seq, verdict, code?}`. */
  const write = async (stream, kind, data, kindOf = "request") => {
    const before = sent.get(stream);
    try {
      const { streams: [pushed] } = await push([pushOf(stream, [{ kind, data, kindOf }])]);
      return pushed.results[0];
    } catch (error) {
      // Not taken: the next one has its number.
      if (before) sent.set(stream, before); else sent.delete(stream);
      throw error;
    }
  };

  /** Asks for what is new after these cursors; they are moved on. */
  const pull = async (cursors) => {
    const streams = [...cursors].map(([stream, { epoch, after }]) => ({ stream, epoch, after }));
    const reply = await ask("pull", { protocol: 1, replica, streams, limit: 5_000 });
    const epochs = new Map(reply.index.map(({ stream, epoch }) => [stream, epoch]));
    for (const [stream, entries] of Object.entries(reply.entries)) {
      if (entries.length) cursors.set(stream, { epoch: epochs.get(stream), after: entries.at(-1).seq });
    }
    return reply;
  };
  return { staff: me, replica, get cookie() { return cookie; }, entries, write, pushOf, push, pull };
}
