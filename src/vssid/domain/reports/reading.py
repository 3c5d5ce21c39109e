"""Run a statement of the room and give its rows as dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from django.db import connection

Row = TypeVar("Row")


@lru_cache(maxsize=32)
def sql(name: str) -> str:
    """A statement of the room, from its file."""
    return (files("vssid.domain.reports") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def rows(row: type[Row], name: str, parameters: Mapping[str, Any]) -> list[Row]:
    """The rows of `sql/<name>.sql`, whose columns are the fields of `row` in their order."""
    with connection.cursor() as cursor:
        cursor.execute(sql(name), parameters)
        return [row(*values) for values in cursor.fetchall()]
