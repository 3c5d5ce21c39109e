"""Read the register. Every statement names person_id on each person table it touches."""

from __future__ import annotations

import json
from datetime import date

from django.utils import timezone

from vssid.domain.places import queries as places
from vssid.domain.vault import actions as vault
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import BhxhCode, IdKind, IdNumber, Phone

from . import totals
from .models import Contribution, Coverage, Employer, Identifier, Person
from .views import CoverageView, EmployerView, Participation, PeriodView, PersonView, SchemeRecord

SEALED = "participants-person"


def by_bhxh_code(code: BhxhCode) -> PersonView | None:
    """The person of a BHXH code; a 12-digit one is the personal number and found as such."""
    plain = code.reveal()
    if len(plain) == 12 and (found := by_id_number(IdNumber(plain))) is not None:
        return found
    return _by(Identifier.Kind.BHXH, [plain])


def by_id_number(number: IdNumber) -> PersonView | None:
    """The person who has or had this ID number."""
    kind = id_kind(number.reveal())
    prints = vault.fingerprints(kind.value, number.reveal())
    return _by(kind.value, [value.hex() for value in prints])


def id_kind(number: str) -> IdKind:
    """Kind of a well-formed ID number: 12 digits CCCD, 9 digits CMND, else passport."""
    return {12: IdKind.CCCD, 9: IdKind.CMND}.get(len(number), IdKind.PASSPORT)


def _by(kind: str, keys: list[str]) -> PersonView | None:
    person_id = Identifier.objects.filter(kind=kind, key__in=keys).values_list("person_id", flat=True).first()
    return person(person_id) if person_id is not None else None


def person(person_id: int) -> PersonView | None:
    """One person, sealed parts opened; None when the register has no such person."""
    row = Person.objects.filter(person_id=person_id).first()
    if row is None:
        return None
    private = json.loads(vault.unseal(person_id, SEALED, row.sealed))
    number, old = private.get("id_number"), private.get("old_id_number")
    issued = private.get("id_issued_on")
    return PersonView(
        person_id=row.person_id,
        bhxh_code=BhxhCode(row.bhxh_code),
        full_name=row.full_name,
        birth_date=row.birth_date,
        birth_precision=row.birth_precision,
        sex=row.sex,
        id_number=IdNumber(number) if number else None,
        id_kind=id_kind(number) if number else None,
        id_issued_on=date.fromisoformat(issued) if issued else None,
        old_id_number=IdNumber(old) if old else None,
        phone=Phone(private["phone"]) if private.get("phone") else None,
        email=private.get("email") or "",
        address=places.address_line(row.street, row.commune_code, row.province_code),
        street=row.street,
        commune_code=row.commune_code,
        province_code=row.province_code,
        household_code=row.household_code,
        office_code=row.office_id or "",
        as_of=row.as_of,
    )


def coverages(person_id: int) -> list[CoverageView]:
    """The person's health-insurance coverage, newest first."""
    rows = Coverage.objects.filter(person_id=person_id).order_by("-valid_from", "object_code")
    return [_coverage(row) for row in rows]


def coverage(person_id: int, today: date | None = None) -> CoverageView | None:
    """The coverage that counts on a day (default: today), else the next to come, else the last one.

    Of several valid at once the one with the highest benefit counts (BHYT law; codes.md section 2).
    """
    day = today or local_day(timezone.now())
    return min(coverages(person_id), key=lambda one: _rank(one, day), default=None)


# Levels by what they pay; 5 pays most, then 1, 2 (100 %), 3 (95 %), 4 (80 %).
_LEVEL_ORDER = "51234"


def _rank(one: CoverageView, day: date) -> tuple[int, int, int]:
    if one.is_valid_on(day):
        return 0, _LEVEL_ORDER.index(one.benefit_level), -one.valid_from.toordinal()
    if one.valid_from > day:
        return 1, one.valid_from.toordinal(), 0
    return 2, -(one.valid_to or one.valid_from).toordinal(), 0


def participation(person_id: int, today: date | None = None) -> Participation:
    """Periods with totals by scheme up to the month of `today` (default: today), and coverage."""
    until = totals.month_of(today or local_day(timezone.now()))
    rows = (
        Contribution.objects.filter(person_id=person_id)
        .select_related("employer")
        .order_by("from_month", "id")
    )
    periods = [_period(row) for row in rows]
    stamps = [row.as_of for row in rows]
    covers = Coverage.objects.filter(person_id=person_id).order_by("-valid_from", "object_code")
    stamps += [row.as_of for row in covers]
    return Participation(
        person_id=person_id,
        schemes=tuple(
            _scheme(scheme.value, [one for one in periods if one.scheme == scheme.value], until)
            for scheme in Contribution.Scheme
        ),
        coverage=tuple(_coverage(row) for row in covers),
        as_of=max(stamps, default=None),
    )


def _scheme(scheme: str, periods: list[PeriodView], until: int) -> SchemeRecord:
    return SchemeRecord(scheme, tuple(periods), totals.count([one.as_months() for one in periods], until))


def employer(code: str) -> EmployerView | None:
    """The employer of a code."""
    row = Employer.objects.filter(code=code).first()
    return (
        EmployerView(row.code, row.name, row.address, row.office_id or "", row.is_synthetic) if row else None
    )


def _period(row: Contribution) -> PeriodView:
    return PeriodView(
        id=row.id,
        scheme=row.scheme,
        is_voluntary=row.is_voluntary,
        from_month=row.from_month,
        to_month=row.to_month,
        unpaid_from=row.unpaid_from,
        employer_code=row.employer_id or "",
        employer_name=row.employer.name if row.employer else "",
        job=row.job,
        workplace=row.workplace,
        wage=row.wage,
        wage_kind=row.wage_kind,
        currency=row.currency,
        run_id=row.run_id,
        as_of=row.as_of,
    )


def _coverage(row: Coverage) -> CoverageView:
    return CoverageView(
        id=row.id,
        object_code=row.object_code,
        benefit_level=row.benefit_level,
        card_province=row.card_province,
        facility_code=row.facility_code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        five_years_from=row.five_years_from,
        living_area=row.living_area,
        old_card_number=row.old_card_number,
        issued_on=row.issued_on,
        office_code=row.office_id or "",
        auto_renews=row.auto_renews,
        run_id=row.run_id,
        as_of=row.as_of,
    )
