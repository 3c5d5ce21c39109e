"""What statements refuse."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class NothingToState(DomainError):
    """The register has no month of the person in the year. Facts: `year`."""

    code = "nothing_to_state"


class NotSigning(DomainError):
    """This installation has no signing certificate, so it issues no statements."""

    code = "not_signing"
