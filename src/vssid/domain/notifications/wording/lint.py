"""May this be the text of a kind? Says everything that is wrong with it, and how many parts it takes."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter

from vssid.kernel.sms_text import is_gsm, parts, units

from ..errors import BadText
from ..languages import Language
from ..outbox import text_rules

# The longest values that a text is tried with (outbox.templates), written as people would see them.
SAMPLES: dict[str, str] = {
    "account": "031190000001",
    "password": "7KQ2M-X9DRTW",
    "code": "123456",
    "hours": "168",
    "minutes": "120",
    "number": "00001/2026/031-000",
    "due": "31/12/2026",
    "days_left": "10",
    # Shortened to what room is left (outbox.templates).
    "office": "BHXH",
    "employer": "CTY",
    "invite": "7K2M-04QX-9TRE",
    "time": "08:00",
    "at": "14:03, 22/11/2026",
    "masked": "xxx 678",
    "until": "14:03, 22/11/2026",
    "close": "31/12/2026",
}
# Without these a text is of no use to who gets it.
NEEDED = frozenset({"account", "password", "code", "number", "invite"})
# What a swindler's text never says; every text of ours ends with it.
NO_LINKS = {Language.VI: "khong gui duong dan", Language.EN: "never sends links"}
MOST_WITH_MARKS = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A text tried with the longest values. `problems` are codes: empty, field:x, missing:x, shape, link,
    marks, long, no_promise. Units are septets, or UTF-16 units where it needs UCS-2.
    """

    shown: str
    parts: int
    units: int
    is_gsm: bool
    problems: tuple[str, ...]


def fields_of(text: str) -> set[str] | None:
    """The names in braces; None where braces are no plain names, which could reach into values."""
    try:
        found = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return None
    if any(not (name or "").isidentifier() or spec or conversion for name, spec, conversion in found):
        return None
    return {str(name) for name, _spec, _conversion in found}


def judge(text: str, *, own: str, with_marks: bool = False, language: Language = Language.VI) -> Judged:
    """`own` is the text that the room gave the kind: its names are those that may be used."""
    named, known = fields_of(text), fields_of(own) or set()
    if named is None:
        return Judged(text, parts(text), units(text), is_gsm(text), ("shape",))
    problems = [f"field:{name}" for name in sorted(named - known)]
    problems += [f"missing:{name}" for name in sorted((known & NEEDED) - named)]
    shown = text.format_map({name: SAMPLES.get(name, name) for name in named})
    problems += _of_rules(shown, with_marks=with_marks, language=language)
    return Judged(shown, parts(shown), units(shown), is_gsm(shown), tuple(problems))


def most_parts(*, with_marks: bool) -> int:
    """So many SMS parts a text may take."""
    return MOST_WITH_MARKS if with_marks else 1


def _of_rules(shown: str, *, with_marks: bool, language: Language) -> list[str]:
    problems = []
    try:
        text_rules.check(shown, max_parts=most_parts(with_marks=with_marks))
    except BadText as refused:
        problems.append(str(refused.facts["problem"]))
    if not with_marks and not is_gsm(shown):
        problems.append("marks")
    if NO_LINKS[language] not in text_rules.bare(shown).lower():
        problems.append("no_promise")
    return problems
