"""What a benefit level pays and what an object code means, by day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vssid.kernel import dated

from . import object_codes


@lru_cache(maxsize=1)
def _levels() -> tuple[dated.Row, ...]:
    with (files("vssid.domain.participants") / "data" / "benefit_levels.csv").open(encoding="utf-8") as lines:
        return dated.rows(lines)


def percent(level: str, day: date) -> int | None:
    """Percent of the costs within the scope that the fund pays; None for an unknown level."""
    row = dated.on(_levels(), day, level=level)
    return int(row["percent"]) if row else None


def object_name(code: str, day: date) -> str:
    """What an object code means, in the page's language; empty where no source says it."""
    row = dated.on(object_codes.table(), day, code=code)
    name = row["object" if get_language() == "en" else "name"] if row else ""
    return name[:1].upper() + name[1:]


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
