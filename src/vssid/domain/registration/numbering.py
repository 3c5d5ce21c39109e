"""The numbers of applications: a sequence of each office in a year."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from vssid.kernel.calendar import local_day


def next_number(office_code: str, now: datetime) -> str:
    """The next one, `00001/2026/03101`; its row is locked until the caller's transaction ends."""
    year = local_day(now).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registration_counter (office_code, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (office_code, year) DO UPDATE SET last = registration_counter.last + 1"
            " RETURNING last",
            [office_code, year],
        )
        return f"{cursor.fetchone()[0]:05d}/{year}/{office_code}"
