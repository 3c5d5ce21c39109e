"""Why a look-up is not done."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class ChallengeNeeded(DomainError):
    """After a few tries: solve a challenge first. Facts: `was_wrong`, one was given and not right."""

    code = "challenge_needed"
