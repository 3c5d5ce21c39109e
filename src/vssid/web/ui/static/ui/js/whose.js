// A page that comes back without being loaded (the back key after signing out, an app seen again after hours)
// asks whose this device is now, before it goes on showing what it shows. <body data-whose="PERSON FILE"> are
// marks of the person signed in and of the registration held here, "-" for none; data-ask is the address that
// answers.
import { leftSince, wipe } from "./worker.js";

const { whose, ask, left } = document.body.dataset;
const [person, file] = (whose || "- -").split(" ");
const signedIn = person !== "-";
const PATIENCE = 4000;
const PERSONAL = "personal-v1";

// Were pages of this person stored while this one was in view? Then their absence says that they were wiped.
let hadPages = false;
const arePagesStored = () =>
  "caches" in window ? caches.has(PERSONAL).catch(() => false) : Promise.resolve(false);
const note = async () => {
  hadPages = await arePagesStored();
};

function leave(address) {
  document.title = "";
  document.body.replaceChildren();
  document.documentElement.removeAttribute("data-stored");
  if (address) location.replace(address);
  else location.reload();
}

function signOut() {
  wipe();
  leave(left);
}

// What the server says, or null where no answer of ours came: no network, a hotel's sign-in page.
async function answered() {
  try {
    const answer = await fetch(ask, {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    return answer.ok && answer.headers.get("X-Served-By") === "vssid" ? answer.headers : null;
  } catch {
    return null;
  }
}

async function look(wasKept) {
  // Signed out on this device since the page was loaded: nothing needs to be asked.
  if (signedIn && leftSince(performance.timeOrigin)) return signOut();
  const said = await answered();
  if (!said) {
    if (signedIn && hadPages && !(await arePagesStored())) signOut();
    return;
  }
  const [now, fileHere] = (said.get("X-Whose") || "- -").split(" ");
  if (signedIn && said.get("X-Offline") === "wipe") return signOut();
  if (signedIn && now !== "-" && now !== person) return leave();
  // A form being typed is not taken away for what another tab did; a page of the past is.
  if (wasKept && file !== "-" && fileHere !== file) leave();
}

if (ask) {
  note();
  window.addEventListener("pagehide", note);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) look(true);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      if (signedIn) look(false);
    } else note();
  });
}
