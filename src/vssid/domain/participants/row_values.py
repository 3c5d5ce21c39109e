"""Rows of the register as the values that doors see."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.db import models

from vssid.domain.places import queries as places
from vssid.domain.vault import sealing as vault
from vssid.domain.vault.rings import Ring
from vssid.kernel.ids import BadCode, BhxhCode, IdKind, IdNumber, Phone

from . import sealed_part
from .care import diagnoses
from .care.views import BenefitView, CertificateView, VisitView
from .models.people import Benefit, Certificate, Contribution, Coverage, Merge, Person, Version, Visit
from .views import CoverageView, MergeView, PeriodView, PersonView, VersionView, WageParts

_Row = TypeVar("_Row", bound=models.Model)


def id_kind(number: str) -> IdKind:
    """Kind of a well-formed ID number: 12 digits CCCD, 9 digits CMND, else passport.

    A passport of nine digits is kept as what it looks like: nobody can tell it from a CMND.
    """
    by_length = {12: IdKind.CCCD, 9: IdKind.CMND} if number.isdigit() else {}
    return by_length.get(len(number), IdKind.PASSPORT)


def keys_of(number: str) -> list[tuple[str, str]]:
    """Kind and key of a well-formed ID number under every fingerprint key, today's first: as it is stored."""
    kind = id_kind(number).value
    return [(kind, mark.hex()) for mark in vault.fingerprints(kind, number)]


def document(text: str) -> tuple[IdKind, IdNumber]:
    """A document number of a file. Raises BadCode, also for digits alone of another length than 9 and 12:
    rather a CMND or CCCD that lost a zero than a passport.
    """
    kind = id_kind(text)
    if kind is IdKind.PASSPORT and text.isdigit():
        raise BadCode
    return kind, IdNumber.parse(text, kind)


def private(row: Person, *, is_history: bool = False) -> dict[str, str]:
    """The sealed part of a person, opened. Raises vault.Erased or keys.CannotOpen."""
    return with_street(row, sealed_part.opened(row, is_history=is_history))


def with_street(row: Person, opened: bytes) -> dict[str, str]:
    """The sealed part of a person, with the street that an older version may have written beside it."""
    fields: dict[str, str] = json.loads(opened)
    return fields | {"street": row.street} if row.street else fields


def person_view(row: Person, *, is_history: bool = False) -> PersonView:
    """The person with the sealed part opened. Raises vault.Erased or keys.CannotOpen."""
    fields = private(row, is_history=is_history)
    number, old = fields.get("id_number"), fields.get("old_id_number")
    issued, street = fields.get("id_issued_on"), fields.get("street") or ""
    return PersonView(
        person_id=row.person_id,
        # The personal number serves as the code of who has no other (codes.md section 1 [M]).
        bhxh_code=BhxhCode(row.bhxh_code or number or ""),
        full_name=row.full_name,
        birth_date=row.birth_date,
        birth_precision=row.birth_precision,
        sex=row.sex,
        id_number=IdNumber(number) if number else None,
        id_kind=id_kind(number) if number else None,
        id_issued_on=date.fromisoformat(issued) if issued else None,
        old_id_number=IdNumber(old) if old else None,
        phone=Phone(fields["phone"]) if fields.get("phone") else None,
        email=fields.get("email") or "",
        address=places.address_line(street, row.commune_code, row.province_code),
        street=street,
        commune_code=row.commune_code,
        province_code=row.province_code,
        household_code=row.household_code,
        office_code=row.office_id or "",
        as_of=row.as_of,
    )


def period_view(row: Contribution) -> PeriodView:
    """A contribution period with its employer."""
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
        wage_parts=WageParts(**{part.name: getattr(row, part.name) for part in fields(WageParts)}),
        worker_percent=row.worker_percent,
        employer_percent=row.employer_percent,
        run_id=row.run_id,
        as_of=row.as_of,
        paying_cycle=row.employer.paying_cycle if row.employer else "",
    )


def coverage_view(row: Coverage) -> CoverageView:
    """A time of health insurance."""
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


def benefit_view(row: Benefit) -> BenefitView:
    """A benefit."""
    return BenefitView(
        id=row.id,
        regime=row.regime,
        file_number=row.file_number,
        decision_number=row.decision_number,
        decided_on=row.decided_on,
        from_date=row.from_date,
        to_date=row.to_date,
        days=row.days,
        months=row.months,
        amount=row.amount,
        is_monthly=row.is_monthly,
        kept_months=row.kept_months,
        paid_by=row.paid_by,
        paid_on=row.paid_on,
        office_code=row.office_id or "",
        run_id=row.run_id,
        as_of=row.as_of,
    )


def visit_view(row: Visit, ring: Ring) -> VisitView:
    """A visit, its diagnosis opened. Raises vault.Erased."""
    diagnosis = diagnoses.opened(row, ring)
    return VisitView(
        id=row.id,
        visit_key=row.visit_key,
        facility_code=row.facility_code,
        came_at=row.came_at,
        left_at=row.left_at,
        kind=row.kind,
        reason=row.reason,
        diagnosis_code=diagnosis[diagnoses.CODE],
        diagnosis_name=diagnosis[diagnoses.NAME],
        result=row.result,
        discharge=row.discharge,
        total=row.total,
        paid_fund=row.paid_fund,
        paid_share=row.paid_share,
        paid_own=row.paid_own,
        paid_other=row.paid_other,
        run_id=row.run_id,
        as_of=row.as_of,
    )


def certificate_view(row: Certificate, ring: Ring) -> CertificateView:
    """A paper given by a facility, its diagnosis opened. Raises vault.Erased."""
    told = {part.name: getattr(row, part.name) for part in fields(CertificateView)}
    return CertificateView(**told | diagnoses.opened(row, ring))


def merge_view(row: Merge) -> MergeView:
    """A decision that two codes were one person's."""
    return MergeView(
        merged_id=row.merged_id,
        merged_code=BhxhCode(row.merged_code),
        decided_on=row.decided_on,
        decision_number=row.decision_number,
        office_code=row.office_id or "",
        run_id=row.run_id,
        as_of=row.as_of,
    )


# How an older row of each kind is opened.
_MODELS: dict[str, tuple[type[models.Model], Callable[[Any], Any]]] = {
    "person": (Person, partial(person_view, is_history=True)),
    "contribution": (Contribution, period_view),
    "coverage": (Coverage, coverage_view),
    "benefit": (Benefit, benefit_view),
    "visit": (Visit, lambda row: visit_view(row, Ring([row.person_id]))),
    "certificate": (Certificate, lambda row: certificate_view(row, Ring([row.person_id]))),
}


def version_view(row: Version) -> VersionView:
    """An older row as it was; names of employers are those of today. Raises vault.Erased."""
    model, view = _MODELS[row.record]
    old = as_it_was(model, row.was)
    if row.record != Version.Record.PERSON:
        setattr(old, "person_id", row.person_id)  # noqa: B010 - whose it is now, with whose key it is sealed
    return VersionView(
        record=row.record,
        record_id=row.record_id,
        was=view(old),
        said_from=row.said_from,
        said_until=row.said_until,
        run_id=row.run_id,
        line=row.line,
        replaced_by=row.replaced_by,
    )


def as_it_was(model: type[_Row], was: dict[str, Any]) -> _Row:
    """A row from its columns as JSON, where bytes are PostgreSQL's hex; columns made since are left empty."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.column in was:
            told = was[field.column]
            is_bytes = isinstance(field, models.BinaryField) and told is not None
            values[field.attname] = bytes.fromhex(told[2:]) if is_bytes else field.to_python(told)
    return model(**values)
