"""What a kind of visit (XML1's MA_LOAI_KCB) is called: `data/visit_kinds.csv`, QĐ 824 and 1804/QĐ-BYT.

The list grows by decisions of the ministry, so a code that is not in it is no fault of the row: it is kept,
warned about when a file brings it, and shown as it is.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

from django.utils.translation import get_language

from vssid.kernel import dated

# Two characters, also those that no list has yet. One alone has lost its zero.
FORM = "^[0-9A-Z]{2}$"


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.participants") / "data" / "visit_kinds.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


def known() -> tuple[str, ...]:
    """Every code of the list, in its order."""
    return tuple(dict.fromkeys(row["code"] for row in _table()))


def name(code: str, day: date) -> str:
    """What a code meant on a day, in the page's language; the code itself where the list does not say.

    The list says from when at the latest: a code that came before its day has the name of that day.
    """
    row = dated.on(_table(), day, code=code) or next(
        (row for row in _table() if row["code"] == code and row["from"] > day.isoformat()), None
    )
    if row is None:
        return code
    return row["kind" if get_language() == "en" else "name"]
