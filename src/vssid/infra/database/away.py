"""Which errors mean that the database is away or busy, and not that we asked for something wrong."""

from __future__ import annotations

import psycopg

# SQLSTATEs, whole or by their first letters. The connection broke, the server is ended, not yet ready or
# full, or it only reads now: the next connection may meet another.
LOST = ("08", "57P01", "57P02", "57P03", "57P05", "53300", "25006")
# It is there, with no room or time for this just now: out of resources, asked or waited too long, deadlock.
BUSY = ("53", "57", "55P03", "40P01")


def is_lost(error: BaseException | None) -> bool:
    """Did the connection fail, and not the statement? Then another try on a new one may succeed."""
    return _says(error, LOST)


def is_away(error: BaseException | None) -> bool:
    """May the same request succeed a little later, with this or another server?"""
    return _says(error, LOST + BUSY)


def reraise_lost(error: BaseException) -> None:
    """Where one item that fails must not stop the rest: with a lost connection all would fail."""
    if is_lost(error):
        raise error


def cause(error: BaseException | None) -> psycopg.Error | None:
    """The database's own error behind what Django or the job queue made of it, wherever in the chain."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, psycopg.Error):
            return error
        seen.add(id(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return None


def _says(error: BaseException | None, states: tuple[str, ...]) -> bool:
    database_error = cause(error)
    if database_error is None:
        return False
    if database_error.sqlstate:
        return database_error.sqlstate.startswith(states)
    # Without a state it was libpq or the pool that gave up, not the server that refused.
    return isinstance(database_error, psycopg.OperationalError | psycopg.InterfaceError)
