// The files of a day on this device: taken, unlocked, forgotten. A pack that was not taken whole is none.
import { keyOf, open, openJson, random, ROUNDS, seal, sealJson } from "./sealing.js";
import * as store from "./store.js";

export const about = (pack, file, what) => [pack.officer, pack.day, file, what];

export const device = () => {
  let id = localStorage.getItem("on-site-device");
  if (!id) localStorage.setItem("on-site-device", (id = crypto.randomUUID()));
  return id;
};

// Nobody else on this device takes what is being taken for what was not taken whole.
const TAKING = "on-site-taking";
export const keep = (...how) => navigator.locks.request(TAKING, () => keepAll(...how));

async function keepAll(taken, password, fetchPicture, tell) {
  const salt = random(16);
  const pack = {
    id: crypto.randomUUID(),
    officer: taken.officer,
    day: taken.day.id,
    on: taken.day.on,
    ends: taken.ends,
    salt,
    rounds: ROUNDS,
    count: taken.files.length,
    device: device(),
  };
  const key = await keyOf(password, salt);
  try {
    let done = 0;
    for (const file of taken.files) {
      for (const picture of file.pictures) {
        const jpeg = await fetchPicture(picture.url);
        const box = await seal(key, about(pack, file.id, picture.kind), jpeg);
        await store.put("boxes", { pack: pack.id, file: file.id, what: picture.kind, ...box });
      }
      const box = await sealJson(key, about(pack, file.id, "record"), file);
      await store.put("boxes", { pack: pack.id, file: file.id, what: "record", ...box });
      tell((done += 1), taken.files.length);
    }
    const head = { name: taken.name, reasons: taken.reasons, left_out: taken.left_out };
    await store.put("packs", { ...pack, head: await sealJson(key, about(pack, "", "head"), head) });
  } catch (error) {
    await store.dropBoxes(pack.id).catch(() => {});
    throw error;
  }
  return { pack, key };
}

// What is in it, for who knows the password. Rejects for a wrong one.
export async function unlock(pack, password) {
  const key = await keyOf(password, pack.salt, pack.rounds);
  const head = await openJson(key, about(pack, "", "head"), pack.head);
  const files = [];
  for (const box of await store.recordsOf(pack.id))
    files.push(await openJson(key, about(pack, box.file, "record"), box));
  // By time; who took none comes last, as of a year that is far. Then by name.
  const at = ({ starts }) => starts || "9999";
  files.sort((a, b) => at(a).localeCompare(at(b)) || a.folded.localeCompare(b.folded));
  return { pack, key, head, files };
}

export async function pictures({ pack, key }, file) {
  const found = [];
  const boxes = new Map((await store.boxesOf(pack.id, file.id)).map((box) => [box.what, box]));
  for (const { kind, label } of file.pictures) {
    const box = boxes.get(kind);
    if (!box) continue;
    const jpeg = await open(key, about(pack, file.id, kind), box);
    found.push({ label, url: URL.createObjectURL(new Blob([jpeg], { type: "image/jpeg" })) });
  }
  return found;
}

// Files and pictures go; what was decided and not sent stays, and so does what is needed to open it.
export async function forget(pack, { why = "", withDecisions = false } = {}) {
  await store.dropBoxes(pack.id);
  const decisions = (await store.all("decisions")).filter((one) => one.pack === pack.id);
  const waiting = decisions.filter((one) => !one.answer);
  if (waiting.length && !withDecisions) {
    await store.put("packs", { ...pack, emptied: why || "ended" });
    return waiting.length;
  }
  for (const one of decisions) await store.drop("decisions", one.id);
  await store.drop("packs", pack.id);
  return 0;
}

async function dropUntaken() {
  const known = new Set((await store.all("packs")).map((pack) => pack.id));
  for (const id of await store.packsOfBoxes()) if (!known.has(id)) await store.dropBoxes(id);
}

// At every start and each minute: what came to its end, what the office withdrew, what was not taken whole.
export async function tidy(withdrawn = []) {
  await navigator.locks.request(TAKING, { ifAvailable: true }, (lock) => lock && dropUntaken());
  const packs = await store.all("packs");
  const gone = [];
  for (const pack of packs) {
    const why = withdrawn.includes(pack.day) ? "withdrawn" : Date.now() > Date.parse(pack.ends) ? "ended" : "";
    if (!why) continue;
    if (!pack.emptied || !(await waitingOf(pack)).length)
      gone.push({ pack, why, left: await forget(pack, { why }) });
  }
  return gone;
}

export const waitingOf = async (pack) =>
  (await store.all("decisions")).filter((one) => one.pack === pack.id && !one.answer);
