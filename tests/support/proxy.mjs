// A loopback proxy between browser and server that misbehaves when told to.
import { createServer, request } from "node:http";
import { freePort } from "./server.mjs";

/**
 * Opens a proxy to `target` (a port). `proxy.fault` is called for each request to /api with `{method, path}` and may return
 *   "captive"   answer 200 with a portal's page, without asking the server;
 *   "redirect"  answer 302 to a portal;
 *   "lose"      pass the request on, then drop the connection instead of answering: the reply is lost after the commit;
 *   "cut"       answer with half of the body;
 *   {status, headers}   answer with a problem of that status.
 * `proxy.requests` lists every request to /api.
 */
export async function openProxy(target) {
  const proxy = { requests: [], fault: () => null };
  const server = createServer((asked, answer) => {
    const path = asked.url.split("?")[0];
    const fault = path.startsWith("/api/") ? proxy.fault({ method: asked.method, path }) : null;
    if (path.startsWith("/api/")) proxy.requests.push({ method: asked.method, path, fault });
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
    const onward = request({ host: "127.0.0.1", port: target, method: asked.method, path: asked.url, headers: asked.headers }, (reply) => {
      const parts = [];
      reply.on("data", (part) => parts.push(part));
      reply.on("end", () => {
        const body = Buffer.concat(parts);
        if (fault === "lose") return asked.socket.destroy();
        answer.writeHead(reply.statusCode, reply.headers);
        if (fault === "cut") {
          answer.write(body.subarray(0, body.length / 2));
          return answer.socket.destroy();
        }
        answer.end(body);
      });
    });
    onward.on("error", () => answer.socket?.destroy());
    asked.pipe(onward);
  });
  proxy.port = await freePort();
  await new Promise((done) => server.listen(proxy.port, "127.0.0.1", done));
  proxy.url = `http://127.0.0.1:${proxy.port}`;
  proxy.close = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  return proxy;
}
