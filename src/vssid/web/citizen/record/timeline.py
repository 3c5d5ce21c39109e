"""The picture of a participation: one bar a year, and the numbers of the table behind it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

WIDTH, BAR, LABELS = 328, 34, 18
Kind = Literal["blue", "bad", "wait", "gap"]


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring months of one kind, in units of the picture."""

    kind: Kind
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Year:
    """One bar. `label` is empty where there is no room for it."""

    year: int
    label: str
    middle: float
    parts: tuple[Part, ...]
    paid: int
    unpaid: int
    waiting: int
    missing: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture WIDTH wide; months are numbers as in participants.totals."""

    years: tuple[Year, ...]
    width: int = WIDTH
    bar: int = BAR
    height: int = BAR + LABELS
    baseline: int = BAR + 13

    @property
    def drawing(self) -> SafeString:
        """The bars with their labels, as the inside of an SVG; a template would take five times as long."""
        return mark_safe("".join(self._drawn(year) for year in self.years))  # noqa: S308 - numbers only

    def _drawn(self, year: Year) -> str:
        bars = "".join(
            f'<rect class="fill-{part.kind}" x="{part.x}" y="0" width="{part.width}" height="{self.bar}"/>'
            for part in year.parts
        )
        return bars + (
            f'<text x="{year.middle}" y="{self.baseline}">{year.label}</text>' if year.label else ""
        )

    @property
    def has_unpaid(self) -> bool:
        """Is anything red?"""
        return any(year.unpaid for year in self.years)

    @property
    def has_waiting(self) -> bool:
        """Is there a month whose day to pay is still to come?"""
        return any(year.waiting for year in self.years)

    @property
    def has_gaps(self) -> bool:
        """Is there a gap between the first and the last month?"""
        return any(year.missing for year in self.years)


def draw(
    paid: Collection[int], unpaid: Collection[int] = (), waiting: Collection[int] = ()
) -> Timeline | None:
    """The picture of months; None without any. Gaps are between the first and the last.

    `waiting` are neither paid nor due yet. A month counts as paid before unpaid, and unpaid before waiting.
    """
    good, bad = frozenset(paid), frozenset(unpaid) - frozenset(paid)
    every = good | bad | frozenset(waiting)
    if not every:
        return None
    first, last = min(every), max(every)
    years = range(first // 12, last // 12 + 1)
    step = WIDTH / len(years)
    space = 2.0 if len(years) <= 20 else 1.0
    skip = 1 if len(years) <= 14 else 5 if len(years) <= 60 else 10
    kinds: dict[int, Kind] = dict.fromkeys(range(first, last + 1), "gap")
    kinds.update(dict.fromkeys(waiting, "wait"))
    kinds.update(dict.fromkeys(bad, "bad"))
    kinds.update(dict.fromkeys(good, "blue"))
    return Timeline(
        tuple(
            _year(year, index * step, step - space, kinds, label=_label(year, years, skip))
            for index, year in enumerate(years)
        )
    )


def _label(year: int, years: range, skip: int) -> str:
    if skip == 1:
        return f"{year % 100:02d}" if len(years) > 7 else str(year)
    return str(year) if year % skip == 0 else ""


def _year(year: int, left: float, width: float, kinds: Mapping[int, Kind], *, label: str) -> Year:
    """One bar; months before the first and after the last stay empty."""
    inside = [kinds.get(month) for month in range(year * 12, year * 12 + 12)]
    parts, at = [], 0
    for kind, run in groupby(inside):
        count = len(list(run))
        if kind is not None:
            parts.append(Part(kind, round(left + width * at / 12, 2), round(width * count / 12, 2)))
        at += count
    return Year(
        year=year,
        label=label,
        middle=round(left + width / 2, 2),
        parts=tuple(parts),
        paid=inside.count("blue"),
        unpaid=inside.count("bad"),
        waiting=inside.count("wait"),
        missing=inside.count("gap"),
    )
