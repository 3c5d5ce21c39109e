// An opened notice marks itself read; the settings page turns Web Push on and off.
import { possible, turnOff, turnOn } from "../ui/js/push.js";

const opened = document.querySelector("form[data-read]");
if (opened && navigator.onLine) {
  fetch(opened.action, { method: "POST", body: new FormData(opened), credentials: "same-origin", redirect: "manual", keepalive: true })
    .then((answer) => {
      // The answer leads back here; that it came is enough. A refused form stays, as a button.
      if (answer.type !== "opaqueredirect") return;
      opened.hidden = true;
      document.dispatchEvent(new Event("notices-read"));
    })
    .catch(() => {});
}

const box = document.querySelector("[data-push]");
if (box) {
  const say = (what) => box.querySelectorAll("[data-push-says]").forEach((part) => { part.hidden = part.dataset.pushSays !== what; });
  const button = box.querySelector("[data-push-on]");
  if (button && !possible()) { button.hidden = true; say("impossible"); }
  button?.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    const outcome = await turnOn();
    button.removeAttribute("aria-busy");
    if (outcome === "on") location.replace("/thong-bao/cai-dat"); else say(outcome);
  });
  document.querySelector("form[data-push-off]")?.addEventListener("submit", () => { turnOff(); });
}
