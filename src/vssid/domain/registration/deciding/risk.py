"""Which approvals take a second officer: those with much to doubt, and a share by chance.

Chance is a keyed fingerprint of the file's number: nobody foresees it, and pressing again does not change it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from vssid.domain.vault import sealing as vault

from ..desk.findings import CARD, DOUBLE, FORM, IMAGE, REGISTER

RISK, SHARE = "risk", "share"
# Points of a doubt, by its class and field; a class alone is for its other fields.
POINTS = {
    DOUBLE: 3,
    REGISTER: 2,
    CARD: 2,
    FORM: 1,
    IMAGE: 1,
    f"{REGISTER}.phone": 1,
    f"{REGISTER}.id_number": 3,
    f"{CARD}.id_number": 3,
}


def points(doubts: Iterable[str]) -> int:
    """How much speaks against a file, given the keys of its doubts."""
    names = (doubt.split(".") for doubt in doubts)
    return sum(POINTS.get(f"{name[0]}.{name[1]}", POINTS.get(name[0], 1)) for name in names)


def cause(application_id: int, doubts: Iterable[str]) -> str:
    """Why the approval takes a second officer: `risk` or `share`; empty when it takes none."""
    if settings.SECOND_RISK and points(doubts) >= settings.SECOND_RISK:
        return RISK
    return SHARE if _drawn(application_id) else ""


def _drawn(application_id: int) -> bool:
    drawn = int.from_bytes(vault.fingerprint("second-look", str(application_id))[:8])
    return drawn * 100 < settings.SECOND_SHARE * 2**64
