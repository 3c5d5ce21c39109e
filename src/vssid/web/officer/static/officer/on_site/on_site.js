// Deciding at an employer's, also without a network. Nothing of a person is on the page until the officer's
// password has opened what lies sealed on the device, and nothing is left of it when the page locks.
import { listen } from "../keyboard.js";
import { draw, drawForm, made, read, show } from "./file_view.js";
import { exact, matching } from "./finding.js";
import * as outbox from "./outbox.js";
import * as packs from "./packs.js";
import * as server from "./server.js";
import * as store from "./store.js";

const MINUTE = 60_000;
const page = document.querySelector("[data-on-site]");
const said = JSON.parse(document.getElementById("on-site-said").textContent);
const one = (name) => document.querySelector(`[data-${name}]`);
const fill = (name, values = {}) => said[name].replace(/\{(\w+)\}/g, (_all, key) => values[key]);
const say = (text, pill = "info") => {
  one("news").textContent = text;
  one("news").dataset.kind = pill;
};

let now = null, // {officer, days} of who is signed in; null while nobody is known
  open = null, // the unlocked pack
  shown = [],
  file = null,
  touched = Date.now(),
  tries = 0;

// --- what is on the device and what there is to take

async function home() {
  const told = await server.work();
  now = told && !told.signedOut ? told : null;
  const offline = !told;
  one("connection").textContent = offline ? said.offline : now ? said.online : said.signed_out;
  one("sign-in").hidden = offline || Boolean(now);
  const gone = await packs.tidy(now?.withdrawn);
  for (const { pack, why, left } of gone) {
    say(fill(why === "ended" && !left ? "ended" : why, { n: left }), "warn");
    if (open?.pack.id === pack.id && !left) lock();
    if (now) server.forgotten(pack.day);
  }
  if (!open) await listDays();
  await count();
}

async function listDays() {
  const here = await store.all("packs"),
    lines = [];
  let colleagues = 0;
  for (const pack of here) {
    const waiting = (await packs.waitingOf(pack)).length;
    if (now && pack.officer !== now.officer) {
      colleagues += waiting;
      continue;
    }
    lines.push(dayLine(pack, now?.days.find((day) => day.id === pack.day), waiting));
  }
  for (const day of now?.days ?? [])
    if (!here.some((pack) => pack.day === day.id && pack.officer === now.officer)) lines.push(dayLine(null, day, 0));
  one("colleague").hidden = !colleagues;
  one("colleague").textContent = fill("colleague", { n: colleagues });
  one("days").replaceChildren(...lines);
  one("none").hidden = lines.length > 0;
  one("none").textContent = said.none;
  show("days");
}

// In Việt Nam's time, wherever the device believes to be: `08:15`, `02/12/2026`.
const ZONE = { timeZone: "Asia/Ho_Chi_Minh" };
const HOUR = { ...ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DATE = { ...ZONE, day: "2-digit", month: "2-digit", year: "numeric" };
const clock = (at) => new Date(at).toLocaleTimeString("en-GB", HOUR);
const date = (at) => new Date(at).toLocaleDateString("en-GB", DATE);

function dayLine(pack, day, waiting) {
  const facts = [];
  if (pack?.emptied) facts.push(fill("ended", { n: waiting }));
  else if (pack) {
    facts.push(fill("files", { n: pack.count }));
    facts.push(fill("kept_until", { at: `${clock(pack.ends)}, ${date(pack.ends)}` }));
    if (waiting) facts.push(fill("waiting_locked", { n: waiting }));
  }
  const button = (name, act, quiet) => {
    const made_ = made("button", { type: "button", className: quiet ? "btn quiet" : "btn", textContent: said[name] });
    made_.addEventListener("click", act);
    return made_;
  };
  const acts = [];
  if (pack) acts.push(button("open", () => askPassword("unlock", pack)));
  if (day) acts.push(button(pack ? "take_again" : "take", () => askPassword("take", pack, day), Boolean(pack)));
  if (pack && !waiting) acts.push(button("drop", () => drop(pack), true));
  return made(
    "li",
    { className: "panel" },
    made("h2", { textContent: day?.name ?? pack.on.split("-").reverse().join("/") }),
    made("p", { className: "fine", textContent: facts.join(" · ") }),
    made("div", { className: "actions" }, ...acts),
  );
}

async function drop(pack) {
  await packs.forget(pack);
  if (now) await server.forgotten(pack.day);
  await home();
}

// --- the password: to take, or to unlock

let asked = null;
async function askPassword(why, pack, day) {
  if (why === "take" && pack && (await packs.waitingOf(pack)).length) return say(said.unsent_first, "warn");
  const names = why === "take" ? [await store.trouble()].filter(Boolean) : [];
  if (names.length) return say(said[names[0]], "bad");
  asked = { why, pack, day };
  const doubts = why === "take" ? await store.doubts() : [];
  one("doubts").replaceChildren(...doubts.map((name) => made("li", { textContent: said[name] })));
  one("doubts").hidden = !doubts.length;
  one("why-take").hidden = why !== "take";
  one("wrong").textContent = "";
  show("password");
  one("password").reset();
  one("password").elements["mat-khau"].focus();
}

one("password").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = event.target.elements["mat-khau"],
    password = field.value,
    button = event.target.querySelector("[type=submit]");
  if (button.disabled) return;
  button.disabled = true;
  try {
    await (asked.why === "take" ? take(password) : unlock(asked.pack, password));
  } finally {
    button.disabled = false;
    field.value = "";
  }
});

async function take(password) {
  const wrong = (text) => (one("wrong").textContent = text);
  const { pack: before, day } = asked,
    taken = await server.take(day.id, password);
  if (!taken) return wrong(said.lost);
  if (taken.signedOut) return wrong(said.signed_out);
  if (taken.wrong) return wrong(taken.wrong);
  const tell = (n, all) => (one("wrong").textContent = fill("taking", { n, all }));
  let kept;
  try {
    if (!(await keepShell())) return wrong(said.no_shell);
    kept = await packs.keep(taken, password, server.picture, tell);
  } catch (error) {
    return wrong(error.name === "QuotaExceededError" ? said.full : said.lost);
  }
  if (before) await packs.forget(before, { withDecisions: true });
  await opened(await packs.unlock({ ...(await packOf(kept.pack.id)) }, password));
  say(fill("taken", { n: kept.pack.count }), "good");
}

const packOf = async (id) => (await store.all("packs")).find((pack) => pack.id === id);

async function unlock(pack, password) {
  if (tries > 4) {
    one("wrong").textContent = fill("slow", { n: tries });
    await new Promise((done) => setTimeout(done, tries * 1000));
  }
  try {
    await opened(await packs.unlock(pack, password));
    tries = 0;
    say("");
  } catch {
    tries += 1;
    one("wrong").textContent = said.wrong;
  }
}

async function opened(pack) {
  open = pack;
  touched = Date.now();
  one("lock").hidden = false;
  await list();
  await sendNow();
}

function lock() {
  open = file = null;
  shut();
  one("lock").hidden = true;
  one("files").replaceChildren();
  for (const name of ["name", "number", "pictures", "rows", "groups"]) one(name).replaceChildren();
  one("warnings").querySelector("ul").replaceChildren();
  one("decision").reset();
  one("find").value = "";
  say("");
  home();
}

// --- the list and one file

let answers = new Map();
async function list() {
  shut();
  file = null;
  answers = new Map((await outbox.decided(open)).map((decision) => [decision.application, decision]));
  one("day-name").textContent = open.head.name;
  drawList();
  show("list");
}

function drawList() {
  const found = matching(open.files, one("find").value);
  one("no-hit").hidden = found.length > 0;
  one("files").replaceChildren(...found.map(fileLine));
}

function fileLine(each) {
  const decision = answers.get(each.id);
  const time = each.starts ? clock(each.starts) : said.no_time;
  const link = made(
    "button",
    { type: "button", className: "on-site-line" },
    made("span", { className: "num", textContent: time }),
    made("strong", { textContent: each.name }),
    made("span", { className: "fine num", textContent: each.number }),
    made("span", { className: `pill ${pillOf(decision)}`, textContent: stateOf(decision) }),
  );
  link.addEventListener("click", () => look(each));
  const line = made("li", {}, link);
  if (decision?.answer?.reason) line.append(made("p", { className: "fine", textContent: decision.answer.reason }));
  return line;
}
const pillOf = (decision) => (decision ? (decision.answer?.pill ?? "warn") : "plain");
function stateOf(decision) {
  if (!decision) return "";
  const what = said[`what_${decision.what}`],
    { answer } = decision;
  return `${what}: ${answer ? (answer.title ?? said.not_yours) : said.stored}`;
}

async function look(each) {
  shut();
  file = each;
  shown = await packs.pictures(open, each);
  draw(one("file"), each, shown, said);
  drawForm(one("decision"), each, open.head.reasons, said);
  one("decision-wrong").textContent = "";
  show("file");
  one("name").focus();
}

function shut() {
  for (const { url } of shown) URL.revokeObjectURL(url);
  shown = [];
}

one("decision").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { submitter, target } = event,
    told = read(target, file, submitter.value);
  one("decision-wrong").textContent = told.wrong ? said[told.wrong] : "";
  if (told.wrong || target.dataset.busy) return;
  target.dataset.busy = "1";
  try {
    await outbox.keep(open, told.decision);
  } catch {
    one("decision-wrong").textContent = said.not_stored;
    return;
  } finally {
    delete target.dataset.busy;
  }
  say(fill("kept", { what: said[`what_${told.decision.what}`], name: file.name }), "good");
  one("find").value = "";
  await list();
  sendNow();
});

// --- sending

async function sendNow() {
  if (!open || (now && open.pack.officer !== now.officer)) return count();
  if ((await packs.waitingOf(open.pack)).length) {
    const told = await server.work();
    if (told && !told.signedOut && told.officer === open.pack.officer) await outbox.send(open, server.decide);
    else if (told?.signedOut) one("sign-in").hidden = false;
    if (open && !file) await list();
  }
  await count();
}

async function count() {
  let n = 0;
  for (const pack of await store.all("packs")) n += (await packs.waitingOf(pack)).length;
  one("waiting").textContent = n ? fill("waiting", { n }) : said.all_sent;
  one("waiting").dataset.n = n;
  one("send").hidden = !n || !open;
}

// The page and what it is made of lie ready before anything is relied on (sw.js).
async function keepShell() {
  const worker = await navigator.serviceWorker?.ready;
  if (!worker) return false;
  const channel = new MessageChannel();
  const answer = new Promise((done) => {
    channel.port1.onmessage = ({ data }) => done(data);
    setTimeout(done, 30_000, false);
  });
  worker.active.postMessage({ type: "on-site" }, [channel.port2]);
  return answer;
}

one("send").addEventListener("click", sendNow);
one("lock").addEventListener("click", lock);
one("find").addEventListener("input", drawList);
for (const back of document.querySelectorAll("[data-back]"))
  back.addEventListener("click", () => (open ? list() : home()));
function scanned(text) {
  if (!open) return;
  const hit = exact(open.files, text);
  one("find").value = hit ? "" : text;
  if (hit) look(hit);
  else list();
}
listen({
  onScan: scanned,
  onGarbled: () => {},
  onKey: (key) => {
    if (key === "/" && open) list().then(() => one("find").focus());
  },
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && file) list();
  if (event.key === "Enter" && event.target === one("find")) scanned(event.target.value);
});
for (const kind of ["keydown", "pointerdown"])
  document.addEventListener(kind, () => (touched = Date.now()), { passive: true });
window.addEventListener("online", () => home().then(sendNow));
window.addEventListener("offline", home);
setInterval(async () => {
  if (open && Date.now() - touched > Number(page.dataset.idle) * MINUTE) lock();
  else await home().then(sendNow);
}, MINUTE);
// Ready once it is counted what waits to be sent: before that nothing is said of it.
store
  .trouble()
  .then((name) => (name ? say(said[name], "bad") : home()))
  .finally(() => (page.dataset.ready = "1"));
if ("serviceWorker" in navigator) keepShell().catch(() => {});
