"""Make what the directory lists besides offices and facilities."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.making.registrations import NOW
from vssid.domain.directory import edits
from vssid.domain.directory.edits import Why
from vssid.domain.directory.models import Collector, Point
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day


def make_point(code: str = "P0000001", name: str = "Bưu cục phường Hồng Bàng (mẫu)") -> None:
    """A collection point beside the office of Hồng Bàng."""
    facts = {"is_synthetic": True, "mark": "[?]", "run_id": 0, "line": 1, "as_of": NOW}
    collector, _ = Collector.objects.get_or_create(
        code="BD", defaults={"name": "Tổng công ty Bưu điện (mẫu)"} | facts
    )
    Point.objects.create(
        code=code,
        name=name,
        address="5 Phố Mẫu, phường Hồng Bàng, Hải Phòng",
        phone="0590 000 001",
        province_code="31",
        commune_code="11311",
        latitude=20.863,
        longitude=106.682,
        collector=collector,
        person_in_charge="Nguyễn Thị Mẫu",
        services=["voluntary_bhxh", "household_bhyt"],
        area=["11311"],
        hours=[{"days": [1, 2, 3, 4, 5], "open": "07:30", "close": "17:00"}],
        **facts,
    )


def make_change(code: str = "P0000001") -> int:
    """A new phone of a point from tomorrow on; its number."""
    now = timezone.now()
    why = Why(
        "Điểm thu báo đổi số", local_day(now) + timedelta(days=1), Actor(ActorKind.OFFICER, 1, "Quang"), now
    )
    seen = edits.stamp(edits.row_of("point", code))
    return edits.change("point", code, {"phone": "0590 000 999"}, why, seen=seen).id
