"""Keep the tables that reports read. A count is one transaction: readers see the last whole one.

Each count is a whole one, so there is no drift to mend; only rows that differ are written.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from vssid.domain.employers.roster import refreshing
from vssid.infra.database.patience import unhurried
from vssid.infra.database.replacing import replace
from vssid.kernel.calendar import local_day

from . import counting_texts
from .models import Count
from .reading import sql

LOCK = 0x5EB0
# The last day of a week and of a month stays so long, other days until the next is counted.
KEPT = timedelta(days=800)
_ONLY = 1


def recount(now: datetime, *, people: bool = False) -> None:
    """Count everything as of now; with `people` also who works where, which reads all contributions."""
    with unhurried() as cursor:
        # Of two workers that count at once the second waits, and then finds nothing to write.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        row, _made = Count.objects.get_or_create(id=_ONLY)
        if people or row.people_at is None:
            row.people_at = now if refreshing.refresh(now) else row.people_at
        cursor.execute(sql("count_files"))
        cursor.execute(sql("forget_files"))
        _tallies(cursor)
        cursor.execute(sql("count_stages"))
        refreshing.take_stages(cursor, "reports_reached")
        cursor.execute("DROP TABLE reports_reached")
        _progress(cursor, now)
        counting_texts.recount(cursor, now, since=None if people else row.as_of)
        row.as_of = now
        row.save()


def as_of() -> datetime | None:
    """The moment of the last count; None before the first."""
    return Count.objects.filter(id=_ONLY).values_list("as_of", flat=True).first()


def _tallies(cursor: Any) -> None:
    cursor.execute(sql("count_tallies"))
    key = ("kind", "office_code", "day", "employer_code", "what", "amount")
    replace(cursor, "reports_tally", "reports_counted", key, ("files",))


def _progress(cursor: Any, now: datetime) -> None:
    """Today's lines; of days before, those that end no week and no month go."""
    today = local_day(now)
    cursor.execute(sql("count_progress"))
    cursor.execute("ALTER TABLE reports_day ADD COLUMN day date")
    cursor.execute("UPDATE reports_day SET day = %s", [today])
    values = ("office_code", "workers", "sent", "handed_in", "approved", "signed_in", "card_used")
    scope = f"t.day = '{today.isoformat()}'"
    replace(cursor, "reports_progress", "reports_day", ("day", "employer_code"), values, scope=scope)
    cursor.execute(
        "DELETE FROM reports_progress WHERE day < %(today)s AND (day < %(oldest)s OR NOT"
        " (extract(isodow FROM day) = 7 OR extract(day FROM day + 1) = 1))",
        {"today": today, "oldest": today - KEPT},
    )
