"""What a card is worth today, told so that nobody can misread it. Pure.

The one place that says so: every page that shows a card shows a `Standing` with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vssid.domain.participants.employers import arrears
from vssid.domain.participants.employers.arrears import ArrearsView
from vssid.domain.participants.participation import leavers
from vssid.domain.participants.participation.totals import month_of
from vssid.domain.participants.views import SchemeRecord
from vssid.domain.record.card import Card, Validity

BY_EMPLOYER = leavers.BY_EMPLOYER


class Worth(StrEnum):
    """Can one be treated with it today?"""

    VALID = "valid"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    """Within its days, but the register also says that no employer pays for it any more."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Standing:
    """A card's worth, its first and last day, and the months for which today's employers have not paid.

    Of `late` months some may only not be recorded (`ArrearsView.is_late`); those that are late come first.
    `stopped` is the last month with an employer, where the worth is unknown for that.
    """

    worth: Worth
    begins: date | None = None
    ends: date | None = None
    late: tuple[ArrearsView, ...] = ()
    stopped: date | None = None

    @property
    def is_late(self) -> bool:
        """Is an employer late for certain?"""
        return any(arrears_view.is_late for arrears_view in self.late)

    @property
    def counts(self) -> bool:
        """Is it good today, as far as the register knows?"""
        return self.worth in (Worth.VALID, Worth.ENDS_SOON)


def of(
    card: Card | None, contributed: SchemeRecord, today: date, *, judged_on: date | None = None
) -> Standing:
    """The standing of a person's card, who contributed so to social insurance (`bhxh`).

    Payments are judged on the day of the last file (`Participation.judged_on`; today unless given).
    A card by an employer is worth an unknown something once the last period with an employer is over: it
    was reported that the person left, and the card may be recalled.
    """
    going_on = [period for period in contributed.periods if leavers.goes_on(period, today)]
    owed = arrears.owed_of(going_on, month_of(today), judged_on or today)
    late = tuple(sorted(owed, key=lambda arrears_view: not arrears_view.is_late))
    if card is None:
        return Standing(Worth.NONE, late=late)
    worth = Worth(card.validity.value)
    stopped = None
    if card.validity in (Validity.VALID, Validity.ENDS_SOON) and card.object_code in BY_EMPLOYER:
        stopped = leavers.after(contributed.periods, today)
    return Standing(
        Worth.UNKNOWN if stopped else worth, card.valid_from, card.valid_to, late=late, stopped=stopped
    )
