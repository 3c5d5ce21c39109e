"""How far the files that were sent came: sent, handed in, approved, signed in, card used.

Each stage counts the files beyond it too; started are those sent, and drafts begun in these days. A draft is
told at the office chosen in it, of the country also before one is chosen, and nowhere below an office.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from vssid.domain.offices import queries as offices
from vssid.domain.participants.models.participation import Employer
from vssid.domain.rollout import queries as rollout
from vssid.kernel.errors import NotYours

from .reading import rows
from .scope import NOWHERE, Scope, children

STAGES = ("sent", "handed_in", "approved", "signed_in", "card_used")
NONE = ""


@dataclass(frozen=True, slots=True)
class StageRow:
    """Files of one office or employer whose furthest stage is this."""

    part: str
    stage: int
    files: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Drafts begun on a day for an office ("" where none is chosen) and come so far (`step`, "" for no
    step).
    """

    office_code: str
    day: date
    step: str
    files: int


@dataclass(frozen=True, slots=True)
class Line:
    """A funnel: of an office, an officer or an employer. `code` leads to the next report down; `started`:
    None where not known, below an office.
    """

    code: str
    name: str
    started: int | None
    sent: int
    handed_in: int
    approved: int
    signed_in: int
    card_used: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """The whole, and its parts: `level` office, officer or employer. `unplaced`: drafts without an office."""

    whole: Line
    level: str
    parts: list[Line]
    unplaced: int


def funnel(scope: Scope) -> Funnel:
    """Of everything in the scope. Parts: the offices below; at an office its officers; then employers."""
    level = _level(scope)
    counted = rows(StageRow, "funnel", scope.parameters | {"by_employer": level != "office"})
    begun = [] if scope.is_narrow else drafts(scope)
    whole = _line(NONE, NONE, counted, None if scope.is_narrow else begun)
    if level == "office":
        parts = _by_office(scope, counted, begun)
    else:
        parts = {"officer": _by_officer, "employer": _by_employer}[level](scope, counted)
    return Funnel(whole, level, parts, sum(row.files for row in begun if row.office_code == NOWHERE))


def _level(scope: Scope) -> str:
    if scope.is_narrow:
        return "employer"
    return "office" if children(scope) else "officer"


def _by_office(scope: Scope, counted: list[StageRow], begun: list[DraftRow]) -> list[Line]:
    def line(code: str, name: str, reach: Collection[str]) -> Line:
        files = (row for row in counted if row.part in reach)
        return _line(code, name, files, (row for row in begun if row.office_code in reach))

    own = line(scope.head, offices.office(scope.head).name, (scope.head,))
    lines = [own] if own.started else []
    return lines + [line(code, name, reach) for code, name, reach in children(scope)]


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


def _line(code: str, name: str, counted: Iterable[StageRow], begun: Iterable[DraftRow] | None = None) -> Line:
    told = list(counted)
    stages = [sum(row.files for row in told if row.stage >= least) for least in range(1, 6)]
    started = None if begun is None else stages[0] + sum(row.files for row in begun)
    return Line(code, name, started, *stages)


def drafts(scope: Scope) -> list[DraftRow]:
    """The drafts of the scope's days, the oldest first; for the whole country also those without an office.

    Raises NotYours below an office: where who fills in works lies sealed.
    """
    if scope.is_narrow:
        raise NotYours
    return rows(DraftRow, "drafts", scope.parameters)
