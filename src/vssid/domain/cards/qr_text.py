"""The text of the card's QR: written in the 17-part layout, read in every known one. Pure.

Layout: codes.md section 4, on which five independent readers agree [S]. Reading never refuses a card by its
check string, whose algorithm is unknown [?]; bad hex is kept as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vssid.domain.record.card import Card
from vssid.kernel.text import number_text

# Not a real check string: 16 zeros in its form, because nobody outside knows how it is made.
CHECK_PLACEHOLDER = "0000000000000000-7102"
_AREAS = {"": "4", "K1": "5", "K2": "6", "K3": "7"}
_AREA_NAMES = {code: name for name, code in _AREAS.items()}
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")


class NotACard(ValueError):
    """The text is not a QR of this kind. Carries no part of the text."""


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card's QR says. Dates stay text, as cards write years only; empty = not given.

    `code` is a 15-character card number or a 10-digit BHXH code; `sex` 1 nam, 2 nữ; `living_area` K1, K2, K3.
    """

    code: str
    name: str
    birth: str
    sex: str = ""
    address: str = ""
    facility: str = ""
    valid_from: str = ""
    valid_to: str = ""
    issued_on: str = ""
    managing_code: str = ""
    parent: str = ""
    living_area: str = ""
    five_years_from: str = ""
    check: str = CHECK_PLACEHOLDER
    level: str = ""
    issued_by: str = ""


def compose(card: Card) -> str:
    """The card's QR text, 17 parts."""
    return compose_text(
        CardText(
            code=card.bhxh_code.reveal(),
            name=card.full_name,
            birth=f"{card.birth_date:%d/%m/%Y}" if card.birth_precision == "day" else f"{card.birth_date:%Y}",
            sex=str(card.sex),
            address=card.address,
            facility=card.facility_code,
            valid_from=_day(card.valid_from),
            valid_to=_day(card.valid_to),
            issued_on=_day(card.issued_on),
            managing_code=f"{card.office_code[1:]}{card.bhxh_code.reveal()}" if card.office_code else "",
            living_area=card.living_area,
            five_years_from=_day(card.five_years_from),
            level=card.benefit_level,
            issued_by=card.issued_by,
        )
    )


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def compose_text(text: CardText) -> str:
    """Write a card's text in the 17-part layout of 2021."""
    five_years = f" {text.five_years_from}" if text.five_years_from else "-"
    parts = [
        text.code,
        _to_hex(text.name),
        text.birth,
        text.sex or "-",
        _to_hex(text.address),
        f"{text.facility[:2]} - {text.facility[2:]}" if text.facility else "-",
        text.valid_from or "-",
        text.valid_to or "-",
        text.issued_on or "-",
        text.managing_code or "-",
        _to_hex(text.parent),
        _AREAS.get(text.living_area, "4"),
        five_years,
        text.check,
        text.level or "-",
        _to_hex(text.issued_by),
        "$",
    ]
    return "|".join(parts)


def parse(raw: str) -> CardText:
    """Read an old (15), new (17) or short (9) text; `**##` may stand for `$`. Raises NotACard."""
    parts = [_bare(part) for part in raw.replace("**##", "$").replace("｜", "|").split("|")]
    if not re.fullmatch(r"[A-Z]{2}[1-5]\d{2}[0-9A-Z]{10}|\d{10}|\d{12}", parts[0].upper(), re.ASCII):
        raise NotACard
    if len(parts) >= 15 and parts[-1] in {"$", ""}:
        return _full(parts)
    # A CCCD has seven or more parts too, and twelve digits first (codes.md section 4).
    if 8 <= len(parts) <= 10 and len(parts[0]) != 12:
        return _short(parts)
    raise NotACard


def _bare(part: str) -> str:
    """A part without what nobody sees; but for texts, whose charset may be wrong, as they stand."""
    bare = number_text(part)
    return bare if bare.isascii() else part.strip()


def _full(parts: list[str]) -> CardText:
    new = len(parts) >= 17
    return CardText(
        code=parts[0].upper(),
        name=_from_hex(parts[1]),
        birth=_given(parts[2]),
        sex=_given(parts[3]),
        address=_from_hex(parts[4]),
        facility=_facility(parts[5]),
        valid_from=_given(parts[6]),
        valid_to=_given(parts[7]),
        issued_on=_given(parts[8]),
        managing_code=_given(parts[9]),
        parent=_from_hex(parts[10]),
        living_area=_AREA_NAMES.get(parts[11], ""),
        five_years_from=_given(parts[12]),
        check=parts[13],
        level=_given(parts[14]) if new else _level_of(parts[0]),
        issued_by=_from_hex(parts[15]) if new else "",
    )


def _short(parts: list[str]) -> CardText:
    return CardText(
        code=parts[0].upper(),
        name=_from_hex(parts[1]),
        birth=_given(parts[2]),
        sex=_given(parts[3]),
        facility=_facility(parts[4]),
        valid_from=_given(parts[5]),
        valid_to=_given(parts[6]),
        issued_on=_given(parts[7]),
        check="",
        level=_level_of(parts[0]),
    )


def _level_of(code: str) -> str:
    """The level inside a 15-character card number."""
    return code[2] if len(code) == 15 else ""


def _given(part: str) -> str:
    return "" if part == "-" else part


def _facility(part: str) -> str:
    return "".join(re.split(r"[\s\-–]+", _given(part)))


def _to_hex(text: str) -> str:
    return text.encode().hex() or "-"


def _from_hex(part: str) -> str:
    if not _HEX.fullmatch(part):
        return _given(part)
    try:
        return bytes.fromhex(part).decode()
    except UnicodeDecodeError:
        return part
