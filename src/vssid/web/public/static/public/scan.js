// Read the card's QR: by live camera (on the phone when the browser can, else by frames sent), or from a
// photo.
import { shrink } from "./shrink.js";

const EVERY = 800;
const box = document.querySelector("[data-scanner]");
const part = (name) => box.querySelector(`[data-${name}]`);
const form = box?.closest("form");
let stream = null;
let detector = null;
// What was asked for last, the camera or a photo: an answer to anything before fills nothing and says
// nothing.
let latest = new AbortController();

function begin() {
  latest.abort();
  latest = new AbortController();
  return latest.signal;
}

function say(words, kind = "") {
  const place = part("says");
  place.textContent = words;
  place.className = `scan-says ${kind}`;
}

// A field filled from the card is no longer wrong.
function mend(name) {
  const message = document.getElementById(`id_${name}_error`);
  const field = message?.closest(".field");
  field?.classList.remove("wrong");
  field?.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
  message?.remove();
  document
    .querySelectorAll(`.summary a[href="#id_${name}"], .summary a[href="#id_${name}_0"]`)
    .forEach((link) => link.parentElement.remove());
  document.querySelectorAll(".summary").forEach((list) => {
    if (!list.querySelector("li")) list.remove();
  });
}

function fill(answer) {
  for (const [name, value] of Object.entries(answer.fields)) {
    const choice = form.querySelector(`input[type=radio][name="${name}"][value="${CSS.escape(value)}"]`);
    if (choice) choice.checked = true;
    else if (form.elements[name] && !form.elements[name].length) form.elements[name].value = value;
    mend(name);
  }
  if (answer.told) say(answer.told, "bad");
  else say(box.dataset.done, "good");
  const next = box.dataset.next
    .split(" ")
    .map((name) => form.elements[name])
    .filter(Boolean);
  (next.find((field) => !field.value) || next[0] || form.querySelector("[data-go]")).focus();
}

async function ask(signal, name, value, fileName) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  if (fileName) body.set(name, value, fileName);
  else body.set(name, value);
  const answer = await fetch(box.dataset.url, { method: "POST", body, signal });
  return answer.json();
}

function stop() {
  latest.abort();
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  part("view").hidden = true;
  part("stop").hidden = true;
  part("camera").hidden = false;
}

async function look(video, signal) {
  if (detector) {
    const codes = await detector.detect(video).catch(() => []);
    for (const code of codes) {
      const answer = await ask(signal, "text", code.rawValue);
      if (answer.fields) return answer;
    }
    return {};
  }
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  if (!canvas.width) return {};
  canvas.getContext("2d").drawImage(video, 0, 0);
  const blob = await new Promise((done) => {
    canvas.toBlob(done, "image/jpeg", 0.8);
  });
  return ask(signal, "photo", blob, "frame.jpg");
}

async function watch(video, signal) {
  while (!signal.aborted) {
    const answer = await look(video, signal).catch(() => ({}));
    if (signal.aborted) return;
    if (answer.fields) {
      stop();
      fill(answer);
      return;
    }
    if (answer.error) {
      stop();
      say(answer.error, "bad");
      return;
    }
    await new Promise((done) => {
      setTimeout(done, detector ? 250 : EVERY);
    });
  }
}

async function start() {
  const video = part("video");
  const signal = begin();
  let fresh;
  try {
    fresh = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1920 } },
    });
  } catch {
    if (signal.aborted) return;
    say(box.dataset.nocamera, "bad");
    return;
  }
  if ("BarcodeDetector" in window) {
    const kinds = await BarcodeDetector.getSupportedFormats().catch(() => []);
    detector = kinds.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  }
  if (signal.aborted) return fresh.getTracks().forEach((track) => track.stop()); // a photo was picked meanwhile
  stream = fresh;
  video.srcObject = stream;
  part("view").hidden = false;
  part("stop").hidden = false;
  part("camera").hidden = true;
  await video.play();
  if (signal.aborted) return;
  say(box.dataset.aim);
  watch(video, signal);
}

async function photo(event) {
  const file = event.target.files[0];
  if (!file) return;
  if (stream) stop();
  const signal = begin();
  say(box.dataset.reading);
  try {
    const small = await shrink(file);
    const answer = await ask(signal, "photo", small, "photo.jpg");
    event.target.value = "";
    // With consent the photo goes along with the step and is kept for the step of photos.
    if (answer.fields && form.elements.giu?.checked) {
      const kept = new DataTransfer();
      kept.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
      event.target.files = kept.files;
    }
    if (answer.fields) fill(answer);
    else say(answer.error || answer.hint, "bad");
  } catch {
    if (signal.aborted) return;
    const own = form.querySelector("[value=scan]"); // no answer: the page's own way, where it has one
    if (own) form.requestSubmit(own);
    else say(box.dataset.lost, "bad");
  }
}

if (box) {
  if (!navigator.mediaDevices?.getUserMedia) part("camera").hidden = true;
  const input = document.getElementById("id_photo");
  input.setAttribute("capture", input.dataset.capture); // without a script the phone also offers its gallery
  part("camera").addEventListener("click", start);
  part("pick").addEventListener("click", () => input.click());
  part("stop").addEventListener("click", () => {
    stop();
    say("");
  });
  input.addEventListener("change", photo);
  window.addEventListener("pagehide", () => {
    if (stream) stop();
  });
}
