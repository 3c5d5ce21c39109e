// Choosing workers by keyboard: j and k go down and up, x ticks, a ticks all of the page, m goes to inviting.
const table = document.querySelector("[data-choosing]");
const boxes = table ? [...table.querySelectorAll("input[name=nguoi]")] : [];
const all = document.querySelector("[data-all]");
const told = document.querySelector("[data-told]");

const tell = () => {
  const many = boxes.filter((box) => box.checked).length;
  if (told) told.textContent = many ? told.dataset.told.replace("0", many) : "";
  if (all) all.checked = many === boxes.length && many > 0;
};

const tick = (checked) => {
  for (const box of boxes) box.checked = checked;
  tell();
};

const go = (by) => {
  const at = boxes.indexOf(document.activeElement);
  boxes[Math.min(boxes.length - 1, Math.max(0, at + by))]?.focus();
};

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  x: () => {
    const box = document.activeElement;
    if (boxes.includes(box)) box.click();
  },
  a: () => tick(!boxes.every((box) => box.checked)),
  m: () => document.querySelector(".invite-bar button")?.focus(),
};

const types = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

if (boxes.length) {
  table.addEventListener("change", tell);
  all?.addEventListener("change", () => tick(all.checked));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  tell();
}
