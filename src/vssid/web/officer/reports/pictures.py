"""Figures as pictures, drawn here as SVG shapes; the table beside each says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .words import Words

WIDTH, HEIGHT, GAP = 960, 200, 0.2


@dataclass(frozen=True, slots=True)
class Shape:
    """A bar, or a line through points; `sort` is its class. Numbers as SVG writes them."""

    sort: str
    x: str = ""
    y: str = ""
    width: str = ""
    height: str = ""
    points: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes, what they show, and the key: class and words."""

    shapes: list[Shape]
    caption: Words
    keys: tuple[tuple[str, Words], ...]
    width: int = WIDTH
    height: int = HEIGHT


def bars_and_line(bars: Sequence[int], line: Sequence[int], ahead: Sequence[float] = ()) -> list[Shape]:
    """Bars of one figure a day and a line of another; `ahead` goes on behind the line. All on one scale."""
    length = len(bars) + len(ahead)
    most = max((*bars, *line, *ahead), default=0)
    if not most or not length:
        return []
    step = WIDTH / length
    shapes = [
        _bar("sent", number * step + step * GAP / 2, step * (1 - GAP), count, most)
        for number, count in enumerate(bars)
        if count
    ]
    shapes.append(Shape("approved", points=_points(line, 0, step, most)))
    if ahead:
        shapes.append(Shape("ahead", points=_points([line[-1], *ahead], len(line) - 1, step, most)))
    return shapes


def steps_down(counts: Sequence[int]) -> list[Shape]:
    """A bar for each stage of a funnel, the first as wide as the picture; one below the other."""
    if not counts or not counts[0]:
        return []
    step = HEIGHT / len(counts)
    return [
        Shape(
            "stage",
            x=f"{(WIDTH - WIDTH * count / counts[0]) / 2:.2f}",
            y=f"{number * step + step * GAP / 2:.2f}",
            width=f"{WIDTH * count / counts[0]:.2f}",
            height=f"{step * (1 - GAP):.2f}",
        )
        for number, count in enumerate(counts)
    ]


def _bar(sort: str, x: float, width: float, count: int, most: float) -> Shape:
    height = HEIGHT * count / most
    return Shape(sort, f"{x:.2f}", f"{HEIGHT - height:.2f}", f"{width:.2f}", f"{height:.2f}")


def _points(counts: Sequence[float], first: int, step: float, most: float) -> str:
    middle = step / 2
    places = [
        (middle + (first + number) * step, HEIGHT - HEIGHT * count / most)
        for number, count in enumerate(counts)
    ]
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in places)
