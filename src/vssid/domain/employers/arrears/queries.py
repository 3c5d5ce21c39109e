"""What an employer owes by month and scheme, and which of its workers are affected.

Of the workers who take part here now; each statement names the employer. Judged on the day of the last file
of contributions, as the worker's page is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from vssid.domain.participants.employers import deadlines
from vssid.domain.participants.employers.arrears import judged_on
from vssid.domain.participants.employers.deadlines import Cycle, Standing
from vssid.domain.participants.models.people import Employer, Person
from vssid.domain.participants.participation.totals import Span, first_day

from ..models.roster import Worker
from . import amounts, interest
from .owed import Judge, OwedPeriod, read

PAGE = 50
SCHEMES = ("bhxh", "bhtn", "tnld")


@dataclass(frozen=True, slots=True)
class Line:
    """A month of one scheme. `amount` is of all workers but the `left_out`, of whom too little is known; None
    where that is all of them.

    `late_from`: of an unknown cycle that of the longest for what is late, of the shortest for what is not
    recorded. `days_late` and `interest` are up to the day it is judged on; None where it is not certainly
    late, `interest` also where the amount or the rule is not known.
    """

    month: date
    scheme: str
    standing: Standing
    workers: int
    left_out: int
    amount: int | None
    late_from: date
    days_late: int | None
    interest: int | None


@dataclass(frozen=True, slots=True)
class Months:
    """Months `first` to `last` of a worker in one scheme."""

    scheme: str
    standing: Standing
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Arrears:
    """What is owed, the newest month first, and whose; `cycle` is empty where no file has told it."""

    day: date
    cycle: str
    lines: tuple[Line, ...]
    by_person: Mapping[int, tuple[Months, ...]]


@dataclass(frozen=True, slots=True)
class Affected:
    """A worker with the months that are not paid."""

    full_name: str
    bhxh_code: str
    months: tuple[Months, ...]


@dataclass(frozen=True, slots=True)
class WorkersPage:
    """Some of the affected workers, by given name."""

    rows: list[Affected]
    number: int
    pages: int
    count: int


@dataclass(slots=True)
class _Cell:
    """The workers of a month and scheme with what is due for each; None where that is not known."""

    standing: Standing
    due: dict[int, int | None] = field(default_factory=dict)

    def add(self, person: int, amount: int | None) -> None:
        # Two wages in one month do not say which is the base.
        self.due[person] = None if person in self.due else amount


def arrears(employer: str, today: date) -> Arrears:
    """What the employer owes for its own workers."""
    day, cycle = judged_on(today), _cycle(employer)
    judge, cells = Judge(today, day), dict[tuple[int, str], _Cell]()
    by_person: dict[int, list[Months]] = {}
    for owed in read(employer, day):
        for standing, span in judge.parts(owed):
            months = Months(owed.scheme, standing, first_day(span.first), first_day(span.last))
            by_person.setdefault(owed.person_id, []).append(months)
            _count(cells, owed, standing, span)
    places = sorted(cells, key=lambda place: (-place[0], SCHEMES.index(place[1])))
    lines = tuple(_line(place, cells[place], cycle, day) for place in places)
    return Arrears(day, cycle, lines, {person: _ordered(each) for person, each in by_person.items()})


def affected(employer: str, owed: Arrears, number: int, *, size: int = PAGE) -> WorkersPage:
    """A page of the workers concerned; a number beyond the last gives the last."""
    here = Worker.objects.filter(employer_code=employer).order_by("sort_name", "person_id")
    people = [person for person in here.values_list("person_id", flat=True) if person in owed.by_person]
    pages = max(1, ceil(len(people) / size))
    number = min(max(number, 1), pages)
    some = people[(number - 1) * size : number * size]
    told = Person.objects.filter(person_id__in=some).values_list("person_id", "full_name", "bhxh_code")
    names = {person: (name, code or "") for person, name, code in told}
    rows = [Affected(*names[person], owed.by_person[person]) for person in some]
    return WorkersPage(rows, number, pages, len(people))


def _cycle(employer: str) -> str:
    return Employer.objects.values_list("paying_cycle", flat=True).get(code=employer)


def _count(cells: dict[tuple[int, str], _Cell], owed: OwedPeriod, standing: Standing, span: Span) -> None:
    for month in range(span.first, span.last + 1):
        amount = amounts.due(
            owed.scheme, first_day(month), owed.wage, owed.worker_percent, owed.employer_percent
        )
        cells.setdefault((month, owed.scheme), _Cell(standing)).add(owed.person_id, amount)


def _line(place: tuple[int, str], cell: _Cell, cycle: str, day: date) -> Line:
    month, scheme = place
    known = [amount for amount in cell.due.values() if amount is not None]
    amount, is_late = sum(known) if known else None, cell.standing is Standing.LATE
    last_day = deadlines.last_legal_day(month, cycle if is_late else cycle or Cycle.MONTHLY)
    return Line(
        month=first_day(month),
        scheme=scheme,
        standing=cell.standing,
        workers=len(cell.due),
        left_out=len(cell.due) - len(known),
        amount=amount,
        late_from=last_day + interest.ONE_DAY,
        days_late=interest.days_late(last_day, day) if is_late else None,
        interest=interest.of(amount, last_day, day) if is_late and amount is not None else None,
    )


def _ordered(each: list[Months]) -> tuple[Months, ...]:
    return tuple(sorted(each, key=lambda months: (SCHEMES.index(months.scheme), months.first)))
