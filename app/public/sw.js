// The service worker: Heard opens without a network, and never changes under a visit.
//
// Rules
//   * What it keeps is checked: status 200, not redirected, the right content type and the SHA-256 of this build. A captive
//     portal's page fails that, then the installation fails and the version before stays whole.
//   * /api is never touched. A navigation gets the kept page of this version; the app reads the address.
//   * It never takes over by itself: a new version waits until no page uses the old one, or the worker asks for it.
//   * What the version before kept stays until no page can be using it.
//
// Messages (postMessage to the active worker; the answer goes to the port sent along, else to the page that asked)
//   {type: "take-over"}                        to a waiting worker: become active now. No answer; pages see `controllerchange`.
//   {type: "keep-symbols", urls: ["/symbols/…"]}   → {type: "symbols-kept", kept: 12, missing: ["/symbols/…"]}
//       keeps pictures for offline use; resolves when all are in the cache or known not to come. Never fails: what did not come is `missing`.
//   {type: "build"}                            → {type: "build", build: "…"}

const BUILD = "{{build}}";
const SYMBOLS = "{{symbols}}";
const SHELL = "shell-" + BUILD;
const PICTURES = "symbols-" + SYMBOLS.split("/")[2];
/** Where the shell's cache says which caches were there before it. */
const EARLIER = "/earlier-caches";
/** {url, integrity} of everything in the shell. */
const PRECACHE = "{{precache}}";

const TYPES = {
  css: "text/css", html: "text/html", js: "text/javascript", svg: "image/svg+xml",
  wasm: "application/wasm", webmanifest: "application/manifest+json", woff2: "font/woff2",
};

function rightType(url, response) {
  const ending = url === "/" ? "html" : url.split(".").pop();
  return (response.headers.get("content-type") ?? "").split(";")[0].trim() === TYPES[ending];
}

/** Fetches what must be ours, or throws. */
async function fetchOurs(url, integrity, cache = "no-cache") {
  const response = await fetch(url, { cache, credentials: "omit", redirect: "error", ...(integrity && { integrity }) });
  if (response.status !== 200 || !rightType(url, response)) throw new Error(`${url} is not ours (${response.status})`);
  return response;
}

/** A file named by its hash may come from the browser's own cache, unless something else was put there under its name. */
async function fetchHashed(url, integrity) {
  return fetchOurs(url, integrity, "default").catch(() => fetchOurs(url, integrity, "reload"));
}

const isEarlier = (name) => /^(shell|symbols)-/.test(name) && name !== SHELL && name !== PICTURES;

async function keepShell() {
  const earlier = (await caches.keys()).filter(isEarlier);
  const shell = await caches.open(SHELL);
  // Written down, because a still later version may be keeping its own by the time these are dropped.
  await shell.put(EARLIER, new Response(JSON.stringify(earlier)));
  await Promise.all(PRECACHE.map(async ({ url, integrity }) => {
    if (!url.startsWith("/assets/")) return shell.put(url, await fetchOurs(url, integrity));
    // A file named by its hash that the version before kept is the same file: it need not cross the connection again.
    const known = await caches.match(url, { ignoreVary: true });
    return shell.put(url, known ?? (await fetchHashed(url, integrity)));
  }));
}

/** When the pictures changed, those kept for a visit are kept in their new form too; best effort. */
async function carryPicturesOver() {
  for (const name of await caches.keys()) {
    if (!name.startsWith("symbols-") || name === PICTURES) continue;
    const kept = await (await caches.open(name)).keys();
    await keepPictures(kept.map((request) => SYMBOLS + new URL(request.url).pathname.split("/").slice(3).join("/")));
  }
}

async function keepPictures(urls) {
  const pictures = await caches.open(PICTURES);
  const missing = [];
  let kept = 0;
  await Promise.all([...new Set(urls)].map(async (url) => {
    try {
      if (!url.startsWith(SYMBOLS)) throw new Error(`${url} is not one of this version's pictures`);
      if (!(await pictures.match(url, { ignoreVary: true }))) await pictures.put(url, await fetchOurs(url));
      kept += 1;
    } catch {
      missing.push(url);
    }
  }));
  return { type: "symbols-kept", kept, missing };
}

/** Drops what earlier versions kept, unless a page other than `but` is open and may be one of theirs. */
async function forgetEarlier(but = []) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const { waiting, installing } = self.registration;
  if (waiting || installing || pages.some((page) => !but.includes(page.id))) return;
  const earlier = await (await caches.open(SHELL)).match(EARLIER);
  for (const name of (await earlier?.json()) ?? []) {
    if (isEarlier(name)) await caches.delete(name);
  }
}

async function kept(request, ...names) {
  for (const name of names) {
    const found = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (found) return found;
  }
  return caches.match(request, { ignoreVary: true });
}

async function page(event) {
  event.waitUntil(forgetEarlier([event.clientId, event.resultingClientId, event.replacesClientId]));
  return (await kept("/", SHELL)) ?? fetch(event.request);
}

async function picture(request) {
  const found = await kept(request, PICTURES);
  if (found) return found;
  const url = new URL(request.url).pathname;
  const response = await fetchOurs(url);
  if (url.startsWith(SYMBOLS)) await (await caches.open(PICTURES)).put(url, response.clone());
  return response;
}

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(
    () => carryPicturesOver().catch(() => {}),
    async (error) => {
      await caches.delete(SHELL);
      throw error;
    },
  ));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const first = (await caches.keys()).every((name) => !name.startsWith("shell-") || name === SHELL);
    // On the very first visit there is no other version to protect: the open page may use this one at once.
    if (first) await self.clients.claim();
    await forgetEarlier();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === "/api" || url.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith("/symbols/")) event.respondWith(picture(request));
  else if (url.pathname.startsWith("/assets/") || url.pathname === "/manifest.webmanifest") {
    event.respondWith(kept(request, SHELL).then((found) => found ?? fetch(request)));
  }
});

self.addEventListener("message", (event) => {
  const answer = (message) => (event.ports[0] ?? event.source)?.postMessage(message);
  switch (event.data?.type) {
    case "take-over":
      event.waitUntil(self.skipWaiting());
      break;
    case "keep-symbols":
      event.waitUntil(keepPictures(event.data.urls ?? []).then(answer));
      break;
    case "build":
      answer({ type: "build", build: BUILD });
      break;
  }
});
