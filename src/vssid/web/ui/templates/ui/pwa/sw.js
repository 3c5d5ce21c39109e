// Service worker. VERSION changes with any static file, so an old shell is thrown away whole.
const VERSION = "{{ version }}";
const SHELL = `shell-${VERSION}`;
const PERSONAL = "personal-v1";
const PRECACHE = {{ precache }};
const OFFLINE = "/ngoai-tuyen";
const HELP_BOOK = "/tro-giup/ngoai-tuyen";
const HELP = /^\/tro-giup(\/huong-dan.*)?$/;
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(PRECACHE.map((url) => new Request(url, { cache: "reload" })))));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name !== SHELL && name !== PERSONAL) await caches.delete(name);
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
  const network = fetch(event.request).then((response) => remember(url, response));
  event.waitUntil(network.catch(() => {}));
  const answer = await Promise.race([network.catch(() => null), wait(PATIENCE)]);
  if (answer && answer.status < 500) return answer;
  const copy = (await stored(url)) || (HELP.test(url.pathname) && (await caches.match(HELP_BOOK)));
  if (copy) return copy;
  try {
    return answer || (await network);
  } catch {
    return (await caches.match(OFFLINE)) || Response.error();
  }
}

async function picture(event, url) {
  try {
    return await remember(url, await fetch(event.request));
  } catch {
    const cache = await caches.open(PERSONAL);
    return (await cache.match(key(url))) || (await caches.match(event.request)) || Response.error();
  }
}

// The server decides by X-Offline what is kept on the device and when everything is forgotten.
let forgotten = 0;
async function remember(url, response) {
  const order = response.headers.get("X-Offline");
  if (order === "wipe") await forget();
  if (order === "keep" && response.ok) {
    const before = forgotten;
    const cache = await caches.open(PERSONAL);
    await cache.put(key(url), response.clone());
    if (before !== forgotten) await caches.delete(PERSONAL);
  }
  return response;
}

function forget() {
  forgotten += 1;
  return caches.delete(PERSONAL);
}

// What a weak network lost is fetched once more after the rest; then the next visit stores it.
async function warm(paths, again = true) {
  const lost = [];
  for (const path of paths) {
    const url = new URL(path, location.origin);
    if (url.origin !== location.origin) continue;
    try {
      const response = await remember(url, await fetch(url, { credentials: "same-origin", redirect: "error" }));
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
