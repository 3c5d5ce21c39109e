// The device's shelf (IndexedDB): sealed boxes, and beside them only what is needed to open or to forget them:
// numbers of officer, day and pack, times. What is written is on the disk before the promise keeps.
const NAME = "vssid-on-site";
const SHELVES = { packs: "id", boxes: ["pack", "file", "what"], decisions: "id" };
let opened = null;

const answered = (asked) =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

function base() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const [shelf, keyPath] of Object.entries(SHELVES))
        asked.result.createObjectStore(shelf, { keyPath });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
    asked.onblocked = () => failed(new Error("blocked"));
  });
  return opened;
}

async function writing(shelf, act) {
  const work = (await base()).transaction(shelf, "readwrite", { durability: "strict" });
  const kept = new Promise((done, failed) => {
    work.oncomplete = done;
    work.onabort = work.onerror = () => failed(work.error);
  });
  act(work.objectStore(shelf));
  await kept;
}

const reading = async (shelf, act) => answered(act((await base()).transaction(shelf).objectStore(shelf)));
const ofPack = (pack) => IDBKeyRange.bound([pack], [pack, []]);

export const put = (shelf, value) => writing(shelf, (at) => at.put(value));
export const drop = (shelf, key) => writing(shelf, (at) => at.delete(key));
export const all = (shelf) => reading(shelf, (at) => at.getAll());
export const boxesOf = (pack, file) =>
  reading("boxes", (at) => at.getAll(IDBKeyRange.bound([pack, file], [pack, file, []])));
export const recordsOf = async (pack) =>
  (await reading("boxes", (at) => at.getAll(ofPack(pack)))).filter((box) => box.what === "record");
export const packsOfBoxes = async () =>
  new Set((await reading("boxes", (at) => at.getAllKeys())).map(([pack]) => pack));
export const dropBoxes = (pack) => writing("boxes", (at) => at.delete(ofPack(pack)));

// Why nothing can be relied on here, as the name of a sentence; null where it can.
export async function trouble() {
  if (!window.isSecureContext || !crypto.subtle) return "no_crypto";
  try {
    await base();
  } catch {
    return "no_store";
  }
  return null;
}

// What is to be known before relying on it: will the browser keep it, and is there room?
export async function doubts() {
  const names = [];
  if (!(await navigator.storage?.persist?.().catch(() => false))) names.push("not_kept");
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  if (quota - usage < 50_000_000) names.push("little_room");
  return names;
}
