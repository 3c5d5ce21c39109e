// Registers the service worker, asks it to store the personal pages, or to forget them.
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
  if (!paths) sessionStorage.removeItem("warmed");
  if (!paths || !navigator.onLine || sessionStorage.getItem("warmed") === look) return;
  const ready = await navigator.serviceWorker.ready;
  ready.active.postMessage({ type: "warm", paths: paths.trim().split(/\s+/) });
  sessionStorage.setItem("warmed", look);
}

export function wipe() {
  sessionStorage.removeItem("warmed");
  if ("caches" in window) caches.delete("personal-v1");
  navigator.serviceWorker?.controller?.postMessage({ type: "wipe" });
}
