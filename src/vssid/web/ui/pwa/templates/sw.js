// Service worker. VERSION changes with any file of the shell, so an old shell is thrown away whole; what
// stored pages name of it is kept as long as they are.
const VERSION = "{{ version }}";
const SHELL = `shell-${VERSION}`;
const PERSONAL = "personal-v1";
const EMPTIED = "emptied-v1";
const FILES = "files-v1";
// A mobile officer's page, with nobody in it: kept for who takes files along (officer/on_site).
const ON_SITE = { page: "{{ on_site }}", kept: "on-site-v1" };
const FRESH = `fresh-${VERSION}`;
const STATIC = "{{ static_url }}";
const PRECACHE = {{ precache }};
const OFFLINE = "{{ offline }}";
const HELP = { page: "{{ help }}", guides: "{{ guides }}", book: "{{ help_book }}" };
const SAVED = { page: "{{ saved }}", copy: "{{ saved_offline }}" };
const INBOX = "{{ notices }}";
const SIGN_OUTS = {{ sign_outs }};
const PATIENCE = 4000;

// Pages that nobody looks at must not give the browser a new form token: the page in view has one.
const TO_STORE = { "X-To-Store": "1" };

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all(PRECACHE.map(lay)));
  self.skipWaiting();
});

// A server of another version gives its own file under a name that it does not know, and says "no-store":
// then this version is not laid out everywhere yet, and is installed another time.
async function lay(url) {
  const response = await fetch(new Request(url, { cache: "reload", headers: TO_STORE }));
  if (!response.ok || (url.startsWith(STATIC) && isForNow(response))) throw new Error(url);
  await (await caches.open(SHELL)).put(url, response);
}
const isForNow = (response) => (response.headers.get("Cache-Control") || "").includes("no-store");

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      await keepNamed();
      const names = await caches.keys();
      // Nothing is stored, or nothing older than this version.
      if (!names.includes(PERSONAL) || !names.some((name) => name.startsWith("shell-") && name !== SHELL))
        await caches.open(FRESH);
      for (const name of names) {
        if (![SHELL, PERSONAL, EMPTIED, FILES, FRESH, ON_SITE.kept].includes(name)) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", (event) => {
  const { type, paths } = event.data || {};
  if (type === "wipe") event.waitUntil(forget());
  if (type === "warm") event.waitUntil(store(paths || []));
  if (type === "freshen") event.waitUntil(freshen());
  if (type === "on-site") event.waitUntil(keepOnSite(event.ports[0]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => unsent(url)));
    return;
  }
  if (request.mode === "navigate") event.waitUntil(freshen());
  if (url.pathname.startsWith(STATIC)) event.respondWith(fromShell(request));
  else if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (request.destination === "image") event.respondWith(picture(event, url));
});

// A form whose answer did not come: "204 No Content" leaves the page as it is, with everything that was
// typed, and the page says that it was not sent. Signing out leaves the page all the same.
async function unsent(url) {
  if (SIGN_OUTS.includes(url.pathname)) return (await caches.match(OFFLINE)) || Response.error();
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  pages
    .filter((page) => page.visibilityState === "visible")
    .forEach((page) => page.postMessage({ type: "unsent" }));
  return new Response(null, { status: 204 });
}

async function fromShell(request) {
  return (await caches.match(request)) || fetch(request);
}

// Network first. A slow network (PATIENCE) or a broken one gives way to the stored copy, if there is one.
async function page(event, url) {
  const begun = forgotten;
  const network = fetch(event.request).then((response) => remember(url, response, begun));
  event.waitUntil(network.then(() => keeping).catch(() => {}));
  const answer = await Promise.race([network.catch(() => null), wait(PATIENCE)]);
  if (answer && answer.status < 500 && isOurs(answer)) return answer;
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

const isNotice = (path) =>
  path.startsWith(`${INBOX}/`) && /^[0-9a-f-]{36}$/.test(path.slice(INBOX.length + 1));

// Pages that know nobody and lie ready on every device; of a notice, whose matter needs the network, the
// inbox.
async function known(path) {
  if (path === HELP.page || path.startsWith(HELP.guides)) return caches.match(HELP.book);
  if (isNotice(path)) return stored(new URL(INBOX, location.origin));
  if (path === ON_SITE.page) return caches.match(path, { cacheName: ON_SITE.kept });
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
    return (await kept(url)) || (await caches.match(event.request)) || Response.error();
  }
}

// What a gateway, a proxy or the sign-in page of a hotel answers is not ours: a stored page is worth more,
// and nothing is forgotten for it. A redirect shows nothing of itself.
const isOurs = (response) =>
  response.type === "opaqueredirect" || response.headers.get("X-Served-By") === "vssid";

// The server decides by X-Offline what is kept on the device and when everything is forgotten. What was asked
// for (`begun`) before the last forgetting is not kept, however late it comes.
let forgotten = 0;
let keeping = Promise.resolve();
async function remember(url, response, begun) {
  const order = response.headers.get("X-Offline");
  if (order === "wipe") await forget();
  if (order === "keep" && response.ok && begun === forgotten) {
    try {
      const cache = await caches.open(PERSONAL);
      const copy = response.clone();
      await cache.put(key(url), response.clone());
      keeping = Promise.all([keeping, keepFiles(copy)]).catch(() => {}); // no page waits for that
    } catch {
      /* The device is full: the page is shown, only not kept. */
    }
    if (begun !== forgotten) await caches.delete(PERSONAL);
  }
  // Gone from the register (a portrait past its retention, a period taken back): gone from the device.
  if (response.status === 404 && isOurs(response) && (await caches.has(PERSONAL)))
    await (await caches.open(PERSONAL)).delete(key(url));
  return response;
}

async function forget() {
  // Nobody is signed in here any more: what is sent to this device is for nobody. No page waits for that.
  self.registration.pushManager
    ?.getSubscription()
    .then((subscription) => subscription?.unsubscribe())
    .catch(() => {});
  // Saved places go with the pages of whoever was signed in. No worker reaches them: this mark has the next
  // page take them away (ui/js/shelf.js). A stranger, of whom no page is kept, loses nothing on the sign-in
  // page.
  const kept = (await caches.has(PERSONAL)) ? await (await caches.open(PERSONAL)).keys() : [];
  if (kept.length) await caches.open(EMPTIED);
  await caches.delete(FILES);
  forgotten += 1; // after the look: from here on what comes late deletes the pages too
  return caches.delete(PERSONAL);
}

// What a page asked to store and the network lost, pages ask for again later (ui/js/worker.js).
async function store(paths) {
  const begun = forgotten;
  const lost = await warm(paths);
  if (!lost.length || begun !== forgotten) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  pages.forEach((page) => page.postMessage({ type: "lost", paths: lost }));
}

// What a weak network lost is fetched once more after the rest. Answers the addresses that stay lost.
async function warm(paths, again = true) {
  const lost = [];
  for (const path of paths) {
    const url = new URL(path, location.origin);
    if (url.origin !== location.origin) continue;
    const begun = forgotten;
    try {
      const response = await fetch(url, { credentials: "same-origin", headers: TO_STORE });
      if (!response.redirected) await remember(url, response, begun);
      else if (response.headers.get("X-Offline") === "wipe") return forget().then(() => paths);
      if (response.status >= 500) lost.push(path);
    } catch {
      lost.push(path);
    }
  }
  await keeping;
  if (!lost.length || !again) return lost;
  await wait(PATIENCE);
  return warm(lost, false);
}

// The files that a page or a script of ours names: styles, scripts and their parts, pictures.
async function namedBy(response) {
  const kind = response.headers.get("Content-Type") || "",
    paths = new Set();
  if (!/html|javascript/.test(kind)) return paths;
  const text = await response.text();
  const names = kind.includes("html")
    ? /(?:src="|href="(?=[^"]*\.css"))([^"]+)"/g
    : /(?:from|import)\s*\(?\s*["']([^"']+)["']/g;
  for (const [, name] of text.matchAll(names)) {
    const url = new URL(name, response.url || location.origin);
    if (url.origin === location.origin && url.pathname.startsWith(STATIC)) paths.add(url.pathname);
  }
  return paths;
}

// Kept where no cache has it: a shell's own files are copied when the shell goes (keepNamed).
async function keepFile(path) {
  let file = await caches.match(path);
  if (!file) {
    file = await fetch(path).catch(() => null);
    if (!file?.ok || isForNow(file)) return;
    await (await caches.open(FILES)).put(path, file.clone());
  }
  await keepFiles(file);
}
const keepFiles = async (response) => Promise.all([...(await namedBy(response))].map(keepFile));

// The page with every file that it and its scripts name, each in this one cache; what it named before goes.
// Answers the page whether all of it lies there.
async function keepOnSite(port) {
  try {
    const page = await fetch(ON_SITE.page, { credentials: "same-origin", headers: TO_STORE });
    if (!page.ok || !isOurs(page)) throw new Error(ON_SITE.page);
    const files = new Map(),
      todo = [page.clone()];
    while (todo.length) {
      for (const path of await namedBy(todo.pop())) {
        if (files.has(path)) continue;
        const file = (await caches.match(path)) || (await fetch(path));
        if (!file.ok) throw new Error(path);
        files.set(path, file.clone());
        todo.push(file);
      }
    }
    const cache = await caches.open(ON_SITE.kept);
    for (const [path, file] of files) await cache.put(path, file);
    await cache.put(ON_SITE.page, page);
    for (const { url } of await cache.keys()) {
      const { pathname } = new URL(url);
      if (pathname !== ON_SITE.page && !files.has(pathname)) await cache.delete(pathname);
    }
    port.postMessage(true);
  } catch {
    port.postMessage(false);
  }
}

// The files that stored pages name, each with its own, are in the new shell or in FILES; others go.
async function keepNamed() {
  const named = new Set(),
    todo = [];
  const pages = (await caches.has(PERSONAL)) ? await caches.open(PERSONAL) : null;
  for (const request of pages ? await pages.keys() : []) todo.push(await pages.match(request));
  while (todo.length) {
    for (const path of await namedBy(todo.pop())) {
      if (named.has(path)) continue;
      named.add(path);
      const file = await caches.match(path);
      if (!file) continue;
      todo.push(file.clone());
      if (!(await caches.match(path, { cacheName: SHELL }))) await (await caches.open(FILES)).put(path, file);
    }
  }
  if (!(await caches.has(FILES))) return;
  const files = await caches.open(FILES);
  for (const request of await files.keys())
    if (!named.has(new URL(request.url).pathname)) await files.delete(request);
}

// Once for each version every stored page is fetched anew, so that its look is the version's; what a weak
// network loses stays as it is, with the files it names.
let freshening = null;
function freshen() {
  freshening ??= refetch().finally(() => {
    freshening = null;
  });
  return freshening;
}

async function refetch() {
  if (!navigator.onLine || (await caches.has(FRESH)) || !(await caches.has(PERSONAL))) return;
  const pages = await (await caches.open(PERSONAL)).keys();
  const lost = await warm(pages.map((request) => key(new URL(request.url))));
  if (lost.length < pages.length) await caches.open(FRESH);
  await keepNamed();
}

// A stored page carries data-stored on <html>, so that it can say how old it is.
async function stored(url) {
  const copy = await kept(url);
  if (!copy) return null;
  const html = (await copy.text()).replace("<html", "<html data-stored");
  const headers = new Headers(copy.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(html, { status: 200, headers });
}

const key = (url) => url.pathname + url.search;
// Looking makes no cache: where there is none, the pages were forgotten (ui/js/whose.js).
const kept = (url) => caches.match(key(url), { cacheName: PERSONAL });
const wait = (ms) => new Promise((done) => setTimeout(done, ms, null));
{% include "ui/pwa/sw_push.js" %}
