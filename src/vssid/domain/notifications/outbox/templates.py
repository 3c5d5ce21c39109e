"""The texts we send: Vietnamese without diacritics, one GSM part, no link.

Facts by kind (longest value a text is tested with): `account` 12 digits, `password` 12 characters, `code` 6
digits, `hours` and `minutes` 3 digits, `number` 18 characters, `due` a date, `days_left` 2 digits, `office`
any length (shortened to fit; without it "co quan BHXH da chon").
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from vssid.kernel.redacted import Redacted
from vssid.kernel.sms_text import units

from .text_rules import bare, check

TEXTS: dict[str, str] = {}
"""Every text by its kind, as rooms handed them in; each ends with what a swindler's text never says."""
PARTS: dict[str, int] = {}


def register(texts: Mapping[str, str]) -> None:
    """Take over the texts of one room (its `message_texts.SMS`), at start. Refuses a name twice."""
    if twice := TEXTS.keys() & texts.keys():
        raise ValueError(f"texts named twice: {sorted(twice)}")
    TEXTS.update(texts)
    PARTS.update(dict.fromkeys(texts, 1))


_DEFAULTS: dict[str, Any] = {"minutes": 5, "hours": 72, "office": "co quan BHXH da chon"}
_PART = 160
# Of several, where diacritics make it UCS-2.
_MARKED_PART = 67


def render(kind: str, **facts: Any) -> str:
    """The text of a kind. A missing fact is a KeyError; facts the text does not use are ignored.

    A date is written 31/12/2026; the office name loses its marks and, if need be, its end.
    """
    template, parts = _chosen(kind)
    values = {name: _written(value) for name, value in {**_DEFAULTS, **facts}.items()}
    whole = _PART if parts == 1 else _MARKED_PART * parts
    room = whole - units(template.format_map(values | {"office": ""}))
    values["office"] = bare(values["office"])[: max(0, room)].strip()
    text = template.format_map(values)
    check(text, max_parts=parts)
    return text


def parts_of(kind: str) -> int:
    """How many SMS parts a text of the kind may take: more than planned where somebody chose diacritics."""
    return _chosen(kind)[1] if kind in TEXTS else 1


def _chosen(kind: str) -> tuple[str, int]:
    """The text that is sent now, as somebody wrote it or the room's own, and its most parts."""
    from ..wording import lint, wordings  # they judge what stands here

    now = wordings.now_of(kind)
    return now.text, lint.most_parts(with_marks=True) if now.with_marks else PARTS[kind]


def _written(value: Any) -> str:
    """A fact as messages write it: a date as 31/12/2026, a hidden value in plain."""
    if isinstance(value, Redacted):
        return value.reveal()
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
