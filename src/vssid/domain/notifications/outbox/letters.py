"""Codes by e-mail, as people write, in their reader's language. Kinds and facts as in `templates`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..languages import Language

_END = {
    Language.VI: "\n\nBHXH không bao giờ gửi đường dẫn trong thư hay tin nhắn. Tổng đài: 1900 9068.\n",
    Language.EN: "\n\nBHXH never sends links in letters or texts. Hotline: 1900 9068.\n",
}

Letter = tuple[str, str]
TEXTS: dict[str, Letter] = {}
"""Subject and text of every letter by its kind, as the rooms that send them handed them in."""
ENGLISH: dict[str, Letter] = {}
"""The same kinds in English."""


def register(texts: Mapping[str, Letter], english: Mapping[str, Letter]) -> None:
    """Take over the letters of one room (its `message_texts.LETTERS` and `LETTERS_ENGLISH`), at start.

    Refuses (ValueError) a name twice, and a letter in one language alone.
    """
    if twice := TEXTS.keys() & texts.keys():
        raise ValueError(f"letters named twice: {sorted(twice)}")
    if alone := texts.keys() ^ english.keys():
        raise ValueError(f"letters in one language alone: {sorted(alone)}")
    TEXTS.update(texts)
    ENGLISH.update(english)


def render(kind: str, *, language: Language = Language.VI, **facts: Any) -> Letter:
    """Subject and text. A kind that no letter is written for, or a fact that it needs, is a KeyError."""
    subject, text = (ENGLISH if language is Language.EN else TEXTS)[kind]
    written = {
        name: f"{fact:%d/%m/%Y}" if isinstance(fact, date) else str(fact) for name, fact in facts.items()
    }
    return f"BHXH: {subject}", text.format_map(written) + _END[language]
