"""Codes by e-mail, in Vietnamese as people write it. Kinds and facts as in `templates`."""

from __future__ import annotations

from collections.abc import Mapping

_END = "\n\nBHXH không bao giờ gửi đường dẫn trong thư hay tin nhắn. Tổng đài: 1900 9068.\n"

TEXTS: dict[str, tuple[str, str]] = {}
"""Subject and text of every letter by its kind, as the rooms that send them handed them in."""


def register(texts: Mapping[str, tuple[str, str]]) -> None:
    """Take over the letters of one room (its `message_texts.LETTERS`), at start. Refuses a name twice."""
    if twice := TEXTS.keys() & texts.keys():
        raise ValueError(f"letters named twice: {sorted(twice)}")
    TEXTS.update(texts)


def render(kind: str, *, code: str, minutes: int) -> tuple[str, str]:
    """Subject and text. A kind that no letter is written for is a KeyError."""
    subject, text = TEXTS[kind]
    return f"BHXH: {subject}", text.format(code=code, minutes=minutes) + _END
