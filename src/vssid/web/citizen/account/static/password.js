// Marks the rules a new password keeps, and says how hard it is to guess: by length and variety only.
const rules = document.querySelector("[data-password-rules]");
const strength = document.querySelector("[data-strength]");
const field = rules && document.getElementById(rules.dataset.passwordRules);
const COMMON = /^(.)\1*$|12345|qwert|matkhau|password|abc123|11111|00000|88888|anhyeu|iloveyou/i;

const KEEPS = {
  length: (text) => text.length >= 8,
  login: (text) => !text.toLowerCase().includes(rules.dataset.login.toLowerCase()),
  common: (text) => !(COMMON.test(text) && text.length < 14),
};

function level(text) {
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(text)).length;
  const points = new Set(text).size + (kinds - 1) * 2 + Math.max(0, text.length - 12);
  if (text.length < 8) return 0;
  return points < 9 ? 1 : points < 14 ? 2 : 3;
}

// As accounts/passwords.py counts: letters and not their marks, nothing that nobody sees, no space at the
// ends.
function plain(text) {
  return text
    .replace(/(?!\s)\p{DI}/gu, "")
    .normalize("NFC")
    .replace(/\p{M}/gu, "")
    .trim();
}

function show() {
  const text = plain(field.value);
  for (const item of rules.querySelectorAll("[data-rule]")) {
    item.classList.toggle("kept", text !== "" && KEEPS[item.dataset.rule](text));
    item.classList.toggle("broken", text.length >= 8 && !KEEPS[item.dataset.rule](text));
  }
  const kept = Object.values(KEEPS).every((keeps) => keeps(text));
  const words = strength.dataset.words.split("|");
  strength.textContent = text && (kept || text.length < 8) ? words[level(text)] : "";
}

if (field) field.addEventListener("input", show);
