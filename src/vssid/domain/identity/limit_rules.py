"""How many photos may be brought, for whatever they are."""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import HOUR, Rule

LIMITS = {
    # Photos: judged as they come in. A draft has its own count; the address is for whoever makes many drafts.
    "photo_draft": Rule(40, HOUR, timedelta(minutes=10), HOUR),
    "photo_address": Rule(4000, HOUR, timedelta(minutes=10), HOUR),
}
