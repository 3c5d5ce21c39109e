"""The QR code of the citizen's card: `number|old number|name|birth|sex|address|issue date`. Pure.

Layout: codes.md section 5 [S]. Seven parts; the 2024 card is seen with eleven, the first seven the same.
Dates are ddMMyyyy; a birth date may be MMyyyy or yyyy. Some phones and scanners read the UTF-8 in another
charset: what cannot be mended with certainty is not used.
"""

from __future__ import annotations

from datetime import date

from vssid.kernel import charsets
from vssid.kernel.ids import BadCode, IdKind, IdNumber
from vssid.kernel.text import fold, tidy

from .reading import FEMALE, MALE, Precision, Reading, Source

PARTS = 7
_SEXES = {"nam": MALE, "nu": FEMALE}


def parse(text: str) -> Reading | None:
    """Read the text of a card's QR; None when it is not one. A part that makes no sense is left out."""
    raw = [charsets.mended(part) for part in (charsets.mended(text) or text).replace("｜", "|").split("|")]
    parts = [tidy(part or "") for part in raw]
    # A health-insurance card's QR has as many parts but ends with `$`.
    if len(parts) < PARTS or parts[-1] == "$":
        return None
    number = _number(parts[0])
    if number is None or len(number.reveal()) != 12:
        return None
    birth, precision = _birth(parts[3])
    return Reading(
        source=Source.QR,
        id_number=number,
        old_id_number=_number(parts[1]),
        full_name=parts[2] or None,
        birth_date=birth,
        birth_precision=precision,
        sex=_SEXES.get(fold(parts[4])),
        address=parts[5] or None,
        issued_on=_birth(parts[6])[0] if len(parts[6]) == 8 else None,
        name_unread=raw[2] is None,
    )


def compose(
    *,
    id_number: str,
    old_id_number: str = "",
    full_name: str,
    birth: str,
    sex: int,
    address: str,
    issued_on: date,
) -> str:
    """The seven-part text of a synthetic card. `birth` is ddMMyyyy, MMyyyy or yyyy."""
    words = {MALE: "Nam", FEMALE: "Nữ"}
    return "|".join(
        (id_number, old_id_number, full_name, birth, words[sex], address, issued_on.strftime("%d%m%Y"))
    )


def _number(text: str) -> IdNumber | None:
    for kind in (IdKind.CCCD, IdKind.CMND):
        try:
            return IdNumber.parse(text, kind)
        except BadCode:
            continue
    return None


def _birth(text: str) -> tuple[date | None, Precision]:
    """The first day of what is known. Unknown day or month is written 00 or left out."""
    if len(text) not in (4, 6, 8) or not (text.isascii() and text.isdigit()):
        return None, "day"
    digits = text.rjust(8, "0")
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    precision: Precision = "day" if day and month else "month" if month else "year"
    try:
        return date(year, month or 1, day if precision == "day" else 1), precision
    except ValueError:
        return None, "day"
