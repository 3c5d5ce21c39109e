"""What a sender's headings mean, as a data officer said once; asked for and told again with each file.

An office remembers for itself: what another was told changes nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from vssid.kernel.text import fold

from ..models import Heading
from .headings import bare

LONGEST = 100  # characters of a heading that is remembered


def of(kind: str, sender: str, office: str) -> dict[str, str]:
    """Heading → column, "" for one that is passed over."""
    return dict(_rows(kind, sender, office).values_list("heading", "column"))


def note(
    kind: str, sender: str, office: str, meant: Mapping[str, str], *, by: int | None, now: datetime
) -> None:
    """Remember what headings mean, in place of what was said before."""
    known = of(kind, sender, office)
    key: dict[str, Any] = {"kind": kind, "sender": fold(sender), "office_code": office}
    for heading, column in {bare(written)[:LONGEST]: column for written, column in meant.items()}.items():
        if known.get(heading) != column:
            told: dict[str, Any] = {"column": column, "told_by": by, "told_at": now}
            Heading.objects.update_or_create(defaults=told, heading=heading, **key)


def forget(kind: str, sender: str, office: str) -> int:
    """Ask anew with the next file; how many headings were known."""
    return _rows(kind, sender, office).delete()[0]


def _rows(kind: str, sender: str, office: str) -> models.QuerySet[Heading]:
    return Heading.objects.filter(kind=kind, sender=fold(sender), office_code=office)
