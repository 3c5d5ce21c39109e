// A notice that is opened marks itself read; the settings page turns Web Push on and off.
import { possible, turnOff, turnOn } from "../ui/js/push.js";

// The bell of the next page would ask while the notice is still on its way to be read: it is told the number.
function lessen() {
  document.dispatchEvent(new Event("notice-opened"));
  const [unread, at] = (sessionStorage.getItem("unread") || "").split(" ").map(Number);
  if (at) sessionStorage.setItem("unread", `${Math.max(unread - 1, 0)} ${at}`);
}

// The line leads to the matter itself; that it was read is said on the way there.
document.addEventListener("click", (event) => {
  const line = event.target.closest("[data-notice]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (!line || !token || !navigator.onLine) return;
  fetch(line.dataset.notice, {
    method: "POST",
    headers: { "X-CSRFToken": token.value },
    credentials: "same-origin",
    redirect: "manual",
    keepalive: true,
  }).catch(() => {});
  line.removeAttribute("data-notice");
  lessen();
  const row = line.closest("li");
  row.classList.remove("unread"); // for the way back
  row.querySelectorAll(".dot").forEach((dot) => dot.remove());
});

const box = document.querySelector("[data-push]");
if (box) {
  const say = (what) =>
    box.querySelectorAll("[data-push-says]").forEach((part) => {
      part.hidden = part.dataset.pushSays !== what;
    });
  const button = box.querySelector("[data-push-on]");
  if (button && !possible()) {
    button.hidden = true;
    say("impossible");
  }
  button?.addEventListener("click", async () => {
    if (button.hasAttribute("aria-busy")) return; // pressed twice
    button.setAttribute("aria-busy", "true");
    const outcome = await turnOn();
    button.removeAttribute("aria-busy");
    if (outcome === "on") location.replace(box.dataset.push);
    else say(outcome);
  });
  document.querySelector("form[data-push-off]")?.addEventListener("submit", () => {
    turnOff();
  });
}
