"""How often pages for everybody may look at a camera's pictures."""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import HOUR, QUARTER, Rule

LIMITS = {
    # Camera frames looked at for a QR, one or two a second while somebody holds the card up.
    "scan_address": Rule(1500, QUARTER, timedelta(minutes=5), HOUR),
    # Pictures that used up the time there is for one: a camera makes hardly any.
    "scan_slow": Rule(6, QUARTER, timedelta(minutes=10), HOUR),
}
