"""How often may be looked up without signing in."""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import CROWDED, DAY, HOUR, Rule

LIMITS = {
    # A few tries without signing in are free, then each needs a proof.
    "lookup_free": Rule(3, HOUR, HOUR, HOUR),
    # One's own BHXH number: beyond the few tries that are free, each costs a proof (`admission`).
    "lookup_own_address": Rule(30, HOUR, timedelta(minutes=15), DAY, CROWDED),
    "lookup_own_near": Rule(6, HOUR, timedelta(minutes=30), DAY),
    "lookup_own_all": Rule(60, DAY, HOUR, DAY),
}
