"""Read the register. Every statement names person_id on each person table it touches."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models.functions import Coalesce
from django.utils import timezone

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.rings import Ring
from vssid.infra.database.kept import Query, given
from vssid.kernel.calendar import VIETNAM, local_day
from vssid.kernel.ids import BhxhCode, IdNumber

from . import row_values
from .care.views import BenefitView, CertificateView, VisitView
from .employers import statistics
from .models.people import (
    Benefit,
    Certificate,
    Contribution,
    Coverage,
    Identifier,
    Merge,
    Person,
    Version,
    Visit,
)
from .participation import totals
from .participation.counting_coverage import counting as counting
from .participation.unemployment import Claim, claim
from .row_values import id_kind as id_kind
from .views import CoverageView, MergeView, Participation, PeriodView, PersonView, SchemeRecord, VersionView

# Not one statement with the next: whoever measures must not see who is there by what is asked.
_BY_KEY = Query(
    lambda: (
        Identifier.objects.filter(kind=given("kind"), key__any_of=given("keys"))
        .order_by("kind", "key")
        .values_list("person_id", flat=True)[:1]
    )
)
_MERGED_INTO = Query(
    lambda: (
        Merge.objects.filter(merged_id=given("merged"))
        .order_by("merged_id")
        .values_list("person_id", flat=True)[:1]
    )
)
_PERSON = Query(lambda: Person.objects.filter(person_id=given("person")))


def by_bhxh_code(code: BhxhCode) -> PersonView | None:
    """The person of a BHXH code, merged or not; 12 digits are the personal number and found as such."""
    plain = code.reveal()
    if len(plain) == 12 and (person := by_id_number(IdNumber(plain))) is not None:
        return person
    return _by(Identifier.Kind.BHXH, [plain])


def somebody() -> int:
    """Some person of the register, for comparisons that must fail; 0 while it is empty."""
    return Person.objects.order_by("person_id").values_list("person_id", flat=True).first() or 0


def by_id_number(number: IdNumber) -> PersonView | None:
    """The person who has or had this ID number."""
    kind = id_kind(number.reveal())
    prints = vault.fingerprints(kind.value, number.reveal())
    return _by(kind.value, [value.hex() for value in prints])


def _by(kind: str, keys: list[str]) -> PersonView | None:
    person_id = _BY_KEY.first(kind=kind, keys=keys)
    return person(person_id) if person_id is not None else None


def person(person_id: int) -> PersonView | None:
    """One person, sealed parts opened; None when the register has no such person."""
    row = _PERSON.first(person=person_id)
    return row_values.person_view(row) if row else None


def office_of(person_id: int) -> str:
    """The code of the office a person belongs to; empty when the register names none, or no such person."""
    found = Person.objects.filter(person_id=person_id).values_list("office_id", flat=True).first()
    return found or ""


def coverages(person_id: int) -> list[CoverageView]:
    """The person's health-insurance coverage, newest first."""
    rows = Coverage.objects.filter(person_id=person_id).order_by("-valid_from", "object_code")
    return [row_values.coverage_view(row) for row in rows]


def coverage(person_id: int, today: date | None = None) -> CoverageView | None:
    """The coverage that counts on a day (default: today), as `counting` says."""
    return counting(coverages(person_id), today or local_day(timezone.now()))


def participation(person_id: int, today: date | None = None) -> Participation:
    """Periods with totals by scheme up to the month of `today` (default: today), and coverage."""
    until = totals.month_of(today or local_day(timezone.now()))
    rows = (
        Contribution.objects.filter(person_id=person_id)
        .select_related("employer")
        .order_by("from_month", "id")
    )
    periods = [row_values.period_view(row) for row in rows]
    stamps = [row.as_of for row in rows]
    covers = Coverage.objects.filter(person_id=person_id).order_by("-valid_from", "object_code")
    stamps += [row.as_of for row in covers]
    return Participation(
        person_id=person_id,
        schemes=tuple(
            _scheme(scheme.value, [period for period in periods if period.scheme == scheme.value], until)
            for scheme in Contribution.Scheme
        ),
        coverage=tuple(row_values.coverage_view(row) for row in covers),
        as_of=max(stamps, default=None),
        told_on=statistics.day(),
    )


def _scheme(scheme: str, periods: list[PeriodView], until: int) -> SchemeRecord:
    return SchemeRecord(
        scheme, tuple(periods), totals.count([period.as_months() for period in periods], until)
    )


def unemployment(history: Participation, today: date) -> tuple[int, Claim]:
    """Paid unemployment months of the history that no benefit of the register has used; and by when what they
    give is claimed.
    """
    rows = Benefit.objects.filter(person_id=history.person_id, regime=Benefit.Regime.UNEMPLOYMENT)
    used = list(rows.values_list("from_date", "kept_months"))
    periods = history.of(Contribution.Scheme.BHTN).periods
    unused = totals.unused(
        [period.as_months() for period in periods],
        [totals.Use(totals.month_of(begins), kept) for begins, kept in used],
        totals.month_of(today),
    )
    return unused, claim(periods, today, [begins for begins, _kept in used])


def benefits(person_id: int) -> list[BenefitView]:
    """What was paid to the person, newest first."""
    rows = Benefit.objects.filter(person_id=person_id).order_by("-from_date", "-id")
    return [row_values.benefit_view(row) for row in rows]


def visits(person_id: int, year: int | None = None) -> list[VisitView]:
    """The person's visits to facilities, newest first; of all years or of the one they came in."""
    rows = Visit.objects.filter(person_id=person_id).order_by("-came_at", "-id")
    if year is not None:
        first, after = (datetime(at, 1, 1, tzinfo=VIETNAM) for at in (year, year + 1))
        rows = rows.filter(came_at__gte=first, came_at__lt=after)
    ring = Ring([person_id])
    return [row_values.visit_view(row, ring) for row in rows]


def certificates(person_id: int, year: int | None = None) -> list[CertificateView]:
    """Papers that facilities gave the person, newest first; of all years or of the one they begin in.

    A paper begins on its first day of leave or stay, else on the day it was given.
    """
    rows = Certificate.objects.filter(person_id=person_id).annotate(begins=Coalesce("from_date", "issued_on"))
    rows = rows.order_by("-begins", "-id")
    ring = Ring([person_id])
    of_year = rows.filter(begins__year=year) if year else rows
    return [row_values.certificate_view(row, ring) for row in of_year]


def versions(person_id: int, record: str = "", record_id: int | None = None) -> list[VersionView]:
    """What the register said of the person before it was corrected, newest first.

    `record` (one of Version.Record) and `record_id` narrow it. Raises vault.Erased when the person's key is
    gone and an older `person` row is among them.
    """
    rows = Version.objects.filter(person_id=person_id).order_by("-id")
    if record:
        rows = rows.filter(record=record)
    if record_id is not None:
        rows = rows.filter(record_id=record_id)
    return [row_values.version_view(row) for row in rows]


def merged_into(person_id: int) -> int | None:
    """The person whom a merged one was found to be; None for one who was not merged."""
    return _MERGED_INTO.first(merged=person_id)


def merges_of(person_id: int) -> list[MergeView]:
    """Whom this person was found to be as well, the newest decision first.

    What was sealed for a merged person still is, with that one's key: whoever erases a person erases these.
    """
    rows = Merge.objects.filter(person_id=person_id).order_by("-decided_on", "merged_id")
    return [row_values.merge_view(row) for row in rows]


def merges_since(moment: datetime | None) -> list[tuple[int, int]]:
    """Merged and kept persons of the merges written since (None: of all), the oldest first."""
    rows = Merge.objects.filter(as_of__gte=moment) if moment else Merge.objects.all()
    return list(rows.order_by("as_of", "merged_id").values_list("merged_id", "person_id"))
