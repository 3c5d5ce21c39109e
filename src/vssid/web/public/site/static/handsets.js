// The demo's phones: look for new texts every three seconds while the page is seen.
const here = "[data-handsets]";
let asking = false; // one at a time: a late answer does not take a newer text away

async function refresh() {
  if (document.hidden || asking) return;
  asking = true;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(here);
    const shown = document.querySelector(here);
    if (fresh && fresh.textContent !== shown.textContent) shown.replaceWith(document.importNode(fresh, true));
  } catch {
    /* no network just now: the next round tries again */
  } finally {
    asking = false;
  }
}

setInterval(refresh, 3000);
