"""Which circular a paper of a facility was given under, by the paper's day: `data/paper_rules.csv`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.participants") / "data" / "paper_rules.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


def text_on(issued_on: date) -> str:
    """The circular of the day a paper was given on: `TT 25/2025/TT-BYT`."""
    row = dated.on(_table(), issued_on)
    assert row is not None  # the table has no gap
    return row["legal_base"]


def texts_of(first: date, last: date) -> list[str]:
    """The circulars in force from a day to another, the earliest first."""
    return [
        row["legal_base"]
        for row in _table()
        if (not row["from"] or row["from"] <= last.isoformat())
        and (not row["to"] or first.isoformat() <= row["to"])
    ]
