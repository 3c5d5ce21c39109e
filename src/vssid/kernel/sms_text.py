"""How many SMS parts a text takes (GSM 03.38 and UCS-2, 3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "^{}\\[~]|€\f"


def is_gsm(text: str) -> bool:
    """Can the text be sent in the GSM 7-bit alphabet?"""
    return all(ch in _BASIC or ch in _EXTENDED for ch in text)


def units(text: str) -> int:
    """Septets in GSM 7-bit, or UTF-16 code units when the text needs UCS-2."""
    if is_gsm(text):
        return sum(2 if ch in _EXTENDED else 1 for ch in text)
    return len(text.encode("utf-16-be")) // 2


def parts(text: str) -> int:
    """Number of SMS parts the network will bill."""
    size = units(text)
    single, joined = (160, 153) if is_gsm(text) else (70, 67)
    return 1 if size <= single else -(-size // joined)
