// A loopback proxy between browser and server that misbehaves when told to.
import { createServer, request } from "node:http";
import { freePort } from "./server.mjs";

/**
 * Opens a proxy to `target` (a port). `proxy.fault` is called for each request to /api with `{method, path, bytes}`, of which
 * the last is the length of its body. It may return, or promise (the request is held until then),
 *   "captive"   answer 200 with a portal's page, without asking the server;
 *   "redirect"  answer 302 to a portal;
 *   "lose"      pass the request on, then drop the connection instead of answering: the reply is lost after the commit;
 *   "cut"       answer with half of the body;
 *   {status, headers, code}      answer with a problem of that status;
 *   {resetRequestAfter: bytes}   pass on so much of the request's body, then reset the connection on both sides;
 *   {resetReplyAfter: bytes}     answer with so much of the reply's body, then reset the connection.
 * Fewer than none counts from the end; a reset at or beyond the end does nothing. `proxy.requests` lists every request to /api: `{method, path, bytes}`, its
 * `fault` once that is known, whether it `wasReset`, its `body` once that is whole, and the server's `replyBytes`.
 */
export async function openProxy(target) {
  const proxy = { requests: [], fault: () => null };
  const isOf = (name) => ({ path }) => path.endsWith(`/${name}`);
  /** The requests of this name. */
  proxy.asked = (name) => proxy.requests.filter(isOf(name));
  /** From now on each request of this name meets with this fault; the others pass. */
  proxy.failing = (name, fault) => { proxy.fault = (asked) => (isOf(name)(asked) ? fault : null); };
  /** From now on every request passes. */
  proxy.mend = () => { proxy.fault = () => null; };
  /** From now on requests of this name are held: says when the first has `arrived`, and lets all go on `release`. */
  proxy.hold = (name) => {
    const held = {};
    const released = new Promise((done) => { held.release = () => { proxy.mend(); done(null); }; });
    held.arrived = new Promise((arrived, failed) => {
      const late = setTimeout(() => failed(new Error(`no ${name} came`)), 30_000);
      proxy.fault = (asked) => {
        if (!isOf(name)(asked)) return null;
        clearTimeout(late);
        arrived();
        return released;
      };
    });
    return held;
  };
  const server = createServer(async (asked, answer) => {
    const path = asked.url.split("?")[0];
    const bytes = Number(asked.headers["content-length"] ?? 0);
    const noted = { method: asked.method, path, bytes, fault: null, wasReset: false };
    if (path.startsWith("/api/")) {
      proxy.requests.push(noted);
      noted.fault = await proxy.fault({ method: asked.method, path, bytes });
    }
    const { fault } = noted;
    const left = place(fault?.resetRequestAfter, bytes);
    if (left >= bytes) note(asked, noted);
    if (fault === "captive") {
      answer.setHeader("content-type", "text/html");
      return answer.end("<title>Free WiFi</title><h1>Sign in to the WiFi</h1>");
    }
    if (fault === "redirect") {
      answer.writeHead(302, { location: "/portal" });
      return answer.end();
    }
    if (fault?.status) {
      answer.writeHead(fault.status, { "content-type": "application/problem+json", ...fault.headers });
      return answer.end(JSON.stringify({ type: "about:blank", title: "made to fail", status: fault.status, code: fault.code ?? "store_busy" }));
    }
    const reset = (socket) => { noted.wasReset = true; socket?.resetAndDestroy(); };
    const onward = request({ host: "127.0.0.1", port: target, method: asked.method, path: asked.url, headers: asked.headers }, (reply) => {
      const parts = [];
      reply.on("data", (part) => parts.push(part));
      reply.on("end", () => {
        const body = Buffer.concat(parts);
        noted.replyBytes = body.length;
        if (fault === "lose") return asked.socket.destroy();
        answer.writeHead(reply.statusCode, reply.headers);
        if (fault === "cut") {
          answer.write(body.subarray(0, body.length / 2));
          return answer.socket.destroy();
        }
        const kept = place(fault?.resetReplyAfter, body.length);
        if (kept < body.length) {
          answer.flushHeaders();
          return answer.write(body.subarray(0, kept), () => reset(answer.socket));
        }
        answer.end(body);
      });
    });
    onward.on("error", () => answer.socket?.destroy());
    if (left < bytes) return passOn(asked, onward, left, () => { reset(onward.socket); reset(asked.socket); });
    asked.pipe(onward);
  });
  proxy.port = await freePort();
  await new Promise((done) => server.listen(proxy.port, "127.0.0.1", done));
  proxy.url = `http://127.0.0.1:${proxy.port}`;
  proxy.close = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  return proxy;
}

/** Where a body of this length is to be cut; at its end if nowhere. */
const place = (at, length) => (at === undefined ? length : at < 0 ? length + at : at);

/** Notes a request's body. */
function note(asked, noted) {
  const parts = [];
  asked.on("data", (part) => parts.push(part));
  asked.on("end", () => { noted.body = String(Buffer.concat(parts)); });
}

/** Passes so many bytes of a request's body on, and says when they have gone. */
function passOn(asked, onward, left, gone) {
  onward.flushHeaders();
  if (left === 0) return onward.once("socket", (socket) => (socket.connecting ? socket.once("connect", gone) : gone()));
  asked.on("data", (part) => {
    if (left === 0) return;
    const taken = part.subarray(0, left);
    left -= taken.length;
    onward.write(taken, left === 0 ? gone : undefined);
  });
}
