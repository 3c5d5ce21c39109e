// A push says that there is a notice, and its id; what it says is read in the app.
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));

async function show(data) {
  let said = {};
  try { said = data.json(); } catch { /* an empty push still has to be shown */ }
  const id = /^[0-9a-f-]{36}$/.test(said.id) ? said.id : "";
  await self.registration.showNotification(said.title || "BHXH", {
    lang: "vi", icon: "{{ icon }}", badge: "{{ icon }}", tag: id || "notice", data: { path: id ? `/thong-bao/${id}` : "/thong-bao" },
  });
  const pages = await self.clients.matchAll({ type: "window" });
  pages.forEach((page) => page.postMessage({ type: "notice" }));
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = event.notification.data?.path || "/thong-bao";
  event.waitUntil(Promise.all([goTo(path), path === "/thong-bao" || markRead(path)]));
});

// Opened is read. Without a network it stays unread, and lies in the inbox.
async function markRead(path) {
  try {
    const about = await (await fetch("/thong-bao/may", { credentials: "same-origin", redirect: "error" })).json();
    await fetch(`${path}/da-doc`, { method: "POST", credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": about.csrf } });
  } catch { /* signed out meanwhile, or no network */ }
}

async function goTo(path) {
  const pages = await self.clients.matchAll({ type: "window" });
  for (const page of pages) {
    try { return await (await page.focus()).navigate(path); } catch { /* one that cannot be led; the next */ }
  }
  return self.clients.openWindow(path);
}

// The browser made its subscription anew: tell the server, as the page did when the person turned it on.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

async function renew(event) {
  const answer = await fetch("/thong-bao/may", { credentials: "same-origin", redirect: "error" });
  const about = await answer.json();
  if (!about.key) return;
  const made = event.newSubscription || await self.registration.pushManager.subscribe({
    userVisibleOnly: true, applicationServerKey: about.key,
  });
  const { endpoint, keys } = made.toJSON();
  await fetch("/thong-bao/may", {
    method: "POST", credentials: "same-origin", redirect: "error",
    headers: { "X-CSRFToken": about.csrf }, body: new URLSearchParams({ endpoint, ...keys }),
  });
}
