"""Which operator a mobile number was given to, by the dated table `data/operators.csv`.

Whether it was ported since nobody tells us, so it is shown as "by number".
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated

_COUNTRY = "+84"
_LONGEST = 3


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.notifications") / "data" / "operators.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


def of(number: str, day: date) -> str:
    """The operator of a number in E.164; "" for one that the table does not know."""
    digits = number.removeprefix(_COUNTRY) if number.startswith(_COUNTRY) else ""
    for length in range(_LONGEST, 0, -1):
        row = dated.on(_table(), day, prefix=digits[:length]) if digits[:length] else None
        if row is not None:
            return row["operator"]
    return ""
