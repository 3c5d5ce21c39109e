// The console's keyboard: scanner, keys, photos, idle. Every page works without it.
import { inText, listen } from "./keyboard.js";
import { photos } from "./photos.js";
import { idle } from "../ui/js/idle.js";
import { hand } from "./hand.js";
import { pace } from "./pace.js";
import { awaited, refresh, swapping } from "./swap.js";

const find = (selector) => document.querySelector(selector);
const KEYS = "vssid-officer-keys";
const keysOn = () => {
  try {
    return localStorage.getItem(KEYS) !== "off";
  } catch {
    return true;
  }
};

function open(number) {
  const form = find("[data-scan-form]");
  find("[data-scan]").value = number;
  find("[data-scan-garbled]").hidden = true;
  form.requestSubmit();
}
function unsent() {
  return [...document.querySelectorAll("main textarea, .decide textarea")].some(
    (area) => area.value.trim() && area.value !== area.defaultValue,
  );
}
let scanned = "";
function onScan(number) {
  // A page that takes scans itself: a pile of forms.
  const event = new CustomEvent("console-scan", { detail: number, cancelable: true, bubbles: true });
  if (!document.dispatchEvent(event)) return;
  if (!unsent()) return open(number);
  scanned = number;
  find("[data-scan-held]").hidden = false;
  find("[data-scan-open]").focus();
}
find("[data-scan-open]")?.addEventListener("click", () => open(scanned));
find("[data-scan-drop]")?.addEventListener("click", () => {
  find("[data-scan-held]").hidden = true;
  find("textarea")?.focus();
});

// A key that is pressed before the answer to the last one has come waits for it; after a refusal it is
// dropped.
const waiting = [];
async function onKey(key) {
  if (!keysOn()) return;
  if (!awaited()) return press(key);
  waiting.push(key);
  if (waiting.length > 1) return;
  while (waiting.length) {
    const done = await awaited();
    if (done === false) waiting.length = 0;
    else press(waiting.shift());
  }
}
function press(key) {
  const used =
    document.activeElement &&
    !document.activeElement.dispatchEvent(
      new CustomEvent("console-key", { detail: key, cancelable: true, bubbles: true }),
    );
  if (used) return;
  if (key === "/") {
    const box = find("[data-scan]");
    box.focus();
    box.select();
    return;
  }
  if (key === "?") {
    const help = find("[data-keys]");
    help.open = !help.open;
    help.querySelector("summary").focus();
    return;
  }
  if (key.toLowerCase() === "u") return [...document.querySelectorAll("[data-undo]")].pop()?.click();
  const target = find(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
  if (!target) return;
  if (target.matches("details")) return unfold(target);
  if (target.matches("a, button, input[type=checkbox]")) target.click();
  else target.focus();
}
function unfold(details) {
  details.open = true;
  details.querySelector("input[type=checkbox], textarea")?.focus();
  details.scrollIntoView({ block: "nearest" });
}
function onGarbled() {
  find("[data-scan-garbled]").hidden = false;
  find("[data-scan-heard]").focus();
}
find("[data-scan-heard]")?.addEventListener("click", () => {
  find("[data-scan-garbled]").hidden = true;
});
listen({ onKey, onScan, onGarbled });

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const details = event.target.closest?.("[data-refuse]");
  if (details) {
    details.open = false;
    details.querySelector("summary").focus();
  } else if (inText(event.target) && event.target.matches("[data-scan]")) event.target.blur();
});

// A chosen reason puts its advice into an untouched text, so that the person reads what to do.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys-on]")) {
    try {
      localStorage.setItem(KEYS, event.target.checked ? "on" : "off");
    } catch {
      /* private window */
    }
    return;
  }
  if (!event.target.matches("[data-advice]")) return;
  const area = event.target.form.querySelector("textarea");
  if (area.value.trim() && area.value !== area.dataset.filled) return;
  const advice = [...event.target.form.querySelectorAll("[data-advice]:checked")].map(
    (box) => box.dataset.advice,
  );
  area.value = area.dataset.filled = advice.join("\n");
});
const showKeys = () =>
  document.querySelectorAll("[data-keys-on]").forEach((box) => {
    box.checked = keysOn();
  });
showKeys();
document.addEventListener("desk:served", showKeys);

photos();
document.addEventListener("officer:captured", () => photos());
swapping();
idle(find(".toasts"));
hand(find(".toasts"), refresh);
pace(find(".toasts"));
