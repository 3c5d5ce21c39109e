"""May the cells of a CSV stay as they are? Told from its bytes alone, at the speed of a copy.

No when something may have to be taken off, mended or refused by what it looks like: letters beyond those of
Vietnamese and Latin, a spreadsheet's error or text mark, a formula, HTML, letters of TCVN3 or VNI. Then each
cell is looked at; that is slower and gives the same for what is plain.
"""

from __future__ import annotations

import re

# Controls, the signs of errors, HTML and formulas, and the first bytes of letters beyond U+01BF but those of
# Vietnamese.
_ODD = bytes([*range(1, 9), *range(14, 32), 0x7F, *b"#<&=", 0xC2, *range(0xC7, 0xE1), *range(0xE2, 0x100)])
_ORDINARY = bytes(set(range(256)) - set(_ODD))
# Every delimiter and edge as a comma, every sign that begins a formula as @.
_EDGES = bytes.maketrans(b';\n\r\t"+-', b",,,,,@@")
_AFTER_SPACE = re.compile(rb", +@")
# Letters of two bytes that no Vietnamese word has behind such a letter, or nowhere: TCVN3 and VNI.
_FONTS = re.compile(
    rb"\xc3(?:[\x91\x96\xb1\xb6]|[\x83-\x86](?=\xc5)|[\x80-\x9e](?<=[a-z]\xc3.)"
    rb"|[\x80-\x85\x88-\x8b\x8f\x9a\x9c\xa0-\xa5\xa8-\xab\xaf\xba\xbc](?<=[aA]\xc3.)"
    rb"|[\x80-\x85\x8b\x8f\x9c\xa0-\xa5\xab\xaf\xbc](?<=[eE]\xc3.)"
    rb"|[\x82\x84\x85\x8f\xa2\xa4\xa5\xaf](?<=[oO]\xc3.)|[\x99\xb9](?<=[uyUY]\xc3.)"
    rb"|[\x8f\x9c\xaf\xbc](?<=[uyUY]\xc3.)|[\x84\x85\x95\x98\x9b\xa4\xa5\xb5\xb8\xbb](?<=[aeoyuAEOYU]\xc3.))",
    re.DOTALL,
)
_OTHER_E1 = re.compile(rb"\xe1[^\xba\xbb]")


def is_plain(text: bytes) -> bool:
    """Is there no such thing in this part of a file?"""
    return not (
        text.translate(None, _ORDINARY)
        or _begins_formula(text)
        or b"rr:5" in text  # Err:502
        or _has_other_e1(text)
        or _FONTS.search(text)
    )


def _has_other_e1(text: bytes) -> bool:
    vietnamese = text.count(b"\xe1\xba") + text.count(b"\xe1\xbb")
    return text.count(b"\xe1") > vietnamese and bool(_OTHER_E1.search(text))


def _begins_formula(text: bytes) -> bool:
    edges = text.translate(_EDGES)
    if b",@" in edges or (b"'" in text and (b"'@" in edges or b"'\t" in text)):
        return True
    return b", " in edges and bool(_AFTER_SPACE.search(edges))
