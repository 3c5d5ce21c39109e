"""What is refused about an employer's own file."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class NotShown(DomainError):
    """The file is not (or no more) waiting to be taken. Facts: `file`."""

    code = "own_file_not_shown"
