"""Words for values of the register: short, with units, without blame."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vssid.domain.participants.participation import benefit_levels, object_codes
from vssid.domain.participants.participation.totals import Totals
from vssid.web.ui.words import laws


def sex(code: int) -> str:
    """Giới tính; empty when the register does not know."""
    return {1: _("Nam"), 2: _("Nữ")}.get(code, "")


def birth(day: date, precision: str) -> str:
    """The birth date as far as it is known."""
    return day.strftime({"day": "%d/%m/%Y", "month": "%m/%Y"}.get(precision, "%Y"))


def length(months: int) -> str:
    """A number of months: `9 năm 4 tháng`."""
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(ngettext("%(n)s năm", "%(n)s năm", years) % {"n": years})
    if rest or not years:
        parts.append(ngettext("%(n)s tháng", "%(n)s tháng", rest) % {"n": rest})
    return " ".join(parts)


def level(object_code: str, told: str, day: date) -> str:
    """The benefit level of a day, `4 · 80%`, from the one that the register holds.

    Where a law gave the card another level since, both are said, and the law.
    """
    changed = object_codes.change(object_code, told, day)
    number = changed.after if changed else told
    share = benefit_levels.percent(number, day)
    said = f"{number} · {share}%" if share else number
    if changed is None:
        return said
    facts = {"level": said, "told": told, "law": laws.named(changed.legal_base.split(";")[0])}
    facts["day"] = f"{changed.first:%d/%m/%Y}"
    return _("%(level)s từ %(day)s theo %(law)s (dữ liệu thẻ ghi mức %(told)s)") % facts


def initial(full_name: str) -> str:
    """The letter of the avatar: of the given name, which stands last."""
    words = full_name.split()
    return words[-1][0].upper() if words else "?"


def paid_short(totals: Totals) -> str:
    """The length of participation for the tile."""
    return length(totals.months) if totals.months else _("Chưa có dữ liệu")


def joined(names: Collection[str]) -> str:
    """Names in a row, without repeats, in order."""
    return ", ".join(dict.fromkeys(name for name in names if name))
