// The server, which may be away: each call says what came, null where nothing of ours did.
import { device } from "./packs.js";

const page = document.querySelector("[data-on-site]").dataset;
let token = "";

async function ask(url, how = {}) {
  try {
    const answer = await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...how });
    if (answer.type === "opaqueredirect") return { signedOut: true };
    return answer.headers.get("X-Served-By") === "vssid" ? answer : null;
  } catch {
    return null;
  }
}

// Who is signed in, and what there is to do; {signedOut} for nobody.
export async function work() {
  const answer = await ask(`${page.work}?may=${device()}`);
  if (!answer || answer.signedOut) return answer;
  if (!answer.ok || !(answer.headers.get("Content-Type") || "").includes("json")) return { signedOut: true };
  const told = await answer.json();
  token = told.token;
  return told;
}

function post(url, body, more = {}) {
  return ask(url, { method: "POST", body, headers: { "X-CSRFToken": token, ...more } });
}
const at = (url, day) => url.replace("00000000-0000-0000-0000-000000000000", day);

export async function take(day, password) {
  const answer = await post(at(page.take, day), new URLSearchParams({ may: device(), mat_khau: password }));
  if (!answer || answer.signedOut) return answer;
  return answer.json().catch(() => null);
}

export async function picture(url) {
  const answer = await ask(url);
  if (!answer?.ok) throw new TypeError("lost");
  return answer.arrayBuffer();
}

export const forgotten = (day) => post(at(page.forget, day), new URLSearchParams({ may: device() }));

// The answer to a decision, or null: it was not received, or nobody is signed in.
export async function decide(decision) {
  const answer = await post(page.decide, JSON.stringify(decision), { "Content-Type": "application/json" });
  if (!answer || answer.signedOut) return null;
  if (answer.ok) return answer.json().catch(() => null);
  const body = await answer.json().catch(() => null);
  return body?.wrong ? { outcome: "refused", pill: "bad", wrong: body.wrong } : null;
}
