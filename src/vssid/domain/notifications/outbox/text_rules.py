"""What an SMS of ours may look like."""

from __future__ import annotations

import re
import unicodedata

from vssid.kernel.sms_text import is_gsm, parts

from ..errors import BadText

# Phones turn "abc.vn" into a link even without http; swindlers' texts look like that, ours never do.
_LINK = re.compile(r"https?:|www\.|\b[a-z0-9-]+\.[a-z]{2,}(?![a-z])|\d+\.\d+\.\d+\.\d+", re.IGNORECASE)
_DASHES = str.maketrans("–—", "--")
_TIGHT_DOT = re.compile(r"\.(?=\w)")


def check(text: str, *, max_parts: int = 1) -> None:
    """Refuse a link, an empty text, or one over `max_parts` SMS parts. Raises BadText."""
    if not text.strip():
        raise BadText(problem="empty")
    if _LINK.search(text):
        raise BadText(problem="link")
    if parts(text) > max_parts:
        raise BadText(problem="long", parts=parts(text), planned=max_parts)


def bare(text: str) -> str:
    """Without diacritics, case kept: `Quận Hồng Bàng` → `Quan Hong Bang`. Dots get a space after them,
    else `Q.Hong` would look like a link; a long dash becomes a short one, and what else GSM has not goes: one
    such sign would more than halve the room of the text.
    """
    text = text.translate(_DASHES)
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(ch for ch in decomposed if not unicodedata.combining(ch) and is_gsm(ch))
    return _TIGHT_DOT.sub(". ", plain)
