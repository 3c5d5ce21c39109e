// The open file stays in this officer's hand while somebody works on the page; when a colleague took it, that
// is said.
const EVERY = 60_000;

export function hand(toasts, refresh) {
  const lost = toasts.querySelector("[data-hand-lost]"),
    token = document.querySelector("[data-stay-form] input");
  let touched = Date.now(),
    kept = Date.now();
  for (const kind of ["keydown", "pointerdown", "wheel"])
    document.addEventListener(
      kind,
      () => {
        touched = Date.now();
      },
      { passive: true },
    );
  lost.querySelector("[data-hand-look]").addEventListener("click", async () => {
    lost.hidden = true;
    try {
      await refresh();
    } catch {
      lost.hidden = false; // no network: it still is to be looked at
    }
  });
  setInterval(async () => {
    const mine = document.querySelector("[data-keep]");
    if (!mine || document.visibilityState !== "visible" || touched < kept) return;
    const asked = Date.now();
    kept = asked;
    try {
      const body = new FormData();
      body.append(token.name, token.value);
      const answer = await fetch(mine.dataset.keep, { method: "POST", body, redirect: "manual" });
      // Of a file that was decided, given back or kept again meanwhile the answer says nothing.
      if (mine.isConnected && asked === kept) lost.hidden = answer.status !== 409;
    } catch {
      /* no network: the next tick tries again */
    }
  }, EVERY);
}
