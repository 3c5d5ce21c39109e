"""Reasons for deciding in spite of doubts: what a page asks, reads from its form, and tells afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vssid.domain.casework import why
from vssid.domain.casework.why import NO_REASONS, Classes, Given
from vssid.web.ui.access import VisitRequest

from .words import Words

MARK = "da-xem"


@dataclass(frozen=True, slots=True)
class Group:
    """The reasons for one class of doubts; `is_wrong`: the form was sent without one."""

    name: str
    title: Words
    reasons: Mapping[str, Words]
    chosen: str
    is_wrong: bool


def groups(
    request: VisitRequest, doubts: Iterable[str], classes: Classes, *, but: Collection[str] = ()
) -> list[Group]:
    """What is asked, class by class, with what was chosen; `but`: classes that have a reason already."""
    # Only a form that was drawn with the groups can lack one of them.
    asked = bool(request.POST.get(MARK))
    drawn = []
    for name in why.classes_of(doubts, classes):
        if name in classes and name not in but:
            of, chosen = classes[name], request.POST.get(_field(name), "")
            drawn.append(Group(name, of.title, of.reasons, chosen, asked and chosen not in of.reasons))
    return drawn


def approval(request: VisitRequest, classes: Classes) -> dict[str, Any]:
    """The mark of the doubts that the officer was shown, and the reason for each class of them."""
    given = {name: request.POST.get(_field(name), "")[:40] for name in classes}
    return {
        "seen": request.POST.get(MARK, "")[:64],
        "given": {name: code for name, code in given.items() if code},
    }


def sentences(despite: Given | None, classes: Classes) -> list[str]:
    """`Class: reason`, as history and log say it; none where nothing spoke against it, or nobody asked."""
    return [f"{title}: {words}" for title, words in why.told(despite or NO_REASONS, classes)]


def _field(name: str) -> str:
    return f"vi-sao-{name}"
