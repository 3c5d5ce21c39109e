"""Who a card is for and what benefit level that gives, by day: `data/object_codes.csv`.

The register keeps the level that an office wrote on a card. Where a law gives the cards of an object another
level from a day on, that counts from then, whether or not a file has told it since. Law: NQ 261/2025/QH15 for
CN and LH from 2026-01-01. The names are those of the health-insurance law, from two lists that agree [S].
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated


@dataclass(frozen=True, slots=True)
class Change:
    """From `first` on the cards of an object that had the level `before` have `after`."""

    code: str
    first: date
    before: str
    after: str
    legal_base: str


@lru_cache(maxsize=1)
def table() -> tuple[dated.Row, ...]:
    """Every row, by object and level."""
    path = files("vssid.domain.participants") / "data" / "object_codes.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


@lru_cache(maxsize=1)
def changes() -> tuple[Change, ...]:
    """What was changed on a known day, the earliest first. A row without a first day changes nothing."""
    dated_changes = [
        Change(row["code"], date.fromisoformat(row["from"]), before["level"], row["level"], row["legal_base"])
        for row in table()
        for before in table()
        if row["from"] and before["code"] == row["code"] and before["to"] and before["to"] < row["from"]
    ]
    return tuple(sorted(dated_changes, key=lambda step: step.first))


def change(code: str, level: str, day: date) -> Change | None:
    """The last change that a card of this object and level has met by a day; None where the level stands."""
    latest, now = None, level
    for step in changes():
        if (step.code, step.before) == (code, now) and step.first <= day:
            latest, now = step, step.after
    return latest


def level_on(code: str, level: str, day: date) -> str:
    """The benefit level of a card on a day, from the one that the register holds."""
    changed = change(code, level, day)
    return changed.after if changed else level


def level_sql(code: str, level: str, day: str) -> str:
    """The same as SQL over three expressions. Raises ValueError when changes follow each other."""
    codes = [step.code for step in changes()]
    if len(codes) != len(set(codes)):
        raise ValueError(codes)
    cases = "".join(
        f"WHEN {code} = '{step.code}' AND {level} = '{step.before}' AND {day} >= DATE '{step.first}' "
        f"THEN '{step.after}' "
        for step in changes()
    )
    return f"CASE {cases}ELSE {level} END"
