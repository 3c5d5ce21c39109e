// Registers the service worker, asks it to store the personal pages, or to forget them.
import { empty } from "./shelf.js";

const DAY = 86400000;

// Once in a tab, and again when that was a day ago (the stored card carries a signature that lives for days) or
// when the pages looked otherwise then. Kept as "time look".
function isWarm(look) {
  const [at, ...before] = (sessionStorage.getItem("warmed") || "0").split(" ");
  return Date.now() - Number(at) < DAY && before.join(" ") === look;
}

export async function startWorker() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  } catch { return; }
  const paths = document.body.dataset.warm;
  // Pages are stored as they look: after another language, theme or text size they are fetched again.
  const { lang, dataset } = document.documentElement;
  const look = `${lang} ${dataset.theme || ""} ${dataset.size || ""}`;
  // Signed out, perhaps by the server: the next sign-in in this tab stores the pages anew.
  if (!paths) forgetTab();
  if (!paths || !navigator.onLine || isWarm(look)) return;
  const ready = await navigator.serviceWorker.ready;
  ready.active.postMessage({ type: "warm", paths: paths.trim().split(/\s+/) });
  sessionStorage.setItem("warmed", `${Date.now()} ${look}`);
}

function forgetTab() {
  ["warmed", "unread", "push-kept"].forEach((name) => sessionStorage.removeItem(name));
}

export function wipe() {
  forgetTab();
  empty();
  if ("caches" in window) caches.delete("personal-v1");
  navigator.serviceWorker?.controller?.postMessage({ type: "wipe" });
}
