"""Rows of the table: a median, a baseline measured turn and turn about with it, and what is wanted."""

from __future__ import annotations

import operator
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

_SIGNS = {"≥": operator.ge, "≤": operator.le, "<": operator.lt, "=": operator.eq}
Work = Callable[[], object]


@dataclass(frozen=True)
class Target:
    """What is wanted `of` a row: of its "value", or of its "ratio" to the baseline."""

    of: str
    sign: str
    limit: float

    def __str__(self) -> str:
        return f"{self.of} {self.sign} {self.limit:g}"


@dataclass(frozen=True)
class Row:
    """One figure: the median of several runs, with the least and the most of them."""

    name: str
    value: float
    unit: str
    low: float
    high: float
    baseline: float | None = None
    ratio: float | None = None
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.target is None:
            return None
        figure = self.value if self.target.of == "value" else self.ratio
        return figure is not None and bool(_SIGNS[self.target.sign](figure, self.target.limit))

    def as_json(self) -> dict[str, Any]:
        """What `--json` prints for it."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "baseline": None if self.baseline is None else round(self.baseline, 3),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "target": "" if self.target is None else str(self.target),
            "met": self.met,
        }


def row(
    name: str,
    unit: str,
    values: Sequence[float],
    bases: Sequence[float] | None = None,
    target: Target | None = None,
) -> Row:
    """The row of several runs; the ratio is the median of the ratios of neighbouring runs."""
    value, low, high = statistics.median(values), min(values), max(values)
    if bases is None:
        return Row(name, value, unit, low, high, target=target)
    ratio = statistics.median(figure / base for figure, base in zip(values, bases, strict=True))
    return Row(name, value, unit, low, high, statistics.median(bases), ratio, target)


def turns(
    work: Work, base: Work, *, times: int, rounds: int, clock: Callable[[], float] = time.perf_counter
) -> tuple[list[float], list[float]]:
    """Milliseconds of both, a mean of `times` calls in each round; an uncounted call of each goes first.

    They alternate call by call, so that a busy machine slows both.
    """
    work()
    base()
    made = [[(_timed(work, clock), _timed(base, clock)) for _ in range(times)] for _ in range(rounds)]
    ours, others = ([statistics.fmean(pair[at] for pair in pairs) for pairs in made] for at in (0, 1))
    return ours, others


def _timed(work: Work, clock: Callable[[], float]) -> float:
    started = clock()
    work()
    return (clock() - started) * 1000
