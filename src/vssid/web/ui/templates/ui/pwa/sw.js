// Service worker. VERSION changes with any static file, so an old shell is thrown away whole.
const VERSION = "{{ version }}";
const SHELL = `shell-${VERSION}`;
const PERSONAL = "personal-v1";
const EMPTIED = "emptied-v1";
const PRECACHE = {{ precache }};
const OFFLINE = "/ngoai-tuyen";
const HELP_BOOK = "/tro-giup/ngoai-tuyen";
const SAVED = { page: "/tra-cuu/da-luu", copy: "/tra-cuu/da-luu/ngoai-tuyen" };
const HELP = /^\/tro-giup(\/huong-dan.*)?$/;
const PATIENCE = 4000;

// Pages that nobody looks at must not give the browser a new form token: the page in view has one.
const TO_STORE = { "X-To-Store": "1" };

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(PRECACHE.map((url) => new Request(url, { cache: "reload", headers: TO_STORE })))));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (![SHELL, PERSONAL, EMPTIED].includes(name)) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  const { type, paths } = event.data || {};
  if (type === "wipe") event.waitUntil(forget());
  if (type === "warm") event.waitUntil(warm(paths || []));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => unsent(url)));
    return;
  }
  if (url.pathname.startsWith("{{ static_url }}")) event.respondWith(fromShell(request));
  else if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (request.destination === "image") event.respondWith(picture(event, url));
});

// A form whose answer did not come: "204 No Content" leaves the page as it is, with everything that was typed,
// and the page says that it was not sent. Signing out leaves the page all the same.
async function unsent(url) {
  if (url.pathname.endsWith("/dang-xuat")) return (await caches.match(OFFLINE)) || Response.error();
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  pages.filter((page) => page.visibilityState === "visible").forEach((page) => page.postMessage({ type: "unsent" }));
  return new Response(null, { status: 204 });
}

async function fromShell(request) {
  return (await caches.match(request)) || fetch(request);
}

// Network first. A slow network (PATIENCE) or a broken one gives way to the stored copy, if there is one.
async function page(event, url) {
  const begun = forgotten;
  const network = fetch(event.request).then((response) => remember(url, response, begun));
  event.waitUntil(network.catch(() => {}));
  const answer = await Promise.race([network.catch(() => null), wait(PATIENCE)]);
  if (answer && answer.status < 500) return answer;
  const copy = (await stored(url)) || (await known(url.pathname));
  if (copy) {
    event.waitUntil(network.then((late) => late.type === "opaqueredirect" && ended(url)).catch(() => {}));
    return copy;
  }
  try {
    return answer || (await network);
  } catch {
    return (await caches.match(OFFLINE)) || Response.error();
  }
}

// Pages that know nobody and lie ready on every device.
async function known(path) {
  if (HELP.test(path)) return caches.match(HELP_BOOK);
  return path === SAVED.page ? caches.match(SAVED.copy) : null;
}

// The answer that came too late for a stored page leads elsewhere: perhaps to the sign-in page, because the
// session was ended on another device. Its order to forget is looked for, and the page in view told.
async function ended(url) {
  const answer = await fetch(url, { credentials: "same-origin", headers: TO_STORE });
  if (answer.headers.get("X-Offline") !== "wipe") return;
  await forget();
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  pages.forEach((page) => page.postMessage({ type: "ended" }));
}

async function picture(event, url) {
  const begun = forgotten;
  try {
    return await remember(url, await fetch(event.request), begun);
  } catch {
    const cache = await caches.open(PERSONAL);
    return (await cache.match(key(url))) || (await caches.match(event.request)) || Response.error();
  }
}

// The server decides by X-Offline what is kept on the device and when everything is forgotten. What was asked
// for (`begun`) before the last forgetting is not kept, however late it comes.
let forgotten = 0;
async function remember(url, response, begun) {
  const order = response.headers.get("X-Offline");
  if (order === "wipe") await forget();
  if (order === "keep" && response.ok && begun === forgotten) {
    try {
      const cache = await caches.open(PERSONAL);
      await cache.put(key(url), response.clone());
    } catch { /* The device is full: the page is shown, only not kept. */ }
    if (begun !== forgotten) await caches.delete(PERSONAL);
  }
  // Gone from the register (a portrait past its retention, a period taken back): gone from the device.
  if (response.status === 404 && (await caches.has(PERSONAL))) await (await caches.open(PERSONAL)).delete(key(url));
  return response;
}

async function forget() {
  // Nobody is signed in here any more: what is sent to this device is for nobody. No page waits for that.
  self.registration.pushManager?.getSubscription().then((found) => found?.unsubscribe()).catch(() => {});
  // Saved places go with the pages of whoever was signed in. No worker reaches them: this mark has the next page
  // take them away (ui/js/shelf.js). A stranger, of whom no page is kept, loses nothing on the sign-in page.
  const kept = (await caches.has(PERSONAL)) ? await (await caches.open(PERSONAL)).keys() : [];
  if (kept.length) await caches.open(EMPTIED);
  forgotten += 1; // after the look: from here on what comes late deletes the pages too
  return caches.delete(PERSONAL);
}

// What a weak network lost is fetched once more after the rest; then the next visit stores it.
async function warm(paths, again = true) {
  const lost = [];
  for (const path of paths) {
    const url = new URL(path, location.origin);
    if (url.origin !== location.origin) continue;
    const begun = forgotten;
    try {
      const response = await fetch(url, { credentials: "same-origin", headers: TO_STORE });
      if (!response.redirected) await remember(url, response, begun);
      else if (response.headers.get("X-Offline") === "wipe") return await forget();
      if (response.status >= 500) lost.push(path);
    } catch { lost.push(path); }
  }
  if (!lost.length || !again) return;
  await wait(PATIENCE);
  await warm(lost, false);
}

// A stored page carries data-stored on <html>, so that it can say how old it is.
async function stored(url) {
  const cache = await caches.open(PERSONAL);
  const copy = await cache.match(key(url));
  if (!copy) return null;
  const html = (await copy.text()).replace("<html", "<html data-stored");
  const headers = new Headers(copy.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(html, { status: 200, headers });
}

const key = (url) => url.pathname + url.search;
const wait = (ms) => new Promise((done) => setTimeout(done, ms, null));

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
  event.waitUntil(goTo(event.notification.data?.path || "/thong-bao"));
});

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
