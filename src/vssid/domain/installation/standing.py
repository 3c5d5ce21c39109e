"""Whether this process serves the installation or a copy of it. Asked anew each time, never remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import psycopg
from django.db import ProgrammingError, connection, transaction

from . import marker

# A cluster has a number that initdb drew and copies of its files keep, a database one in its cluster; a dump
# has neither. Whoever sealed anything has used the database.
STATEMENT = """
SELECT (SELECT uid FROM installation) AS uid, (SELECT place FROM installation) AS recorded,
    (SELECT system_identifier FROM pg_control_system())::text || '/'
        || (SELECT oid FROM pg_database WHERE datname = current_database())::text AS place,
    EXISTS (SELECT FROM vault_subject_key) AS used
"""
COLUMNS = ("uid", "recorded", "place", "used")


class State(StrEnum):
    """How the process stands to the database."""

    NEW = "new"
    """Nobody has made it known, or nobody has used it yet."""
    OURS = "ours"
    MOVED = "moved"
    """The database was brought here from elsewhere: a dump, or another cluster."""
    STRANGE = "strange"
    """The database lies where it lay, but this machine does not belong to it."""
    UNPREPARED = "unprepared"
    """The database lacks what this version keeps there; `./vssid migrate` brings it."""


HALTED = frozenset({State.MOVED, State.STRANGE, State.UNPREPARED})


@dataclass(frozen=True, slots=True)
class Standing:
    """How it is, the database's own number if it has one, and where it lies now."""

    state: State
    uid: UUID | None = None
    place: str = ""

    @property
    def is_halted(self) -> bool:
        """Nothing may be sent and no job done."""
        return self.state in HALTED


def now() -> Standing:
    """How this process stands; one statement and one small file."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(STATEMENT)
            row = dict(zip(COLUMNS, cursor.fetchone(), strict=True))
    except ProgrammingError as error:
        if is_unprepared(error.__cause__):
            return Standing(State.UNPREPARED)
        raise
    return judge(row)


def judge(row: Mapping[str, Any]) -> Standing:
    """The answer to STATEMENT, read with what this machine knows."""
    uid, place = row["uid"], row["place"]
    if uid is None or not row["used"]:
        return Standing(State.NEW, uid, place)
    if row["recorded"] != place:
        return Standing(State.MOVED, uid, place)
    return Standing(State.OURS if marker.known() == uid else State.STRANGE, uid, place)


def is_unprepared(error: BaseException | None) -> bool:
    """Was it refused because a table is not there?"""
    return isinstance(error, psycopg.errors.UndefinedTable)
