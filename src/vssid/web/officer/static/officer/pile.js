// A pile of forms: each scan is sent in its turn while the next is read; what could not be sent is kept and
// said, never lost. Each outcome has a sound of its own, so that eyes can stay on the paper.
const RETRY = 2000;
// Frequencies in hertz, one after the other: rising is good, the same again is harmless, falling is wrong.
const SOUNDS = {
  received: [880, 1320],
  twice: [660, 660],
  late: [440, 330, 220],
  closed: [440, 220],
  elsewhere: [520, 390, 520],
  in_hands: [520, 390],
  own: [390, 520],
  unsigned: [330, 330, 220],
  unknown: [180, 180, 180],
  not_listed: [520, 780, 520, 780],
  list: [660, 880],
};
const NOTE = 0.11; // seconds

const form = document.querySelector("[data-pile]");
const field = form.querySelector("input[name=ma]");
const part = (name) => document.querySelector(`[data-pile-${name}]`);
const news = part("news");
const sound = part("sound");
const waiting = [];
const codes = () => waiting.map((each) => each.code).join(", ");
let sending = false;
let audio = null;

sound.hidden = false;

function play(outcome) {
  if (!sound.querySelector("input").checked || !window.AudioContext) return;
  audio ??= new AudioContext();
  (SOUNDS[outcome] ?? SOUNDS.unknown).forEach((frequency, at) => {
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(audio.destination);
    tone.start(audio.currentTime + at * NOTE);
    tone.stop(audio.currentTime + (at + 0.8) * NOTE);
  });
}

function tell(line) {
  news.prepend(line);
  part("said").textContent = line.innerText;
  if (line.dataset.sound === "received" && part("count")) {
    part("count").textContent = Number(part("count").textContent) + 1;
    part("none")?.remove();
  }
  play(line.dataset.sound);
  tick(line.dataset.number);
  if (line.dataset.open) location.assign(line.dataset.open);
}

// With a list: what was scanned is missing no more.
function tick(number) {
  const missing = [...document.querySelectorAll("[data-listed]")].find((each) => each.dataset.listed === number);
  if (!missing) return;
  missing.remove();
  part("missing").textContent = Number(part("missing").textContent) - 1;
}

// `again`: the answer to the first try was lost; the form may stand as received by it.
async function send({ code, unsigned }, again) {
  const body = new FormData(form);
  body.set("ma", code);
  body.delete("chua-ky");
  if (unsigned) body.set("chua-ky", "1");
  if (again) body.set("lai", "1");
  const answer = await fetch(form.dataset.pile, { method: "POST", body, redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 409) return "ended";
  if (!answer.ok) throw new Error(String(answer.status));
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  tell(made.content.querySelector("li"));
  return "told";
}

async function work() {
  if (sending) return;
  sending = true;
  let again = false;
  while (waiting.length) {
    try {
      if ((await send(waiting[0], again)) === "ended") return ended();
      waiting.shift();
      again = false;
      part("unsent").hidden = true;
    } catch {
      again = true;
      part("waiting").textContent = codes();
      part("unsent").hidden = false;
      await new Promise((again) => setTimeout(again, RETRY));
    }
  }
  sending = false;
}

// Nothing more is sent: who signs in again finds which sheets are to be scanned once more.
function ended() {
  part("unsent").hidden = true;
  part("left").textContent = codes();
  part("ended").hidden = false;
}

function take(code) {
  if (!code.trim()) return;
  // Said of the next sheet alone: with the one after it all is as before.
  const once = part("once");
  waiting.push({ code: code.trim(), unsigned: Boolean(once?.checked) });
  if (once) once.checked = false;
  if (!part("ended").hidden) return ended();
  work();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  take(field.value);
  field.value = "";
  field.focus();
});
// The console's keyboard found a scan made outside of the field.
document.addEventListener("console-scan", (event) => {
  event.preventDefault();
  field.value = "";
  take(event.detail);
});
window.addEventListener("beforeunload", (event) => {
  if (waiting.length) event.preventDefault();
});
