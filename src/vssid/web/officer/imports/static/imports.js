// Uploads: too large is said before it is sent; progress is asked for each second. Every page works without
// it.
const EVERY = 1000;

function watch(box) {
  const said = document.querySelector("[data-said][role=status]");
  async function ask() {
    try {
      const answer = await fetch(box.dataset.progress, { headers: { Accept: "text/html" } });
      const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".meter");
      if (!part || part.matches("[data-ended]")) return location.reload(); // the report, or the sign-in page
      document
        .querySelector("[data-state-of]")
        .replaceChildren(...part.querySelector("[data-state-now]").childNodes);
      box.replaceChildren(document.adoptNode(part));
      // Told only when it changed, or a screen reader would speak each second.
      if (said.textContent !== part.dataset.said) said.textContent = part.dataset.said;
      document.querySelectorAll("[data-while]").forEach((form) => {
        form.hidden = form.dataset.while !== part.dataset.state;
      });
    } catch {
      /* no network: asked again */
    }
    setTimeout(ask, EVERY);
  }
  setTimeout(ask, EVERY);
}

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
