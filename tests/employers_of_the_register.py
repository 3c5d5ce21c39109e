"""Make employers with a standing as a count leaves it."""

from __future__ import annotations

from datetime import date

from tests.registrations import HONG_BANG, NOW
from vssid.domain.participants.models import Employer, EmployerStanding, StandingCount

OWING, SMALL, STOPPED, UNCOUNTED = "TZ0101A", "CZ0102A", "TZ0103A", "TZ0104A"
ADDRESS = "Lô 1 khu Mẫu, Phường Hồng Bàng, Thành phố Hải Phòng"
NAMES = {
    OWING: "Công ty Cổ phần Hoa Phượng (mẫu)",
    SMALL: "Hộ kinh doanh Hoa Phượng (mẫu)",
    STOPPED: "Công ty TNHH Cửa Biển (mẫu)",
    UNCOUNTED: "Trường Tiểu học Tam Bạc (mẫu)",
}
_STANDINGS = {
    OWING: (37, date(2026, 6, 1), 2, date(2026, 4, 1), date(2026, 5, 1)),
    SMALL: (3, date(2026, 6, 1), 0, None, None),
    STOPPED: (0, date(2024, 3, 1), 0, None, None),
}


def make_employers() -> None:
    """One that owes, one of three people, one that has stopped, one of whom nothing is known."""
    for number, (code, name) in enumerate(NAMES.items(), 1):
        Employer.objects.create(
            code=code,
            name=name,
            tax_code="" if code == SMALL else f"000000{number:04d}",
            address=ADDRESS,
            office_id=HONG_BANG,
            is_synthetic=True,
            run_id=0,
            line=1,
            as_of=NOW,
        )
    for code, (people, last_month, owed_months, owed_from, owed_to) in _STANDINGS.items():
        EmployerStanding.objects.create(
            employer_id=code,
            people=people,
            last_month=last_month,
            owed_months=owed_months,
            owed_from=owed_from,
            owed_to=owed_to,
        )
    StandingCount.objects.create(run_id=1, day=date(2026, 6, 30), counted_at=NOW)
