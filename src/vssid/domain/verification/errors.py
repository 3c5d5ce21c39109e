"""What is refused to who must prove something, or tries too often."""

from __future__ import annotations

from datetime import datetime

from vssid.kernel.errors import DomainError


class Limited(DomainError):
    """Too many tries; `retry_at` says when the next one is taken."""

    code = "limited"

    def __init__(self, *, name: str, retry_at: datetime) -> None:
        super().__init__(name=name, retry_at=retry_at)
        self.retry_at = retry_at


class WrongCode(DomainError):
    """The six-digit code is wrong; `tries_left` says how many are left."""

    code = "wrong_code"

    def __init__(self, *, tries_left: int) -> None:
        super().__init__(tries_left=tries_left)
        self.tries_left = tries_left


class CodeExpired(DomainError):
    """There is no live code: too old, used, replaced or tried too often."""

    code = "code_expired"


class TextsUsedUp(Limited):
    """Strangers asked for as many texts as there are: `texts_network` from theirs, `texts_all` in all."""

    code = "texts_used_up"


class WrongProof(DomainError):
    """The passkey's answer does not fit the challenge; why is never said."""

    code = "wrong_proof"


class ChallengeNeeded(DomainError):
    """Solve a challenge first (`proofs`): many ask from here, or (`for_text`) a text costs work.

    Facts: `was_wrong`, one given was not right; `was_early`, a sum came sooner than a person does it.
    """

    code = "challenge_needed"
