"""Read a collection officer's portfolio: the employers looked after today, by what they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from vssid.domain.offices import policy
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.offices.rights import Right
from vssid.domain.rollout.models import Assignment
from vssid.domain.support.models import Ticket
from vssid.domain.support.states import WAITING
from vssid.infra.database import prepared
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import VIETNAM, local_day

from ..models.portfolio import DiaryEntry
from .needs import SOON, Need


@dataclass(frozen=True, slots=True)
class Needed:
    """One need: how many (tasks, forms, requests, months), and since or until which day; None where no day is
    told.
    """

    need: Need
    many: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """An employer and what it needs, the most pressing first."""

    code: str
    name: str
    needs: tuple[Needed, ...]

    @property
    def rank(self) -> tuple[Any, ...]:
        """Where it stands: by its needs, then how many, then its code."""
        first = [-sum(needed.many for needed in self.needs if needed.need is need) for need in Need]
        return (*[many == 0 for many in first], *first, self.code)

    def has(self, need: Need) -> bool:
        """Is this one of its needs?"""
        return any(needed.need is need for needed in self.needs)


def of(by: Actor, *, now: datetime) -> list[Line]:
    """All employers that the officer looks after today at the own office, by need. Raises NotAllowed."""
    if policy.reach(by, Right.FOLLOW_EMPLOYERS) is None:
        raise NotAllowed(right=Right.FOLLOW_EMPLOYERS)
    day = local_day(now)
    soon = datetime.combine(day + SOON + timedelta(days=1), time.min, VIETNAM)
    values = {"officer": by.id or 0, "office": by.office, "day": day, "now": now, "soon": soon}
    return sorted((_line(row) for row in prepared.texts(_sql(), values)), key=lambda line: line.rank)


def tasks_before(by: Any, day: Any) -> QuerySet[DiaryEntry]:
    """The tasks due by a day, of an officer's number: own ones, and those of employers looked after."""
    open_ones = DiaryEntry.objects.filter(kind=DiaryEntry.TASK, done_at=None, on_day__lte=day)
    return open_ones.filter(Q(author_id=by) | _looked_after("employer_id", by, day)).order_by("on_day", "id")


def questions(by: Any, day: Any) -> QuerySet[Ticket]:
    """What waits for an answer of HR whose employers an officer's number looks after on a day."""
    waiting = Ticket.of_employers.filter(state__in=WAITING)
    return waiting.filter(_looked_after("employer_code", by, day)).order_by("due_on", "id")


def _looked_after(column: str, by: Any, day: Any) -> Exists:
    mine = Assignment.objects.filter(
        Q(until_on=None) | Q(until_on__gte=day),
        employer_id=OuterRef(column),
        officer_id=by,
        ended_at=None,
        from_on__lte=day,
    )
    return Exists(mine)


@lru_cache(maxsize=1)
def _sql() -> str:
    path = files("vssid.domain.employers.portfolio") / "sql" / "needs.sql"
    return path.read_text(encoding="utf-8")


def _line(row: Sequence[Any]) -> Line:
    code, name, *counted, not_in = row
    pairs = zip(counted[::2], counted[1::2], strict=True)
    told = [Needed(need, many, day) for need, (many, day) in zip(Need, pairs, strict=False)]
    told.append(Needed(Need.NOT_IN, not_in, None))
    return Line(code, name, tuple(needed for needed in told if needed.many))
