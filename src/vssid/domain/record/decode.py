"""The record's JSON as values for pages: the card, and participation with its totals. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from operator import attrgetter

import msgspec

from vssid.domain.participants.participation import benefit_levels, five_years
from vssid.domain.participants.participation.five_years import FiveYears
from vssid.domain.participants.participation.totals import Span, Totals, month_of
from vssid.domain.participants.views import CoverageView, Participation, PeriodView, SchemeRecord, WageParts
from vssid.domain.places import queries as places
from vssid.kernel.ids import BhxhCode

from .card import Card
from .rows import CardRow, PeriodRow, PersonRow, RecordRow, SchemeRow

_RECORD = msgspec.json.Decoder(RecordRow)
_NOT_TOLD: dict[str, Decimal | None] = {part.name: None for part in fields(WageParts)}
_NO_PARTS = WageParts(**_NOT_TOLD)
_COVERAGE = attrgetter(*(column.name for column in fields(CoverageView)))


@dataclass(frozen=True, slots=True)
class Record:
    """What the record says. `facilities`: names by code of the facilities in it that the list has."""

    card: Card | None
    participation: Participation
    facilities: Mapping[str, str]
    five_years: FiveYears


def read(text: str, person_id: int, today: date) -> Record:
    """The values of `statement.of` that was asked on this day."""
    record = _RECORD.decode(text)
    coverage = tuple([CoverageView(*_COVERAGE(cover)) for cover in record.coverage])
    return Record(
        card=_card(record.person, record.card, today) if record.person and record.card else None,
        participation=_participation(record, person_id, coverage),
        facilities={row.facility_code: row.facility_name for row in record.coverage if row.facility_name},
        five_years=five_years.of(coverage, today),
    )


def _participation(record: RecordRow, person_id: int, coverage: tuple[CoverageView, ...]) -> Participation:
    schemes = tuple([_scheme(name, scheme) for name, scheme in record.participation.items()])
    stamps = [cover.as_of for cover in coverage]
    stamps += [period.as_of for scheme in schemes for period in scheme.periods]
    return Participation(
        person_id=person_id,
        schemes=schemes,
        coverage=coverage,
        as_of=max(stamps, default=None),
        told_on=record.contributions_told_on,
    )


def _scheme(name: str, scheme: SchemeRow) -> SchemeRecord:
    totals = scheme.totals
    gaps = tuple([Span(month_of(gap.from_month), month_of(gap.to_month)) for gap in totals.gaps])
    periods = tuple([_period(name, period) for period in scheme.periods])
    return SchemeRecord(name, periods, Totals(totals.months, totals.unpaid_months, gaps))


def _period(scheme: str, row: PeriodRow) -> PeriodView:
    facts = dict(vars(row))
    parts, rates = facts.pop("wage_parts"), facts.pop("rates")
    return PeriodView(
        scheme=scheme,
        wage_parts=WageParts(**_NOT_TOLD | parts) if parts else _NO_PARTS,
        worker_percent=rates.get("worker"),
        employer_percent=rates.get("employer"),
        **facts,
    )


def _card(person: PersonRow, row: CardRow, today: date) -> Card:
    facts = dict(vars(row))
    level = facts.pop("level")
    return Card(
        **facts | {"benefit_level": level},
        told_level=row.benefit_level,
        bhxh_code=BhxhCode(person.bhxh_code),
        full_name=person.full_name,
        birth_date=person.birth_date,
        birth_precision=person.birth_precision,
        sex=person.sex,
        address=places.address_line("", person.commune_code, person.province_code),
        object_name=benefit_levels.object_name(row.object_code, today),
        benefit_percent=benefit_levels.percent(level, today),
        benefit_text=benefit_levels.text(level, today),
    )
