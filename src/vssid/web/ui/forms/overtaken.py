"""A page whose save came too late: what it held is shown beside what a newer page saved."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, Form
from django.http import HttpRequest

from vssid.kernel.sheets import Sheet

STATUS = 409
_LATE = "vssid_late_form"


def redraw(request: HttpRequest, late: Form) -> None:
    """From here on the request asks for the page as it is now; `late` is what it wanted to save."""
    setattr(request, _LATE, late)
    request.method = "GET"


def sheet(request: HttpRequest, saved_by: str) -> Sheet:
    """The page that is drawn now. One that was refused has kept its typing, so it comes after itself."""
    return Sheet.drawn(Sheet.sent(request.POST).page if request.method == "POST" else saved_by)


def said(request: HttpRequest, now: Form | None) -> list[tuple[Any, str]] | None:
    """Each field with the words that were not kept, where they differ from what is there now.

    None for a page that is not late.
    """
    late: Form | None = getattr(request, _LATE, None)
    if late is None:
        return None
    there = {field.name: words_of(field) for field in now} if now is not None else {}
    return [
        (field.label, words_of(field))
        for field in late
        if not field.is_hidden and words_of(field) not in ("", there.get(field.name))
    ]


def words_of(field: BoundField) -> str:
    """What a field holds, in the words its page shows."""
    value = field.value() or ""
    known = dict(_flat(getattr(field.field.widget, "choices", ())))
    several = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(
        str(known.get(str(choice), choice)) for choice in several if choice not in ("", None)
    ).strip()


def _flat(choices: Any) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for value, label in choices:
        flat += _flat(label) if isinstance(label, (list, tuple)) else [(str(value), label)]
    return flat
