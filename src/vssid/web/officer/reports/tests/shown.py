"""What a page of reports says."""

from __future__ import annotations

from typing import Any

from tests import page_text


def text_of(answer: Any) -> str:
    """The text of an answer, as one reads it."""
    return page_text.text_of(answer.content)
