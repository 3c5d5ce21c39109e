// Tells a scanner from a person: a scanner types its whole number within moments and usually ends with Enter.
// A key is held back for GAP ms; only when nothing follows is it a person's key. So no digit of a scanned
// number ever presses a button, and the Enter that ends a scan never confirms one.
const GAP = 75;
// Printed numbers have at least five digits in front: one that lost its first digit is no number.
const NUMBER = /^\d{5,6}[/-]\d{4}[/-][0-9A-Za-z]{2,8}$/;
const SHORTEST = 6;

export const inText = (target) =>
  target instanceof Element && target.matches("input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]");

export function listen({ onKey, onScan }) {
  let burst = "", last = 0, timer = 0, field = null, before = "";

  const forget = () => { burst = ""; field = null; clearTimeout(timer); };
  function scanned() {
    const number = burst, where = field, value = before;
    forget();
    // What the scanner typed into somebody's text is taken out again.
    if (where && !where.matches("[data-scan]")) where.value = value;
    onScan(number, where);
  }
  function quiet() {
    if (NUMBER.test(burst)) return scanned();
    const key = burst, where = field;
    forget();
    if ([...key].length === 1 && !where) onKey(key);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return forget();
    const now = event.timeStamp, fast = now - last < GAP;
    if (!fast && burst) quiet();
    if (event.key === "Enter" || event.key === "Tab") {
      if (fast && NUMBER.test(burst)) { event.preventDefault(); event.stopPropagation(); scanned(); }
      else if (fast && burst.length >= SHORTEST && !field) { event.preventDefault(); event.stopPropagation(); const text = burst; forget(); onScan(text, null); }
      else forget();
      return;
    }
    if (event.key.length !== 1) return;
    if (!burst) {
      field = inText(event.target) ? event.target : null;
      before = field ? field.value ?? "" : "";
    }
    last = now;
    burst += event.key;
    // Outside a text a printable key does nothing of its own that we need, but "/" would open the browser's search.
    if (!field && (event.key === "/" || event.key === "'" || event.key === " " && burst.length > 1)) event.preventDefault();
    clearTimeout(timer);
    timer = setTimeout(quiet, GAP);
  }, true);
}
