// Tells a scanner from a person: a scanner types its whole number within moments and usually ends with Enter.
// A key is held back for GAP ms; only when nothing follows is it a person's key. So no digit of a scanned
// number ever presses a button, and the Enter that ends a scan never confirms one.
//
// A Vietnamese input method in between swallows keys: it takes letters back (Backspace) and types others (TE1
// becomes TÉ). What it did is followed as far as it can be seen; a burst that is no number for all that was
// garbled, is taken out of the text again, and said.
const GAP = 75;
// What is a number already may go on: all of 00001/2026/031 is one before its last digits are typed, and a
// scanner without a wire, or a busy machine, pauses within it. Without Enter it is taken only after SETTLED ms.
const SETTLED = 600;
// Printed numbers have at least five digits in front: one that lost its first digit is no number.
const NUMBER = /^\d{5,6}[/-]\d{4}[/-][0-9A-Za-z]{2,8}$/;
const SHORTEST = 6;
// Nobody types that much without a pause, with that many digits.
const SURELY = 10;
const MARKED = /[\u0300-\u036f\u0110\u0111]/;

export const inText = (target) =>
  target instanceof Element &&
  target.matches(
    "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]",
  );

const digits = (text) => text.replace(/[^0-9]/g, "").length;
// What was put into `now` where `before` has nothing, or has what was taken back.
function added(before, now) {
  let start = 0,
    end = 0;
  while (start < Math.min(before.length, now.length) && before[start] === now[start]) start++;
  while (
    end < Math.min(before.length, now.length) - start &&
    before[before.length - 1 - end] === now[now.length - 1 - end]
  )
    end++;
  return now.slice(start, now.length - end);
}

export function listen({ onKey, onScan, onGarbled }) {
  let burst = "",
    keys = 0,
    last = 0,
    timer = 0,
    field = null,
    before = "",
    meddled = false;

  const forget = () => {
    burst = "";
    keys = 0;
    field = null;
    meddled = false;
    clearTimeout(timer);
  };
  // An input method that composes shows its text in the field alone.
  const typed = () =>
    meddled && field && !NUMBER.test(burst) ? added(before, field.value ?? "") || burst : burst;
  function scanned(text) {
    const where = field,
      value = before;
    forget();
    // What the scanner typed into somebody's text is taken out again.
    if (where && !where.matches("[data-scan]")) where.value = value;
    onScan(text, where);
  }
  // Fast, long, mostly digits, and an input method was at work: a scan that can no longer be read here.
  function garbled(text) {
    return (
      keys >= SURELY &&
      digits(text) >= SHORTEST &&
      (meddled || MARKED.test(text.normalize("NFD"))) &&
      !field?.matches("[data-scan]")
    );
  }
  function saidGarbled() {
    const where = field,
      value = before;
    forget();
    if (where) where.value = value;
    onGarbled();
  }
  function quiet() {
    const text = typed();
    if (NUMBER.test(text)) return scanned(text);
    if (garbled(text)) return saidGarbled();
    const key = burst,
      where = field,
      once = keys === 1;
    forget();
    if (once && [...key].length === 1 && !where) onKey(key);
  }
  // How long the next key may take and still be of the same burst.
  const gap = () => (NUMBER.test(typed()) ? SETTLED : GAP);
  function again() {
    clearTimeout(timer);
    timer = setTimeout(quiet, gap());
  }

  document.addEventListener(
    "keydown",
    (event) => {
      const composing = event.isComposing || event.key === "Process" || event.key === "Unidentified";
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return forget();
      const now = event.timeStamp,
        fast = now - last < gap();
      if (!fast && keys) quiet();
      if (!composing && (event.key === "Enter" || event.key === "Tab")) {
        const text = typed();
        if (fast && NUMBER.test(text)) {
          event.preventDefault();
          event.stopPropagation();
          scanned(text);
        } else if (fast && garbled(text)) {
          event.preventDefault();
          event.stopPropagation();
          saidGarbled();
        } else if (fast && text.length >= SHORTEST && !field) {
          event.preventDefault();
          event.stopPropagation();
          forget();
          onScan(text, null);
        } else forget();
        return;
      }
      const back = event.key === "Backspace";
      if (!composing && !back && event.key.length !== 1) return;
      if (back && !keys && !inText(event.target)) return;
      if (!keys) {
        field = inText(event.target) ? event.target : null;
        before = field ? (field.value ?? "") : "";
      }
      last = now;
      keys += 1;
      meddled = meddled || composing || back;
      if (back) burst = [...burst].slice(0, -1).join("");
      else if (!composing) burst += event.key;
      // Outside a text a printable key does nothing of its own that we need, but "/" would open the browser's
      // search.
      if (!field && (event.key === "/" || event.key === "'" || (event.key === " " && burst.length > 1)))
        event.preventDefault();
      again();
    },
    true,
  );
}
