"""The rows of the record's JSON, column by column, in the order in which they are sent.

The one list of columns: `statement` makes its SQL of them, `decode` reads the text by them. Who adds a column
adds it here; `pairs` takes it from the table, unless the statement says what stands in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from .card import Validity


@dataclass(frozen=True)
class PersonRow:
    """Whose record it is; nothing that lies sealed."""

    bhxh_code: str
    full_name: str
    birth_date: date
    birth_precision: str
    sex: int
    household_code: str
    commune_code: str
    province_code: str
    office_code: str
    as_of: datetime


@dataclass(frozen=True)
class _Numbered:
    id: int


@dataclass(frozen=True)
class _Cover:
    """`level` is that of the day, `benefit_level` what the register holds."""

    object_code: str
    benefit_level: str
    level: str
    card_province: str
    facility_code: str
    facility_name: str
    valid_from: date
    valid_to: date | None
    validity: Validity
    five_years_from: date | None
    living_area: str
    old_card_number: str
    issued_on: date | None
    office_code: str
    auto_renews: bool
    as_of: datetime


@dataclass(frozen=True)
class CardRow(_Cover):
    """The coverage that counts."""

    issued_by: str


@dataclass(frozen=True)
class CoverageRow(_Cover, _Numbered):  # fields come from the last base first: id, the facts, run_id
    """A time of health insurance."""

    run_id: int


@dataclass(frozen=True)
class PeriodRow:
    """A contribution period; of `wage_parts` and `rates` (worker, employer) what the register was told."""

    id: int
    is_voluntary: bool
    from_month: date
    to_month: date | None
    unpaid_from: date | None
    employer_code: str
    employer_name: str
    paying_cycle: str
    job: str
    workplace: str
    wage: Decimal | None
    wage_kind: str
    currency: str
    wage_parts: dict[str, Decimal]
    rates: dict[str, Decimal]
    run_id: int
    as_of: datetime


@dataclass(frozen=True)
class GapRow:
    """Months without a period between two, the first and the last of them."""

    from_month: date
    to_month: date


@dataclass(frozen=True)
class TotalsRow:
    """Months of a scheme, counted once where periods overlap."""

    months: int
    unpaid_months: int
    gaps: list[GapRow]


@dataclass(frozen=True)
class SchemeRow:
    """A scheme's totals, and its periods, the oldest first."""

    totals: TotalsRow
    periods: list[PeriodRow]


@dataclass(frozen=True)
class RecordRow:
    """The whole; `participation` by scheme. Nobody's record has neither person nor card."""

    person: PersonRow | None
    card: CardRow | None
    coverage: list[CoverageRow]
    participation: dict[str, SchemeRow]
    contributions_told_on: date | None


def pairs(row: type, table: str, **instead: str) -> str:
    """The arguments of json_build_object: names with the table's columns, or with what stands instead.

    Raises ValueError for a name that the row does not have.
    """
    unknown = instead.keys() - {column.name for column in fields(row)}
    if unknown:
        raise ValueError(unknown)
    return ", ".join(
        f"'{column.name}', {instead.get(column.name, f'{table}.{column.name}')}" for column in fields(row)
    )
