"""How the texts that files caused arrived: by office and by kind, as of the count; and the list behind a
figure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from vssid.domain.notifications.delivery.board import LOST, percentile
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox.states import FINAL, State
from vssid.kernel.calendar import end_of, start_of
from vssid.kernel.errors import NotYours

from .models import FileLine
from .reading import rows
from .scope import NOWHERE, Scope, children

OUTCOMES = ("delivered", "lost", "under_way")


@dataclass(frozen=True, slots=True)
class TextRow:
    """Texts that are alike, of an office or of a kind; the other is None."""

    office_code: str | None
    kind: str | None
    outcome: str
    seconds: int
    texts: int


@dataclass(frozen=True, slots=True)
class Line:
    """Texts of an office or kind (`code`); half of those that arrived took at most `median` seconds."""

    code: str
    name: str
    total: int
    delivered: int
    lost: int
    under_way: int
    median: int | None


@dataclass(frozen=True, slots=True)
class Texts:
    """All, by office (the chosen one and those directly below, where there are any) and by kind.

    `of_no_file`: texts that tell of no file, of the whole country alone; None elsewhere.
    """

    whole: Line
    offices: list[Line]
    of_no_file: Line | None
    kinds: list[Line]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which texts: of a kind, of an outcome ("" for each), only those of no file."""

    kind: str = ""
    outcome: str = ""
    of_no_file: bool = False


def texts(scope: Scope, own_name: str) -> Texts:
    """Of the scope's days. Raises NotYours below an office: texts are counted by office alone."""
    if scope.is_narrow:
        raise NotYours
    counted = rows(TextRow, "texts", scope.parameters)
    kinds: dict[str, list[TextRow]] = defaultdict(list)
    for row in counted:
        if row.kind is not None:
            kinds[row.kind].append(row)
    lines = [_line(kind, "", group) for kind, group in kinds.items()]
    free = [row for row in counted if row.office_code == NOWHERE]
    return Texts(
        whole=_line("", "", (row for row in counted if row.kind is not None)),
        offices=_by_office(scope, own_name, counted),
        of_no_file=_line(NOWHERE, "", free) if free else None,
        kinds=sorted(lines, key=lambda line: (-line.total, line.code)),
    )


def _by_office(scope: Scope, own_name: str, counted: list[TextRow]) -> list[Line]:
    below = children(scope)
    if not below:
        return []
    parts = [(scope.head, own_name, frozenset({scope.head})), *below]
    lines = [_line(code, name, (row for row in counted if row.office_code in at)) for code, name, at in parts]
    return [line for line in lines if line.total]


def _line(code: str, name: str, counted: Iterable[TextRow]) -> Line:
    outcomes: Counter[str] = Counter()
    times: Counter[int] = Counter()
    for row in counted:
        outcomes[row.outcome] += row.texts
        if row.outcome == "delivered":
            times[row.seconds] += row.texts
    delivered, lost, under_way = (outcomes[outcome] for outcome in OUTCOMES)
    median = percentile(sorted(times.items()), 50)
    return Line(code, name, delivered + lost + under_way, delivered, lost, under_way, median)


def listed(scope: Scope, asked: Asked) -> QuerySet[Message]:
    """The texts of a figure as they are now, the newest first. Raises NotYours below an office, and for texts
    of no file where not the whole country is told.
    """
    if scope.is_narrow or (asked.of_no_file and not scope.is_country):
        raise NotYours
    rows_of = Message.objects.filter(
        channel="sms", created_at__gte=start_of(scope.since), created_at__lt=end_of(scope.until)
    )
    if asked.kind:
        rows_of = rows_of.filter(kind=asked.kind)
    if asked.outcome:
        rows_of = rows_of.filter(_came(asked.outcome))
    numbers = FileLine.objects.values("application_id")
    if asked.of_no_file:
        rows_of = rows_of.exclude(subject_id__in=numbers)
    elif not scope.is_country:
        rows_of = rows_of.filter(subject_id__in=numbers.filter(office_code__in=scope.offices))
    return rows_of.order_by("-created_at", "id")


def _came(outcome: str) -> Q:
    if outcome == "under_way":
        return ~Q(state__in=FINAL)
    return Q(state__in=LOST) if outcome == "lost" else Q(state=State.DELIVERED)
