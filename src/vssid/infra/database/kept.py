"""Queries written with the ORM, made into SQL once and prepared: those that every page of the console asks.

Making the SQL takes the ORM ten times as long as the statement takes, and PostgreSQL plans it anew each
time. Here what changes is `given`; all else stands in the statement as it is, so that partial indexes are
seen. What comes back is what the query would have given: rows of the model, tuples or single values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Field, Lookup, QuerySet
from django.db.models.expressions import ColPairs
from django.db.models.fields.related import ForeignObject
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from psycopg.sql import Literal

from . import prepared

Row = TypeVar("Row")
Columns = tuple[Any, ...]
_PLACE = re.compile("%[s%]")


class Given(Expression):
    """A value that comes with each asking."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A parameter that `_statement` knows again."""
        return "%s", [self]


def given(name: str) -> Any:
    """Stands in a filter where a value would: `filter(office_id=given("office"))`."""
    return Given(name)


@Field.register_lookup
@ForeignObject.register_lookup
class AnyOf(Lookup):
    """`file_id__any_of=given("files")`: one of a list. `in` makes another statement for each length."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """`column = ANY (…)`."""
        column, before = self.process_lhs(compiler, connection)
        values, after = self.process_rhs(compiler, connection)
        return f"{column} = ANY {values}", [*before, *after]


class Query(Generic[Row]):
    """A query that is asked often; `build` makes it once, when it is asked for the first time.

    `cut`: it is told each time how many rows it gives at `most`.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Row]], *, cut: bool = False) -> None:
        self._build, self._cut = build, cut

    def rows(self, **values: Any) -> list[Row]:
        """All rows."""
        statement, read = self._made
        return list(read(prepared.texts(statement, values)))

    def first(self, **values: Any) -> Row | None:
        """The first row, or None; where there may be many, the query is cut (`[:1]`)."""
        return next(iter(self.rows(**values)), None)

    @cached_property
    def _made(self) -> tuple[str, Callable[[list[Columns]], Iterable[Any]]]:
        rows = self._build()
        compiler = rows.query.get_compiler(connection=connection)
        return _statement(compiler) + (" LIMIT %(most)s" if self._cut else ""), _reader(rows, compiler)


class Counts:
    """Several counts in one statement; `builds` make the queries that are counted."""

    def __init__(self, **builds: Callable[[], QuerySet[Any, Any]]) -> None:
        self._builds = builds

    def of(self, **values: Any) -> dict[str, int]:
        """How many each query has, by its name."""
        (columns,) = prepared.texts(self._made, values)
        return dict(zip(self._builds, columns, strict=True))

    @cached_property
    def _made(self) -> str:
        queries = [build().values("pk").query for build in self._builds.values()]
        for query in queries:
            query.clear_ordering(force=True)  # whichever are cut off, the number is the same
        statements = [_statement(query.get_compiler(connection=connection)) for query in queries]
        counts = [f"(SELECT count(*) FROM ({each}) AS counted)" for each in statements]  # noqa: S608 - ours
        return f"SELECT {', '.join(counts)}"


def _statement(compiler: Any) -> str:
    """With `%(name)s` for what is given, all other values written out."""
    text, parameters = compiler.as_sql()
    left = iter(parameters)
    return _PLACE.sub(lambda place: "%%" if place[0] == "%%" else _said(next(left)), text)


def _said(value: Any) -> str:
    if isinstance(value, Given):
        return f"%({value.name})s"
    return Literal(value).as_string(connection.connection).replace("%", "%%")


def _reader(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[list[Columns]], Iterable[Any]]:
    """As Django's own iterables read columns, with what is the same for every row found out once."""
    expressions = [column[0] for column in compiler.select[: compiler.col_count]]
    if any(isinstance(expression, ColPairs) for expression in expressions):
        raise TypeError("a key of several columns is read column by column")
    converters = compiler.get_converters(expressions)
    make = _maker(rows, compiler)

    def read(found: list[Columns]) -> Iterator[Any]:
        return map(make, compiler.apply_converters(found, converters) if converters else found)

    return read


def _maker(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[Columns], Any]:
    kind = rows._iterable_class
    if kind is FlatValuesListIterable:
        return lambda columns: columns[0]
    if kind is ValuesListIterable:
        return tuple
    if kind is not ModelIterable:
        raise TypeError(f"{kind.__name__} is not kept")
    chosen, known = compiler.klass_info, compiler.annotation_col_map or {}
    first, last = chosen["select_fields"][0], chosen["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    populators_of: Any = get_related_populators  # the stubs are of a later Django
    populators = populators_of(chosen, compiler.select, connection.alias)

    def make(columns: Columns) -> Any:
        row = chosen["model"].from_db(connection.alias, names, columns[first:last])
        for populator in populators:
            populator.populate(columns, row)
        for name, place in known.items():
            setattr(row, name, columns[place])
        return row

    return make
