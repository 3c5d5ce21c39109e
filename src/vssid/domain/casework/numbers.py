"""The numbers of files: a sequence of each office in a year."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from vssid.kernel.calendar import local_day

from .models import OfficeCounter


def next_at(counter: type[OfficeCounter], office_code: str, *, now: datetime) -> str:
    """The next one, `00001/2026/03101`.

    Its row is locked until the caller's transaction ends, so no number is left out and none is given twice.
    """
    year, table = local_day(now).year, connection.ops.quote_name(counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS counter (office_code, year, last) VALUES (%s, %s, 1)"  # noqa: S608
            " ON CONFLICT (office_code, year) DO UPDATE SET last = counter.last + 1 RETURNING last",
            [office_code, year],
        )
        return f"{cursor.fetchone()[0]:05d}/{year}/{office_code}"


def next_of(sequence: str) -> int:
    """The next number of a sequence of the database; a transaction that fails leaves a gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        return int(cursor.fetchone()[0])
