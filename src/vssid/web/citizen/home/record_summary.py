"""What the register holds about a person, since when, and when it was last written: pure, from the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vssid.domain.record.decode import Record

from ..record.participation import tab_address


@dataclass(frozen=True, slots=True)
class Holding:
    """One fund. `label` is its abbreviation; `text` how much since when; `as_of` None when there is none."""

    label: str
    path: str
    text: str
    as_of: datetime | None

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return "card" if self.label == "BHYT" else "time"


FUNDS = (("BHXH", "bhxh"), ("BHTN", "bhtn"), ("BHTNLĐ-BNN", "tnld"))


def of(record: Record) -> list[Holding]:
    """Each fund in the order of the tabs of the participation page."""
    schemes = {history.scheme: history.periods for history in record.participation.schemes}
    holdings = [
        _holding(
            label, scheme, [(period.from_month, period.as_of) for period in schemes.get(scheme, ())], "%m/%Y"
        )
        for label, scheme in FUNDS
    ]
    covers = [(cover.valid_from, cover.as_of) for cover in record.participation.coverage]
    return [*holdings, _holding("BHYT", "bhyt", covers, "%d/%m/%Y")]


def _holding(label: str, tab: str, rows: Iterable[tuple[date, datetime]], form: str) -> Holding:
    known, path = list(rows), tab_address(tab)
    if not known:
        return Holding(label, path, _("Chưa có dữ liệu"), None)
    first = min(day for day, _as_of in known).strftime(form)
    counted = ngettext("%(n)s giai đoạn, từ %(first)s", "%(n)s giai đoạn, từ %(first)s", len(known))
    text = counted % {"n": len(known), "first": first}
    return Holding(label, path, text, max(as_of for _day, as_of in known))
