"""What the register says of benefits, visits and papers of facilities, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

# The tabs of the benefits screen, by regime.
GROUPS = {
    "one_off": "one_off",
    "sickness": "short_term",
    "maternity": "short_term",
    "convalescence": "short_term",
    "unemployment": "unemployment",
    "accident": "accident",
    "pension": "monthly",
    "allowance": "monthly",
}


@dataclass(frozen=True, slots=True)
class BenefitView:
    """A benefit; `amount` is whole đồng, a month when `is_monthly`. `kept_months`: unemployment, reserved."""

    id: int
    regime: str
    file_number: str
    decision_number: str
    decided_on: date | None
    from_date: date
    to_date: date | None
    days: int | None
    months: int | None
    amount: Decimal
    is_monthly: bool
    kept_months: int | None
    paid_by: str
    paid_on: date | None
    office_code: str
    run_id: int
    as_of: datetime

    @property
    def group(self) -> str:
        """The tab it stands in: one_off, short_term, unemployment, accident or monthly."""
        return GROUPS[self.regime]


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit to a facility; codes as in XML1, amounts in đồng by who pays."""

    id: int
    visit_key: str
    facility_code: str
    came_at: datetime
    left_at: datetime
    kind: str
    reason: str
    diagnosis_code: str
    diagnosis_name: str
    result: str
    discharge: str
    total: Decimal
    paid_fund: Decimal
    paid_share: Decimal
    paid_own: Decimal
    paid_other: Decimal
    run_id: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A paper given by a facility: leave, discharge or birth (the last with `child_born_on`)."""

    id: int
    kind: str
    number: str
    serial: str
    facility_code: str
    issued_on: date
    from_date: date | None
    to_date: date | None
    days: int | None
    diagnosis_code: str
    diagnosis_name: str
    issued_by: str
    child_born_on: date | None
    run_id: int
    as_of: datetime
