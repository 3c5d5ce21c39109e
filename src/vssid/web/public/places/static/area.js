// What lies in the chosen province or district, without sending the form. Without a script, or without
// a network, the form's own button does the same.
const form = document.querySelector("form[data-area]");

form.addEventListener("change", async ({ target }) => {
  if (target.name !== "tinh" && target.name !== "huyen") return;
  const within = form.querySelector("[data-within]");
  within.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    within.replaceChildren(...page.querySelector("[data-within]").childNodes);
    document.getElementById(target.id).focus();
  } catch {
    // no network
  } finally {
    within.removeAttribute("aria-busy");
  }
});
