// The screen stays on while the code is shown, also after coming back to this page, and no longer.
const hint = document.querySelector("[data-awake]");
let lock = null;

async function stayAwake() {
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
  try {
    lock = await navigator.wakeLock.request("screen");
    if (hint) hint.hidden = false;
  } catch {
    if (hint) hint.hidden = true; // battery saver: the desk scans fast enough
  }
}

// A page kept for the back key would hold on to it.
window.addEventListener("pagehide", () => {
  lock?.release();
  lock = null;
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) stayAwake();
});
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
