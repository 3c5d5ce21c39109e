"""Edits by hand, for tests: an officer, the places of the register, and what is typed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.making.places_of_the_directory import make_point
from tests.making.registrations import make_office
from tests.making.requests_of_people import make_facilities
from vssid.domain.directory import edits, index
from vssid.domain.directory.edits import Why
from vssid.domain.directory.models import Change, Facility
from vssid.kernel.actor import Actor, ActorKind

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)  # Friday 10:00 in Việt Nam
TODAY = date(2026, 11, 27)
QUANG = Actor(ActorKind.OFFICER, 77, "Quang", "03101")
POINT, OFFICE, FACILITY = "point", "office", "facility"
CODE = "P0000001"
NEW = {
    "code": "P0000009",
    "name": "Đại lý thu Mới (mẫu)",
    "services": "household_bhyt",
    "province_code": "31",
    "commune_code": "11311",
    "hours": "2-6 07:30-11:30 13:30-17:00",
}
LATER = date(2026, 12, 1)


def on_the_day(hours: int = 0) -> datetime:
    """LATER in the morning, some hours on."""
    return datetime(2026, 12, 1, 1, tzinfo=UTC) + timedelta(hours=hours)


def make_places() -> None:
    """An office, two facilities around it and a collection point, found by search."""
    make_office()
    make_facilities()
    Facility.objects.update(commune_code="11311")  # around the office of Hồng Bàng
    make_point()
    index.refresh()


def why(on: date = TODAY, reason: str = "Điểm thu báo đổi số", now: datetime = NOW) -> Why:
    """Quang's reason, and the day from which the change counts."""
    return Why(reason, on, QUANG, now)


def seen(kind: str = POINT, code: str = CODE) -> str:
    """The stamp of a row as a form has it that is opened now."""
    return edits.stamp(edits.row_of(kind, code))


def change(typed: dict[str, str], because: Why | None = None, **more: Any) -> Change:
    """Quang changes cells of the collection point."""
    return edits.change(POINT, CODE, typed, because or why(), seen=more.get("seen") or seen())
