"""One table's part in a change of keys. Each room has PARTS in a module `fingerprints`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q

from . import bearing, known

AT_ONCE = 500
# What a batch did: where it ended (None: the last one), and how many rows it changed.
Step = tuple[Any, int]


@dataclass(frozen=True, slots=True)
class Part:
    """`left` counts what still needs another key than the first, or lacks a key that is to be the first. What
    `is_compared` by the first key alone must be complete under a key before that may be the first.
    `step` does a batch after where the one before ended, in its own transaction. `until`: what is left goes
    by itself at that moment, and needs its key until then. `tidy` removes what bears none of the given keys.
    """

    name: str
    left: Callable[[], int]
    step: Callable[[Any], Step] | None = None
    until: Callable[[], datetime | None] | None = None
    tidy: Callable[[], int] | None = None
    is_compared: bool = False


def parts() -> Iterator[Part]:
    """Every room's, in the order of the rooms."""
    for config in apps.get_app_configs():
        if config.name.startswith("vssid.domain.") and find_spec(f"{config.name}.fingerprints"):
            yield from import_module(f"{config.name}.fingerprints").PARTS


def sealed(
    model: type[models.Model],
    columns: Sequence[str],
    anew: Callable[[Sequence[Any]], Mapping[Any, Mapping[str, bytes]]],
) -> Part:
    """Rows whose fingerprints are made anew from what is sealed: `anew` gives them by primary key.

    A row that it leaves out leads nowhere from then on: the value is gone (its owner was erased) or is
    learned again. Where the fingerprint is a part of the primary key such a row is deleted.
    """

    def rows() -> Q:
        condition = Q()
        for column in columns:
            condition |= bearing.of_another(column)
        return condition

    def step(after: Any) -> Step:
        names = _key(model)
        with transaction.atomic():
            query = model._default_manager.filter(rows()).order_by(*names)
            if after is not None:
                query = query.filter(pk__gt=after)
            batch = list(query.select_for_update()[:AT_ONCE])
            fresh = anew(batch)
            done = _write_all(model, batch, columns, fresh)
        return (batch[-1].pk if len(batch) == AT_ONCE else None), done

    return Part(model._meta.db_table, lambda: model._default_manager.filter(rows()).count(), step)


def _key(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.pk_fields]


def _write_all(
    model: type[models.Model],
    batch: Sequence[Any],
    columns: Sequence[str],
    fresh: Mapping[Any, Mapping[str, bytes]],
) -> int:
    """In one statement where that goes; row by row where rows go away, or one stands there already."""
    if set(columns) & set(_key(model)) and len(fresh) < len(batch):
        return sum(_write(model, row, columns, fresh.get(row.pk)) for row in batch)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_update(model, columns), _columns(model, batch, columns, fresh))
            return int(cursor.rowcount)
    except IntegrityError:
        return sum(_write(model, row, columns, fresh.get(row.pk)) for row in batch)


def _update(model: type[models.Model], columns: Sequence[str]) -> str:
    names = _key(model)
    types = [model._meta.get_field(name).db_type(connection) for name in (*names, *columns)]
    given = [*(f"k{place}" for place in range(len(names))), *(f"c{place}" for place in range(len(columns)))]
    sets = ", ".join(f"{name} = f.c{place}" for place, name in enumerate(columns))
    same = " AND ".join(f"t.{name} = f.k{place}" for place, name in enumerate(names))
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    return (
        f"UPDATE {model._meta.db_table} t SET {sets} "  # noqa: S608
        f"FROM unnest({arrays}) AS f ({', '.join(given)}) WHERE {same}"
    )


def _columns(
    model: type[models.Model],
    batch: Sequence[Any],
    columns: Sequence[str],
    fresh: Mapping[Any, Mapping[str, bytes]],
) -> list[list[Any]]:
    rows = [
        (
            *(getattr(row, name) for name in _key(model)),
            *(fresh[row.pk].get(name) if row.pk in fresh else _none(row, name) for name in columns),
        )
        for row in batch
    ]
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in (*_key(model), *columns)]


def _none(row: Any, name: str) -> bytes | None:
    return None if getattr(row, name) is None else b""


def _write(
    model: type[models.Model], row: Any, columns: Sequence[str], fresh: Mapping[str, bytes] | None
) -> bool:
    same = model._default_manager.filter(pk=row.pk)
    if fresh is None and set(columns) & set(_key(model)):
        return bool(same.delete()[0])
    values = {name: _none(row, name) for name in columns} if fresh is None else fresh
    try:
        with transaction.atomic():
            return bool(same.update(**values))
    except IntegrityError:  # the same value stands there under the first key already
        return bool(same.delete()[0]) if set(columns) & set(_key(model)) else False


def expiring(model: type[models.Model], column: str, until: Callable[[Any], datetime | None]) -> Part:
    """Rows that go by themselves: `until` says of those of another key when the last of them does."""

    def rows() -> Any:
        return model._default_manager.filter(bearing.of_another(column))

    return Part(model._meta.db_table, lambda: rows().count(), until=lambda: until(rows()))


@dataclass(frozen=True, slots=True)
class Doubled:
    """A table with a row for each key. `by` are the columns of its primary key, the hex text last; `after` is
    what comes before the first row that `where` tells.

    `twins` gets rows (primary key, person id) and returns for each primary key whose value is known the texts
    under the other keys; it locks what keeps the rows of these persons from changing. `others` are the
    columns that a twin has as its row has them.
    """

    table: str
    by: tuple[str, ...]
    after: tuple[str, ...]
    where: str
    others: tuple[str, ...]
    twins: Callable[[list[tuple[Any, ...]]], Mapping[tuple[str, ...], list[str]]]

    def part(self, *, is_compared: bool) -> Part:
        """As a part; compared by the first key alone, or asked for under every key."""
        return Part(self.table, self.left, self.step, tidy=self.tidy, is_compared=is_compared)

    def left(self) -> int:
        """How many rows lack a twin."""
        first, *others = known.given()
        if not others:
            return 0
        told = [bearing.text_bears(self.by[-1], key) for key in (first, *others)]
        counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition, _ in told)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {counts} FROM {self.table} WHERE {self.where}",  # noqa: S608
                [value for _, values in told for value in values],
            )
            under_first, *under_others = cursor.fetchone()
        # One that was never the first has what the first has; one that was may have more than the first.
        led = known.led()
        lacks = [
            under - under_first if key in led else under_first - under
            for key, under in zip(others, under_others, strict=True)
        ]
        return int(max(0, *lacks))

    def of_others(self) -> Q:
        """Rows that bear a key that was the first, and is not any more."""
        column, condition = self.by[-1], Q(pk__in=[])
        for key in known.given()[1:]:
            if key in known.led():
                condition |= bearing.ends(column, key)
        return condition

    def step(self, after: Any) -> Step:
        """A batch in the order of the primary key."""
        by, marks = ", ".join(self.by), ", ".join("%s" for _ in self.by)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {by}, person_id FROM {self.table} WHERE ({by}) > ({marks}) "  # noqa: S608
                f"AND {self.where} ORDER BY {by} LIMIT %s",
                [*(after or self.after), AT_ONCE],
            )
            batch = cursor.fetchall()
            done = self._double(cursor, self.twins(batch)) if batch else 0
        return (batch[-1][:-1] if len(batch) == AT_ONCE else None), done

    def _double(self, cursor: Any, twins: Mapping[tuple[str, ...], list[str]]) -> int:
        """As the rows are now: the persons are locked, so nobody changes them meanwhile."""
        pairs = [(*own, twin) for own, texts in twins.items() for twin in texts]
        own = [*(f"own_{name}" for name in self.by), "twin"]
        copied = self.others
        cursor.execute(
            f"INSERT INTO {self.table} ({', '.join([*copied, self.by[-1]])}) "  # noqa: S608
            f"SELECT {', '.join([*(f't.{name}' for name in copied), 'f.twin'])} "
            f"FROM unnest({', '.join('%s::text[]' for _ in own)}) AS f ({', '.join(own)}) "
            f"JOIN {self.table} t ON {' AND '.join(f't.{name} = f.own_{name}' for name in self.by)} "
            "ON CONFLICT DO NOTHING",
            [[pair[place] for pair in pairs] for place in range(len(own))],
        )
        return int(cursor.rowcount)

    def tidy(self) -> int:
        """Remove rows that bear none of the given keys, some at a time; returns how many."""
        none, values = bearing.text_bears_none(self.by[-1])
        done = 0
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"DELETE FROM {self.table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {self.table} "  # noqa: S608
                    f"WHERE {self.where} AND {none} LIMIT {10 * AT_ONCE}))",
                    values,
                )
                gone = int(cursor.rowcount)
            done += gone
            if gone < 10 * AT_ONCE:
                return done
