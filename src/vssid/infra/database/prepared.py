"""Statements that run often: prepared once, planned once.

`row` runs one on Django's connection. `Prepared` has connections of its own beside Django's, with no
transaction around them: never more than threads that read at the same time, so none has to wait; one that
broke is dropped, with those that rest, and the caller is told.
"""

from __future__ import annotations

import contextlib
import re
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db import NotSupportedError
from django.db import connection as djangos
from psycopg import RawCursor
from psycopg.sql import Literal
from psycopg.types.numeric import Int8

from . import together
from .patience import Connection
from .together import Asked, Read

# One generic plan for all persons. A last-seen time lost in a crash of the server does no harm, so a
# statement that writes it need not wait for the disk.
SESSION = {"plan_cache_mode": "force_generic_plan", "jit": "off", "synchronous_commit": "off"}
# Statements that a connection of Django's keeps; more would be prepared anew again and again.
MOST_KEPT = 500
_LARGEST = 2**63 - 1
_NAMED = re.compile(r"%\((\w+)\)s")
_PLACE = re.compile(rb"\$(\d+)")


class Unavailable(Exception):
    """The database did not answer on this connection; another may."""


class _Cursor(RawCursor[Any]):
    """Prepares each statement; Django gives only statement and parameters."""

    in_binary = True

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
        done = super().execute(query, params, prepare=True, binary=self.in_binary)
        if djangos.queries_logged:  # where Django looks for the statement with its values
            self._query: Any = SimpleNamespace(query=_written_out(query, params))
        return done


class _TextCursor(_Cursor):
    """Reads columns as Django's own cursors do."""

    in_binary = False


def row(statement: str, parameters: dict[str, Any]) -> tuple[Any, ...] | None:
    """The first row of a statement with `%(name)s` for parameters, or None, within Django's transaction."""
    return next(iter(rows(statement, parameters)), None)


def rows(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of a statement with `%(name)s` for parameters, within Django's transaction."""
    return _rows(_Cursor, statement, parameters)


def texts(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The same as `rows`, with values as Django's fields know them (`kept`)."""
    return _rows(_TextCursor, statement, {name: _wide(value) for name, value in parameters.items()})


def _written_out(query: bytes, params: list[Any]) -> bytes:
    return _PLACE.sub(lambda place: Literal(params[int(place[1]) - 1]).as_bytes(djangos.connection), query)


def _wide(value: Any) -> Any:
    """Integers as one type: psycopg takes the narrowest, and each would be a statement of its own.

    One too large for it, as somebody may write into an address, becomes the largest, which no row has.
    """
    if type(value) is int:
        return Int8(min(max(value, -_LARGEST), _LARGEST))
    if isinstance(value, list) and value and type(value[0]) is int:
        return [_wide(each) for each in value]
    return value


def at_once(*reads: Read[Any]) -> None:
    """Read what does not need each other's answers: their statements go to the database together.

    ```
    office, notes = Read(lambda: offices.office(code)), Read(lambda: notes.of_file(kind, file_id))
    at_once(office, notes)
    ```

    Only statements of `kept` and of this module are gathered; others are asked as they come, and again when
    a function is called again. Within a transaction all see what it has written; outside of one each
    statement is one of its own, as ever.
    """
    together.at_once(_answers, reads)


def _answers(asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]:
    if len(asked) == 1:
        return [_rows(asked[0].kind, asked[0].statement, asked[0].parameters)]
    try:
        return _run_together(asked)
    except NotSupportedError:
        if djangos.in_atomic_block:
            raise
        return [_rows(each.kind, each.statement, each.parameters) for each in asked]


def _run_together(asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]:
    _ready()
    # What one of them is refused is told when the pipeline ends, and only here made an error of Django's.
    with djangos.wrap_database_errors, contextlib.ExitStack() as open_cursors:
        with djangos.connection.pipeline():
            cursors = [open_cursors.enter_context(_cursor(each.kind)) for each in asked]
            for cursor, each in zip(cursors, asked, strict=True):
                _execute(cursor, each.statement, each.parameters)
        return [list(cursor.fetchall()) for cursor in cursors]


def _rows(kind: type[_Cursor], statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    if (gathered := together.current()) is not None:
        return gathered.rows(Asked(kind, statement, parameters))
    try:
        return _run(kind, statement, parameters)
    except NotSupportedError:
        # A column changed its type since it was prepared. A transaction ends, and that forgets all.
        if djangos.in_atomic_block:
            raise
        with djangos.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
        return _run(kind, statement, parameters)


def _run(kind: type[_Cursor], statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    _ready()
    with _cursor(kind) as cursor:
        _execute(cursor, statement, parameters)
        return list(cursor.fetchall())


def _ready() -> None:
    djangos.ensure_connection()
    if djangos.connection.prepare_threshold is None:  # a new connection: Django prepares nothing on it
        djangos.connection.prepare_threshold = 0
        djangos.connection.prepared_max = MOST_KEPT
        with djangos.cursor() as cursor:
            cursor.execute("SELECT set_config('plan_cache_mode', %s, false)", [SESSION["plan_cache_mode"]])


def _cursor(kind: type[_Cursor]) -> Any:
    # The stubs expect a cursor of psycopg's other kinds.
    cursor_of: Any = djangos.make_debug_cursor if djangos.queries_logged else djangos.make_cursor
    return cursor_of(kind(djangos.connection))


def _execute(cursor: Any, statement: str, parameters: dict[str, Any]) -> None:
    query, names = _numbered(statement)
    cursor.execute(query, [parameters[name] for name in names])


class Prepared:
    """A few connections to one database."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        """`parameters` as psycopg.connect takes them; nothing is opened yet."""
        self._parameters = parameters
        self._resting: deque[psycopg.Connection[Any]] = deque()

    def row(self, statement: str, parameters: dict[str, Any]) -> tuple[Any, ...] | None:
        """The first row of a statement with `%(name)s` for parameters, or None. Raises Unavailable."""
        with self._connection() as connection:
            return _executed(connection, statement, parameters).fetchone()

    def run(self, statement: str, parameters: dict[str, Any]) -> None:
        """Run a statement that gives no row. Raises Unavailable."""
        with self._connection() as connection:
            _executed(connection, statement, parameters)

    def close(self) -> None:
        """Close the connections that rest."""
        while self._resting:
            with contextlib.suppress(IndexError):
                self._resting.pop().close()

    @contextlib.contextmanager
    def _connection(self) -> Iterator[psycopg.Connection[Any]]:
        connection = None
        try:
            connection = self._take()
            yield connection
        except psycopg.Error as error:
            # Also for an error of the statement: the caller has a plain way that will tell it better.
            if connection is not None:
                connection.close()
            self.close()
            raise Unavailable from error
        self._resting.append(connection)

    def _take(self) -> psycopg.Connection[Any]:
        try:
            return self._resting.pop()
        except IndexError:
            return self._open()

    def _open(self) -> psycopg.Connection[Any]:
        connection = Connection.connect(**self._parameters, autocommit=True, cursor_factory=RawCursor)
        for name, value in SESSION.items():
            connection.execute("SELECT set_config($1, $2, false)", [name, value])
        return connection


def _executed(
    connection: psycopg.Connection[Any], statement: str, parameters: dict[str, Any]
) -> psycopg.Cursor[Any]:
    query, names = _numbered(statement)
    return connection.execute(query, [parameters[name] for name in names], prepare=True, binary=True)


@lru_cache(maxsize=MOST_KEPT)
def _numbered(statement: str) -> tuple[bytes, tuple[str, ...]]:
    """`%(name)s` as PostgreSQL's own `$1`, and the names in order.

    psycopg would do it, but for a statement of more than 4096 characters anew each time (0.2 ms).
    """
    names = tuple(dict.fromkeys(_NAMED.findall(statement)))
    numbered = _NAMED.sub(lambda match: f"${names.index(match[1]) + 1}", statement)
    return numbered.replace("%%", "%").encode(), names
