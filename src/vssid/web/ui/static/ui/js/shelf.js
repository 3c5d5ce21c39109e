// Where public/saved.js keeps places on this device; signing out empties it with the rest.
export const KEY = "saved-places-v1";

export function empty() {
  try { localStorage.removeItem(KEY); } catch { /* a device that keeps nothing */ }
}
