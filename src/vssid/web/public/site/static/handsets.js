// The demo's phones: look for new texts every three seconds while the page is seen.
const here = "[data-handsets]";

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(here);
    const shown = document.querySelector(here);
    if (fresh && fresh.textContent !== shown.textContent) shown.replaceWith(document.importNode(fresh, true));
  } catch {
    /* no network just now: the next round tries again */
  }
}

setInterval(refresh, 3000);
