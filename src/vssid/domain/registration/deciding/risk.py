"""Which approvals take a second officer: those with much to doubt, and a share by chance.

Who approves what they took in at the counter is one pair of eyes where there are two otherwise: that weighs
points of its own beside the doubts (`VSSID_SECOND_INTAKE`).

Chance is a keyed fingerprint of the file's number: nobody foresees it, and pressing again does not change it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from vssid.domain.vault import sealing as vault

from ..desk.findings import CARD, DOUBLE, FORM, IMAGE, REGISTER

RISK, INTAKE, SHARE = "risk", "intake", "share"
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


def intake_points(*, alone: bool) -> int:
    """What it weighs that the officer took the person in at the counter (`alone`) and approves too."""
    return int(settings.SECOND_INTAKE) if alone else 0


def by_points(doubts: Iterable[str], *, alone: bool) -> str:
    """`risk` when the doubts alone ask for a second officer, `intake` when they do with who took it in."""
    threshold, weight = settings.SECOND_RISK, points(doubts)
    if not threshold:
        return ""
    if weight >= threshold:
        return RISK
    return INTAKE if weight + intake_points(alone=alone) >= threshold else ""


def cause(application_id: int, doubts: Iterable[str], *, alone: bool = False) -> str:
    """Why the approval takes a second officer: `risk`, `intake` or `share`; empty when it takes none."""
    return by_points(doubts, alone=alone) or (SHARE if _drawn(application_id) else "")


def _drawn(application_id: int) -> bool:
    drawn = int.from_bytes(vault.fingerprint("second-look", str(application_id))[:8])
    return drawn * 100 < settings.SECOND_SHARE * 2**64
