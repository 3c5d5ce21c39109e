// Small comforts on top of pages that work without them.
import { showAge } from "./age.js";
import "./bars.js";
import "./install.js";
import { empty, obey } from "./shelf.js";
import "./whose.js";
import { startWorker, wipe } from "./worker.js";

document.documentElement.classList.add("js");

// One press, one sending. The button stays focusable; coming back with the back key frees it again.
function guardDoubleSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), "download" in form.dataset ? 3000 : 20000);
}
function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}
document.addEventListener("submit", guardDoubleSubmit);
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.matches("[data-signout]")) wipe();
  },
  true,
);
const releaseAll = () => document.querySelectorAll("form[data-sent]").forEach(release);
window.addEventListener("pageshow", releaseAll);

// The service worker had no network for a form: the page stayed, with everything typed, and says so.
const unsent = document.querySelector("[data-unsent]");
const tell = (lost) => {
  unsent.hidden = !lost;
  if (lost) unsent.scrollIntoView({ block: "nearest" });
};
navigator.serviceWorker?.addEventListener("message", (event) => {
  // The server ended this session while a stored page was shown: it must not stay in view.
  if (event.data?.type === "ended") empty();
  if (event.data?.type === "ended" && document.body.dataset.warm) location.reload();
  if (event.data?.type !== "unsent") return;
  releaseAll();
  tell(true);
});
document.addEventListener("submit", () => tell(false), true);

// Password eye
document.addEventListener("click", (event) => {
  const eye = event.target.closest("[data-eye]");
  if (eye) {
    const input = document.getElementById(eye.dataset.eye);
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    eye.setAttribute("aria-pressed", String(shown));
  }
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// Buttons that only a script can serve
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  if (event.target.closest("[data-reload]")) location.reload();
});

// After a refused form the list of what to correct comes first
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
const tab = document.querySelector(".tabs [aria-current]");
if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - 24;

function connection() {
  document.documentElement.toggleAttribute("data-offline", !navigator.onLine);
  showAge();
}
window.addEventListener("online", connection);
window.addEventListener("offline", connection);
// An app left open for days comes back into view without loading anything.
document.addEventListener("visibilitychange", () => showAge());
connection();
obey();
startWorker();
