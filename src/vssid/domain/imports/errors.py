"""What an import refuses as a whole."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class BadFile(DomainError):
    """The file is not what this import reads. Facts: `reason`; for a header `lacking`, `unknown`, `expected`.

    Reasons: missing, empty, broken_gzip, header; with `found`, what it is or seems to be:
    not_text and not_utf8 (may be empty), broken, too_large. `messages.file_sentence` says it in words.
    """

    code = "bad_file"


class AlreadyRunning(DomainError):
    """Another run of this kind is at work. Facts: `kind`."""

    code = "already_running"


class BadCell(ValueError):
    """A cell was refused by its column; `code` is the stable message code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
