"""The texts we send, in Vietnamese without diacritics and in English: one GSM part, no link.

Facts by kind (longest value a text is tested with): `account` 12 digits, `password` 12 characters, `code` 6
digits, `hours` and `minutes` 3 digits, `number` 18 characters, `due` a date, `days_left` 2 digits, `office`
any length (shortened to fit; without it "co quan BHXH da chon"), `employer` likewise, `invite` 14 characters,
`time` 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from vssid.kernel.redacted import Redacted
from vssid.kernel.sms_text import units

from ..languages import Language
from .text_rules import bare, check

TEXTS: dict[str, str] = {}
"""Every text by its kind, as rooms handed them in; each ends with what a swindler's text never says."""
ENGLISH: dict[str, str] = {}
"""The same kinds in English."""
PARTS: dict[str, int] = {}


def register(texts: Mapping[str, str], english: Mapping[str, str]) -> None:
    """Take over the texts of one room (its `message_texts.SMS` and `SMS_ENGLISH`), at start.

    Refuses (ValueError) a name twice, and a text in one language alone.
    """
    if twice := TEXTS.keys() & texts.keys():
        raise ValueError(f"texts named twice: {sorted(twice)}")
    if alone := texts.keys() ^ english.keys():
        raise ValueError(f"texts in one language alone: {sorted(alone)}")
    TEXTS.update(texts)
    ENGLISH.update(english)
    PARTS.update(dict.fromkeys(texts, 1))


def own(kind: str, language: Language) -> str:
    """The text that the room gave the kind."""
    return ENGLISH[kind] if language is Language.EN else TEXTS[kind]


_OFFICE = {Language.VI: "co quan BHXH da chon", Language.EN: "the BHXH office you chose"}
_DEFAULTS: dict[str, Any] = {"minutes": 5, "hours": 72}
# Names of any length.
_SHORTENED = ("office", "employer")
_PART = 160
# Of several, where diacritics make it UCS-2.
_MARKED_PART = 67


def render(kind: str, *, language: Language = Language.VI, **facts: Any) -> str:
    """The text of a kind in its reader's language. A missing fact is a KeyError; facts the text does not use
    are ignored.

    A date is written 31/12/2026; the name of an office or employer loses its marks and, if need be, its end.
    """
    template, parts = _chosen(kind, language)
    told = {**_DEFAULTS, "office": _OFFICE[language], **facts}
    values = {name: _written(value) for name, value in told.items()}
    whole = _PART if parts == 1 else _MARKED_PART * parts
    names = [name for name in _SHORTENED if f"{{{name}}}" in template]
    room = whole - units(template.format_map(values | dict.fromkeys(names, "")))
    for name in names:
        # Of two names the first leaves the second its half.
        values[name] = bare(values[name])[: max(0, room) // len(names)].strip()
    text = template.format_map(values)
    check(text, max_parts=parts)
    return text


def parts_of(kind: str) -> int:
    """How many SMS parts a text of the kind may take: more than planned where somebody chose diacritics."""
    return _chosen(kind, Language.VI)[1] if kind in TEXTS else 1


def _chosen(kind: str, language: Language) -> tuple[str, int]:
    """The text that is sent now, as somebody wrote it or the room's own, and its most parts."""
    from ..wording import lint, wordings  # they judge what stands here

    now = wordings.now_of(kind)
    if language is Language.EN:
        return now.english, PARTS[kind]
    return now.text, lint.most_parts(with_marks=True) if now.with_marks else PARTS[kind]


def _written(value: Any) -> str:
    """A fact as messages write it: a date as 31/12/2026, a hidden value in plain."""
    if isinstance(value, Redacted):
        return value.reveal()
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
