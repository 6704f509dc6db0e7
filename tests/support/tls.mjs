// TLS in front of the local server: WebKit keeps a `__Host-` cookie only of https, on loopback too.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key and a certificate for this run alone. They are never on disk for longer than it takes to read them. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "heard-tls-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  try {
    execFileSync("openssl", [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
      "-keyout", key, "-out", cert, "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
    ], { stdio: ["ignore", "ignore", "pipe"] });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch (error) {
    throw new Error(`the certificate of this run could not be made by openssl: ${error.stderr ?? error.message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Opens https on a free port and passes everything on to `target` (a port) as it came: the server takes an origin of
 * https when it is the host that was asked. Where nobody listens there, the connection breaks, as without signal.
 * `tls.held` gets each request that `tls.hold` (a path) names; it is never answered.
 */
export async function openTls(target) {
  const tls = { hold: null, held: () => {} };
  const server = createServer(certificate(), (asked, answer) => {
    if (asked.url === tls.hold) return tls.held();
    const onward = request({ host: "127.0.0.1", port: target, method: asked.method, path: asked.url, headers: asked.headers }, (reply) => {
      answer.writeHead(reply.statusCode, reply.headers);
      reply.pipe(answer);
    });
    onward.on("error", () => answer.socket?.destroy());
    asked.pipe(onward);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  tls.url = `https://127.0.0.1:${server.address().port}`;
  tls.close = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  return tls;
}
