// Registers the service worker, asks it to store the personal pages, or to forget them.
import { empty } from "./shelf.js";

const DAY = 86400000;
const MINUTE = 60000;

// Once in a tab, and again when that was a day ago (the stored card carries a signature that lives for days)
// or when the pages looked otherwise then. Kept as "time look".
function isWarm(look) {
  const [at, ...before] = (sessionStorage.getItem("warmed") || "0").split(" ");
  return Date.now() - Number(at) < DAY && before.join(" ") === look;
}

// Of these the network lost some: they are asked for again, not more often than once a minute. Kept as
// "time path path".
function keepLost(paths) {
  if (sessionStorage.getItem("warmed")) sessionStorage.setItem("lost", [Date.now(), ...paths].join(" "));
}
function lostBefore() {
  const [at, ...paths] = (sessionStorage.getItem("lost") || "0").split(" ");
  return Date.now() - Number(at) > MINUTE ? paths : [];
}

export async function startWorker() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data?.type === "lost") keepLost(event.data.paths);
  });
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
  // Signed out, perhaps by the server: the next sign-in in this tab stores the pages anew.
  if (!document.body.dataset.warm) return forgetTab();
  window.addEventListener("online", warm);
  await warm();
}

async function warm() {
  if (!navigator.onLine) return;
  // Pages are stored as they look: after another language, theme or text size they are fetched again.
  const { lang, dataset } = document.documentElement;
  const look = `${lang} ${dataset.theme || ""} ${dataset.size || ""}`;
  const isDone = isWarm(look);
  const paths = isDone ? lostBefore() : document.body.dataset.warm.trim().split(/\s+/);
  if (!paths.length) return;
  const ready = await navigator.serviceWorker.ready;
  ready.active.postMessage({ type: "warm", paths });
  sessionStorage.removeItem("lost");
  if (!isDone) sessionStorage.setItem("warmed", `${Date.now()} ${look}`);
}

function forgetTab() {
  ["warmed", "lost", "unread", "push-kept"].forEach((name) => sessionStorage.removeItem(name));
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
