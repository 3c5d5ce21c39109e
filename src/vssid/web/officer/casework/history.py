"""What was done with a file, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from vssid.domain.audit.queries import EventView
from vssid.domain.casework.why import Classes

from . import why
from .words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `times` when the same was done several times in a row, `said` and `text` to whom it went."""

    at: datetime
    who: Words
    what: Words
    times: int = 1
    said: Sequence[Words] = ()
    text: str = ""


def who(event: EventView) -> str:
    """Who did it."""
    if event.actor_kind == "system":
        return event.actor_name or _("Hệ thống")
    return event.actor_name or _("Người nộp")


def folded(
    events: Iterable[EventView],
    words: Mapping[str, Words],
    classes: Classes,
    by: Callable[[EventView], str],
) -> list[Line]:
    """Events with those of one person and one `by` in a row as one line, in the words of the newest.

    A decision in spite of doubts says why, by the room's `classes`.
    """
    lines = []
    for (person, _kind), same in groupby(events, key=lambda event: (who(event), by(event))):
        run = list(same)
        newest = run[0]
        said = why.sentences(newest.facts.get("why"), classes)
        lines.append(Line(newest.at, person, words.get(newest.kind, newest.kind), len(run), said))
    return lines
