"""What many tests begin with is made once in a process and put back as rows afterwards.

`@snapshot` marks a function that makes something in the database: an application, an account, a loaded file.
Its first call in a state of the database is the real one, and so is the second, after which every table's
rows are read; from then on a call in that state inserts those rows by one statement. A state is the empty
database of a test, or what a call that was put back has left, if nothing was written since. In any other
state, with settings or parts of the program changed by the test, or half a minute later by the clock of the
test, the function itself runs. `test_snapshots.py` compares both ways.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ParamSpec, TypeVar
from unittest import mock

import pytest

P = ParamSpec("P")
R = TypeVar("R")
Key = tuple[Any, ...]

# What was made relative to the time of day is still right so long.
FRESH = timedelta(seconds=30)
# A test gives them folders of its own; blobs are put into whichever is set.
WHEREVER = ("DATA", "BLOBS_URL")
NOTHING_WRITTEN = "SELECT pg_current_xact_id_if_assigned() IS NULL"
# Each written row counts, also one whose savepoint was rolled back.
WRITTEN = """
SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
         + pg_stat_get_xact_tuples_deleted(oid))
FROM pg_class WHERE oid >= 16384 AND relkind = 'r'
"""


@dataclass(eq=False)
class State:
    """The rows of all tables that hold any, as JSON, and what was given back; the empty database has none."""

    made_at: datetime
    tables: dict[str, str]
    blobs: dict[str, bytes] = field(default_factory=dict)
    result: Any = None
    calls: list[Callable[[], None]] = field(default_factory=list)  # waiting for the commit
    seen: set[Key] = field(default_factory=set)
    after: dict[Key, State] = field(default_factory=dict)


@dataclass
class Run:
    """Where the test that runs has come to: the state it is in, and the count of rows written until there."""

    state: State | None = None
    written: int = 0
    patches: list[pytest.MonkeyPatch] = field(default_factory=list)
    mocks: set[int] = field(default_factory=set)  # `with mock.patch(…)` that are open


_root = State(datetime.min.replace(tzinfo=UTC), {})
_run = Run()


def snapshot(make: Callable[P, R]) -> Callable[P, R]:
    """Put back what the function made before from the same arguments in the same state."""

    @functools.wraps(make)
    def made(*arguments: P.args, **more: P.kwargs) -> R:
        key = _key(make, arguments, more)
        before = _state() if key and not _is_patched() else None
        if before is None or key is None:
            _run.state = None
            return make(*arguments, **more)
        after = before.after.get(key)
        if after is not None and _is_fresh(after):
            _put_back(before, after)
            given_back: R = copy.deepcopy(after.result)
            return given_back
        if key not in before.seen:
            before.seen.add(key)
            result = make(*arguments, **more)
            _run.state = None
            return result
        return _record(before, key, lambda: make(*arguments, **more))

    return made


def _key(make: Callable[..., Any], arguments: tuple[Any, ...], more: dict[str, Any]) -> Key | None:
    """The call, with the settings that the test changed; None for one that cannot be compared."""
    given = tuple(_exact(value) for value in arguments)
    named = tuple((name, _exact(value)) for name, value in sorted(more.items()))
    key = (make.__module__, make.__qualname__, given, named, _changed_settings())
    try:
        hash(key)
    except TypeError:
        return None
    return key


def _exact(value: Any) -> Key:
    """The value with its type, and what a string of a kind of its own knows besides (`proofs.Address`).

    What is in a list or a dictionary is compared one by one.
    """
    if type(value) is dict:
        return dict, tuple((name, _exact(each)) for name, each in value.items())
    if type(value) in (list, tuple):
        return type(value), tuple(_exact(each) for each in value)
    besides = (
        tuple(sorted(vars(value).items())) if isinstance(value, str) and hasattr(value, "__dict__") else ()
    )
    return type(value), value, besides


def _changed_settings() -> tuple[tuple[str, Any], ...]:
    from django.conf import UserSettingsHolder, settings

    changed: dict[str, Any] = {}
    holder: Any = settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        changed = {name: value for name, value in vars(holder).items() if name.isupper()} | changed
        holder = holder.default_settings
    return tuple((name, _exact(value)) for name, value in sorted(changed.items()) if name not in WHEREVER)


def _is_patched() -> bool:
    return bool(_run.mocks) or any(patch._setattr or patch._setitem for patch in _run.patches)


def _state() -> State | None:
    """The state of the database, where it is known."""
    from django.db import connection

    if not connection.in_atomic_block:
        return None
    if _ask(NOTHING_WRITTEN):
        return _root
    return _run.state if _run.state is not None and _ask(WRITTEN) == _run.written else None


def _is_fresh(state: State) -> bool:
    from django.utils import timezone

    return timedelta(0) <= timezone.now() - state.made_at < FRESH


def _ask(question: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def _record(before: State, key: Key, make: Callable[[], R]) -> R:
    from django.db import connection
    from django.utils import timezone

    from vssid.infra import blobs

    made_at, waiting = timezone.now(), len(connection.run_on_commit)
    stored: dict[str, bytes] = {}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("put", "put_new"):
            patch.setattr(blobs, name, _storing(getattr(blobs, name), stored))
        result = make()
    calls = [waits[1] for waits in connection.run_on_commit[waiting:]]
    after = State(made_at, _rows(), stored, copy.deepcopy(result), calls)
    before.after[key] = after
    _run.state, _run.written = after, _ask(WRITTEN)
    return result


def _storing(put: Callable[[str, bytes], None], stored: dict[str, bytes]) -> Callable[[str, bytes], None]:
    def storing(key: str, data: bytes) -> None:
        put(key, data)
        stored[key] = bytes(data)

    return storing


def _put_back(before: State, after: State) -> None:
    """Change the rows of `before` into those of `after`, its blobs and its calls besides."""
    from django.db import connection, transaction

    from vssid.infra import blobs

    changed = [name for name in after.tables if after.tables[name] != before.tables.get(name)]
    gone = [name for name in before.tables if name not in after.tables]
    statements = ["SET LOCAL session_replication_role = replica"]  # no triggers, keys in any order
    # Also what lay there already: another connection may have written and committed it.
    statements += [f'DELETE FROM "{name}"' for name in [*changed, *gone]]
    statements += [_insert(name, after.tables[name]) for name in changed]
    statements += ["SET LOCAL session_replication_role = origin"]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))
    for key, data in after.blobs.items():
        blobs.put(key, data)
    for call in after.calls:
        transaction.on_commit(call)
    _run.state, _run.written = after, _ask(WRITTEN)


def _insert(table: str, rows: str) -> str:
    columns = ", ".join(f'"{name}"' for name in _columns()[table])
    quoted = rows.replace("'", "''")
    return (
        f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} '
        f"FROM json_populate_recordset(NULL::\"{table}\", '{quoted}')"
    )


def _rows() -> dict[str, str]:
    """Every table that holds rows, with them."""
    from django.db import connection

    with connection.cursor() as cursor:
        some = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in _columns()
        )
        cursor.execute(some)
        names = [str(name) for (name,) in cursor.fetchall()]
        every = [f"SELECT '{name}', json_agg(t)::text FROM \"{name}\" t" for name in names]
        cursor.execute(" UNION ALL ".join(every))
        return dict(cursor.fetchall())


@functools.lru_cache(maxsize=1)
def _columns() -> dict[str, tuple[str, ...]]:
    """The columns of each table of this database that are not worked out by it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "JOIN information_schema.tables USING (table_schema, table_name) "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER' "
            "AND table_name <> 'django_migrations' ORDER BY ordinal_position"
        )
        columns: dict[str, tuple[str, ...]] = {}
        for table, column in cursor.fetchall():
            columns[table] = (*columns.get(table, ()), column)
    return columns


def pytest_configure() -> None:
    """Note the mocks that are open; Django has one of its own around every test."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    enter, leave = mock._patch.__enter__, mock._patch.__exit__

    def entered(patch: Any) -> Any:
        mocked = enter(patch)
        if patch.target is not BaseDatabaseWrapper:
            _run.mocks.add(id(patch))
        return mocked

    def left(patch: Any, *error: Any) -> Any:
        _run.mocks.discard(id(patch))
        return leave(patch, *error)

    for name, method in (("__enter__", entered), ("__exit__", left)):
        setattr(mock._patch, name, method)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Every test begins with the empty database and nothing patched."""
    _run.state, _run.written = None, 0
    _run.patches.clear()


@pytest.hookimpl(hookwrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Iterator[None]:
    yield
    if fixturedef.argname == "monkeypatch":
        _run.patches.append(fixturedef.cached_result[0])
