"""How often a person may ask for all data."""

from __future__ import annotations

from vssid.domain.verification.limits import DAY, HOUR, Rule

LIMITS = {
    "data_export": Rule(10, DAY, HOUR, DAY),
}
