"""The number of a hand-over list: `BK00001/2026/03101-7`, the last digit checking the others. Pure.

The digit is that of H. M. Damm's scheme: a wrong digit and two neighbours swapped are always seen.
"""

from __future__ import annotations

import re

from vssid.kernel.text import number_text

PREFIX = "BK"
_NUMBER = re.compile(r"BK(\d{5,6})/(\d{4})/(\d{5})/(\d)", re.ASCII)
_TABLE = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def check_digit(digits: str) -> str:
    """The digit that is put behind these."""
    state = 0
    for digit in digits:
        state = int(_TABLE[state][int(digit)])
    return str(state)


def whole(number: str) -> str:
    """The number of a list, of that of its sequence (`00001/2026/03101`)."""
    return f"{PREFIX}{number}-{check_digit(number.replace('/', ''))}"


def read(scanned: str) -> str | None:
    """The number as it is kept, of what was scanned or typed; None when its last digit says that it was
    misread.
    """
    match = _NUMBER.fullmatch(number_text(scanned).lstrip("/").upper().replace("-", "/"))
    if match is None or check_digit("".join(match.groups()[:3])) != match[4]:
        return None
    return whole("/".join(match.groups()[:3]))
