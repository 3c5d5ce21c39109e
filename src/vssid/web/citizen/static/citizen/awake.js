// The screen stays on while the code is shown, also after coming back to this page.
const hint = document.querySelector("[data-awake]");

async function stayAwake() {
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock.request("screen");
    if (hint) hint.hidden = false;
  } catch {
    if (hint) hint.hidden = true; // battery saver: the desk scans fast enough
  }
}

document.addEventListener("visibilitychange", stayAwake);
stayAwake();
