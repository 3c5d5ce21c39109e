"""What an officer writes down of an employer: a visit, a note, a task with its day. Texts are sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import tidy_lines

from .. import policy, retention
from ..models.portfolio import DiaryEntry

SEALED_FOR = "employers-diary"
LONGEST = 1000
# A task further ahead is a slip of the pen.
FURTHEST = timedelta(days=730)
SHOWN, BATCH = 50, 500


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One entry as colleagues of the office read it. `is_late`: a task whose day is over."""

    id: int
    kind: str
    on_day: date | None
    author: str
    written_at: datetime
    text: str
    done_at: datetime | None
    done_by: str
    is_late: bool


def write(code: str, kind: str, on_day: date | None, text: str, *, by: Actor, now: datetime) -> int:
    """Write an entry; its number. A visit and a task have a day, a visit none that is to come.

    Raises NotYours, NotAllowed or Invalid (kind=bad_choice, on_day=required | later | past | far,
    text=required | too_long).
    """
    text, today = tidy_lines(text), local_day(now)
    if wrong := _wrong(kind, on_day, text, today):
        raise Invalid(**wrong)
    with transaction.atomic():
        office = policy.followed(code, by=by, now=now)
        subject = vault.new_subject_id()
        row = DiaryEntry.objects.create(
            subject_id=subject,
            employer_id=code,
            office_id=office,
            kind=kind,
            on_day=None if kind == DiaryEntry.NOTE else on_day,
            author_id=by.id or 0,
            author_name=by.name[:120],
            written_at=now,
            sealed=vault.seal(subject, SEALED_FOR, text.encode()),
        )
        facts = {"employer": code, "entry": row.id, "kind": kind}
        audit.record("employer.diary_written", subject=0, by=by, now=now, facts=facts, office=office)
    return row.id


def done(entry_id: int, code: str, *, by: Actor, now: datetime) -> None:
    """A task is done; twice is fine. Raises NotYours or NotAllowed."""
    with transaction.atomic():
        office = policy.followed(code, by=by, now=now)
        row = DiaryEntry.objects.select_for_update().filter(id=entry_id, employer_id=code).first()
        if row is None or row.kind != DiaryEntry.TASK:
            raise NotYours
        if row.done_at is not None:
            return
        row.done_at, row.done_by = now, by.name[:120]
        row.save(update_fields=["done_at", "done_by"])
        facts = {"employer": code, "entry": row.id}
        audit.record("employer.task_done", subject=0, by=by, now=now, facts=facts, office=office)


def of_employer(code: str, *, on: date) -> list[Entry]:
    """The entries of an employer that the caller may see: open tasks by their day, then the newest."""
    rows = list(DiaryEntry.objects.filter(employer_id=code).order_by("-written_at", "-id")[:SHOWN])
    tasks = DiaryEntry.objects.filter(employer_id=code, kind=DiaryEntry.TASK, done_at=None)
    waiting = list(tasks.order_by("on_day", "id")[:SHOWN])
    listed = waiting + [row for row in rows if row.id not in {task.id for task in waiting}]
    texts = vault.unseal_many(SEALED_FOR, {row.subject_id: row.sealed for row in listed})
    return [_view(row, texts[row.subject_id].decode(), on) for row in listed if row.subject_id in texts]


def erase_old(now: datetime) -> int:
    """Delete entries past their term, and their keys; an open task stays. How many."""
    before, erased = now - timedelta(days=retention.term("diary", local_day(now)).days), 0
    while removed := _erase_batch(before):
        erased += removed
    return erased


def _erase_batch(before: datetime) -> int:
    with transaction.atomic():
        old = DiaryEntry.objects.select_for_update(skip_locked=True).filter(written_at__lt=before)
        rows = list(old.exclude(kind=DiaryEntry.TASK, done_at=None).order_by("written_at")[:BATCH])
        DiaryEntry.objects.filter(id__in=[row.id for row in rows]).delete()
        vault.erase_many([row.subject_id for row in rows])
    return len(rows)


def _wrong(kind: str, on_day: date | None, text: str, today: date) -> dict[str, str]:
    wrong = {}
    if kind not in DiaryEntry.KINDS:
        wrong["kind"] = "bad_choice"
    elif kind != DiaryEntry.NOTE and on_day is None:
        wrong["on_day"] = "required"
    elif kind == DiaryEntry.VISIT and on_day is not None and on_day > today:
        wrong["on_day"] = "later"
    elif kind == DiaryEntry.TASK and on_day is not None and on_day < today:
        wrong["on_day"] = "past"
    elif on_day is not None and abs(on_day - today) > FURTHEST:
        wrong["on_day"] = "far"
    if not text:
        wrong["text"] = "required"
    elif len(text) > LONGEST:
        wrong["text"] = "too_long"
    return wrong


def _view(row: DiaryEntry, text: str, on: date) -> Entry:
    is_late = (
        row.kind == DiaryEntry.TASK and row.done_at is None and row.on_day is not None and row.on_day < on
    )
    return Entry(
        row.id,
        row.kind,
        row.on_day,
        row.author_name,
        row.written_at,
        text,
        row.done_at,
        row.done_by,
        is_late,
    )
