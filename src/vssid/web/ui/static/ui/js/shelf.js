// Where public/saved.js keeps places on this device; signing out empties it with the rest.
export const KEY = "saved-places-v1";

export function empty() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    /* a device that keeps nothing */
  }
}

// The service worker emptied the device (sw.js): the places go too, unless somebody is still signed in and
// only pages were to be forgotten. To be awaited before places are shown; looked at once for a page.
let obeyed;
export const obey = () => (obeyed ??= look());

async function look() {
  if (!("caches" in window) || !(await caches.has("emptied-v1").catch(() => false))) return;
  if (!document.body.dataset.warm) empty();
  await caches.delete("emptied-v1"); // last: a page that is left before leaves the mark to the next
}
