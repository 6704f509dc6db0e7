// The door, before the application has come: whoever has no tablet here yet can go to the council's sign-in, and whoever has
// one can type the passcode. What was typed, and that it was sent, the application finds when it takes the door away
// (`app/src/platform/door.rs`); while `data-busy` is set somebody types or presses, and it waits. Nothing is kept, and nothing
// is sent from here.
(() => {
  const byId = (id) => document.getElementById(id);
  const door = byId("heard-door");
  /** A press may last so long, and come so long after the keyboard was left, in milliseconds. */
  const PRESS_MS = 800;
  let left;

  function stay() {
    if ("sent" in door.dataset) return;
    clearTimeout(left);
    door.dataset.busy = "";
  }

  function leaveSoon() {
    clearTimeout(left);
    left = setTimeout(() => { if (document.activeElement !== byId("heard-door-passcode")) delete door.dataset.busy; }, PRESS_MS);
  }

  /** The vault that was open last on this device, as `app/src/platform/settings.rs` keeps it. */
  function lastVault() {
    try {
      const { vaults, last } = JSON.parse(localStorage.getItem("heard-settings"));
      return vaults.find(({ vault, out_of_use }) => vault === last && !out_of_use);
    } catch {
      return undefined;
    }
  }

  /** While the tablet is with a child, and on the way back from the council's sign-in, there is nothing to do here. */
  function isOnTheWay() {
    try {
      if (sessionStorage.getItem("heard-handover")) return true;
    } catch { /* denied: the application says so */ }
    return new URLSearchParams(location.search).has("sign-in");
  }

  function signIn() {
    byId("heard-door-to-sign-in").search = `?fresh=1&to=${encodeURIComponent(location.pathname + location.search)}`;
    byId("heard-door-sign-in").hidden = false;
  }

  function unlock({ name }) {
    const whose = byId("heard-door-whose");
    if (name) whose.textContent = whose.dataset.words.replace("{ $name }", () => name);
    const [passcode, open] = [byId("heard-door-passcode"), byId("heard-door-open")];
    byId("heard-door-show").addEventListener("click", () => {
      passcode.type = passcode.type === "password" ? "text" : "password";
    });
    passcode.form.addEventListener("submit", (event) => {
      event.preventDefault();
      door.dataset.sent = "";
      delete door.dataset.busy;
      open.textContent = open.dataset.words;
      open.disabled = true;
    });
    byId("heard-door-unlock").hidden = false;
  }

  if (isOnTheWay()) return;
  door.addEventListener("pointerdown", stay);
  byId("heard-door-passcode").addEventListener("focus", stay);
  byId("heard-door-passcode").addEventListener("blur", leaveSoon);
  // Also where a press ends beside the door.
  for (const ends of ["pointerup", "pointercancel"]) window.addEventListener(ends, leaveSoon);
  const vault = lastVault();
  if (vault) unlock(vault);
  else signIn();
  byId("heard-door-words").textContent = "";
})();
