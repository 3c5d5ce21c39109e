// The folder a document scanner writes into. The browser is asked for it once and remembers it; only browsers
// with the File System Access API (Chromium) can, others choose a file.
const KINDS = /\.(jpe?g|png|webp|heic|pdf)$/i;
const BASE = "vssid-scans",
  STORE = "folder";

function stored(mode, act) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(BASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const base = opening.result,
        asked = act(base.transaction(STORE, mode).objectStore(STORE));
      asked.onerror = () => failed(asked.error);
      asked.onsuccess = () => {
        base.close();
        done(asked.result);
      };
    };
  });
}

export const remembered = () =>
  stored("readonly", (store) => store.get(STORE)).catch(() => undefined);

// The folder, asked for when none is known or another is wanted. Raises what the browser says of a refusal.
export async function scanFolder(choose) {
  const known = choose ? undefined : await remembered();
  if (known && (await known.requestPermission({ mode: "read" })) === "granted") return known;
  const chosen = await window.showDirectoryPicker({ id: "scans", mode: "read" });
  await stored("readwrite", (store) => store.put(chosen, STORE)).catch(() => {});
  return chosen;
}

// The file written last, or undefined.
export async function newest(folder) {
  let last;
  for await (const entry of folder.values()) {
    if (entry.kind !== "file" || !KINDS.test(entry.name)) continue;
    const file = await entry.getFile();
    if (!last || file.lastModified > last.lastModified) last = file;
  }
  return last;
}
