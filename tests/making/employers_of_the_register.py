"""Make employers with a standing as a count leaves it."""

from __future__ import annotations

from datetime import date

from tests.making.registrations import HONG_BANG, NOW
from vssid.domain.participants.models.people import Employer, EmployerStanding, StandingCount

OWING, SMALL, STOPPED, UNCOUNTED = "TZ0101A", "CZ0102A", "TZ0103A", "TZ0104A"
ADDRESS = "Lô 1 khu Mẫu, Phường Hồng Bàng, Thành phố Hải Phòng"
NAMES = {
    OWING: "Công ty Cổ phần Hoa Phượng (mẫu)",
    SMALL: "Hộ kinh doanh Hoa Phượng (mẫu)",
    STOPPED: "Công ty TNHH Cửa Biển (mẫu)",
    UNCOUNTED: "Trường Tiểu học Tam Bạc (mẫu)",
}
_STANDINGS = {
    OWING: (37, date(2026, 6, 1), 2, date(2026, 4, 1), date(2026, 5, 1), 0, None, None),
    SMALL: (3, date(2026, 6, 1), 0, None, None, 1, date(2026, 5, 1), date(2026, 5, 1)),
    STOPPED: (0, date(2024, 3, 1), 0, None, None, 0, None, None),
}


def make_employers() -> None:
    """One that owes, one of three people and no known cycle, one that stopped, one that nobody knows."""
    for number, (code, name) in enumerate(NAMES.items(), 1):
        Employer.objects.create(
            code=code,
            name=name,
            tax_code="" if code == SMALL else f"000000{number:04d}",
            address=ADDRESS,
            office_id=HONG_BANG,
            paying_cycle="monthly" if code == OWING else "",
            is_synthetic=True,
            run_id=0,
            line=1,
            as_of=NOW,
        )
    names = (
        *("people", "last_month", "owed_months", "owed_from", "owed_to"),
        *("unrecorded_months", "unrecorded_from", "unrecorded_to"),
    )
    for code, facts in _STANDINGS.items():
        EmployerStanding.objects.create(employer_id=code, **dict(zip(names, facts, strict=True)))
    StandingCount.objects.create(run_id=1, day=date(2026, 6, 30), counted_at=NOW)
