"""On which side a citizen's card carries its QR, by the day of issue: `data/id_cards.csv`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated
from vssid.kernel.ids import IdKind

from .kinds import ImageKind


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.identity") / "data" / "id_cards.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


def qr_side(id_kind: IdKind, issued_on: date) -> ImageKind | None:
    """The picture that shows the QR; None for a document that has none, such as a passport."""
    row = dated.on(_table(), issued_on) if id_kind is IdKind.CCCD else None
    return ImageKind(row["qr_side"]) if row else None
