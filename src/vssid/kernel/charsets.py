"""Vietnamese text that was read in a wrong charset: mended when that is certain, else known as broken. Pure.

Cards and files hold UTF-8 without saying so. A reader that takes it for Windows-1252, Latin-1, Windows-1258,
Mac Roman, DOS or a charset of East Asia makes `Vũ Thị` into `VÅ© Thá»‹`. Going the same way back gives valid
UTF-8 only when that is what happened: no text that people write does so by chance, as long as the outcome is
one of Latin letters.
"""

from __future__ import annotations

import re
import unicodedata

from . import letters

_TRIED = ("cp1252", "cp1258", "mac_roman", "cp437", "cp850", "cp874", "cp932", "gb18030", "big5", "euc_kr")
_OFTEN = 3  # a text may have gone through it more than once
# What names and addresses are written with here, decomposed.
_WRITTEN = re.compile(
    '[a-zđ0-9\\s\u0300-\u036f.,;:/|()"&+#@°–' + re.escape("".join(letters.SAME)) + "'-]*", re.IGNORECASE
)
# A byte as Windows-1252 shows it, where it continues a letter of UTF-8.
_CONTINUES = "\u0080-\u00bf" + re.escape(
    "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(128, 160))
)
_BROKEN = re.compile(
    "[\u0080-\u0084\u0086-\u009f\ufffd]"  # no letters; U+0085 ends a line
    "|á[º»]|[ÄÅÆÌĂ]\u00a0"  # ạ…ỹ; a wide space after what begins Ơ and tones
    f"|[ÃÄÅÆÌ][{_CONTINUES}]|Â[\u00a0-\u00bf]|Ê[¼»]|â€"
    r"|\w\?|\?\w"  # a letter that the charset lacks
    "|[√├ß·]¬?[º»┬ß]|[\uff61-\uff9f]"  # Mac Roman, DOS, Japanese
)
_LOST = re.compile("(?<=[a-z])[ÃÂÄÅÆ]")  # what continued the letter was dropped on the way


def mended(text: str) -> str | None:
    """The text as it was before somebody read it in a wrong charset; itself when nobody did.

    None when it is broken and cannot be mended with certainty. Give it the text as it came: dropping what
    nobody sees, or other spaces for wide ones, would take parts of letters away.
    """
    if not is_broken(text) and _is_written(text):
        return None if _LOST.search(text) else text
    return _back(text, _OFTEN) or (None if is_broken(text) or _LOST.search(text) else text)


def is_broken(text: str) -> bool:
    """Has the text signs that only a wrong charset leaves? A name that people have never does."""
    return _BROKEN.search(unicodedata.normalize("NFC", text)) is not None


def _back(text: str, often: int) -> str | None:
    """Latin text whose UTF-8 could have been read as this, the likelier charset first."""
    for charset in _TRIED if often == _OFTEN else _TRIED[:1]:
        try:
            decoded = _bytes(text, charset).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if decoded == text:
            continue
        if _is_written(decoded) and not is_broken(decoded):
            return decoded
        if often > 1 and (deeper := _back(decoded, often - 1)):
            return deeper
    return None


def _bytes(text: str, charset: str) -> bytes:
    """As `charset` writes it. Bytes that Windows leaves open stay themselves, as browsers and phones do."""
    if not charset.startswith("cp125"):
        return text.encode(charset)
    return b"".join(sign.encode("latin-1" if "\x80" <= sign <= "\x9f" else charset) for sign in text)


def _is_written(text: str) -> bool:
    return _WRITTEN.fullmatch(unicodedata.normalize("NFD", text)) is not None
