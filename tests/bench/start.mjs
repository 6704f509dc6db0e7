// How soon a fresh function is ready, and what it takes of memory: ours beside Node.js with the AWS SDK, each as a program of
// its own, fed as AWS feeds it, over DynamoDB Local. Ready is the first asking for an event; then one item is read.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { eventOf, openFunction } from "../support/cloud.mjs";
import { openServer } from "../support/server.mjs";
import { median, row } from "./report.mjs";

const STARTS = 10;
const MOST_MS = 20, MOST_MB = 16;
const FASTER = 12, SMALLER = 4;

const dynamodb = process.env.HEARD_DYNAMODB;
if (!dynamodb) throw new Error("HEARD_DYNAMODB must hold the address of DynamoDB Local; `cargo xtask bench` starts one and sets it");
const table = `heard-${randomUUID()}`;
// It makes the table.
const server = await openServer({ dynamodb, table });
const environment = { HEARD_DYNAMODB: dynamodb, HEARD_TABLE: table, HEARD_ORIGIN: server.url };
// Who has a session that nobody knows: it is looked for in the table, and the answer is 401.
const headers = { host: "127.0.0.1", cookie: `__Host-heard=${"ab".repeat(32)}` };
const event = () => eventOf({ method: "GET", url: "/api/v1/session", headers }, Buffer.alloc(0));

/** The most memory the program has held so far, in MB (1,000 kB). */
async function mostMemory(pid) {
  const [, kibibytes] = (await readFile(`/proc/${pid}/status`, "utf8")).match(/VmHWM:\s+(\d+) kB/);
  return (Number(kibibytes) * 1024) / 1e6;
}

async function start(command) {
  const program = await openFunction(environment, command);
  try {
    await program.ready;
    const begun = performance.now();
    const { statusCode } = await program.invoke(event());
    if (statusCode !== 401) throw new Error(`${statusCode}: ${program.log}`);
    return { readyMs: program.readyMs, firstMs: performance.now() - begun, memory: await mostMemory(program.pid) };
  } finally {
    await program.close();
  }
}

const node = [process.execPath, join(import.meta.dirname, "node_function/handler.mjs")];
const ours = [], theirs = [];
try {
  // Once each for nothing: their files are read from the disk then.
  await start(undefined);
  await start(node);
  for (let time = 0; time < STARTS; time += 1) {
    ours.push(await start(undefined));
    theirs.push(await start(node));
  }
} finally {
  await server.remove();
}
const of = (starts, what) => median(starts.map((start) => start[what]));
const [ready, peerReady] = [of(ours, "readyMs"), of(theirs, "readyMs")];
row({
  what: "function: start to ready", unit: "ms", ours: ready, peer: peerReady, target: `≤ ${MOST_MS} ms, ${FASTER} times the peer`,
  met: ready <= MOST_MS && peerReady >= FASTER * ready,
});
row({ what: "function: first request, one item read", unit: "ms", ours: of(ours, "firstMs"), peer: of(theirs, "firstMs") });
const [memory, peerMemory] = [of(ours, "memory"), of(theirs, "memory")];
row({
  what: "function: most memory", unit: "MB", ours: memory, peer: peerMemory, target: `≤ ${MOST_MB} MB, 1/${SMALLER} of the peer`,
  met: memory <= MOST_MB && peerMemory >= SMALLER * memory,
});
