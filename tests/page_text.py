"""What a page says, apart from what chance wrote into it."""

from __future__ import annotations

import re

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,}")  # form tokens, marks of a session, references: drawn anew each time


def text_of(page: bytes) -> str:
    """What a page says, without its tags, in single spaces."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", page.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def without_tokens(page: str) -> str:
    """The page as it was sent, attributes too, without what was drawn at random.

    A few digits that must not be shown stand in a random token sooner or later.
    """
    return TOKEN.sub("", page)
