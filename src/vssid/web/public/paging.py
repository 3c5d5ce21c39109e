"""Which page of a public list an address asks for: the first of at most six, whatever it says."""

from __future__ import annotations

from django.http import HttpRequest

SIZE, MOST = 20, 6


def asked(request: HttpRequest) -> int:
    """`trang` of the address; what is no page is the first, what is too far the last."""
    text = request.GET.get("trang", "1")
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text)):
        return 1
    return min(int(text), MOST)
