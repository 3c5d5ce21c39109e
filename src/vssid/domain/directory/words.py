"""What people type and what names say, as the same folded words. Pure.

Usual abbreviations stand in the index beside what they abbreviate, so they are found either way.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from vssid.kernel.text import fold

# Words in a row → their abbreviations, longest first; the words themselves stay.
ABBREVIATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("thanh pho ho chi minh", ("tphcm", "tp", "hcm", "hcmc", "saigon")),
    ("benh vien da khoa", ("bvdk", "bv", "dk")),
    ("phong kham da khoa", ("pkdk", "pk", "dk")),
    ("trung tam y te", ("ttyt", "tt")),
    ("bao hiem xa hoi", ("bhxh",)),
    ("bao hiem y te", ("bhyt",)),
    ("ho chi minh", ("hcm", "hcmc")),
    ("tram y te", ("tyt",)),
    ("dai ly thu", ("dlt",)),
    ("diem thu", ("dt",)),
    ("benh vien", ("bv",)),
    ("phong kham", ("pk",)),
    ("trung tam", ("tt",)),
    ("trung uong", ("tw",)),
    ("da khoa", ("dk",)),
    ("thanh pho", ("tp",)),
    ("ha noi", ("hn",)),
    ("da nang", ("dn",)),
    ("hai phong", ("hp",)),
    ("thi xa", ("tx",)),
    ("thi tran", ("tt",)),
    ("phuong", ("p",)),
    ("quan", ("q",)),
    ("huyen", ("h",)),
    ("tinh", ("t",)),
    ("xa", ("x",)),
)
# Written short in a name, typed in full.
IN_FULL = {
    "bhxh": "bao hiem xa hoi",
    "bhyt": "bao hiem y te",
    "bvdk": "benh vien da khoa",
    "bv": "benh vien",
    "pkdk": "phong kham da khoa",
    "ttyt": "trung tam y te",
    "tyt": "tram y te",
    "tphcm": "thanh pho ho chi minh",
}
_SPLIT = re.compile(r"[^a-z0-9]+")
MOST_WORDS = 12
LONGEST_WORD = 40


def split(text: str) -> list[str]:
    """The folded words of a text: `BV. Đa khoa Q.1` → bv, da, khoa, q, 1."""
    return [word[:LONGEST_WORD] for word in _SPLIT.split(fold(text)) if word]


def of_name(text: str) -> list[str]:
    """The words to index: those of the text, the abbreviations that fit it, and its own in full."""
    words = split(text)
    words += [full for word in words if word in IN_FULL for full in IN_FULL[word].split()]
    line = f" {' '.join(words)} "
    return words + [short for full, shorts in ABBREVIATIONS if f" {full} " in line for short in shorts]


def typed(text: str) -> list[str]:
    """The words of a query, at most twelve. `q1`, `p12` are taken apart as they are written in names."""
    words: list[str] = []
    for word in split(text):
        ward = re.fullmatch(r"([qp])(\d{1,2})", word)
        words += ward.groups() if ward else [word]
    return words[:MOST_WORDS]


def variants(word: str) -> set[str]:
    """The word, and the word with each one letter left out."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def is_near(word: str, other: str) -> bool:
    """Is one the other with a letter wrong, missing, too much, or two neighbours exchanged?"""
    return OSA.distance(word, other, score_cutoff=1) <= 1
