"""Did somebody who is insured through an employer leave? Pure.

The register does not hold that a card was recalled, held or reported as a decrease; that nobody employs its
holder any more is all it says, and then a card within its days is worth an unknown something.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..views import PeriodView
from .totals import month_of

# Insured through who employs them: their cards go on while an employer pays (Health Insurance Law Đ12(1);
# the codes are those of data/object_codes.csv).
BY_EMPLOYER = frozenset({"DN", "HX", "CH", "NN", "TK", "HC", "XK"})


def goes_on(period: PeriodView, today: date) -> bool:
    """Is the period of this month or without an end?"""
    return period.to_month is None or month_of(period.to_month) >= month_of(today)


def after(periods: Iterable[PeriodView], today: date) -> date | None:
    """The last month with an employer when it is over and none goes on; None also where none is known."""
    employed = [period for period in periods if not period.is_voluntary]
    if any(goes_on(period, today) for period in employed):
        return None
    return max((period.to_month for period in employed if period.to_month), default=None)
