// Long work, watched: how far it is is asked for each second; when it has ended the page is loaded anew.
const EVERY = 1000;

export function watch(box) {
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
