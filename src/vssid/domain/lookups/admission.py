"""Who may ask now: limits by address and by number, and a challenge after a few tries."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.accounts import limits, proofs
from vssid.domain.accounts.errors import ChallengeNeeded
from vssid.domain.accounts.proofs import Address, Proof


def admit(number: str, proof: Proof, *, address: str, now: datetime) -> None:
    """Count a try for this ID or card number. Call it outside a transaction.

    Raises Limited (by address, or by this number from this network, or in all), or ChallengeNeeded.
    """
    asker = Address(address, proof)
    limits.hit("lookup_own_address", asker, now=now)
    limits.hit("lookup_own_near", f"{number}|{limits.network(asker)}", now=now)
    limits.hit("lookup_own_all", number, now=now)
    if not proofs.is_free(asker, now=now) and not asker.has_worked(now=now):
        raise ChallengeNeeded(was_wrong=asker.was_wrong)
