"""The other files of a sign, as far as the officer may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor

from ..models import Application
from ..states import State
from .signs import Double


@dataclass(frozen=True, slots=True)
class OtherFile:
    """A file within reach: what a list of the desk shows of it, and no name."""

    id: int
    number: str
    state: State
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign with its files in reach; of those elsewhere only how many there are."""

    double: Double
    files: tuple[OtherFile, ...]
    elsewhere: int


def seen(doubles: Iterable[Double], *, by: Actor) -> tuple[Seen, ...]:
    """The signs as the officer may see them. Looks into no file, so nothing is audited."""
    doubles = tuple(doubles)
    ids = {other for double in doubles for other in double.others}
    if not ids:
        return tuple(Seen(double, (), 0) for double in doubles)
    within = Application.objects.filter(id__in=ids).filter(policy.within(by, Right.SEE_FILES))
    rows = {
        row.id: OtherFile(row.id, row.number, State(row.state), row.submitted_at)
        for row in within.only("id", "number", "state", "submitted_at")
    }
    return tuple(
        Seen(
            double,
            tuple(rows[other] for other in double.others if other in rows),
            sum(other not in rows for other in double.others),
        )
        for double in doubles
    )
