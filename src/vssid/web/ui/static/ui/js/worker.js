// Registers the service worker, asks it to store the personal pages, or to forget them.
const DAY = 86400000;

// Once in a tab, and again when that was a day ago: the stored card carries a signature that lives for days.
const isWarm = () => Date.now() - Number(sessionStorage.getItem("warmed") || 0) < DAY;

export async function startWorker() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  } catch { return; }
  const paths = document.body.dataset.warm;
  // Signed out, perhaps by the server: the next sign-in in this tab stores the pages anew.
  if (!paths) forgetTab();
  if (!paths || !navigator.onLine || isWarm()) return;
  const ready = await navigator.serviceWorker.ready;
  ready.active.postMessage({ type: "warm", paths: paths.trim().split(/\s+/) });
  sessionStorage.setItem("warmed", Date.now());
}

function forgetTab() {
  ["warmed", "unread", "push-kept"].forEach((name) => sessionStorage.removeItem(name));
}

export function wipe() {
  forgetTab();
  if ("caches" in window) caches.delete("personal-v1");
  navigator.serviceWorker?.controller?.postMessage({ type: "wipe" });
}
