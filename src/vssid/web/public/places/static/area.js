// What lies in the chosen province or district, without sending the form. Without a script, or without
// a network, the form's own button does the same.
const form = document.querySelector("form[data-area]");
// What was asked for last: an answer to anything before is not for what is chosen now.
let latest = null;

form.addEventListener("change", async ({ target }) => {
  if (target.name !== "tinh" && target.name !== "huyen") return;
  const within = form.querySelector("[data-within]");
  latest?.abort();
  const asked = new AbortController();
  latest = asked;
  within.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`, {
      signal: asked.signal,
    });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    within.replaceChildren(...page.querySelector("[data-within]").childNodes);
    document.getElementById(target.id).focus();
  } catch {
    // no network, or overtaken
  } finally {
    if (!asked.signal.aborted) within.removeAttribute("aria-busy");
  }
});
