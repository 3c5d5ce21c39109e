// Take a picture at the desk: by the camera, from the folder a document scanner writes into, or from a file.
// What could not be sent is kept and said, never lost. The answer is the part of the page that changed.
import { newest, remembered, scanFolder } from "./scan_folder.js";

const OLD = 10 * 60 * 1000; // milliseconds: a scan from before that is rather of somebody else
const SOON = 3000;
const live = { form: null, stream: null };
const unsent = new Map(); // the name of the part → what was not taken yet
const taken = { name: "", at: 0 };
let asked = ""; // an old scan that was named once and is taken when asked again

const part = (form, name) => form.querySelector(`[data-${name}]`);
const nameOf = (form) => form.closest("[data-captured]").dataset.captured;
const now = (name) => document.querySelector(`[data-captured="${CSS.escape(name)}"] form[data-capture]`);

function say(form, word = "", failed = false, more = "") {
  const place = part(form, "says");
  place.textContent = (place.dataset[word] ?? "").replace("{tep}", more);
  place.classList.toggle("bad-text", failed);
}

function remember(kind, id) {
  try {
    if (id) localStorage.setItem(`vssid-camera-${kind}`, id);
    return localStorage.getItem(`vssid-camera-${kind}`);
  } catch {
    return null; // a private window
  }
}

function close() {
  live.stream?.getTracks().forEach((track) => track.stop());
  const form = live.form;
  live.form = live.stream = null;
  if (!form) return;
  for (const name of ["live", "another", "close"]) part(form, name).hidden = true;
  delete part(form, "live").dataset.ready;
  const words = part(form, "shoot-words");
  words.textContent = words.dataset.shoot ?? words.textContent;
}

async function open(form, device) {
  close();
  const kind = part(form, "shoot").dataset.shoot;
  const wanted = device ?? remember(kind);
  const size = { width: { ideal: 2560 }, height: { ideal: 1920 } };
  const facing = kind === "chan-dung" ? "user" : "environment";
  const ways = [
    ...(wanted ? [{ ...size, deviceId: { exact: wanted } }] : []),
    { ...size, facingMode: facing },
  ];
  for (const video of ways) {
    try {
      live.stream = await navigator.mediaDevices.getUserMedia({ video });
      break;
    } catch {
      /* a camera that was unplugged: any other */
    }
  }
  if (!live.stream) return say(form, "nocamera", true);
  live.form = form;
  const view = part(form, "live");
  view.srcObject = live.stream;
  view.classList.toggle("mirror", kind === "chan-dung");
  view.hidden = part(form, "close").hidden = false;
  const words = part(form, "shoot-words");
  words.dataset.shoot ??= words.textContent;
  words.textContent = words.dataset.take;
  say(form);
  await view.play().catch(() => {});
  view.dataset.ready = ""; // there is a picture to be taken
  part(form, "another").hidden = (await cameras()).length < 2;
  form.scrollIntoView({ block: "nearest" });
}

async function cameras() {
  return (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === "videoinput");
}

async function another(form) {
  const all = await cameras(),
    used = live.stream?.getVideoTracks()[0].getSettings().deviceId;
  const next = all[(all.findIndex((device) => device.deviceId === used) + 1) % all.length];
  remember(part(form, "shoot").dataset.shoot, next.deviceId);
  await open(form, next.deviceId);
}

async function shoot(form) {
  if (live.form !== form) return open(form);
  const view = part(form, "live");
  if (!view.videoWidth) return say(form, "nocamera", true);
  const canvas = document.createElement("canvas");
  canvas.width = view.videoWidth;
  canvas.height = view.videoHeight;
  canvas.getContext("2d").drawImage(view, 0, 0);
  const blob = await new Promise((done) => {
    canvas.toBlob(done, "image/jpeg", 0.9);
  });
  close();
  await send(form, [[blob, "camera.jpg"]]);
}

async function fromFolder(form, choose = false) {
  let file;
  try {
    const folder = await scanFolder(choose);
    part(form, "other-folder").hidden = false;
    file = await newest(folder);
  } catch (error) {
    return error.name === "AbortError" ? say(form) : say(form, "nofolder", true);
  }
  if (!file) return say(form, "nothing", true);
  if (file.name === taken.name && file.lastModified === taken.at) return say(form, "same", true);
  const when = new Date(file.lastModified).toLocaleString("vi-VN"),
    named = `${file.name}, ${when}`;
  if (Date.now() - file.lastModified > OLD && asked !== named) {
    asked = named;
    return say(form, "old", true, named);
  }
  await send(form, [[file, file.name]]);
  Object.assign(taken, { name: file.name, at: file.lastModified });
}

async function send(form, files) {
  const name = nameOf(form);
  unsent.set(name, files);
  const body = new FormData(form);
  body.delete(part(form, "files").name);
  for (const [blob, file] of files) body.append(part(form, "files").name, blob, file);
  body.set("phan", "1");
  say(form, "sending");
  part(form, "again").hidden = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) return kept(name, "ended");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const drawn = page.querySelector(`[data-captured="${CSS.escape(name)}"]`);
    if (!drawn) return kept(name, "failed");
    unsent.delete(name);
    document.querySelector(`[data-captured="${CSS.escape(name)}"]`).replaceWith(document.adoptNode(drawn));
    ready();
    document.dispatchEvent(new Event("officer:captured"));
  } catch {
    kept(name, "lost");
  }
}

function kept(name, why) {
  const form = now(name);
  say(form, why, true);
  part(form, "again").hidden = false;
}

// Of what failed, not of what is on its way.
function again() {
  for (const [name, files] of [...unsent])
    if (now(name) && !part(now(name), "again").hidden) send(now(name), files);
}

function ready() {
  for (const form of document.querySelectorAll("form[data-capture]")) {
    const folder = part(form, "newest");
    if (folder) folder.hidden = !("showDirectoryPicker" in window);
    if (folder && !folder.hidden)
      remembered().then((known) => {
        part(form, "other-folder").hidden = !known;
      });
  }
}

document.addEventListener("click", (event) => {
  const form = event.target.closest("form[data-capture]");
  const is = (name) => event.target.closest(`[data-${name}]`);
  if (!form) return;
  if (is("shoot")) shoot(form);
  else if (is("newest")) fromFolder(form);
  else if (is("other-folder")) fromFolder(form, true);
  else if (is("another")) another(form);
  else if (is("close")) close();
  else if (is("again")) again();
  else if (is("choose")) {
    part(form, "files").value = ""; // the same file again counts as a change
    part(form, "files").click();
  }
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-capture]");
  if (!form || !event.target.matches("[data-files]") || !event.target.files.length) return;
  send(
    form,
    [...event.target.files].map((file) => [file, file.name]),
  );
});
// It is said before the network really carries anything.
window.addEventListener("online", () => {
  again();
  setTimeout(again, SOON);
});
window.addEventListener("beforeunload", (event) => {
  if (unsent.size) event.preventDefault();
});
ready();
