"""The lists behind the figures: files, and the workers of an employer. As of the same count as the figures.

Rows hold numbers of files; names are told by the door, to who may see files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from vssid.domain.employers.models.roster import Worker
from vssid.domain.participants.models.people import Employer, Person
from vssid.domain.registration.models import Application
from vssid.kernel.errors import NotYours

from .funnel import STAGES
from .models import FileLine
from .scope import Scope

EVENTS = {"sent": "sent_on", "handed_in": "handed_in_on"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which files: `stage` sent within the days and come so far; `event` that happened within the days;
    `reason` refused for it within the days; `open_from`, `open_to`: open since so many days (the ends too).
    """

    stage: str = ""
    event: str = ""
    reason: str = ""
    open_from: int | None = None
    open_to: int | None = None


def files(scope: Scope, asked: Asked, *, today: date) -> QuerySet[FileLine]:
    """The files of a figure, the oldest first. Raises NotYours for a reason at one employer: it would say too
    much of each person there.
    """
    if asked.reason and scope.is_narrow:
        raise NotYours
    rows = FileLine.objects.filter(office_code__in=scope.offices)
    if scope.employers is not None:
        rows = rows.filter(employer_code__in=scope.employers)
    if scope.without:
        rows = rows.exclude(employer_code__in=scope.without)
    return rows.filter(_which(scope, asked, today)).order_by("sent_on", "application_id")


def _which(scope: Scope, asked: Asked, today: date) -> Q:
    days = (scope.since, scope.until)
    if asked.open_from is not None:
        youngest = today - timedelta(days=asked.open_from)
        which = Q(closed_on=None, sent_on__lte=youngest)
        return (
            which if asked.open_to is None else which & Q(sent_on__gte=today - timedelta(days=asked.open_to))
        )
    if asked.reason:
        return Q(state="refused", closed_on__range=days, reasons__contains=[asked.reason])
    if asked.event in EVENTS:
        return Q(**{f"{EVENTS[asked.event]}__range": days})
    if asked.event:
        return Q(state=asked.event, closed_on__range=days)
    return Q(sent_on__range=days, stage__gte=STAGES.index(asked.stage or "sent") + 1)


def named(rows: list[FileLine]) -> dict[int, tuple[str, str]]:
    """Application → its number and its person's name; what is no more is left out."""
    rows_of = Application.objects.filter(id__in=[row.application_id for row in rows])
    return {number: (text, name) for number, text, name in rows_of.values_list("id", "number", "full_name")}


def workers(scope: Scope, stage: int, *, only_waiting: bool = False) -> QuerySet[Worker]:
    """The workers of the scope's employers who came so far, by employer; `only_waiting`: sent, not approved.

    Who works at two counts at each. Raises NotYours for an employer of elsewhere.
    """
    here = Employer.objects.filter(office_id__in=scope.offices)
    if scope.employer is not None and not here.filter(code=scope.employer).exists():
        raise NotYours
    if scope.employers is not None:
        here = here.filter(code__in=scope.employers)
    if scope.without:
        here = here.exclude(code__in=scope.without)
    rows = Worker.objects.filter(employer_code__in=here.values("code"), stage__gte=stage)
    return (rows.filter(stage__lt=3) if only_waiting else rows).order_by(
        "employer_code", "-stage", "person_id"
    )


def people(rows: list[Worker]) -> dict[int, str]:
    """Person → name."""
    numbers = [row.person_id for row in rows]
    return dict(Person.objects.filter(person_id__in=numbers).values_list("person_id", "full_name"))


def newest_files(rows: list[Worker]) -> dict[int, tuple[int, str]]:
    """Person → id and number of the newest file that was counted."""
    sent = Application.objects.filter(person_id__in=[row.person_id for row in rows]).order_by("submitted_at")
    rows_of = list(sent.values_list("person_id", "id", "number"))
    counted = set(FileLine.objects.filter(pk__in=[row[1] for row in rows_of]).values_list("pk", flat=True))
    return {
        person: (file, number) for person, file, number in rows_of if person is not None and file in counted
    }
