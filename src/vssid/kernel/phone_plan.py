"""What a phone number of before 2017 and 2018 is called today, by dated tables.

`data/mobile_prefixes.csv`: mobile numbers of eleven digits became ten between 15 September and 14 November
2018 (0120… → 070…). `data/area_codes.csv`: area codes of fixed lines changed in three steps from February to
June 2017 (031 → 0225), as planned since 2015. `data/mobile_fronts.csv`: the fronts of mobile numbers today.
All are from memory [M], so are the first digits that numbers of fixed lines had.

What was the code of a fixed line may be the front of a mobile number now: 038 3842210 was a fixed line in
Nghệ An, and is a mobile number. A number alone does not tell which is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from . import dated
from .text import narrow, visible

# Fixed lines began with 2 to 7, by company; 3 was the state's own everywhere [M].
_FIXED = "[2-7]"
_FRONT = re.compile(r"\+84|0084|84(?=\d{9,10}$)|0")


@dataclass(frozen=True, slots=True)
class Renamed:
    """A front that became another: `rest` is how many digits follow it."""

    old: str
    new: str
    rest: int


def national(text: str) -> str:
    """The digits of a number of this country as dialled within it, from any usual writing; "" for others."""
    bare = re.sub(r"[^\d+]", "", narrow(visible(text)), flags=re.ASCII)
    bare = re.sub(r"^(\+84|0084)0", r"\1", bare)
    front = _FRONT.match(bare)
    rest = bare[front.end() :] if front else bare
    return f"0{rest}" if rest.isdigit() and (front or rest[:1] != "0") else ""


def mobile_today(text: str) -> str:
    """The number of today of a mobile number of before 2018; "" for any other."""
    return _renamed(national(text), _mobiles(), r"\d")


def fixed_today(text: str) -> str:
    """The number of today of a fixed line written with its area code of before 2017; "" for any other.

    Who asks has made sure that it is no number of today.
    """
    return _renamed(national(text), _areas(), _FIXED)


def is_mobile(text: str) -> bool:
    """Does it begin as mobile numbers of today do? Not all ten digits that could be one do."""
    digits = national(text)
    return len(digits) == 10 and digits[:3] in _fronts()


def may_be_fixed(text: str) -> bool:
    """Could these digits, whatever they are today, be a fixed line as it was written before 2017?"""
    return bool(fixed_today(text))


def _renamed(digits: str, table: tuple[Renamed, ...], first: str) -> str:
    renamed = next((candidate for candidate in table if _fits(digits, candidate, first)), None)
    return renamed.new + digits[len(renamed.old) :] if renamed else ""


def _fits(digits: str, renamed: Renamed, first: str) -> bool:
    rest = digits.removeprefix(renamed.old)
    return rest != digits and len(rest) == renamed.rest and re.match(first, rest) is not None


@lru_cache(maxsize=1)
def _mobiles() -> tuple[Renamed, ...]:
    return tuple(Renamed(row["old"], row["new"], 7) for row in _rows("mobile_prefixes.csv"))


@lru_cache(maxsize=1)
def _areas() -> tuple[Renamed, ...]:
    """Long codes first: 0350 is Nam Định, not 035."""
    codes = [Renamed(row["old"], row["new"], int(row["digits"])) for row in _rows("area_codes.csv")]
    return tuple(sorted(codes, key=lambda code: -len(code.old)))


@lru_cache(maxsize=1)
def _fronts() -> frozenset[str]:
    return frozenset(row["front"] for row in _rows("mobile_fronts.csv") if not row["to"])


def _rows(name: str) -> tuple[dated.Row, ...]:
    with (files("vssid.kernel") / "data" / name).open(encoding="utf-8") as lines:
        return dated.rows(lines)
