"""A row that is there once: found and locked, or made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet

# Each turn over means that another request took the row away between making and locking it.
TURNS = 20
M = TypeVar("M", bound=Model)


def lock_or_make(rows: QuerySet[M], make: Callable[[], M]) -> M:
    """The one row of the query, locked until the transaction ends; where there is none, a new one.

    Of two who make it at once, the second waits and locks the row of the first; a constraint of the table
    must say that there is one only. What was made may end, or be deleted, before it is locked: then another
    is made.
    """
    for _ in range(TURNS):
        row = rows.select_for_update().first()
        if row is not None:
            return row
        rows.model._default_manager.bulk_create([make()], ignore_conflicts=True)
    raise RuntimeError(f"{rows.model.__name__}: taken away {TURNS} times while it was made")
