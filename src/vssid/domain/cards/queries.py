"""The card of a person."""

from __future__ import annotations

from datetime import date

from vssid.domain.directory import queries as directory
from vssid.domain.offices import queries as offices
from vssid.domain.participants import queries as participants

from . import benefits
from .card import Card, validity


def card(person_id: int, today: date) -> Card | None:
    """The card that counts today, else the next, else the last one; None without any coverage."""
    holder = participants.person(person_id)
    coverage = participants.coverage(person_id, today)
    if holder is None or coverage is None:
        return None
    return Card(
        bhxh_code=holder.bhxh_code,
        full_name=holder.full_name,
        birth_date=holder.birth_date,
        birth_precision=holder.birth_precision,
        sex=holder.sex,
        address=holder.address,
        object_code=coverage.object_code,
        object_name=benefits.object_name(coverage.object_code, today),
        benefit_level=coverage.benefit_level,
        benefit_percent=benefits.percent(coverage.benefit_level, today),
        benefit_text=benefits.text(coverage.benefit_level, today),
        card_province=coverage.card_province,
        facility_code=coverage.facility_code,
        facility_name=directory.facility_name(coverage.facility_code),
        valid_from=coverage.valid_from,
        valid_to=coverage.valid_to,
        five_years_from=coverage.five_years_from,
        living_area=coverage.living_area,
        old_card_number=coverage.old_card_number,
        issued_on=coverage.issued_on,
        office_code=coverage.office_code,
        issued_by=_office_name(coverage.office_code),
        auto_renews=coverage.auto_renews or coverage.valid_to is None,
        validity=validity(coverage.valid_from, coverage.valid_to, today),
        as_of=coverage.as_of,
    )


def _office_name(code: str) -> str:
    try:
        return offices.office(code).name if code else ""
    except offices.UnknownOffice:
        return ""
