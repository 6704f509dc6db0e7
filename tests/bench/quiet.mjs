// A quiet exchange of a member of staff with 300 children: one request. The server's time is taken from outside: from the
// first byte of a request that is ready to the last byte of the reply, nothing of it read, over one connection.
import { Agent, request } from "node:http";
import { openServer } from "../support/server.mjs";
import { caughtUp, openWriter, quietPull } from "./caseload.mjs";
import { median, row, timed } from "./report.mjs";

const CHILDREN = 300;
const ASKED = 50;
const MOST_MS = 5;

const server = await openServer();
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Posts `body` and lets the reply pass. */
const post = (path, cookie, body) => new Promise((done, failed) => {
  const headers = {
    "content-type": "application/json", "content-length": body.length, "accept-encoding": "gzip", origin: server.url, cookie,
  };
  const asked = request(`${server.url}${path}`, { method: "POST", agent, headers }, (reply) => {
    if (reply.statusCode !== 200) failed(new Error(`${reply.statusCode}`));
    reply.on("data", () => {}).on("end", done);
  });
  asked.on("error", failed);
  asked.end(body);
});

try {
  const sade = await openWriter(server.url, "Sade Okafor");
  await sade.register(CHILDREN);
  const cursors = await caughtUp(sade);
  const index = await quietPull(sade, cursors);
  if (index < CHILDREN) throw new Error(`only ${index} of ${CHILDREN} children`);
  const streams = [...cursors].map(([stream, at]) => ({ stream, ...at }));
  const body = Buffer.from(JSON.stringify({ protocol: 1, replica: sade.replica, streams, limit: 2_000 }));
  const ask = () => post("/api/v1/pull", sade.cookie, body);
  await timed(ASKED, ask);
  const ms = median(await timed(ASKED, ask));
  row({ what: "quiet pull of 300 children, one request", unit: "ms", ours: ms, target: `< ${MOST_MS} ms`, met: ms < MOST_MS });
} finally {
  agent.destroy();
  await server.remove();
}
