"""What an import refuses as a whole."""

from __future__ import annotations

from vssid.kernel.errors import DomainError


class BadFile(DomainError):
    """The file is not what this import reads. Facts: `reason`; for a header `lacking`, `unknown`, `twice`,
    `expected`, and of these how many are there (`matched`).

    Reasons: missing, empty, no_rows, broken_gzip, header; other_keys, staged under a fingerprint key that is
    gone; with `found`, what it is or seems to be:
    not_text and not_utf8 (may be empty), broken, too_large, merged, second_sheet; days, with `columns` and
    how many `cells` of them may have day and month turned. Of what would be too much: long_line; wide and
    heavy with `found`; columns and unpacks (MB) with the `most` there may be. `died` is an
    upload that was set aside. `messages.file_sentence` says it in words.
    """

    code = "bad_file"


class AlreadyRunning(DomainError):
    """Another run of this kind is at work. Facts: `kind`."""

    code = "already_running"


class NotAsShown(DomainError):
    """The register has moved on since the run was shown: it would do other things now. Facts: `run`."""

    code = "not_as_shown"


class BadCell(ValueError):
    """A cell was refused by its column; `code` is the stable message code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
