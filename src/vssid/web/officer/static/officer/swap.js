// A button of the decision changes only what it changed: the photos stay as they were zoomed and turned, and are
// not looked at (and written down) anew. The server answers with the whole page, as without a script.
const PARTS = [".file-head", ".queue", ".decide", "[data-part=history]"];

export function swapping() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest(".decide") || event.defaultPrevented) return;
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector(".decide")) return answer.redirected ? location.assign(answer.url) : location.reload();
      show(page);
      if (answer.redirected) history.replaceState(null, "", answer.url);
      document.dispatchEvent(new Event("officer:served"));
    } catch {
      // No answer came, so nobody knows whether it was done; the browser asks again and the server knows.
      form.submit();
    }
  });
}

function show(page) {
  for (const part of PARTS) {
    const here = document.querySelector(part), there = page.querySelector(part);
    if (here && there) here.replaceWith(document.adoptNode(there));
  }
  document.querySelector(".decide [data-said]")?.focus();
}
