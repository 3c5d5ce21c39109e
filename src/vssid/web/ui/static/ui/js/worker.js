// Registers the service worker, asks it to store the personal pages, or to forget them.
import { empty } from "./shelf.js";

const DAY = 86400000;

// Once in a tab, and again when that was a day ago (the stored card carries a signature that lives for days)
// or when the pages looked otherwise then. Kept as "time look".
function isWarm(look) {
  const [at, ...before] = (sessionStorage.getItem("warmed") || "0").split(" ");
  return Date.now() - Number(at) < DAY && before.join(" ") === look;
}

export async function startWorker() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  try {
    await navigator.serviceWorker.register(document.querySelector("[data-worker]").dataset.worker);
  } catch {
    return;
  }
  // A new version took over while this page was open: what is stored gets its look.
  if (navigator.serviceWorker.controller) {
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      navigator.serviceWorker.controller?.postMessage({ type: "freshen" });
    });
  }
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

// When somebody signed out on this device: a page that was loaded before must not show itself again.
const LEFT = "left-v1";
export function leftSince(loaded) {
  try {
    return Number(localStorage.getItem(LEFT)) > loaded;
  } catch {
    return false;
  }
}

export function wipe() {
  forgetTab();
  empty();
  try {
    localStorage.setItem(LEFT, Date.now());
  } catch {
    /* a device that keeps nothing */
  }
  if ("caches" in window) caches.delete("personal-v1");
  navigator.serviceWorker?.controller?.postMessage({ type: "wipe" });
}
