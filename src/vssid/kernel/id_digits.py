"""What the digits of a CCCD number say of its holder: sex and year of birth (TT 59/2021/TT-BCA [M])."""

from __future__ import annotations

from datetime import date

MALE = 1


def unlike(digits: str, *, sex: int, birth: date) -> tuple[str, ...]:
    """Of `sex` (1 nam) and `birth_date` those that twelve digits say otherwise; never more than a doubt."""
    century_sex, year = int(digits[3]), int(digits[4:6])
    says_male, says_year = century_sex % 2 == 0, 1900 + 100 * (century_sex // 2) + year
    disagree = {"sex": says_male != (sex == MALE), "birth_date": says_year != birth.year}
    return tuple(name for name, differs in disagree.items() if differs)
