"""How far the files that were sent came: sent, handed in, approved, signed in, card used.

Each stage counts the files beyond it too. What was only started is known of the whole country alone: the
office is chosen at the end, and what is typed before lies sealed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vssid.domain.offices import queries as offices
from vssid.domain.participants.models.participation import Employer
from vssid.domain.registration.models import Draft
from vssid.domain.rollout import queries as rollout
from vssid.kernel.calendar import end_of, start_of

from .reading import rows
from .scope import Scope, children

STAGES = ("sent", "handed_in", "approved", "signed_in", "card_used")
NONE = ""


@dataclass(frozen=True, slots=True)
class StageRow:
    """Files of one office or employer whose furthest stage is this."""

    part: str
    stage: int
    files: int


@dataclass(frozen=True, slots=True)
class Line:
    """A funnel: of an office, an officer or an employer. `code` leads to the next report down."""

    code: str
    name: str
    sent: int
    handed_in: int
    approved: int
    signed_in: int
    card_used: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """The whole, and its parts: `level` office, officer or employer. `started`: None where not known."""

    started: int | None
    whole: Line
    level: str
    parts: list[Line]


def funnel(scope: Scope) -> Funnel:
    """Of everything in the scope. Parts: the offices below; at an office its officers; then employers."""
    level = _level(scope)
    counted = rows(StageRow, "funnel", scope.parameters | {"by_employer": level != "office"})
    whole = _line(NONE, NONE, counted)
    parts = {"office": _by_office, "officer": _by_officer, "employer": _by_employer}[level](scope, counted)
    return Funnel(_started(scope, whole), whole, level, parts)


def _level(scope: Scope) -> str:
    if scope.is_narrow:
        return "employer"
    return "office" if children(scope) else "officer"


def _by_office(scope: Scope, counted: list[StageRow]) -> list[Line]:
    own = offices.office(scope.head)
    of_own = [row for row in counted if row.part == scope.head]
    lines = [_line(scope.head, own.name, of_own)] if of_own else []
    for code, name, reach in children(scope):
        lines.append(_line(code, name, (row for row in counted if row.part in reach)))
    return lines


def _by_officer(scope: Scope, counted: list[StageRow]) -> list[Line]:
    whose: Mapping[str, tuple[int, str]] = rollout.officer_by_employer(scope.offices, scope.until)
    # Who has no file yet is told too.
    parts: dict[tuple[str, str], list[StageRow]] = defaultdict(
        list, {(name, str(number)): [] for number, name in whose.values()}
    )
    for row in counted:
        number, name = whose.get(row.part, (0, NONE))
        parts[(name, str(number) if number else NONE)].append(row)
    lines = [_line(number, name, group) for (name, number), group in parts.items()]
    return sorted(lines, key=lambda line: (not line.code, line.name, line.code))


def _by_employer(scope: Scope, counted: list[StageRow]) -> list[Line]:
    parts: dict[str, list[StageRow]] = defaultdict(list, {code: [] for code in scope.employers or ()})
    for row in counted:
        parts[row.part].append(row)
    names = dict(Employer.objects.filter(code__in=parts).values_list("code", "name"))
    return [_line(code, names.get(code, NONE), group) for code, group in sorted(parts.items())]


def _line(code: str, name: str, counted: Iterable[StageRow]) -> Line:
    told = list(counted)
    return Line(code, name, *(sum(row.files for row in told if row.stage >= least) for least in range(1, 6)))


def _started(scope: Scope, whole: Line) -> int | None:
    """What was sent, and drafts begun in these days that were not; None but for the whole country."""
    if not offices.is_head(scope.head) or scope.is_narrow:
        return None
    drafts = Draft.objects.filter(created_at__gte=start_of(scope.since), created_at__lt=end_of(scope.until))
    return drafts.count() + whole.sent
