"""What a period was paid on, and at which rates, in words (statement form 07/SBH)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.participants.views import PeriodView

PARTS: dict[str, str | Promise] = {
    "position_allowance": gettext_lazy("Phụ cấp chức vụ"),
    "over_scale_percent": gettext_lazy("Phụ cấp thâm niên vượt khung"),
    "seniority_percent": gettext_lazy("Phụ cấp thâm niên nghề"),
    "area_allowance": gettext_lazy("Phụ cấp khu vực"),
    "reelection_allowance": gettext_lazy("Phụ cấp tái cử"),
    "other_allowance": gettext_lazy("Phụ cấp khác"),
    "salary": gettext_lazy("Trong đó: mức lương"),
    "salary_allowance": gettext_lazy("Trong đó: phụ cấp lương"),
    "salary_supplement": gettext_lazy("Trong đó: các khoản bổ sung"),
}
_ALWAYS_MONEY = ("salary", "salary_allowance", "salary_supplement")

Rows = list[tuple[str, str]]


def rows(period: PeriodView) -> Rows:
    """Label and value of the wage, its parts and the rates; parts that are not told are left out."""
    parts = [(str(PARTS[name]), _part(period, name, part)) for name, part in period.wage_parts.told().items()]
    return [*_wage(period), *parts, *_rates(period)]


def _wage(period: PeriodView) -> Rows:
    if period.wage is None:
        return [(_("Tiền lương đóng"), _("Chưa có số liệu"))]
    if period.wage_kind == "coefficient":
        return [(_("Hệ số lương"), _number(period.wage))]
    return [(_("Tiền lương đóng"), _money(period, period.wage)), (_("Loại tiền"), period.currency)]


def _part(period: PeriodView, name: str, part: Decimal) -> str:
    if name.endswith("_percent"):
        return _percent(part)
    is_money = period.wage_kind == "wage" or name in _ALWAYS_MONEY
    return _money(period, part) if is_money else _number(part)


def _rates(period: PeriodView) -> Rows:
    rates = [
        (_("Người lao động đóng"), period.worker_percent),
        (_("Đơn vị đóng"), period.employer_percent),
    ]
    return [(label, _percent(rate)) for label, rate in rates if rate is not None]


def _money(period: PeriodView, amount: Decimal) -> str:
    grouped = f"{int(amount):,}".replace(",", ".")
    if period.currency == "VND":
        return _("%(amount)s đ/tháng") % {"amount": grouped}
    return f"{grouped} {period.currency}"


def _percent(rate: Decimal) -> str:
    return f"{_number(rate)}%"


def _number(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
