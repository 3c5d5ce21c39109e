"""Why nobody is invited, or an invitation opens nothing."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from vssid.kernel.errors import DomainError


class NobodyToInvite(DomainError):
    """None of those chosen may be invited this way now."""

    code: ClassVar[str] = "nobody_to_invite"


class UnknownInvitation(DomainError):
    """No invitation has this code."""

    code: ClassVar[str] = "invitation_unknown"


class InvitationExpired(DomainError):
    """It held until `at`."""

    code: ClassVar[str] = "invitation_expired"

    def __init__(self, *, at: datetime) -> None:
        super().__init__(at=at)
        self.at = at


class InvitationEnded(DomainError):
    """The worker said so, left the employer, or the employer is over: `why` as `Invitation.WHYS`."""

    code: ClassVar[str] = "invitation_ended"

    def __init__(self, *, why: str) -> None:
        super().__init__(why=why)
        self.why = why


class WrongProof(DomainError):
    """What was typed is not what the register has of the invited worker; which of it no answer says."""

    code: ClassVar[str] = "invitation_wrong_proof"
