// The number on the bell, fetched after the page is there and kept for a minute. Without a script the bell is
// a link.
const FRESH = 60000;
const bell = document.querySelector("[data-bell]");

function show(unread) {
  const count = bell.querySelector(".count");
  count.hidden = !unread;
  count.textContent = unread > 99 ? "99+" : unread;
  bell.setAttribute("aria-label", unread ? bell.dataset.unread.replace("{n}", unread) : bell.dataset.plain);
}

function kept() {
  const [unread, at] = (sessionStorage.getItem("unread") || "").split(" ").map(Number);
  return at && Date.now() - at < FRESH ? unread : null;
}

// What was asked for last: a late answer to anything before would say an old number.
let latest = null;

export async function ask() {
  latest?.abort();
  latest = new AbortController();
  try {
    const answer = await fetch(bell.dataset.count, {
      credentials: "same-origin",
      redirect: "error",
      signal: latest.signal,
    });
    const { unread } = await answer.json();
    sessionStorage.setItem("unread", `${unread} ${Date.now()}`);
    show(unread);
  } catch {
    /* no network, or overtaken: the bell stays as it is */
  }
}

navigator.serviceWorker?.addEventListener("message", (event) => {
  if (event.data?.type === "notice") ask();
});
// Who opened a notice has told the number (notices.js): what was asked for before does not know of it.
document.addEventListener("notice-opened", () => latest?.abort());
// A page that knows the number (the inbox) says it, also after going back to it.
const said = document.querySelector("[data-unread-now]:not([data-unread-now=''])");
if (bell && said && !document.documentElement.hasAttribute("data-stored")) {
  sessionStorage.setItem("unread", `${said.dataset.unreadNow} ${Date.now()}`);
}
if (bell) {
  const unread = kept();
  if (unread === null) ask();
  else show(unread);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) ask();
  });
}

// Once a tab: a browser that lost its subscription is connected again, if this session had turned it on.
if (
  bell &&
  window.PushManager &&
  window.Notification?.permission === "granted" &&
  !sessionStorage.getItem("push-kept")
) {
  sessionStorage.setItem("push-kept", "1");
  import("./push.js").then((push) => push.keep()).catch(() => {});
}
