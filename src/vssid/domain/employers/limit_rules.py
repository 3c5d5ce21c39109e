"""How often wrong codes of employers may be sent from one address."""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import CROWDED, DAY, HOUR, Rule

LIMITS = {
    # Wrong ones alone: a right code is good from any address, whatever others there have tried.
    "entry_wrong": Rule(20, HOUR, timedelta(minutes=15), DAY, CROWDED),
}
