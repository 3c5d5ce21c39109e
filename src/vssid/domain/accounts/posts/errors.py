"""What giving and ending posts refuses."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class OwnPost(DomainError):
    """Nobody gives themselves a post, or ends the own last one as administrator."""

    code = "own_post"


class LastAdministrator(DomainError):
    """Without this post nobody would be left who manages the staff of the whole tree."""

    code = "last_administrator"


class AlreadyEnded(DomainError):
    """The post, the absence or the member was ended before."""

    code = "already_ended"


class OutOfReach(DomainError):
    """The member has posts at offices the administrator does not reach. Facts: `offices` (codes)."""

    code = "posts_out_of_reach"

    def __init__(self, *, offices: tuple[str, ...]) -> None:
        super().__init__(offices=offices)
        self.offices = offices
