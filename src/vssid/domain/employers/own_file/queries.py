"""Read an employer's files; each statement names the employer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from vssid.domain.imports.uploads import sealed_files
from vssid.kernel.errors import NotYours

from ..models.own_file import OwnFile
from . import receiving


def newest(employer: str, *, most: int = 20) -> list[OwnFile]:
    """The files that HR handed in, the newest first."""
    return list(OwnFile.objects.filter(employer_code=employer).order_by("-id")[:most])


def one(file_id: int, employer: str) -> OwnFile:
    """A file of the employer. Raises NotYours."""
    row = OwnFile.objects.filter(id=file_id, employer_code=employer).first()
    if row is None:
        raise NotYours
    return row


def refused_rows(file_id: int, employer: str) -> Iterator[bytes]:
    """The error file, chunk by chunk: mended it may come back. Raises NotYours when there is none."""
    row = one(file_id, employer)
    if not row.error_key:
        raise NotYours
    return sealed_files.read(receiving.errors_of(row))


def last_taken(employer: str) -> datetime | None:
    """When the file that counts was taken last; None before the first."""
    taken = OwnFile.objects.filter(employer_code=employer, state=OwnFile.State.TAKEN)
    return taken.order_by("-taken_at").values_list("taken_at", flat=True).first()
