// The real server on a free port of this machine, with data of its own, that can be stopped, killed and started again.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BINARY = process.env.HEARD_SERVER ?? join(import.meta.dirname, "../../target/debug/local");
const DIST = process.env.HEARD_DIST ?? join(import.meta.dirname, "../../dist");

/** A port nobody listens on. */
export function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/**
 * Starts a server with the demonstration in a new folder, or in a table: `{ dynamodb, table }` names the address and it.
 * `dist` is another page than the application's; `empty` has the staff and no child, `nobody` has nobody at all; `provider`
 * opens the provider that people sign in by, given the server's address. What the server has printed is in `said`.
 */
export async function openServer(place = {}) {
  const folder = await mkdtemp(join(tmpdir(), "heard-data-"));
  const port = await freePort();
  const server = { port, folder, url: `http://127.0.0.1:${port}`, log: "", said: "", running: null };
  const where = place.dynamodb ? ["--dynamodb", place.dynamodb] : ["--data", folder];
  server.provider = await place.provider?.(server.url);
  server.signIn = server.provider?.signIn;
  const env = { ...process.env, ...(place.table ? { HEARD_TABLE: place.table } : {}), ...server.provider?.env };
  const further = [...(place.empty ? ["--no-children"] : []), ...(place.nobody ? ["--empty"] : []), ...(server.provider ? ["--oidc"] : [])];

  server.start = async () => {
    const child = spawn(BINARY, ["--port", String(port), ...where, "--dist", place.dist ?? DIST, ...further], { stdio: ["ignore", "pipe", "pipe"], env });
    server.running = child;
    server.said = "";
    child.stderr.on("data", (text) => { server.log += text; });
    await new Promise((ready, failed) => {
      child.once("exit", (code) => failed(new Error(`the server ended with ${code}: ${server.log.slice(-2000)}`)));
      child.stdout.on("data", (text) => { server.said += text; if (server.said.includes("Heard is ready")) ready(); });
    });
  };
  const end = (signal) => async () => {
    const child = server.running;
    if (!child) return;
    server.running = null;
    await new Promise((ended) => { child.removeAllListeners("exit"); child.once("exit", ended); child.kill(signal); });
  };
  server.stop = end("SIGTERM");
  server.kill = end("SIGKILL");
  server.remove = async () => { await server.kill(); await server.provider?.stop(); await rm(folder, { recursive: true, force: true }); };
  await server.start();
  return server;
}
