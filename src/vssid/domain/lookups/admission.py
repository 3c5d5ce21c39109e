"""Who may ask now: limits by address and by number, and a challenge after a few tries."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.verification import limits
from vssid.domain.verification.errors import ChallengeNeeded, Limited
from vssid.domain.verification.proofs import Address, Proof


def admit(number: str, proof: Proof, *, address: str, now: datetime) -> None:
    """Count a try for this ID or card number. Call it outside a transaction.

    Raises Limited (by address, or by this number from this network, or in all), or ChallengeNeeded.
    """
    asker = Address(address, proof)
    limits.hit("lookup_own_address", asker, now=now)
    limits.hit("lookup_own_near", f"{number}|{limits.network(asker)}", now=now)
    limits.hit("lookup_own_all", number, now=now)
    if not _is_free(asker, now=now) and not asker.has_worked(now=now):
        raise ChallengeNeeded(was_wrong=asker.was_wrong)


def _is_free(address: str, *, now: datetime) -> bool:
    """Is this one of the few tries of an address that need no challenge? Counts it."""
    try:
        limits.hit("lookup_free", address, now=now)
    except Limited:
        return False
    return True
