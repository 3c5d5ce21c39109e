"""What this room refuses."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class StillTheOriginals(DomainError):
    """VSSID_INSTALLATION names the installation this is a copy of; give the copy a number of its own."""

    code = "installation_of_the_original"


class NotThere(DomainError):
    """A machine joins the installation where its database lies, not a copy."""

    code = "installation_moved"
