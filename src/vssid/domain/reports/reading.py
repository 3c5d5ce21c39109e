"""Run a statement of the room and give its rows as dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import connection

from .counting import sql

Row = TypeVar("Row")


def rows(row: type[Row], name: str, parameters: Mapping[str, Any]) -> list[Row]:
    """The rows of `sql/<name>.sql`, whose columns are the fields of `row` in their order."""
    with connection.cursor() as cursor:
        cursor.execute(sql(name), parameters)
        return [row(*values) for values in cursor.fetchall()]
