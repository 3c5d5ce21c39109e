"""Who may ask now: limits by address and by number, and a challenge after a few tries."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.accounts import limits

from . import challenges
from .challenges import Proof
from .errors import ChallengeNeeded


def admit(number: str, proof: Proof, *, address: str, now: datetime) -> None:
    """Count a try for this ID or card number. Call it outside a transaction.

    Raises Limited (by address, or by this number from this network, or in all), or ChallengeNeeded.
    """
    limits.hit("lookup_own_address", address, now=now)
    limits.hit("lookup_own_near", f"{number}|{limits.network(address)}", now=now)
    limits.hit("lookup_own_all", number, now=now)
    if not challenges.is_free(address, now=now) and not challenges.is_solved(proof, now=now):
        raise ChallengeNeeded(was_wrong=bool(proof.answer or proof.work))
