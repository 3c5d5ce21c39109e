"""A health-insurance card, as a value. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from vssid.kernel.ids import BhxhCode


class Validity(StrEnum):
    """Where today lies in the card's time."""

    VALID = "valid"
    NOT_YET = "not_yet"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Card:
    """What the card shows. `sex`: 1 nam, 2 nữ, 3 unknown; `as_of`: when the coverage was last written.

    `benefit_level` is that of the day; `told_level` is what the register holds and an old card has printed.
    """

    bhxh_code: BhxhCode
    full_name: str
    birth_date: date
    birth_precision: str
    sex: int
    address: str  # without the street, which lies sealed: queries.with_street
    object_code: str
    object_name: str
    benefit_level: str
    told_level: str
    benefit_percent: int | None
    benefit_text: str
    card_province: str
    facility_code: str
    facility_name: str
    valid_from: date
    valid_to: date | None
    five_years_from: date | None
    living_area: str
    old_card_number: str
    issued_on: date | None
    office_code: str
    issued_by: str
    auto_renews: bool
    validity: Validity
    as_of: datetime

    @property
    def number(self) -> str:
        """The 15-character number of cards before April 2021: object, level, province, BHXH code.

        Empty for a code of twelve digits: no card is known to print one of 17 characters.
        """
        if len(self.bhxh_code.reveal()) != 10:
            return ""
        return f"{self.object_code}{self.told_level}{self.card_province}{self.bhxh_code.reveal()}"

    @property
    def birth_text(self) -> str:
        """Birth date as the card prints it: `02/01/1990`, or only month or year where no more is known."""
        return self.birth_date.strftime({"day": "%d/%m/%Y", "month": "%m/%Y"}.get(self.birth_precision, "%Y"))


def validity(valid_from: date, valid_to: date | None, today: date) -> Validity:
    """State of a card on a day; `ends_soon` within thirty days of the end."""
    if today < valid_from:
        return Validity.NOT_YET
    if valid_to is None:
        return Validity.VALID
    if today > valid_to:
        return Validity.ENDED
    return Validity.ENDS_SOON if valid_to - today <= SOON else Validity.VALID
