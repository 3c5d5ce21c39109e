"""What a person's first page shows of the register: the record, the newest benefit, the newest visit.

One statement, prepared: the record as `record` has it, and beside it two small rows. `number` is the place of
a row in its list, the oldest 1, as the addresses of the pages have it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from vssid.domain.participants.views import GROUPS
from vssid.infra.database.prepared import row
from vssid.kernel.calendar import local_day

from . import decode, statement
from .decode import Record
from .queries import with_code

_GROUP = " ".join(f"WHEN '{regime}' THEN '{group}'" for regime, group in GROUPS.items())
_BENEFIT = f"""
SELECT json_build_object('regime', benefit.regime, 'amount', benefit.amount,
    'is_monthly', benefit.is_monthly, 'from_date', benefit.from_date, 'to_date', benefit.to_date,
    'decided_on', benefit.decided_on, 'paid_on', benefit.paid_on, 'paid_by', benefit.paid_by,
    'number', (SELECT count(*) FROM participants_benefit other WHERE other.person_id = %(person_id)s
        AND CASE other.regime {_GROUP} END = CASE benefit.regime {_GROUP} END
        AND (other.from_date, other.id) <= (benefit.from_date, benefit.id)))
FROM participants_benefit benefit WHERE benefit.person_id = %(person_id)s
ORDER BY coalesce(benefit.paid_on, benefit.decided_on, benefit.from_date) DESC, benefit.id DESC LIMIT 1
"""  # noqa: S608 - words of ours
_VISIT = """
SELECT json_build_object('came_at', visit.came_at, 'facility_code', visit.facility_code,
    'facility_name', coalesce(facility.name, ''),
    'number', (SELECT count(*) FROM participants_visit other WHERE other.person_id = %(person_id)s
        AND (other.came_at, other.id) <= (visit.came_at, visit.id)))
FROM participants_visit visit LEFT JOIN directory_facility facility ON facility.code = visit.facility_code
WHERE visit.person_id = %(person_id)s ORDER BY visit.came_at DESC, visit.id DESC LIMIT 1
"""
_KNOWN = "EXISTS (SELECT 1 FROM participants_person person WHERE person.person_id = %(person_id)s)"
_WALLET = f"SELECT {statement.BODY}, {_KNOWN}, ({_BENEFIT})::text, ({_VISIT})::text"


@dataclass(frozen=True, slots=True)
class NewBenefit:
    """The benefit that was paid, decided or began last; `amount` in đồng, a month when `is_monthly`."""

    regime: str
    amount: Decimal
    is_monthly: bool
    from_date: date
    to_date: date | None
    decided_on: date | None
    paid_on: date | None
    paid_by: str
    number: int

    @property
    def group(self) -> str:
        """The list it stands in."""
        return GROUPS[self.regime]


@dataclass(frozen=True, slots=True)
class NewVisit:
    """The visit to a facility that began last."""

    came_at: datetime
    facility_code: str
    facility_name: str
    number: int


@dataclass(frozen=True, slots=True)
class Wallet:
    """What the register says for a person's first page; `is_known`: it has such a person."""

    record: Record
    is_known: bool
    benefit: NewBenefit | None
    visit: NewVisit | None


def of(person_id: int, *, now: datetime) -> Wallet:
    """The wallet of a person whose session was checked."""
    found = row(_WALLET, {"person_id": person_id, **statement.days(now)})
    assert found is not None
    body, is_known, benefit, visit = found
    own = decode.read(str(body), person_id, local_day(now))
    return Wallet(with_code(own, person_id), is_known, _benefit(benefit), _visit(visit))


def _benefit(text: str | None) -> NewBenefit | None:
    if text is None:
        return None
    said: dict[str, Any] = json.loads(text)
    days = {name: _day(said[name]) for name in ("from_date", "to_date", "decided_on", "paid_on")}
    return NewBenefit(**said | days | {"amount": Decimal(said["amount"])})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _visit(text: str | None) -> NewVisit | None:
    if text is None:
        return None
    said: dict[str, Any] = json.loads(text)
    return NewVisit(**said | {"came_at": datetime.fromisoformat(said["came_at"])})
