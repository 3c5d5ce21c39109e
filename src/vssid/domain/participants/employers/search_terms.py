"""What people type to find an employer, as the terms of a text search. Pure.

What is usual to write short is found either way: `cty cp Sao Mai` finds a Công ty Cổ phần Sao Mai.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vssid.kernel.text import fold

IN_FULL = {
    "cty": "cong ty",
    "cp": "co phan",
    "tnhh": "trach nhiem huu han",
    "mtv": "mot thanh vien",
    "dntn": "doanh nghiep tu nhan",
    "hkd": "ho kinh doanh",
    "htx": "hop tac xa",
    "ubnd": "uy ban nhan dan",
    "cn": "chi nhanh",
    "vpdd": "van phong dai dien",
    "bv": "benh vien",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
}
_LONG = {tuple(full.split()): short for short, full in IN_FULL.items()}
_SPLIT = re.compile(r"[^a-z0-9]+")
MOST_WORDS, LONGEST_WORD = 12, 40


def split(text: str) -> list[str]:
    """The folded words of a text, at most twelve: `Cty CP Sao-Mai` → cty, cp, sao, mai."""
    return [word[:LONGEST_WORD] for word in _SPLIT.split(fold(text)) if word][:MOST_WORDS]


def query(text: str) -> str:
    """The words as a `tsquery`: all of them in any order, the last as a beginning; empty where there is none.

    Holds letters a to z, digits and operators alone.
    """
    return " & ".join(_terms(split(text)))


def _terms(words: list[str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        long = next((full for full in _LONG if tuple(words[at : at + len(full)]) == full), (words[at],))
        at += len(long)
        *_, last = long
        typed = " & ".join((*long[:-1], f"{last}:*" if at == len(words) else last))
        other = _LONG.get(long) or " & ".join(IN_FULL.get(last, "").split())
        yield f"(({typed}) | ({other}))" if other else typed
