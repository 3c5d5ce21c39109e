// The arrow in the top bar goes back like the button below: what was typed is kept.
const back = document.querySelector("[data-back]");
const arrow = document.querySelector(".wizard .top > a.tool");
if (back && arrow) {
  arrow.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    back.form.requestSubmit(back);
  });
}

// A phone may drop the page while its camera is open, and the browser's own way back asks nobody:
// what was typed and not sent is kept in the draft as soon as the page is out of sight.
const kept = document.querySelector("form[data-keep]");
// A slow phone shows the page, and lets it be typed in, before this script is there: such typing counts too.
const written = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string").join("\n");
function differs(form) {
  const fresh = form.cloneNode(true);
  fresh.reset();
  return written(form) !== written(fresh);
}
let typed = kept ? differs(kept) : false;
kept?.addEventListener("input", () => {
  typed = true;
});
function unsaved() {
  const body = new FormData(kept);
  body.delete("photo");
  body.set("go", "keep");
  return body;
}
function keep() {
  if (typed && !kept.dataset.sent) typed = !navigator.sendBeacon(kept.action, unsaved());
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) keep();
});
window.addEventListener("pagehide", keep);
// Language and theme are forms of their own: they wait until the typing is kept, so that the page comes back
// with it.
document.addEventListener(
  "submit",
  async (event) => {
    const { target, submitter } = event;
    if (target === kept || !typed) return;
    event.preventDefault();
    typed = false;
    await fetch(kept.action, { method: "POST", body: unsaved() }).catch(() => {});
    target.requestSubmit(submitter);
  },
  true,
);

// "Send a new code" counts down; the server counts too.
const again = document.querySelector("[data-wait]");
if (again && Number(again.dataset.wait) > 0) {
  const words = again.textContent;
  const ready = Date.now() + Number(again.dataset.wait) * 1000;
  again.disabled = true;
  const tick = () => {
    const left = Math.ceil((ready - Date.now()) / 1000);
    if (left <= 0) {
      again.disabled = false;
      again.textContent = words;
      return;
    }
    again.textContent = again.dataset.waitText.replace("{s}", left);
    setTimeout(tick, 500);
  };
  tick();
}
