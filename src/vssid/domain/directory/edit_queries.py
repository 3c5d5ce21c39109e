"""What an editor of the directory reads: rows by words, where they came from, changes by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from vssid.domain.imports import queries as imports
from vssid.domain.imports.merge import officer_row
from vssid.kernel.text import fold

from . import cells, edits, search
from .criteria import Criteria
from .models import Change

MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row came from: a file and who sent it, or somebody's hand."""

    by_hand: bool
    file_name: str
    sender: str


def source(row: Any) -> Source | None:
    """Where the row came from; None when nobody knows."""
    try:
        run = imports.report(row.run_id)
    except imports.UnknownRun:
        return None
    return Source(run.kind == officer_row.KIND, run.file_name, run.sender)


def find(kind: str, text: str, *, day: date) -> Sequence[Any]:
    """Rows of a kind: all by code, or those with the words, the one of this code first."""
    table = cells.TABLES[kind]._default_manager
    if not text:
        return cast("Sequence[Any]", table.order_by("code"))
    if kind == cells.COLLECTOR:
        every, words = table.order_by("name"), fold(text).split()
        return [row for row in every if all(word in fold(f"{row.code} {row.name}") for word in words)]
    exact = list(table.filter(code=text.upper())) if edits.is_code(text) else []
    places = search.search(text, Criteria(kinds=(kind,)), day=day, limit=MOST_FOUND).places
    codes = [place.code for place in places if place.code not in {row.code for row in exact}]
    by_code = {row.code: row for row in table.filter(code__in=codes)}
    return [*exact, *(by_code[code] for code in codes if code in by_code)]


def history(kind: str, code: str) -> list[Change]:
    """Changes of a place by hand, the newest first."""
    return list(Change.objects.filter(kind=kind, code=code).order_by("-at", "-id"))


def waiting(limit: int = 100) -> list[Change]:
    """What waits for its day, the nearest first, after what was refused on its day of late."""
    refused = Change.objects.filter(state=Change.State.REFUSED).order_by("-ended_at")[:20]
    due = Change.objects.filter(state=Change.State.WAITING).order_by("effective_on", "id")[:limit]
    return [*refused, *due]
