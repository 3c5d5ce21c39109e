// Decisions: sealed and on the disk before the page says so, sent under their own number until one answer came.
import { about } from "./packs.js";
import { openJson, sealJson } from "./sealing.js";
import * as store from "./store.js";

export async function keep({ pack, key }, decision) {
  const id = crypto.randomUUID();
  const whole = { ...decision, id, day: pack.day, device: pack.device, decided_at: new Date().toISOString() };
  const box = await sealJson(key, about(pack, id, "decision"), whole);
  await store.put("decisions", { id, pack: pack.id, ...box });
}

// What was decided of which file, with the answer where one came; the oldest first.
export async function decided({ pack, key }) {
  const found = [];
  for (const one of (await store.all("decisions")).filter((each) => each.pack === pack.id)) {
    const what = await openJson(key, about(pack, one.id, "decision"), one);
    const answer = one.answer && (await openJson(key, about(pack, one.id, "answer"), one.answer));
    found.push({ ...what, answer });
  }
  return found.sort((a, b) => a.decided_at.localeCompare(b.decided_at));
}

let sending = null;
// Sends what waits, one after the other. `post` gives the answer, null where none came: then the rest waits.
export function send(open, post) {
  sending ??= sendAll(open, post).finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll(open, post) {
  const { pack, key } = open;
  for (const one of await decided(open)) {
    if (one.answer) continue;
    const { answer: _none, ...decision } = one;
    const answer = await post({ ...decision, sent_at: new Date().toISOString() });
    if (!answer) return false;
    const stored = (await store.all("decisions")).find((each) => each.id === one.id);
    if (stored)
      await store.put("decisions", { ...stored, answer: await sealJson(key, about(pack, one.id, "answer"), answer) });
  }
  return true;
}
