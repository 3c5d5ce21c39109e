"""What a person's first page shows of the register: the record, the newest benefit, the newest visit.

One statement, prepared: the record as `statement` has it, and beside it two small rows. `number` is the place
of a row in its list, the oldest 1, as the addresses of the pages have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import msgspec

from vssid.domain.participants.care.views import GROUPS
from vssid.infra.database.prepared import row
from vssid.kernel.calendar import local_day

from . import decode, statement
from .decode import Record
from .queries import with_code
from .rows import pairs


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


_GROUP = " ".join(f"WHEN '{regime}' THEN '{group}'" for regime, group in GROUPS.items())
_BENEFITS_UP_TO = f"""(SELECT count(*) FROM participants_benefit other WHERE other.person_id = %(person_id)s
    AND CASE other.regime {_GROUP} END = CASE benefit.regime {_GROUP} END
    AND (other.from_date, other.id) <= (benefit.from_date, benefit.id))"""  # noqa: S608 - words of ours
_BENEFIT = f"""
SELECT json_build_object({pairs(NewBenefit, "benefit", number=_BENEFITS_UP_TO)})
FROM participants_benefit benefit WHERE benefit.person_id = %(person_id)s
ORDER BY coalesce(benefit.paid_on, benefit.decided_on, benefit.from_date) DESC, benefit.id DESC LIMIT 1
"""  # noqa: S608
_VISITS_UP_TO = """(SELECT count(*) FROM participants_visit other WHERE other.person_id = %(person_id)s
    AND (other.came_at, other.id) <= (visit.came_at, visit.id))"""
_VISIT_COLUMNS = pairs(NewVisit, "visit", facility_name="coalesce(facility.name, '')", number=_VISITS_UP_TO)
_VISIT = f"""
SELECT json_build_object({_VISIT_COLUMNS})
FROM participants_visit visit LEFT JOIN directory_facility facility ON facility.code = visit.facility_code
WHERE visit.person_id = %(person_id)s ORDER BY visit.came_at DESC, visit.id DESC LIMIT 1
"""  # noqa: S608
_KNOWN = "EXISTS (SELECT 1 FROM participants_person person WHERE person.person_id = %(person_id)s)"
_WALLET = f"SELECT {statement.BODY}, {_KNOWN}, ({_BENEFIT})::text, ({_VISIT})::text"
_NEW_BENEFIT = msgspec.json.Decoder(NewBenefit)
_NEW_VISIT = msgspec.json.Decoder(NewVisit)


@dataclass(frozen=True, slots=True)
class Wallet:
    """What the register says for a person's first page; `is_known`: it has such a person."""

    record: Record
    is_known: bool
    benefit: NewBenefit | None
    visit: NewVisit | None


def of(person_id: int, *, now: datetime) -> Wallet:
    """The wallet of a person whose session was checked."""
    selected = row(_WALLET, {"person_id": person_id, **statement.days(now)})
    assert selected is not None
    body, is_known, benefit, visit = selected
    own = decode.read(str(body), person_id, local_day(now))
    return Wallet(
        with_code(own, person_id),
        is_known,
        _NEW_BENEFIT.decode(benefit) if benefit else None,
        _NEW_VISIT.decode(visit) if visit else None,
    )
