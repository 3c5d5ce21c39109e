// The server ends a session after some minutes without a request. Before that the page asks; somebody who is
// typing stays; nobody there: the page, with people's data on it, gives way to the sign-in page.
const MINUTE = 60_000;

export function idle(box) {
  const note = box.querySelector("[data-idle-note]"),
    form = document.querySelector("[data-stay-form]");
  if (!note || !form) return;
  const limit = Number(box.dataset.idle) * MINUTE;
  let touched = Date.now(),
    served = Date.now();

  async function stay() {
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        redirect: "manual",
      });
      if (answer.status === 204) {
        served = Date.now();
        note.hidden = true;
      } else leave();
    } catch {
      /* no network: the next tick tries again */
    }
  }
  function leave() {
    location.replace(
      `${box.dataset.signIn}?${new URLSearchParams({ tiep: location.pathname + location.search })}`,
    );
  }
  for (const kind of ["keydown", "pointerdown", "wheel"])
    document.addEventListener(
      kind,
      () => {
        touched = Date.now();
      },
      { passive: true },
    );
  note.querySelector("[data-stay]").addEventListener("click", stay);
  document.addEventListener("desk:served", () => {
    served = Date.now();
  });
  setInterval(() => {
    const rest = Date.now() - served;
    if (rest > limit + MINUTE / 2) leave();
    else if (rest > limit / 2 && touched > served) stay();
    else note.hidden = rest < limit - 2 * MINUTE;
  }, 15_000);
}
