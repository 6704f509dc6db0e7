// A plain site that hands out a folder like the local server does, and can misbehave: for tests of the shell alone.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
  ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
};
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * Serves `folder`. The answer's fields may be changed at any time:
 * `folder`; `captive` (every request gets a portal's sign-in page); `asked` (paths asked for so far).
 */
export async function openSite(folder) {
  const site = { folder, captive: false, asked: [] };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://site").pathname;
    site.asked.push(path);
    response.setHeader("content-security-policy", POLICY);
    if (site.captive) {
      response.setHeader("content-type", "text/html");
      return response.end("<title>Free WiFi</title><h1>Sign in to the WiFi</h1>");
    }
    const file = path.startsWith("/api") ? null : extname(path) ? path : "/index.html";
    try {
      const bytes = await readFile(join(site.folder, normalize(file)));
      response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
      response.setHeader("cache-control", path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
      response.end(bytes);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  const listen = (port) => new Promise((done) => server.listen(port, "127.0.0.1", done));
  await listen(0);
  const { port } = server.address();
  site.url = `http://127.0.0.1:${port}/`;
  site.stop = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  site.start = () => listen(port);
  return site;
}
