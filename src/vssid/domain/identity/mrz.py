"""The machine-readable zone of the citizen's card: TD1, three lines of 30 characters. Pure.

ICAO 9303 part 5 with the Vietnamese habits of codes.md section 5: the document number is the last nine
digits of the personal number, the optional data holds all twelve, and character 30 of line 1 is a check
digit over them that ICAO does not define.

OCR confuses O and 0, I and 1, `<` and K. A confusion is mended only where check digits then prove it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from vssid.kernel.ids import IdNumber
from vssid.kernel.text import bare

from .reading import FEMALE, MALE, Precision, Reading, Source

LINE = 30
_FILLERS = "<" * 11
_LOOKS_LIKE = str.maketrans("OQDILZSGTBA", "00011256784")
_NO_EXPIRY = "991231"
_SEXES = {"M": MALE, "F": FEMALE}
_NAME = re.compile(r"([A-Z]+(?:<[A-Z]+)*)<<([A-Z]+(?:<[A-Z]+)*)(?:<<.*|<)?")


def check_digit(text: str) -> str:
    """ICAO's check digit: weights 7, 3, 1; `<` is 0, A is 10 … Z is 35."""
    values = (0 if char == "<" else int(char, 36) for char in text)
    return str(sum(value * (7, 3, 1)[i % 3] for i, value in enumerate(values)) % 10)


def parse(lines: Sequence[str]) -> Reading | None:
    """Find a zone in lines of text, as an OCR program gives them; None unless every check digit holds."""
    cleaned = [_clean(line) for line in lines]
    for index, first in enumerate(cleaned[:-1]):
        third = cleaned[index + 2] if index + 2 < len(cleaned) else ""
        reading = _parse(first, cleaned[index + 1], third)
        if reading:
            return reading
    return None


def compose(
    *, id_number: str, birth_date: date, sex: int, expires_on: date | None, full_name: str
) -> tuple[str, str, str]:
    """The three lines of a synthetic card. A card without expiry says 991231."""
    short = id_number[3:]
    optional = id_number + "<<"
    first = short + check_digit(short) + optional + check_digit(optional)
    birth = birth_date.strftime("%y%m%d")
    expiry = expires_on.strftime("%y%m%d") if expires_on else _NO_EXPIRY
    birth, expiry = birth + check_digit(birth), expiry + check_digit(expiry)
    letter = {MALE: "M", FEMALE: "F"}[sex]
    second = f"{birth}{letter}{expiry}VNM{_FILLERS}" + check_digit(first + birth + expiry + _FILLERS)
    return f"IDVNM{first}", second, _name_line(full_name)


def _name_line(full_name: str) -> str:
    words = [re.sub(r"[^A-Z]", "", word) for word in bare(full_name).upper().split()]
    surname, *given = words
    return f"{surname}<<{'<'.join(given)}"[:LINE].ljust(LINE, "<")


def _clean(line: str) -> str:
    upper = line.upper().replace("«", "<<").replace("‹", "<")
    return re.sub(r"[^A-Z0-9<]", "", upper)


def _parse(first: str, second: str, third: str) -> Reading | None:
    number = _number(first)
    if number is None:
        return None
    full_number, first_body = number
    for start in range(3):
        dates = _dates(second[start:], first_body)
        if dates:
            break
    else:
        return None
    birth, letter, expiry = dates
    birth_date, precision = _birth_date(birth, full_number)
    return Reading(
        source=Source.MRZ,
        id_number=IdNumber(full_number),
        full_name=_full_name(third),
        birth_date=birth_date,
        birth_precision=precision,
        sex=_SEXES.get(letter),
        expires_on=None if expiry == _NO_EXPIRY else _day(2000 + int(expiry[:2]), expiry[2:]),
    )


def _number(line: str) -> tuple[str, str] | None:
    """The twelve digits of line 1 and its characters 6–30, proved by two check digits and by each other."""
    mark = line.find("VNM")
    body = line[mark + 3 if mark >= 0 else 5 :]
    if len(body) < 23:
        return None
    digits = body[:22].translate(_LOOKS_LIKE) + "<<" + body[-1].translate(_LOOKS_LIKE)
    short, check, number, last = digits[:9], digits[9], digits[10:22], digits[-1]
    proved = number.isdigit() and number[3:] == short and check_digit(short) == check
    return (number, digits) if proved and check_digit(number + "<<") == last else None


def _dates(line: str, first_body: str) -> tuple[str, str, str] | None:
    """Birth, sex letter and expiry of line 2, proved by three check digits."""
    if len(line) < 20:
        return None
    birth, expiry = line[:7].translate(_LOOKS_LIKE), line[8:15].translate(_LOOKS_LIKE)
    last = line[:LINE][-1].translate(_LOOKS_LIKE)
    if not expiry.isdigit() or check_digit(birth[:6]) != birth[6] or check_digit(expiry[:6]) != expiry[6]:
        return None
    # Fillers are what OCR misreads most; the composite check digit says whether they are fillers.
    if not any(check_digit(first_body + birth + expiry + rest) == last for rest in (_FILLERS, line[18:29])):
        return None
    return birth[:6], line[7], expiry[:6]


def _birth_date(text: str, number: str) -> tuple[date | None, Precision]:
    """The century is digit 4 of the personal number: 0–1 is 19xx, 2–3 is 20xx and so on."""
    digits = text.replace("<", "0")
    year = 1900 + 100 * (int(number[3]) // 2) + int(digits[:2])
    precision: Precision = "day" if digits[4:] != "00" else "month" if digits[2:4] != "00" else "year"
    known = {"day": digits[2:], "month": digits[2:4] + "01", "year": "0101"}[precision]
    return _day(year, known), precision


def _day(year: int, month_day: str) -> date | None:
    try:
        return date(year, int(month_day[:2]), int(month_day[2:]))
    except ValueError:
        return None


def _full_name(line: str) -> str | None:
    """SURNAME GIVEN NAMES. No check digit covers line 3, so other odd characters mean no name.

    Names hold no digits, so a 0 can only be an O; after the given names come fillers only, so whatever
    OCR saw there does not count.
    """
    letters = line[:LINE].replace("0", "O")
    match = _NAME.fullmatch(letters.rstrip("<")) or _NAME.fullmatch(letters)
    return f"{match[1]} {match[2]}".replace("<", " ") if match else None
