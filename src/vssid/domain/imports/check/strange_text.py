"""Text that is not what was meant: letters in a wrong encoding, formulas, HTML."""

from __future__ import annotations

import re

# Bytes of Windows-1252 that stand for letters elsewhere; the five that it lacks are read as controls.
_HIGH = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100))
_RUN = re.compile(f"[{re.escape(_HIGH)}]{{2,}}")
_BYTES = {ord(sign): byte for byte, sign in enumerate(_HIGH, 0x80)}
_VIETNAMESE = frozenset("àáâãèéêìíòóôõùúýăđĩũơư") | {chr(code) for code in range(0x1EA0, 0x1EFA)}
_QUOTES = frozenset("‘’“”…–—")  # may stand behind a letter for their own sake
# TCVN3 read as Windows-1252: signs within and at the ends of words, capitals with a mark in their middle.
_SIGNS = "¡¢£¤¥¦§¨©ª«¬®µ¶¸¹»¼½¾×÷"
_TCVN3 = re.compile(
    rf"[^\W\d_][{_SIGNS}][^\W\d_]|\b[^\W\d_]+[¨µ¶¸¹¼½¾](?!\w)|(?<!\w)[¡¢£¤¥¦§][^\W\d_]|[a-z][À-ÏÑ-ÖØ-Þ]"
)
# VNI: the mark is a letter behind its vowel. Some pairs stand in foreign names too; one of those is no sign.
_VNI = re.compile(
    r"a[âàáãêéèå]|e[âàáãåä]|o[âåäï]|[uyö]ù|[aeoyuöô][øõû]|[aeouyö]ä|ö[ôïù]|[aeouy]å", re.IGNORECASE
)
_VNI_OR_FOREIGN = re.compile(r"a[ïëúü]|e[ïëü]|[uy][ïü]|\bñ", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(nbsp|lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_FORMULA = re.compile(r"=|[+\-@]\s*[A-Za-z_.]+\s*[(!|]")
_STARTS_FORMULA = tuple("=+-@")


def wrong(text: str, *, is_name: bool) -> str:
    """The code of what is wrong with a text, or empty. A name begins with no sign of a formula at all."""
    if _FORMULA.match(text) or (is_name and text.startswith(_STARTS_FORMULA)):
        return "formula_text"
    if _TAG.search(text):
        return "markup"
    return "" if text.isascii() or not is_garbled(text) else "wrong_encoding"


def is_garbled(text: str) -> bool:
    """Are these letters of Vietnamese that were read in a wrong encoding?

    UTF-8 read as Windows-1252, or the fonts of TCVN3 and VNI kept as they are.
    """
    if any(_is_utf8(run[0]) for run in _RUN.finditer(text)) or _TCVN3.search(text):
        return True
    return bool(_VNI.search(text)) or len(_VNI_OR_FOREIGN.findall(text)) > 1


def _is_utf8(run: str) -> bool:
    """Do some of these signs, as bytes, make a letter of Vietnamese?"""
    for at in range(len(run) - 1):
        for long in (3, 2):
            part = run[at : at + long]
            if len(part) < long or (long == 2 and part[1] in _QUOTES):
                continue
            try:
                letter = bytes(map(_BYTES.__getitem__, map(ord, part))).decode()
            except UnicodeDecodeError:
                continue
            if letter.lower() in _VIETNAMESE:
                return True
    return False
