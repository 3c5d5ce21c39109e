"""How often an office may be written to."""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import CROWDED, HOUR, Rule

LIMITS = {
    # Messages to an office: by the person, or by the address of somebody who has no account.
    "ticket_person": Rule(12, HOUR, timedelta(minutes=10), HOUR),
    # By an employer, whoever of its HR writes.
    "ticket_employer": Rule(30, HOUR, timedelta(minutes=10), HOUR),
    "ticket_address": Rule(60, HOUR, timedelta(minutes=10), HOUR, CROWDED),
}
