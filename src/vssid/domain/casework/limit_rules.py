"""How often numbers of files may be tried from one address, whatever they are of."""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import CROWDED, HOUR, QUARTER, Rule

LIMITS = {
    "lookup_address": Rule(60, QUARTER, timedelta(minutes=5), HOUR, CROWDED),
}
