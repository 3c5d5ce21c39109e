"""Accessibility of a page as axe sees it."""

from __future__ import annotations

from typing import Any, NamedTuple

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.judged import colours

# What speaks of colours costs most and depends on the theme, but not on the words of a page.
OF_COLOURS = ("color-contrast", "link-in-text-block")
# Only what is wrong comes back, of each rule the first element: axe's whole answer is as large as the page.
TOLD = """({ id, impact, nodes: [one] }) =>
  `${id} (${impact}): ${one.html.slice(0, 160)} ${one.failureSummary}`"""
# Nothing is loaded ahead: only a rule of styles for a phone held another way and one of sounds that play by
# themselves ask for it; that there are neither is read in the sources (test_aspects.py).
RUN = (
    """async (without) => {
  globalThis.axe ?? globalThis.bringAxe?.();
  if (typeof axe === "undefined") return null;
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const { violations } = await axe.run({ resultTypes: ["violations"], preload: false, rules });
  return violations.map(TOLD);
}"""
).replace("TOLD", TOLD)
JUDGE = colours.JUDGE.replace("TOLD", TOLD)
# What a page is made of, without its words. Of all that axe asks besides colours, another language changes an
# answer in two ways: a name is there in one language only, or two names that differed have become the same.
# Of each element: tag and attributes, whether it is in view, scrolls, has a text. Of attributes made
# of words, or that no rule reads, only whether there is something; of tokens nothing at all.
SEEN = """() => {
  const worded = new Set(["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "alt",
    "aria-placeholder", "title", "placeholder", "value", "summary", "label", "src", "srcset", "d",
    "datetime"]);
  const attribute = (one, { name, value }) => {
    if (name === "nonce" || (name === "value" && one.type === "hidden")) return name;
    const is_told = one.tagName === "META" && name === "content" && one.name === "description";
    if (["lang", "hreflang"].includes(name) && ["vi", "en"].includes(value)) return name;
    if (name === "aria-pressed" && ["true", "false"].includes(value)) return name;
    if (name === "style" && /^(--[a-z]+: [^;]*;? *)*$/.test(value)) return name;
    if (worded.has(name) || name.startsWith("data-") || is_told) return name + (value.trim() ? "+" : "-");
    return `${name}=${value}`;
  };
  const said = (one) => [...one.childNodes].filter((it) => it.nodeType === 3 && it.data.trim()).length;
  const over = (one) => Math.max(one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight);
  const scrolls = (one) => over(one) > 13 && /auto|scroll/.test(getComputedStyle(one).overflow);
  const is_seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const part = (one) => [one.localName, ...[...one.attributes].map((it) => attribute(one, it)).sort(),
    is_seen(one), scrolls(one), said(one), one.children.length].join(" ");
  const words = (one) => (one.textContent || "").trim().toLowerCase(), names = [];
  for (const one of document.querySelectorAll("[aria-label], [alt], [title], [summary]"))
    for (const name of ["aria-label", "alt", "title", "summary"])
      if (one.getAttribute(name)) names.push(one.getAttribute(name).trim().toLowerCase());
  for (const one of document.querySelectorAll("[aria-labelledby]"))
    names.push(one.getAttribute("aria-labelledby").split(/ +/)
      .map((id) => words(document.getElementById(id) || one)).join(" "));
  for (const one of document.querySelectorAll("caption, figcaption, :has(> img[alt])"))
    names.push(words(one));
  return [document.title, document.documentElement.lang,
          [...document.querySelectorAll("*")].map(part).join("\\n"), names];
}"""


_judged = colours.Judged()


def findings(page: Any) -> list[str]:
    """What axe finds on the page: rule, weight, and the first element; empty when it is clean."""
    return findings_of_words(page) + findings_of_colours(page)


def findings_of_colours(page: Any) -> list[str]:
    """The same, of the rules of colours alone: all that another theme can change."""
    fresh = _judged.fresh(page)
    return _judged.learn(_run(page, JUDGE, [OF_COLOURS, *_judged.asked(fresh)])) if fresh else []


def findings_of_words(page: Any) -> list[str]:
    """The same, of all other rules: what another language can change."""
    violations: list[str] = _run(page, RUN, OF_COLOURS)
    return violations


def bring(page: Any) -> None:
    """Let every page that is opened from now on have axe at hand, read only where it is asked."""
    page.add_init_script(f"globalThis.bringAxe = () => {{ {AXE_SCRIPT} }};")


def _run(page: Any, asked: str, chosen: Any) -> Any:
    answer = page.evaluate(asked, chosen)
    if answer is not None:
        return answer
    if getattr(page, "asked_axe_before", False):  # it will again
        bring(page)
    page.asked_axe_before = True
    page.evaluate(AXE_SCRIPT)
    return page.evaluate(asked, chosen)


class Outline(NamedTuple):
    """A page that was seen: its title and language, all its parts, and the names of some."""

    title: str
    lang: str
    parts: str
    names: list[str]


def see(page: Any) -> Outline:
    """Look at the page that is open."""
    return Outline(*page.evaluate(SEEN))


def only_words_differ(before: Outline, after: Outline) -> bool:
    """The same parts in both, and no two names that are the same only in the second."""
    if before.parts != after.parts or len(before.names) != len(after.names):
        return False
    meant: dict[str, str] = {}
    return all(
        meant.setdefault(now, then) == then for then, now in zip(before.names, after.names, strict=True)
    )
