// Questions filter while one types. The rules are those of domain/support/search.py.
const LONG = 4,
  ASKED = 6,
  TAGGED = 4,
  ANSWERED = 1,
  TYPO = 0.5;
const narrow = (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
const plain = (text) =>
  text
    .replace(/\p{DI}/gu, "")
    .replace(/[\uff01-\uff5e]/g, narrow)
    .normalize("NFD");
const fold = (text) =>
  plain(text)
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[đðɖɗ]/g, "d")
    .replace(/[ƀɓ]/g, "b");
const words = (text) =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

function oneSlip(word, other) {
  if (Math.abs(word.length - other.length) > 1) return false;
  let start = 0;
  while (start < Math.min(word.length, other.length) && word[start] === other[start]) start += 1;
  const a = word.slice(start),
    b = other.slice(start);
  if (a.length !== b.length) return a.length > b.length ? a.slice(1) === b : a === b.slice(1);
  return (
    a.slice(1) === b.slice(1) || (a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}
function fits(term, among) {
  if (among.includes(term)) return 1;
  if (among.some((word) => word.startsWith(term))) return 0.9;
  return term.length >= LONG && among.some((word) => word.length >= LONG && oneSlip(term, word)) ? TYPO : 0;
}
function score(question, terms) {
  const best = terms.map((term) =>
    Math.max(
      ASKED * fits(term, question.ask),
      TAGGED * fits(term, question.tags),
      ANSWERED * fits(term, question.answer),
    ),
  );
  return {
    question,
    hits: best.filter(Boolean).length,
    points: best.reduce((sum, points) => sum + points, 0),
  };
}
function find(every, typed, fillers) {
  const all = [...new Set(words(typed.slice(0, 200)))];
  const telling = all.filter((term) => !fillers.has(term));
  const terms = telling.length ? telling : all;
  if (!terms.length) return null;
  const scored = every.map((question) => score(question, terms));
  const most = Math.max(...scored.map(({ hits }) => hits));
  if (most * 2 < terms.length) return [];
  return scored
    .filter(({ hits }) => hits === most)
    .sort((a, b) => b.points - a.points)
    .map(({ question }) => question);
}

const box = document.querySelector("[data-faq-search]");
const count = document.querySelector("[data-faq-count]");
const roots = [...document.querySelectorAll("[data-faq]")].map((root) => ({
  root,
  answers: root.querySelector("[data-found]"),
  fillers: new Set(root.dataset.fillers.split(" ")),
  every: [...root.querySelectorAll("[data-question]")].map((item) => ({
    item,
    home: root.querySelector(`[data-group="${item.dataset.of}"] .faq`),
    ask: words(item.querySelector("[data-ask]").textContent),
    tags: words(item.dataset.tags),
    answer: words(item.querySelector("[data-answer]").textContent),
  })),
}));

function show() {
  let total = 0,
    asked = false;
  for (const { root, answers, fillers, every } of roots) {
    const fitting = find(every, box.value, fillers);
    asked ||= fitting !== null;
    every.forEach(({ item, home }) => home.append(item));
    root.querySelectorAll("[data-group], h2").forEach((part) => {
      part.hidden = fitting !== null;
    });
    (fitting || []).forEach(({ item }) => answers.append(item));
    answers.hidden = !answers.children.length;
    total += fitting ? fitting.length : 0;
  }
  if (count)
    count.textContent = !asked
      ? ""
      : !total
        ? count.dataset.none
        : total === 1
          ? count.dataset.one
          : count.dataset.many.replace("{n}", total);
}
if (box) box.addEventListener("input", show);
