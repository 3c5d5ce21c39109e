// The signed code is renewed while there is a network and says when its time is over; any code can fill the
// screen.
const DAY = 86400000;
const SOON = 3000;
const signed = document.querySelector("[data-signed]");
const dialog = document.querySelector(".enlarged");

const moment = (name) => Date.parse(signed.dataset[name]);

function showState() {
  const over = Date.now() >= moment("expires");
  signed.querySelector("[data-live]").hidden = over;
  signed.querySelector("[data-over]").hidden = !over;
  if (over && dialog.open && dialog.dataset.shows === signed.id) dialog.close();
}

// Older than a day, or than half its life where that is shorter.
const isDue = () =>
  Date.now() - moment("issued") >= Math.min(DAY, (moment("expires") - moment("issued")) / 2);

let again;
async function renew() {
  if (!navigator.onLine || !isDue()) return;
  let answer;
  try {
    answer = await fetch(signed.dataset.signed, { headers: { Accept: "application/json" } });
  } catch {
    clearTimeout(again);
    again = setTimeout(renew, SOON); // "online" is said before the network really carries anything
    return;
  }
  if (answer.redirected) location.reload(); // signed out elsewhere: the sign-in page has the device forget
  if (answer.redirected || !answer.ok) return;
  const fresh = await answer.json();
  if (Date.parse(fresh.issued_at) < moment("issued")) return; // a newer one came first
  signed.querySelector(".qr").replaceChildren(drawing(fresh.svg));
  signed.querySelector("[data-until]").textContent = fresh.until;
  signed.dataset.issued = fresh.issued_at;
  signed.dataset.expires = fresh.expires_at;
  showState();
  navigator.serviceWorker?.controller?.postMessage({ type: "warm", paths: [location.pathname] });
}

const drawing = (svg) =>
  document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);

function look() {
  showState();
  renew();
}

if (signed) {
  look();
  setInterval(look, 30000);
  window.addEventListener("online", look);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
}

// Which of the two is shown, for screen readers; the style sheet shows it to eyes
const tabs = [...document.querySelectorAll(".use-card .tabs a")];
function markTab() {
  const here = tabs.find((tab) => tab.hash === location.hash) || tabs[0];
  tabs.forEach((tab) =>
    tab === here ? tab.setAttribute("aria-current", "true") : tab.removeAttribute("aria-current"),
  );
}
window.addEventListener("hashchange", markTab);
markTab();

// First the whole screen, then the dialog: the later of the two lies on top.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-enlarge]");
  if (!button) return;
  const code = button.closest(".code");
  dialog.querySelector(".large").replaceChildren(code.querySelector(".qr svg").cloneNode(true));
  dialog.dataset.shows = code.id;
  dialog
    .querySelector("[data-worth]")
    .replaceChildren(...document.querySelector(".turned .worth").cloneNode(true).childNodes);
  try {
    await document.documentElement.requestFullscreen();
  } catch {
    /* an iPhone has none; the dialog is large enough */
  }
  dialog.showModal();
});
dialog.addEventListener("close", () => {
  if (document.fullscreenElement) document.exitFullscreen();
});
document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement && dialog.open) dialog.close();
});
