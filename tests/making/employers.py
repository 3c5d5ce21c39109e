"""Employers with HR people, for whoever tests what they do."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.accounts import employer_people
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.employers.seats import actions as seats
from vssid.domain.employers.seats.roles import Role
from vssid.kernel.actor import SYSTEM

from . import roll_out, staff

NOW = datetime.fromisoformat("2026-11-18T10:00:00+07:00")
SAO_MAI, BIEN_XANH = "TZ0001A", "TZ0002A"


def make_employers() -> None:
    """Sao Mai at the first office, Biển Xanh at the second."""
    roll_out.make_offices()
    for code, name, office in (
        (SAO_MAI, "Công ty Sao Mai (mẫu)", roll_out.FIRST),
        (BIEN_XANH, "Công ty Biển Xanh (mẫu)", roll_out.SECOND),
    ):
        roll_out.make_employer(code, office, name=name)


def make_hr(name: str = "Tuấn", *seated: tuple[str, Role], now: datetime = NOW) -> int:
    """An HR person who has done the first sign-in, with seats from today; the person's number."""
    username = f"hr.{Account.objects.count()}"
    person_id = employer_people.create(username, display_name=name, by=SYSTEM, now=now).person_id
    staff.equip(person_id, now=now)
    for code, role in seated:
        seats.give(person_id, code, role, by=SYSTEM, now=now)
    return person_id
