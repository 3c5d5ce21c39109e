"""The side of a card that carries its QR."""

from __future__ import annotations

from datetime import date

import pytest

from vssid.domain.identity.designs import qr_side
from vssid.domain.identity.kinds import ImageKind
from vssid.kernel.ids import IdKind


@pytest.mark.parametrize(
    ("issued_on", "side"),
    [
        (date(2021, 3, 1), ImageKind.FRONT),
        (date(2024, 6, 30), ImageKind.FRONT),
        (date(2024, 7, 1), ImageKind.BACK),
        (date(2026, 11, 20), ImageKind.BACK),
    ],
)
def test_cards_carry_their_qr_on_the_back_since_july_2024(issued_on, side):
    assert qr_side(IdKind.CCCD, issued_on) is side


def test_a_passport_has_none():
    assert qr_side(IdKind.PASSPORT, date(2025, 1, 1)) is None
