// Uploads: too large is said before it is sent; progress is asked for each second. Every page works without
// it.
import { watch } from "../ui/js/progress.js";

function sending(form) {
  const file = form.querySelector("input[type=file]"),
    note = form.querySelector("[data-sending]");
  file.addEventListener("change", () => {
    const large = file.files[0]?.size > Number(form.dataset.most);
    file.setCustomValidity(large ? form.dataset.tooLarge : "");
    if (large) file.reportValidity();
  });
  form.addEventListener("submit", () => {
    note.hidden = false;
    form.querySelector("button.btn").setAttribute("aria-busy", "true");
  });
  // The page may come back from the browser's memory.
  addEventListener("pageshow", () => {
    note.hidden = true;
    form.querySelector("button.btn").removeAttribute("aria-busy");
  });
}

const box = document.querySelector("[data-progress]"),
  form = document.querySelector("[data-upload]");
if (box) watch(box);
if (form) sending(form);
