"""Benefits, visits and papers of the people of these tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.making.registrations import HONG_BANG, NOW, make_office
from vssid.domain.participants.models.people import Benefit, Certificate, Visit
from vssid.kernel.calendar import VIETNAM

ROW = {"run_id": 0, "line": 1, "as_of": NOW}


def add_benefit(person_id: int, regime: str = "sickness", **more: Any) -> None:
    """Five days of sick leave unless said."""
    make_office()
    facts = {
        "file_number": "HS000123",
        "decision_number": "0099/QĐ-BHXH",
        "decided_on": date(2025, 2, 15),
        "from_date": date(2025, 2, 3),
        "to_date": date(2025, 2, 7),
        "days": 5,
        "amount": 1_250_000,
        "paid_by": "account",
        "paid_on": date(2025, 2, 20),
        "office_id": HONG_BANG,
    }
    Benefit.objects.create(person_id=person_id, regime=regime, **ROW | facts | more)


def add_visit(person_id: int, came: datetime | None = None, **more: Any) -> None:
    """A stay in hospital in March 2026 unless said."""
    came = came or datetime(2026, 3, 2, 8, 15, tzinfo=VIETNAM)
    facts = {
        "visit_key": f"K{came:%Y%m%d%H%M}",
        "facility_code": "31901",
        "came_at": came,
        "left_at": came.replace(hour=16, minute=0),
        "kind": "03",
        "reason": "Ho, sốt",
        "diagnosis_code": "J18.9",
        "diagnosis_name": "Viêm phổi",
        "result": "2",
        "discharge": "1",
        "total": 2_950_000,
        "paid_fund": 2_280_000,
        "paid_share": 570_000,
        "paid_own": 60_000,
        "paid_other": 40_000,
    }
    Visit.objects.create(person_id=person_id, **ROW | facts | more)


def add_paper(person_id: int, **more: Any) -> None:
    """A leave certificate of February 2025 unless said."""
    facts = {
        "kind": "leave",
        "number": "000001-1",
        "serial": "AB123",
        "facility_code": "31901",
        "issued_on": date(2025, 2, 3),
        "from_date": date(2025, 2, 3),
        "to_date": date(2025, 2, 7),
        "days": 5,
        "diagnosis_code": "M54.5",
        "diagnosis_name": "Đau thắt lưng",
        "issued_by": "BS. Mẫu",
    }
    Certificate.objects.create(person_id=person_id, **ROW | facts | more)


def make_records(person_id: int) -> None:
    """One benefit, one visit and one paper."""
    add_benefit(person_id)
    add_visit(person_id)
    add_paper(person_id)
