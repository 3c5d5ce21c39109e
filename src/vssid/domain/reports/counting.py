"""Keep the tables that reports read. A count is one transaction: readers see the last whole one.

Each count is a whole one, so there is no drift to mend; only rows that differ are written.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from vssid.domain.imports import queries as imports
from vssid.infra.database.patience import unhurried
from vssid.kernel.calendar import local_day

from . import counting_texts
from .models import Count
from .reading import sql

LOCK = 0x5EB0
# The last day of a week and of a month stays so long, other days until the next is counted.
KEPT = timedelta(days=800)
_ONLY = 1
# Both tables by their whole keys.
_REPLACE = """
DELETE FROM {table} t WHERE {scope} NOT EXISTS (SELECT 1 FROM {fresh} n WHERE ({key}) = ({new}));
INSERT INTO {table} AS t ({columns}) SELECT {columns} FROM {fresh}
ON CONFLICT ({names}) DO UPDATE SET {sets} WHERE {changed}
"""


def recount(now: datetime, *, people: bool = False) -> None:
    """Count everything as of now; with `people` also who works where, which reads all contributions."""
    with unhurried() as cursor:
        # Of two workers that count at once the second waits, and then finds nothing to write.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        row, _made = Count.objects.get_or_create(id=_ONLY)
        if people or row.people_at is None:
            row.people_at = now if _roster(cursor) else row.people_at
        cursor.execute(sql("count_files"))
        cursor.execute(sql("forget_files"))
        _tallies(cursor)
        cursor.execute(sql("count_stages"))
        _progress(cursor, now)
        counting_texts.recount(cursor, now, since=None if people else row.as_of)
        row.as_of = now
        row.save()


def as_of() -> datetime | None:
    """The moment of the last count; None before the first."""
    return Count.objects.filter(id=_ONLY).values_list("as_of", flat=True).first()


def _roster(cursor: Any) -> bool:
    newest = imports.last_done("participation")
    if newest is None:
        return False
    cursor.execute(sql("count_roster"), {"month": local_day(newest.started_at).replace(day=1)})
    _write(cursor, "reports_worker", "reports_roster", ("person_id", "employer_code"))
    return True


def _tallies(cursor: Any) -> None:
    cursor.execute(sql("count_tallies"))
    key = ("kind", "office_code", "day", "employer_code", "what", "amount")
    _write(cursor, "reports_tally", "reports_counted", key, ("files",))


def _progress(cursor: Any, now: datetime) -> None:
    """Today's lines; of days before, those that end no week and no month go."""
    today = local_day(now)
    cursor.execute(sql("count_progress"))
    cursor.execute("ALTER TABLE reports_day ADD COLUMN day date")
    cursor.execute("UPDATE reports_day SET day = %s", [today])
    values = ("office_code", "workers", "sent", "handed_in", "approved", "signed_in", "card_used")
    _write(
        cursor, "reports_progress", "reports_day", ("day", "employer_code"), values, today=today.isoformat()
    )
    cursor.execute(
        "DELETE FROM reports_progress WHERE day < %(today)s AND (day < %(oldest)s OR NOT"
        " (extract(isodow FROM day) = 7 OR extract(day FROM day + 1) = 1))",
        {"today": today, "oldest": today - KEPT},
    )


def _write(
    cursor: Any, table: str, fresh: str, key: tuple[str, ...], values: tuple[str, ...] = (), today: str = ""
) -> None:
    """Make the table say what was counted; `today`: only its rows of that day."""
    if not values:
        values = key[-1:]
    statement = _REPLACE.format(
        table=table,
        fresh=fresh,
        scope=f"t.day = '{today}' AND" if today else "",
        key=", ".join(f"t.{name}" for name in key),
        new=", ".join(f"n.{name}" for name in key),
        names=", ".join(key),
        columns=", ".join(dict.fromkeys((*key, *values))),
        sets=", ".join(f"{name} = excluded.{name}" for name in values),
        changed=" OR ".join(f"t.{name} IS DISTINCT FROM excluded.{name}" for name in values),
    )
    cursor.execute(f"ANALYZE {fresh}")
    for part in statement.split(";"):
        cursor.execute(part)
    cursor.execute(f"DROP TABLE {fresh}")
