"""Which constraint of the database refused, by its name; never by what a message happens to hold."""

from __future__ import annotations

from django.db import DatabaseError


def constraint_of(error: BaseException) -> str:
    """The name of the constraint or unique index that was broken, as PostgreSQL gives it; else empty."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    return getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
