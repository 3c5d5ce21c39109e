const NO_ID = "00000000-0000-0000-0000-000000000000";
const DEVICE = "{{ push_device }}";
const pageOf = (id) => "{{ notice }}".replace(NO_ID, id);
const readOf = (id) => "{{ notice_read }}".replace(NO_ID, id);

// A push says that there is a notice, and its id; what it says is read in the app.
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));

async function show(data) {
  let said = {};
  try {
    said = data.json();
  } catch {
    /* an empty push still has to be shown */
  }
  const id = /^[0-9a-f-]{36}$/.test(said.id) ? said.id : "";
  await self.registration.showNotification(said.title || "BHXH", {
    lang: "vi",
    icon: "{{ icon }}",
    badge: "{{ icon }}",
    tag: id || "notice",
    data: id ? { path: pageOf(id), read: readOf(id) } : { path: INBOX },
  });
  const pages = await self.clients.matchAll({ type: "window" });
  pages.forEach((page) => page.postMessage({ type: "notice" }));
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { path = INBOX, read } = event.notification.data || {};
  event.waitUntil(Promise.all([goTo(path), read && markRead(read)]));
});

// Opened is read. Without a network it stays unread, and lies in the inbox.
async function markRead(address) {
  try {
    const about = await (await fetch(DEVICE, { credentials: "same-origin", redirect: "error" })).json();
    await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      headers: { "X-CSRFToken": about.csrf },
    });
  } catch {
    /* signed out meanwhile, or no network */
  }
}

async function goTo(path) {
  const pages = await self.clients.matchAll({ type: "window" });
  for (const page of pages) {
    try {
      return await (await page.focus()).navigate(path);
    } catch {
      /* one that cannot be led; the next */
    }
  }
  return self.clients.openWindow(path);
}

// The browser made its subscription anew: tell the server, as the page did when the person turned it on.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

async function renew(event) {
  const answer = await fetch(DEVICE, { credentials: "same-origin", redirect: "error" });
  const about = await answer.json();
  if (!about.key) return;
  const made =
    event.newSubscription ||
    (await self.registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: about.key,
    }));
  const { endpoint, keys } = made.toJSON();
  await fetch(DEVICE, {
    method: "POST",
    credentials: "same-origin",
    redirect: "error",
    headers: { "X-CSRFToken": about.csrf },
    body: new URLSearchParams({ endpoint, ...keys }),
  });
}
