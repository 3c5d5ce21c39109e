"""The record's JSON as values for pages: the card, and participation with its totals. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from vssid.domain.participants.participation import benefit_levels, five_years
from vssid.domain.participants.participation.five_years import FiveYears
from vssid.domain.participants.participation.totals import Span, Totals, month_of
from vssid.domain.participants.views import CoverageView, Participation, PeriodView, SchemeRecord, WageParts
from vssid.domain.places import queries as places
from vssid.kernel.ids import BhxhCode

from .card import Card, Validity

Json = dict[str, Any]
DATES = ("from_month", "to_month", "unpaid_from", "valid_from", "valid_to", "five_years_from", "issued_on")
_UNTOLD: dict[str, Decimal | None] = {part.name: None for part in fields(WageParts)}


@dataclass(frozen=True, slots=True)
class Record:
    """What the record says. `facilities`: names by code of the facilities in it that the list has."""

    card: Card | None
    participation: Participation
    facilities: Mapping[str, str]
    five_years: FiveYears


def read(text: str, person_id: int, today: date) -> Record:
    """The values of `record.of` that was asked on this day."""
    said: Json = json.loads(text, parse_float=Decimal)
    covers, coverage = said["coverage"], tuple(_coverage(one) for one in said["coverage"])
    return Record(
        card=_card(said["person"], said["card"], today) if said["person"] and said["card"] else None,
        participation=Participation(
            person_id=person_id,
            schemes=tuple(_scheme(name, one) for name, one in said["participation"].items()),
            coverage=coverage,
            as_of=max(_stamps(said), default=None),
            told_on=_day(said["contributions_told_on"]) if said["contributions_told_on"] else None,
        ),
        facilities={one["facility_code"]: one["facility_name"] for one in covers if one["facility_name"]},
        five_years=five_years.of(coverage, today),
    )


def _scheme(name: str, said: Json) -> SchemeRecord:
    told = said["totals"]
    gaps = (Span(month_of(_day(one["from_month"])), month_of(_day(one["to_month"]))) for one in told["gaps"])
    periods = tuple(_period(name, one) for one in said["periods"])
    return SchemeRecord(name, periods, Totals(told["months"], told["unpaid_months"], tuple(gaps)))


def _period(scheme: str, said: Json) -> PeriodView:
    facts = _values(said)
    parts, rates = facts.pop("wage_parts") or {}, facts.pop("rates") or {}
    return PeriodView(
        scheme=scheme,
        wage_parts=WageParts(**_UNTOLD | {name: Decimal(part) for name, part in parts.items()}),
        worker_percent=_decimal(rates.get("worker")),
        employer_percent=_decimal(rates.get("employer")),
        **facts,
    )


def _decimal(number: Decimal | int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _coverage(said: Json) -> CoverageView:
    facts = _values(said)
    del facts["facility_name"], facts["validity"], facts["level"]
    return CoverageView(**facts)


def _card(person: Json, said: Json, today: date) -> Card:
    facts = _values(said)
    level, kind = facts.pop("level"), said["object_code"]
    return Card(
        **facts | {"validity": Validity(said["validity"]), "benefit_level": level},
        told_level=said["benefit_level"],
        bhxh_code=BhxhCode(person["bhxh_code"]),
        full_name=person["full_name"],
        birth_date=_day(person["birth_date"]),
        birth_precision=person["birth_precision"],
        sex=person["sex"],
        address=places.address_line("", person["commune_code"], person["province_code"]),
        object_name=benefit_levels.object_name(kind, today),
        benefit_percent=benefit_levels.percent(level, today),
        benefit_text=benefit_levels.text(level, today),
    )


def _values(said: Json) -> Json:
    """The row with days, money and time as Python has them; the names are those of the views."""
    found = said | {name: _day(said[name]) for name in DATES if said.get(name)}
    return found | {"as_of": datetime.fromisoformat(said["as_of"])}


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _stamps(said: Json) -> Iterator[datetime]:
    for rows in (said["coverage"], *(one["periods"] for one in said["participation"].values())):
        yield from (datetime.fromisoformat(one["as_of"]) for one in rows)
