"""What a notice says, in the reader's language. Facts are JSON: days and moments as ISO text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.calendar import VIETNAM

from .kinds import KINDS, Facts

NEW = gettext_lazy("Có thông báo mới")
"""All that Web Push says: what lies on a locked screen is for anyone's eyes."""


def title(kind: str) -> str:
    """The line in the list."""
    return str(KINDS[kind].title)


def paragraphs(kind: str, facts: Facts) -> list[str]:
    """The whole notice. A missing fact is a KeyError."""
    known = KINDS[kind]
    if known.compose:
        return known.compose(facts)
    return [str(text) % written(facts) for text in known.paragraphs]


def written(facts: Facts) -> dict[str, str]:
    """Each fact as people write it."""
    return {name: _written(name, value) for name, value in facts.items()}


def _written(name: str, value: Any) -> str:
    if name == "at":
        return f"{datetime.fromisoformat(value).astimezone(VIETNAM):%H:%M, %d/%m/%Y}"
    if name in {"due", "close"}:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return str(value) or _("thiết bị chưa xác định")
