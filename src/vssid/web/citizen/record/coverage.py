"""Times of health insurance in words, for the BHYT tab."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vssid.domain.participants.participation import benefit_levels
from vssid.domain.participants.participation.totals import month_of
from vssid.domain.participants.views import CoverageView

from . import words


def months(covers: Iterable[CoverageView], today: date) -> set[int]:
    """The months with a card on some day, up to this month."""
    covered: set[int] = set()
    for cover in covers:
        last = min(cover.valid_to, today) if cover.valid_to else today
        covered.update(range(month_of(cover.valid_from), month_of(last) + 1))
    return covered


def span(coverage: CoverageView) -> str:
    """`01/01/2024 – 31/12/2024`"""
    until = f"{coverage.valid_to:%d/%m/%Y}" if coverage.valid_to else _("nay")
    return f"{coverage.valid_from:%d/%m/%Y} – {until}"


def line(number: int, coverage: CoverageView, today: date, facilities: Mapping[str, str]) -> dict[str, Any]:
    """A row of the list; `facilities` are names by code."""
    return {
        "number": number,
        "span": span(coverage),
        "who": benefit_levels.object_name(coverage.object_code, today) or coverage.object_code,
        "facility": _facility(coverage.facility_code, facilities),
        "valid": coverage.is_valid_on(today),
    }


def rows(coverage: CoverageView, today: date, facilities: Mapping[str, str]) -> list[tuple[str, str]]:
    """All that is known of one time of cover; `facilities` are names by code."""
    fields = [
        (_("Từ ngày"), f"{coverage.valid_from:%d/%m/%Y}"),
        (_("Đến ngày"), f"{coverage.valid_to:%d/%m/%Y}" if coverage.valid_to else _("Đang có giá trị")),
        (
            _("Đối tượng"),
            _named(
                benefit_levels.object_name(coverage.object_code, coverage.valid_from), coverage.object_code
            ),
        ),
        (
            _("Mức hưởng"),
            words.level(coverage.object_code, coverage.benefit_level, min(today, coverage.valid_to or today)),
        ),
        (_("Nơi ĐKKCB BĐ"), _facility(coverage.facility_code, facilities)),
        (
            _("Thời điểm 5 năm liên tục ghi trên thẻ này"),
            f"{coverage.five_years_from:%d/%m/%Y}" if coverage.five_years_from else "",
        ),
        (_("Mã nơi sinh sống"), coverage.living_area),
        (_("Số thẻ cũ"), coverage.old_card_number),
        (_("Ngày cấp"), f"{coverage.issued_on:%d/%m/%Y}" if coverage.issued_on else ""),
    ]
    return [(label, value) for label, value in fields if value]


def _facility(code: str, facilities: Mapping[str, str]) -> str:
    return _named(facilities.get(code, ""), code)


def _named(name: str, code: str) -> str:
    return f"{name} ({code})" if name else code
