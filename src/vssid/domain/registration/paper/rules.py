"""Which decree governs electronic transactions on a day: `data/e_transactions.csv`.

Since July 2025 they run on the e-identity account (VNeID); form 01 within ten days is the way that works
without one.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.registration") / "data" / "e_transactions.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


def legal_base(day: date) -> str:
    """The decree in its short form: `NĐ 164/2025/NĐ-CP`."""
    row = dated.on(_table(), day)
    assert row is not None  # the table has no gap
    return row["legal_base"]
