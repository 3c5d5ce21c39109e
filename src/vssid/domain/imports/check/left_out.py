"""Values that stand aside (a phone, an address), could not be read, and were not loaded with their row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from ..models import LeftOut, RowError

SHOWN = 20  # lines that a report names


@dataclass(frozen=True, slots=True)
class Aside:
    """How many cells of a column were left out for one reason, and the first lines they stand in."""

    field: str
    code: str
    cells: int
    lines: tuple[int, ...]


def keep(run_id: int, cells: Iterable[tuple[int, str, str]]) -> None:
    """Note what was left out of a run: (line, field, code)."""
    LeftOut.objects.bulk_create(
        [LeftOut(run_id=run_id, line=line, field=field, code=code) for line, field, code in cells],
        batch_size=5000,
    )


def of(run_id: int) -> list[Aside]:
    """What was left out of the rows that were loaded, by column and reason, the most first."""
    lines: dict[tuple[str, str], list[int]] = {}
    for field, code, line in _loaded(run_id).order_by("line").values_list("field", "code", "line"):
        lines.setdefault((field, code), []).append(line)
    asides = [Aside(field, code, len(at), tuple(at[:SHOWN])) for (field, code), at in lines.items()]
    return sorted(asides, key=lambda aside: (-aside.cells, aside.field, aside.code))


def fields(run_id: int, first: int, last: int) -> Mapping[int, frozenset[str]]:
    """The columns left out in each line of a batch: their blanks erase nothing."""
    by_line: dict[int, set[str]] = {}
    rows = LeftOut.objects.filter(run_id=run_id, line__range=(first, last))
    for line, field in rows.values_list("line", "field"):
        by_line.setdefault(line, set()).add(field)
    return {line: frozenset(names) for line, names in by_line.items()}


def _loaded(run_id: int) -> QuerySet[LeftOut]:
    refused = RowError.objects.filter(run_id=OuterRef("run_id"), line=OuterRef("line"))
    return LeftOut.objects.filter(~Exists(refused), run_id=run_id)
