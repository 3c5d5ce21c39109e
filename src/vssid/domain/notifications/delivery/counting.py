"""The table of delivery by hour (`hours.sql`), kept by a job: each hour in which something happened anew.

Whatever is counted is as of one moment, which is kept with it and shown.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.resources import files

from django.db import connection, transaction

from ..models.delivery import Counted, Hour

# A change that was committed after the count before began, though it happened earlier.
SLACK = timedelta(minutes=2)
KEPT = timedelta(days=32)
_ONLY = 1
_SQL = (files("vssid.domain.notifications.delivery") / "hours.sql").read_text(encoding="utf-8")
# Open messages by the indexes of their state, ended ones by message_ended; hours that had open ones.
_TOUCHED = """
SELECT DISTINCT date_trunc('hour', created_at) FROM notifications_message
WHERE state IN ('created', 'sending', 'sent') AND created_at >= %(from)s
UNION SELECT DISTINCT date_trunc('hour', created_at) FROM notifications_message
WHERE state IN ('delivered', 'failed', 'expired') AND ended_at >= %(since)s AND created_at >= %(from)s
UNION SELECT DISTINCT hour FROM notifications_hour WHERE state IN ('created', 'sending', 'sent')
"""


def count(now: datetime) -> int:
    """Count anew every hour in which a message was made or changed since the last count; returns how many."""
    with transaction.atomic():
        row, _made = Counted.objects.select_for_update().get_or_create(id=_ONLY, defaults={"as_of": None})
        since = row.as_of - SLACK if row.as_of else now - KEPT
        hours = _touched(since, now)
        Hour.objects.filter(hour__in=hours).delete()
        with connection.cursor() as cursor:
            cursor.execute(_SQL, [hours])
        row.as_of = now
        row.save()
    return len(hours)


def as_of() -> datetime | None:
    """The moment of the last count; None before the first."""
    return Counted.objects.filter(id=_ONLY).values_list("as_of", flat=True).first()


def forget_old(now: datetime) -> int:
    """Hours that no page shows any more; returns how many rows."""
    return Hour.objects.filter(hour__lt=now - KEPT).delete()[0]


def _touched(since: datetime, now: datetime) -> list[datetime]:
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, {"since": since, "from": now - KEPT})
        return sorted(hour for (hour,) in cursor.fetchall())
