"""What the register says, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from vssid.kernel.ids import BhxhCode, IdKind, IdNumber, Phone

from .care.views import BenefitView, CertificateView, VisitView
from .employers.deadlines import Standing
from .participation import object_codes
from .participation.totals import Period, Totals, month_of, period
from .participation.unpaid import Unpaid, months, stretches


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person. `birth_precision`: day, month, year; `sex`: 1 nam, 2 nữ, 3 unknown; `as_of`: last written."""

    person_id: int
    bhxh_code: BhxhCode
    full_name: str
    birth_date: date
    birth_precision: str
    sex: int
    id_number: IdNumber | None
    id_kind: IdKind | None
    id_issued_on: date | None
    old_id_number: IdNumber | None
    phone: Phone | None
    email: str
    address: str
    street: str
    commune_code: str
    province_code: str
    household_code: str
    office_code: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class WageParts:
    """What a period's wage is made of, as statement form 07/SBH has it; None = not told.

    Allowances for position (chức vụ), area (khu vực), re-election (tái cử) and others are in đồng or
    coefficients as the wage is; `…_percent` (vượt khung, thâm niên nghề) are of the wage; the rest is đồng.
    """

    position_allowance: Decimal | None
    over_scale_percent: Decimal | None
    seniority_percent: Decimal | None
    area_allowance: Decimal | None
    reelection_allowance: Decimal | None
    other_allowance: Decimal | None
    salary: Decimal | None
    salary_allowance: Decimal | None
    salary_supplement: Decimal | None

    def told(self) -> dict[str, Decimal]:
        """Those that are told, by name, in the order of the form."""
        parts = {name: getattr(self, name) for name in self.__slots__}
        return {name: part for name, part in parts.items() if part is not None}


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A contribution period; months as their first day. `wage` is đồng or a coefficient, by `wage_kind`.

    `worker_percent` and `employer_percent`: the rate of this scheme by who pays; None = not told.
    `paying_cycle`: of the employer, as `paying` names it; empty where no file has told it.
    """

    id: int
    scheme: str
    is_voluntary: bool
    from_month: date
    to_month: date | None
    unpaid_from: date | None
    employer_code: str
    employer_name: str
    job: str
    workplace: str
    wage: Decimal | None
    wage_kind: str
    currency: str
    wage_parts: WageParts
    worker_percent: Decimal | None
    employer_percent: Decimal | None
    run_id: int
    as_of: datetime
    paying_cycle: str = ""

    def as_months(self) -> Period:
        """For `totals.count`."""
        return period(self.from_month, self.to_month, self.unpaid_from)


@dataclass(frozen=True, slots=True)
class SchemeRecord:
    """The periods of one scheme, oldest first, with their totals."""

    scheme: str
    periods: tuple[PeriodView, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class CoverageView:
    """A time of health insurance; `valid_to` None = as long as contributions go on.

    `benefit_level` is what the register holds; what counts is `level_on` a day.
    """

    id: int
    object_code: str
    benefit_level: str
    card_province: str
    facility_code: str
    valid_from: date
    valid_to: date | None
    five_years_from: date | None
    living_area: str
    old_card_number: str
    issued_on: date | None
    office_code: str
    auto_renews: bool
    run_id: int
    as_of: datetime

    def is_valid_on(self, day: date) -> bool:
        """Does it count on this day?"""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def level_on(self, day: date) -> str:
        """The benefit level on a day, or on its own last day when that is over."""
        last = min(day, self.valid_to) if self.valid_to else day
        return object_codes.level_on(self.object_code, self.benefit_level, last)


@dataclass(frozen=True, slots=True)
class Participation:
    """Schemes bhxh, bhtn and tnld in this order (each may be empty), and coverage, newest first.

    `told_on` is the day of the last file of contributions; None where none was counted yet.
    """

    person_id: int
    schemes: tuple[SchemeRecord, ...]
    coverage: tuple[CoverageView, ...]
    as_of: datetime | None
    told_on: date | None = None

    def of(self, scheme: str) -> SchemeRecord:
        """The record of one scheme. Raises KeyError for an unknown one."""
        for record in self.schemes:
            if record.scheme == scheme:
                return record
        raise KeyError(scheme)

    def judged_on(self, today: date) -> date:
        """The day to judge payments on: of what was paid since the last file the register knows nothing."""
        return min(today, self.told_on or today)

    def unpaid(self, scheme: str, today: date) -> list[Unpaid]:
        """Stretches of months up to today's without a recorded payment, the newest first."""
        return stretches(self.of(scheme).periods, month_of(today), self.judged_on(today))

    def unpaid_months(self, scheme: str, today: date) -> dict[Standing, int]:
        """How many months of a scheme are late, not recorded, not yet due."""
        return months(self.of(scheme).periods, month_of(today), self.judged_on(today))


@dataclass(frozen=True, slots=True)
class VersionView:
    """What the register said from `said_from` until `said_until`, and the run that replaced it.

    `record` is one of Version.Record; `was` is the view of such a row.
    """

    record: str
    record_id: int
    was: PersonView | PeriodView | CoverageView | BenefitView | VisitView | CertificateView
    said_from: datetime
    said_until: datetime
    run_id: int
    line: int
    replaced_by: int


@dataclass(frozen=True, slots=True)
class MergeView:
    """A code that was found to be of a person who has another one."""

    merged_id: int
    merged_code: BhxhCode
    decided_on: date
    decision_number: str
    office_code: str
    run_id: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class EmployerView:
    """An employer and the office that manages it. `paying_cycle` as in `paying`, empty where not known."""

    code: str
    name: str
    tax_code: str
    address: str
    office_code: str
    paying_cycle: str
    is_synthetic: bool
    as_of: datetime
