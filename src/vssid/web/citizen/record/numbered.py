"""Rows that an address names by their place in the person's own list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.http import Http404

Row = TypeVar("Row")


def nth(rows: Sequence[Row], number: int) -> Row:
    """The row of that place, the first is 1. Raises Http404 when there is none."""
    if not 1 <= number <= len(rows):
        raise Http404
    return rows[number - 1]
