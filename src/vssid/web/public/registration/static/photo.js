// Send a photo as soon as it is taken, with progress; shrink it first when it is big.
import { shrink } from "./shrink.js";

const SOON = 3000;
const form = document.querySelector("[data-upload]");
const input = form?.querySelector("input[type=file]");
const meter = form?.querySelector("[data-meter]");
const bar = meter?.querySelector("progress");
const says = meter?.querySelector("[data-says]");
const again = meter?.querySelector("[data-again]");
let unsent = null; // the photo that did not get through
let latest = null; // the photo that was taken last: one before it, still being shrunk, is not sent
const buttons = form ? [...form.querySelectorAll("button")] : [];

function show(file) {
  const place = document.querySelector("[data-preview]");
  const picture = new Image();
  picture.alt = "";
  picture.src = URL.createObjectURL(file);
  picture.onload = () => {
    URL.revokeObjectURL(picture.src);
    place.classList.add("taken");
    place.replaceChildren(picture);
  };
  picture.onerror = () => URL.revokeObjectURL(picture.src); // HEIC: shown once the server has it
}

function say(words, failed = false) {
  meter.hidden = false;
  bar.hidden = failed;
  again.hidden = !unsent;
  says.textContent = words;
  says.classList.toggle("bad-text", failed);
  if (failed)
    buttons.forEach((button) => {
      button.disabled = false;
    });
}

function send(blob, name) {
  unsent = null;
  buttons.forEach((button) => {
    button.disabled = true;
  });
  const body = new FormData(form);
  body.set("photo", blob, name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.onprogress = (event) => {
    bar.value = event.lengthComputable ? (event.loaded / event.total) * 100 : 0;
    say(
      event.loaded < event.total
        ? `${form.dataset.sending} ${Math.round(bar.value)} %`
        : form.dataset.judging,
    );
  };
  request.onload = () => {
    const answer = request.response;
    if (request.status < 400 && answer?.go) location.assign(answer.go);
    else if (answer?.error) say(answer.error, true);
    else form.submit(); // an error page is shown as a page
  };
  request.onerror = () => {
    unsent = [blob, name];
    say(form.dataset.lost, true);
  };
  request.send(body);
}

async function taken() {
  const file = input.files[0];
  if (!file) return;
  latest = file;
  unsent = null;
  show(file);
  say(form.dataset.sending);
  const small = await shrink(file);
  if (file === latest) send(small, file.name || "photo.jpg");
}

if (form) {
  // Emptied first, so that choosing the same photo again counts as a change.
  const choose = () => {
    input.value = "";
    input.click();
  };
  const retry = () => {
    if (unsent) send(...unsent);
  };
  input.addEventListener("change", taken);
  form.querySelector("[data-take]").addEventListener("click", () => {
    input.setAttribute("capture", input.dataset.capture);
    choose();
  });
  form.querySelector("[data-gallery]").addEventListener("click", () => {
    input.removeAttribute("capture");
    choose();
  });
  again.addEventListener("click", retry);
  // It is said before the network really carries anything.
  window.addEventListener("online", () => {
    retry();
    setTimeout(retry, SOON);
  });
}
