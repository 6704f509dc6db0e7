// Starts Heard: this text is appended to the glue that wasm-bindgen writes, so that `__wbg_init` is in scope. The glue
// fetches the lazy part (a second wasm file) when the app asks for them.
//
// What it does before and around the app:
//   * loads the wasm beside the door, which the app takes away; when that fails it says so and offers to try again;
//   * a panic in the wasm ends every later call, so it covers the screen with "Tap to carry on", which reloads into the same place;
//   * registers /sw.js and tells the app about a new version, which the worker takes when they choose:
//       - <html data-update="ready"> is set and `heard-update` is sent to window once a new version is complete and waiting;
//       - the app sends `heard-take-update` to window to take it: the new version starts and this page reloads.
//     A build made for trying things out takes a new version at once.

const byId = (id) => document.getElementById(id);
const page = document.documentElement;

function couldNotOpen(error) {
  console.error(error);
  byId("heard-door-words").textContent = typeof WebAssembly === "object"
    ? "Heard could not be opened. Nothing that was saved is lost. Check the signal, then try again."
    : "This browser is too old for Heard. Nothing that was saved is lost. Update the browser, then open Heard again.";
  byId("heard-door-again").hidden = false;
  byId("heard-door-again").addEventListener("click", () => location.reload());
}

function stopped(error) {
  if (!(error instanceof WebAssembly.RuntimeError) || !byId("heard-stopped").hidden) return;
  byId("heard-stopped").hidden = false;
  byId("heard-stopped-button").addEventListener("click", () => location.reload());
  byId("heard-stopped-button").focus();
}

function takeUpdate(registration) {
  if (!registration.waiting) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage({ type: "take-over" });
}

function updateReady(registration) {
  if (!registration.waiting || !navigator.serviceWorker.controller) return;
  if (page.dataset.profile === "dev") return takeUpdate(registration);
  page.dataset.update = "ready";
  window.dispatchEvent(new Event("heard-update"));
}

async function keepForOffline() {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  window.addEventListener("heard-take-update", () => takeUpdate(registration));
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => updateReady(registration));
  });
  updateReady(registration);
}

async function open() {
  const fetched = fetch("asset:app.wasm", { credentials: "same-origin", integrity: "integrity:app.wasm" });
  await __wbg_init({ module_or_path: fetched });
}

window.addEventListener("error", (event) => stopped(event.error));
window.addEventListener("unhandledrejection", (event) => stopped(event.reason));
open().catch(couldNotOpen).then(keepForOffline).catch((error) => console.warn("not kept for offline use", error));
