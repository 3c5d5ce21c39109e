// The counter: a card is scanned at any time, what is typed is kept while it is typed, and a form that could not
// be sent stays as it is.
const PAUSE = 1200; // milliseconds without a key before typing is kept
const AGAIN = 4000; // and until what could not be kept is tried again: "online" is said before the network carries
const CARD = /\d{12}[|｜][^|｜]*[|｜][^|｜]+[|｜].*/; // the text of a card's QR, as a scanner types it

const CODE = /^(\d{10}|\d{12}|[A-Z]{2}[1-5]\d{2}\d{10}(\d{2})?)$/i; // a BHXH code, an ID number, a health card's number

const find = (selector) => document.querySelector(selector);
const form = () => find("[data-walk-in-form]");
let timer = 0;
let dirty = false;

function told(what, shown) {
  const place = find(`[data-${what}]`);
  if (place) place.hidden = !shown;
}

async function post(go, more = {}) {
  const body = new FormData(form());
  body.set("go", go);
  body.set("phan", "1");
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const answer = await fetch(form().action, { method: "POST", body, headers: { Accept: "text/html" } });
  told("unsaved", false);
  const signIn = find("[data-sign-in]").dataset.signIn;
  const ended = answer.redirected && new URL(answer.url).pathname === signIn;
  told("ended", ended);
  return ended ? null : answer;
}

async function keep() {
  clearTimeout(timer);
  if (!dirty || !form()) return;
  dirty = false;
  try {
    const answer = await post("keep");
    if (!answer) dirty = true;
    else if (answer.status >= 500) unkept();
  } catch {
    unkept();
  }
}

function unkept() {
  dirty = true;
  told("unsaved", true);
  clearTimeout(timer);
  timer = setTimeout(keep, AGAIN);
}

// The answer is a page: another one is gone to, this one drawn anew is shown in its place.
async function send(go, more) {
  clearTimeout(timer);
  form().setAttribute("aria-busy", "true");
  try {
    const answer = await post(go, more);
    if (!answer) return;
    if (answer.status === 201) {
      dirty = false;
      location.assign(answer.headers.get("Location"));
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-walk-in]");
    // It was sent in another tab.
    if (answer.redirected && !page) {
      dirty = false;
      location.assign(answer.url);
      return;
    }
    if (!page) throw new Error(String(answer.status));
    dirty = false;
    find("[data-walk-in]").replaceWith(document.adoptNode(page));
    document.dispatchEvent(new Event("officer:drawn"));
    (find("[data-walk-in] [data-focus]") ?? (go === "code" ? find("#id_code") : empty()))?.focus();
  } catch {
    unkept();
  } finally {
    form()?.removeAttribute("aria-busy");
  }
}

// The first field that still has to be typed; with all of them filled in, keys are commands at once.
function empty() {
  const fields = document.querySelectorAll("[data-walk-in-form] .counter-fields :is(input:not([type=radio]), select)");
  return [...fields].find((field) => !field.value && field.name !== "email");
}

// A card before the camera fills what is still empty, and never what somebody typed.
function fill() {
  for (const picture of document.querySelectorAll("[data-fill]")) {
    for (const [name, value] of Object.entries(JSON.parse(picture.dataset.fill))) {
      const fields = [...form().querySelectorAll(`[name="${CSS.escape(name)}"]`)];
      if (fields[0]?.type === "radio") {
        if (!fields.some((field) => field.checked))
          fields.filter((field) => field.value === value).forEach((field) => (field.checked = true));
      } else if (fields[0] && !fields[0].value) fields[0].value = value;
    }
    delete picture.dataset.fill;
  }
  dirty = true;
  keep();
}

document.addEventListener("console-scan", (event) => {
  const ask = find("[data-counter-scan]");
  const isPerson = CARD.test(event.detail) || (form() && CODE.test(event.detail));
  if (!isPerson && !ask) return;
  event.preventDefault();
  if (form()) return send("card", { q: event.detail });
  ask.elements.q.value = event.detail;
  ask.requestSubmit();
});
// A scanner that types into a field: its text is taken out again and fills the form.
document.addEventListener(
  "keydown",
  (event) => {
    const field = event.target;
    if (event.key !== "Enter" || !form()?.contains(field) || !field.matches?.("input")) return;
    const card = CARD.exec(field.value);
    if (!card) return;
    event.preventDefault();
    event.stopPropagation();
    field.value = field.value.replace(card[0], "");
    send("card", { q: card[0] });
  },
  true,
);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && form()?.contains(event.target)) event.target.blur();
});
document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  if (form().getAttribute("aria-busy") !== "true") send(event.submitter?.value || "send");
});
document.addEventListener("input", (event) => {
  if (!form()?.contains(event.target)) return;
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE);
});
document.addEventListener("change", (event) => {
  if (!form()?.contains(event.target)) return;
  dirty = true;
  keep();
});
document.addEventListener("officer:captured", () => {
  if (form()) fill();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) keep();
});
window.addEventListener("online", keep);
window.addEventListener("beforeunload", (event) => {
  if (dirty && form()) event.preventDefault();
});
if (form() && document.activeElement === document.body) empty()?.focus();
