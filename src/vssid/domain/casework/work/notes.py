"""Notes on a file, for colleagues: who wrote what and when. Never shown on the person's pages.

They are data about the person all the same: sealed, in the copy of the own data once the file is closed, and
deleted some time after. So they say what another officer needs, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.offices.rights import Right
from vssid.domain.vault import sealing as vault
from vssid.infra.database.kept import Query, given
from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid
from vssid.kernel.text import tidy_lines

from .. import desk
from ..kinds import Kind, Row
from ..models import FileNote

SEALED_FOR = "file-note"
LONGEST = 1000
# After the file is closed: as long as somebody may ask why it was decided so. No law names it [M].
KEPT = timedelta(days=365)
# So long what a shift handed over is shown to the office.
HANDED = timedelta(days=3)
_OF_FILE = Query(
    lambda: FileNote.objects.filter(kind=given("kind"), file_id=given("file")).order_by("-written_at", "id")
)
_HANDED_OVER = Query(
    lambda: (
        FileNote.objects.filter(
            office_code=given("office"), is_handover=True, closed_at=None, written_at__gte=given("since")
        )
        .exclude(author_id=given("officer"))
        .order_by("-written_at")
        .values_list("kind", "file_id")
    ),
    cut=True,
)


@dataclass(frozen=True, slots=True, repr=False)
class NoteView:
    """One note. `author` is empty in the person's own copy."""

    author: str
    at: datetime
    text: str
    is_handover: bool


def read(text: str) -> str:
    """A note as it is kept. Raises Invalid(note=required | too_long)."""
    text = tidy_lines(text)
    if not text:
        raise Invalid(note="required")
    if len(text) > LONGEST:
        raise Invalid(note="too_long")
    return text


def write(kind: Kind[Row], key: Any, text: str, *, handover: bool = False, by: Actor, now: datetime) -> None:
    """Add a note. Raises NotYours, NotAllowed, OwnFile or Invalid(note=…)."""
    text = read(text)
    with transaction.atomic():
        row = desk.lock(kind, key, by=by, need=Right.NOTE_FILES)
        subject, note_id = kind.subject(row), uuid4()
        FileNote.objects.create(
            subject_id=subject,
            id=note_id,
            kind=kind.name,
            file_id=row.id,
            office_code=row.office_id,
            author_id=by.id or 0,
            author_name=by.name[:120],
            written_at=now,
            is_handover=handover,
            sealed=vault.seal(subject, SEALED_FOR, text.encode(), row=note_id),
            closed_at=now if row.state in kind.closed else None,
        )
        audit.record("file.noted", subject=subject, by=by, now=now, facts={"kind": kind.name})


def of_file(kind: Kind[Any], file_id: int) -> list[NoteView]:
    """The notes on a file that the caller may look at, the newest first."""
    return [_view(row, row.author_name) for row in _OF_FILE.rows(kind=kind.name, file=file_id)]


def of_subjects(subjects: Collection[int]) -> list[NoteView]:
    """For the person's own copy: the notes on closed files of these subjects, without who wrote them."""
    rows = FileNote.objects.filter(subject_id__in=list(subjects), closed_at__isnull=False)
    return [_view(row, "") for row in rows.order_by("written_at", "id")]


def handed_over(*, by: Actor, now: datetime, most: int) -> list[tuple[str, int]]:
    """The open files of the own office that colleagues handed over lately, (kind, file), newest first."""
    listed = _HANDED_OVER.rows(office=by.office, since=now - HANDED, officer=by.id or 0, most=most)
    return list(dict.fromkeys(listed))


def close(kind: str, file_id: int, *, now: datetime) -> None:
    """The file was closed: from now on its notes are kept for their time."""
    FileNote.objects.filter(kind=kind, file_id=file_id, closed_at=None).update(closed_at=now)


def erase(kind: str, file_id: int) -> None:
    """Delete the notes on a file that leaves nothing behind, in the caller's transaction."""
    FileNote.objects.filter(kind=kind, file_id=file_id).delete()


def sweep(now: datetime) -> int:
    """Delete the notes of files closed long ago; how many."""
    return FileNote.objects.filter(closed_at__lte=now - KEPT).delete()[0]


def _view(row: FileNote, author: str) -> NoteView:
    text = vault.unseal(row.subject_id, SEALED_FOR, row.sealed, row=row.id).decode()
    return NoteView(author, row.written_at, text, row.is_handover)
