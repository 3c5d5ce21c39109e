// A button of the decision changes only what it changed: the photos stay as they were zoomed and turned, and
// are not looked at (and written down) anew. The server answers with the whole page, as without a script.
// Forms with data-leaves go to another page.
const PARTS = [".file-head", ".queue", ".decide"];

let answering = null;
let begun = 0; // how much was asked for: a number that is no longer the last was overtaken
// The answer that is awaited, or null: true when what was asked for was done.
export const awaited = () => answering;

export function swapping() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest(".decide") || form.matches("[data-leaves]") || event.defaultPrevented) return;
    event.preventDefault();
    if (answering) return; // pressed twice
    answering = send(form).finally(() => {
      answering = null;
    });
  });
}

async function send(form) {
  begun += 1;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "text/html" },
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector(".decide")) {
      answer.redirected ? location.assign(answer.url) : location.reload();
      return false;
    }
    show(page);
    if (answer.redirected) history.replaceState(null, "", answer.url);
    document.dispatchEvent(new Event("desk:served"));
    return !document.querySelector(".decide [data-trouble]");
  } catch {
    // No answer came, so nobody knows whether it was done; the browser asks again and the server knows.
    form.submit();
    return false;
  }
}

// Draw the page that is open anew, where it may have changed: after what is being done, and not from an
// answer that is older than what was asked for since.
export async function refresh() {
  await answering;
  const mine = ++begun;
  const address = new URL(location.href);
  address.searchParams.delete("xong"); // what was done is not said anew
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== begun) return;
  if (page.querySelector(".decide")) show(page);
  else location.reload();
}

function show(page) {
  const parts = [
    ...PARTS,
    ...[...page.querySelectorAll("[data-part]")].map((part) => `[data-part="${part.dataset.part}"]`),
  ];
  for (const part of parts) {
    const here = document.querySelector(part),
      there = page.querySelector(part);
    if (here && there) here.replaceWith(document.adoptNode(there));
  }
  document.querySelector(".decide [data-said]")?.focus();
}
