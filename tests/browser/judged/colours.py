"""Which colours of a page axe has not judged yet in this worker.

Its rules of colours take most of its time, and pages are made of the same parts. Of each element that bears
text all is noted that axe reads for its judgement: the letters, what is painted below them up to the first
opaque ground, what makes that translucent, and what else is painted where it stands. What was judged well
once is not asked again.
"""

from __future__ import annotations

from typing import Any

# Gives the marks of all elements that bear text, and keeps on the page which elements have them.
BEARERS = """() => {
  const hash = (text) => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return 4294967296 * (2097151 & b) + (a >>> 0);
  };
  const once = (read) => {
    const known = new Map();
    return (it) => known.has(it) ? known.get(it) : (known.set(it, read(it)), known.get(it));
  };
  const style = once((it) => getComputedStyle(it)), box = once((it) => it.getBoundingClientRect());
  const is_clear = (colour) => colour === "transparent" || /, 0\\)$|\\/ 0\\)$/.test(colour);
  const is_solid = (colour) => /^rgb\\(/.test(colour);
  const paints = (its) => !is_clear(its.backgroundColor) || its.backgroundImage !== "none";
  const beside = (it, where) => {
    const its = getComputedStyle(it, where);
    if (its.content === "none" || !paints(its)) return "";
    return `${where}${its.backgroundColor}${its.backgroundImage}`;
  };
  const tint = ({ opacity, filter, backdropFilter, mixBlendMode, clipPath, maskImage }) =>
    [opacity, filter, backdropFilter, mixBlendMode, clipPath, maskImage].join();
  const paint = once((it) => [style(it).backgroundColor, style(it).backgroundImage, style(it).backgroundClip,
    tint(style(it)), beside(it, "::before"), beside(it, "::after")].join("|"));
  const tints = once((it) => it ? hash(tint(style(it)) + tints(it.parentElement)) : 0);
  const is_opaque = (it) => is_solid(style(it).backgroundColor) && style(it).backgroundImage === "none";
  const ground = once((it) => it
    ? hash(paint(it) + (is_opaque(it) ? tints(it.parentElement) : ground(it.parentElement))) : 0);

  const fields = new Set(["INPUT", "SELECT", "TEXTAREA"]);
  const pictures = new Set([...fields, "IMG", "svg", "CANVAS", "VIDEO", "BUTTON"]);
  const all = [...document.querySelectorAll("body, body *")]
    .filter((it) => it.checkVisibility({ visibilityProperty: true }));
  const covers = (a, b) => a.left <= b.left && a.right >= b.right && a.top <= b.top && a.bottom >= b.bottom;
  const meets = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
  const is_painted = once((it) => pictures.has(it.tagName) || paints(style(it)));
  const painted = all.filter(is_painted).map((it) => ({ it, its: box(it) }));
  const around = (it) => {
    const here = box(it), notes = [];
    for (let above = it; above; above = above.parentElement)
      if (is_painted(above) && !covers(box(above), here)) notes.push(`<${paint(above)}`);
    for (const { it: other, its } of painted)
      if (meets(its, here) && !other.contains(it))
        notes.push(`>${covers(its, here)}${other.tagName}${paint(other)}`);
    return notes.join("");
  };
  const of_letters = ["color", "fontSize", "fontWeight", "fontStyle", "textShadow", "textDecorationLine",
    "display", "textIndent", "webkitTextStrokeWidth", "webkitTextFillColor"];
  const letters = (its) => of_letters.map((name) => its[name]).join();
  const unable = new Set([...document.querySelectorAll(":disabled, [aria-disabled=true]")]
    .flatMap((it) => (it.getAttribute("aria-labelledby") || "").split(/ +/)));
  const is_unable = (it) => Boolean(it.closest(":disabled, [aria-disabled=true]")
    || it.closest("label")?.control?.disabled || (unable.size > 0 && unable.has(it.closest("[id]")?.id)));
  const is_inline = (it) => style(it).display.startsWith("inline") && it.parentElement;
  const block = (it) => is_inline(it) ? block(it.parentElement) : it;
  const amid = (link) => {
    const its = block(link.parentElement), text = its.cloneNode(true);
    for (const other of text.querySelectorAll("a")) other.remove();
    const is_amid = Boolean(text.textContent.trim()), is_broken = Boolean(its.querySelector("br, hr"));
    return [letters(style(its)), is_amid, is_broken].join();
  };
  const text = (it) => [...it.childNodes].map((part) => part.nodeType === 3 ? part.data.trim() : "").join("");
  const mark = (it) => [it.tagName, letters(style(it)), letters(style(it.parentElement)), ground(it),
    around(it), text(it).length === 1, is_unable(it), it.tagName === "A" ? amid(it) : ""].join("~");
  const place = (it) => [it.cloneNode(false).outerHTML, ...["x", "y", "width", "height"]
    .map((side) => Math.round(box(it)[side]))].join("~");

  const bearers = all.filter((it) => text(it) || fields.has(it.tagName));
  globalThis.bearersOfText = bearers.map((it) =>
    ({ it, mark: hash(mark(it)), place: () => hash(mark(it) + place(it)) }));
  return [...new Set(globalThis.bearersOfText.map(({ mark }) => mark))];
}"""
# Lets axe judge the elements of these marks, but for those at whose very place it had nothing to say before.
JUDGE = """async ([rules, fresh, silent]) => {
  const is_fresh = new Set(fresh), was_silent = new Set(silent);
  const asked = globalThis.bearersOfText
    .filter((bearer) => is_fresh.has(bearer.mark) && !was_silent.has(bearer.place()));
  if (!asked.length) return { violations: [], judged: [], silent: [] };
  globalThis.axe ?? globalThis.bringAxe?.();
  if (typeof axe === "undefined") return null;
  const { violations, passes } = await axe.run({ include: asked.map(({ it }) => it) },
    { runOnly: rules, resultTypes: ["violations", "passes"], elementRef: true, preload: false });
  const well = new Set(passes.filter(({ id }) => id === "color-contrast")
    .flatMap(({ nodes }) => nodes.map(({ element }) => element)));
  return {
    violations: violations.map(TOLD),
    judged: [...new Set(asked.filter(({ it }) => well.has(it)).map(({ mark }) => mark))],
    silent: asked.filter(({ it }) => !well.has(it)).map((bearer) => bearer.place()),
  };
}"""


class Judged:
    """What axe has said of colours in this process."""

    def __init__(self) -> None:
        self._well: set[int] = set()
        self._silent: set[int] = set()

    def fresh(self, page: Any) -> list[int]:
        """Marks of the page that were not judged yet."""
        return [mark for mark in page.evaluate(BEARERS) if mark not in self._well]

    def asked(self, fresh: list[int]) -> list[Any]:
        return [fresh, sorted(self._silent)]

    def learn(self, answer: dict[str, Any]) -> list[str]:
        """What is wrong; a page that has anything wrong teaches nothing, as it must be found each time."""
        violations: list[str] = answer["violations"]
        if not violations:
            self._well.update(answer["judged"])
            self._silent.update(answer["silent"])
        return violations
