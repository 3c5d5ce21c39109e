"""The database's clock: one for all processes, and asked where something cannot be undone."""

from __future__ import annotations

from datetime import datetime

from django.db import connection


def of_database() -> datetime:
    """Now, as the database says it, with its zone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
