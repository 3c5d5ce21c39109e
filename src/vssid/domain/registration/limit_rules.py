"""How often may be asked what a registration asks of the register, and how many are begun."""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import CROWDED, DAY, HOUR, QUARTER, Rule

LIMITS = {
    # Whether what was typed matches the register may be asked a few times only.
    "register_check_phone": Rule(4, DAY, DAY, DAY),
    "register_check_code": Rule(6, DAY, DAY, DAY),
    "register_check_address": Rule(400, DAY, HOUR, DAY),
    # Looking up an application by number (from one network: numbers are easy to guess) and phone.
    "lookup_number": Rule(10, QUARTER, timedelta(minutes=5), HOUR),
    # A sheet that came back unsigned is told once a day, however often it is scanned.
    "unsigned_told": Rule(1, DAY, DAY, DAY),
    "draft_address": Rule(200, HOUR, timedelta(minutes=10), HOUR, CROWDED),
}
