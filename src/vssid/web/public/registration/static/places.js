// The communes of the chosen province, without loading the page anew.
const province = document.querySelector("[data-province]");
const commune = document.getElementById("id_commune_code");

function option(code, name) {
  const element = document.createElement("option");
  element.value = code;
  element.textContent = name;
  return element;
}

// What was asked for last: an answer to anything before is not for the province that is chosen now.
let latest = null;

async function load() {
  latest?.abort();
  const asked = new AbortController();
  latest = asked;
  commune.setAttribute("aria-busy", "true");
  try {
    const address = `${province.dataset.province}?tinh=${encodeURIComponent(province.value)}`;
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok) throw new Error(answer.status);
    const { first, groups } = await answer.json();
    const parts = groups.map(([label, members]) => {
      const group = document.createElement("optgroup");
      group.label = label;
      group.append(...members.map(([code, name]) => option(code, name)));
      return group;
    });
    // What was chosen while the answer was on its way stays chosen.
    const chosen = commune.value;
    commune.replaceChildren(option("", first), ...parts);
    if ([...commune.options].some(({ value }) => value === chosen)) commune.value = chosen;
  } catch {
    if (asked.signal.aborted) return;
    // No network: the button that works without a script comes back.
    document.querySelectorAll(".no-js").forEach((part) => part.classList.remove("no-js"));
  } finally {
    if (!asked.signal.aborted) commune.removeAttribute("aria-busy");
  }
}

if (province && commune) province.addEventListener("change", load);
