"""How often a guardian may send requests."""

from __future__ import annotations

from vssid.domain.verification.limits import DAY, Rule

LIMITS = {
    # Requests for children: a family has a few, and each is an officer's work.
    "family_submit": Rule(10, DAY, DAY, DAY),
}
