"""Whose turn each file of a list is, in words: `cơ quan: 3 giờ làm việc`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import ngettext

from vssid.domain.casework import turns
from vssid.domain.casework.turns import Change, Standing
from vssid.domain.offices import queries as offices
from vssid.domain.offices.working_time import Week

from .words import waiting


@dataclass(frozen=True, slots=True)
class Turn:
    """`waited`: opening time on all turns of the office, else how long the person's turn has lasted."""

    standing: Standing
    waited: str


def of(changes: Iterable[tuple[str, Sequence[Change]]], now: datetime) -> list[Turn | None]:
    """The turns of files, by the hours of the offices they lie at; None of a file that was never sent."""
    files = list(changes)
    weeks = offices.weeks(office for office, _changes in files)
    return [_turn(each, weeks.get(office, Week()), now) if each else None for office, each in files]


def _turn(changes: Sequence[Change], week: Week, now: datetime) -> Turn:
    standing = turns.standing(changes, week, now)
    if standing.is_person:
        return Turn(standing, waiting(standing.since, now))
    return Turn(standing, worked(standing.spent, week))


def worked(spent: timedelta, week: Week) -> str:
    """Opening time in words: minutes, hours, and days of work from one whole day on."""
    if spent < timedelta(hours=1):
        count = int(spent / timedelta(minutes=1))
        return ngettext("%(count)d phút làm việc", "%(count)d phút làm việc", count) % {"count": count}
    if spent < week.usual_day:
        count = int(spent / timedelta(hours=1))
        return ngettext("%(count)d giờ làm việc", "%(count)d giờ làm việc", count) % {"count": count}
    count = spent // week.usual_day
    return ngettext("%(count)d ngày làm việc", "%(count)d ngày làm việc", count) % {"count": count}
