"""How often statements may be issued and checked."""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import CROWDED, DAY, HOUR, QUARTER, Rule

LIMITS = {
    # Statements: issued to one person; checked from one address, and one code from one network.
    "statement_issue": Rule(20, DAY, HOUR, DAY),
    "statement_address": Rule(60, QUARTER, timedelta(minutes=5), HOUR, CROWDED),
    "statement_code": Rule(10, QUARTER, timedelta(minutes=5), HOUR),
}
