"""Pictures with a QR on them."""

from __future__ import annotations

import io

import segno


def picture_of_code(text: str) -> bytes:
    """A PNG of a QR that says this."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=5, border=8)
    return out.getvalue()
