"""What the room refuses."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class AlreadyAnnounced(DomainError):
    """A key waits already; `signs_from` says until when. Switch to it first."""

    code = "key_already_announced"


class NothingAnnounced(DomainError):
    """There is no announced key to switch to."""

    code = "no_key_announced"


class TooEarly(DomainError):
    """Verifiers may not have fetched the announced key yet; `signs_from` says from when on they will."""

    code = "key_announced_too_recently"


class UnknownKey(DomainError):
    """No published key has this id."""

    code = "unknown_key"
