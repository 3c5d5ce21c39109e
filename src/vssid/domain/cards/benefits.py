"""What a benefit level pays and what an object code means, from dated tables."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from importlib.resources import files

from django.utils.translation import get_language
from django.utils.translation import gettext as _

_DATA = files("vssid.domain.cards") / "data"
Row = dict[str, str]


@lru_cache(maxsize=4)
def _table(name: str) -> tuple[Row, ...]:
    with (_DATA / name).open(encoding="utf-8") as rows:
        return tuple(csv.DictReader(rows))


def _in_force(row: Row, day: date) -> bool:
    """Is the row's time open on the day? An empty end means no bound."""
    return (not row["from"] or row["from"] <= day.isoformat()) and (
        not row["to"] or day.isoformat() <= row["to"]
    )


def percent(level: str, day: date) -> int | None:
    """Percent of the costs within the scope that the fund pays; None for an unknown level."""
    for row in _table("benefit_levels.csv"):
        if row["level"] == level and _in_force(row, day):
            return int(row["percent"])
    return None


def object_name(code: str, day: date) -> str:
    """What an object code means, in the page's language; empty where no source says it."""
    column = "object" if get_language() == "en" else "name"
    for row in _table("object_codes.csv"):
        if row["code"] == code and _in_force(row, day):
            return row[column][:1].upper() + row[column][1:]
    return ""


def text(level: str, day: date) -> str:
    """The box "Thông tin quyền lợi": what the level pays. Empty for an unknown one."""
    share = percent(level, day)
    if share is None:
        return ""
    words = {
        "1": _(
            "Được chi trả %(percent)s%% chi phí khám chữa bệnh trong phạm vi được hưởng; "
            "không áp dụng giới hạn tỷ lệ thanh toán thuốc, vật tư y tế và dịch vụ kỹ thuật."
        ),
        "2": _(
            "Được chi trả %(percent)s%% chi phí khám chữa bệnh trong phạm vi được hưởng; có giới hạn "
            "tỷ lệ thanh toán một số thuốc, vật tư y tế và dịch vụ kỹ thuật."
        ),
        "5": _(
            "Được chi trả %(percent)s%% chi phí khám chữa bệnh, kể cả chi phí ngoài phạm vi được hưởng "
            "và chi phí vận chuyển."
        ),
    }
    usual = _("Được chi trả %(percent)s%% chi phí khám chữa bệnh trong phạm vi được hưởng.")
    return words.get(level, usual) % {"percent": share}
