"""How often a person may try the own devices."""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import HOUR, Rule

LIMITS = {
    # Notices that a person sends to the own devices to try them.
    "test_notice": Rule(5, HOUR, timedelta(minutes=10), HOUR),
}
