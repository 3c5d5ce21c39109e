"""Ask for one PDF of many forms 01, read it, put it away. It is made by `working`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.imports.uploads import sealed_files
from vssid.domain.imports.uploads.sealed_files import Sealed
from vssid.domain.registration.models import Application
from vssid.domain.vault import sealing as vault
from vssid.infra import jobs
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.errors import NotYours

from ..models.printing import PrintLine, PrintPart, PrintRun
from . import queries
from .errors import NothingChosen, NotReady, PutAway

WHOLE, PART, FOLDER = "employers-print", "employers-print-part", "employers-print"
PRINT_JOB = "employers.print_forms"
KEPT = timedelta(days=7)
MOST = 5_000  # forms a PDF; more are printed office by office or list by list
SHOWN = 20


def ask(employer: str, *, office: str = "", list_id: int | None = None, by: Actor, now: datetime) -> int:
    """Have the forms of all who agreed printed, at one office if it is named, or those of a hand-over list in
    its order; returns the run's number. While one is made it is that one.

    Raises NothingChosen without any form, NotYours for a list of another employer.
    """
    forms = (
        _of_list(employer, list_id, now)
        if list_id is not None
        else queries.ready(employer, now=now, office=office)
    )
    if not forms:
        raise NothingChosen
    try:
        with transaction.atomic():
            return _queue(employer, [form.application_id for form in forms[:MOST]], list_id, by, now)
    except BaseException as error:
        if constraint_of(error) != "employers_print_run_one":
            raise
    return PrintRun.objects.get(employer_code=employer, state=PrintRun.State.MAKING).id


def _of_list(employer: str, list_id: int, now: datetime) -> list[queries.Ready]:
    page = queries.list_page(list_id, employer)
    by_number = {row.number: row for row in queries.ready(employer, now=now)}
    return [by_number[line.number] for line in page.listed if line.number in by_number]


def _queue(employer: str, applications: Sequence[int], list_id: int | None, by: Actor, now: datetime) -> int:
    assert by.id is not None
    row = PrintRun.objects.create(
        subject_id=vault.new_subject_id(),
        employer_code=employer,
        handover_id=list_id,
        state=PrintRun.State.MAKING,
        total=len(applications),
        by_id=by.id,
        by_name=by.name[:120],
        seat_id=by.seat,
        made_at=now,
    )
    PrintLine.objects.bulk_create(
        PrintLine(run_id=row.id, position=at, application_id=each) for at, each in enumerate(applications)
    )
    jobs.defer(PRINT_JOB, run_id=row.id)
    audit.record("employer.forms_asked", **about(row, by, now, forms=row.total))
    return row.id


def latest(employer: str) -> list[PrintRun]:
    """The runs of an employer, the newest first."""
    return list(PrintRun.objects.filter(employer_code=employer).order_by("-id")[:SHOWN])


def one(run_id: int, employer: str) -> PrintRun:
    """A run of the employer. Raises NotYours."""
    row = PrintRun.objects.filter(id=run_id, employer_code=employer).first()
    if row is None:
        raise NotYours
    return row


def left_out(row: PrintRun) -> list[str]:
    """The numbers of forms that were not printed, the first few."""
    ids = PrintLine.objects.filter(run_id=row.id, is_printed=False).order_by("position")
    kept = list(ids.values_list("application_id", flat=True)[:SHOWN])
    numbers = dict(Application.objects.filter(id__in=kept).values_list("id", "number"))
    return [numbers[each] for each in kept if each in numbers]


def content(run_id: int, employer: str, *, by: Actor, now: datetime) -> bytes:
    """The PDF, to be printed now; it is an event.

    Raises NotYours, NotReady, or PutAway once its days are over, or once somebody in it took the word back:
    then it goes at once.
    """
    row = one(run_id, employer)
    if row.state == PrintRun.State.MAKING:
        raise NotReady(run=row.id)
    why = overdue(row, now)
    if row.state == PrintRun.State.GONE or why:
        put_away(row.id, why, by=SYSTEM, now=now)
        raise PutAway(run=row.id)
    plain = b"".join(sealed_files.read(whole_of(row)))
    with transaction.atomic():
        audit.record("employer.forms_taken", **about(row, by, now, forms=row.total - row.left_out))
    return plain


def overdue(row: PrintRun, now: datetime) -> str:
    """Why a run that is ready must go now; empty while it may stay."""
    if row.state != PrintRun.State.READY:
        return ""
    if row.ends_at is not None and now >= row.ends_at:
        return "old"
    with connection.cursor() as cursor:
        cursor.execute(queries.sql("withdrawn"), {"employer": row.employer_code, "run": row.id})
        return "withdrawn" if cursor.fetchone()[0] else ""


def drop(run_id: int, employer: str, *, by: Actor, now: datetime) -> None:
    """Put a run away, made or not. Twice is once. Raises NotYours."""
    put_away(one(run_id, employer).id, "dropped", by=by, now=now)


def put_away(run_id: int, why: str, *, by: Actor, now: datetime) -> bool:
    """Its parts, its file and its key go; False when they are gone."""
    with transaction.atomic():
        row = PrintRun.objects.select_for_update().get(id=run_id)
        if row.state == PrintRun.State.GONE:
            return False
        forget_parts(row)
        if row.blob_key:
            transaction.on_commit(partial(sealed_files.delete, whole_of(row)), robust=True)
        vault.erase(row.subject_id)
        PrintLine.objects.filter(run_id=row.id).delete()
        row.state, row.why, row.blob_key = PrintRun.State.GONE, why, ""
        row.save()
        audit.record("employer.forms_put_away", **about(row, by, now, why=why))
    return True


def forget_parts(row: PrintRun) -> None:
    """The parts go with the caller's transaction."""
    for part in PrintPart.objects.filter(run_id=row.id).exclude(blob_key=""):
        transaction.on_commit(partial(sealed_files.delete, part_of(row, part)), robust=True)
    PrintPart.objects.filter(run_id=row.id).delete()


def whole_of(row: PrintRun) -> Sealed:
    """Where the whole lies."""
    return Sealed(row.subject_id, WHOLE, row.blob_key, row.size)


def part_of(row: PrintRun, part: PrintPart) -> Sealed:
    """Where a part lies."""
    return Sealed(row.subject_id, f"{PART}-{part.number}", part.blob_key, part.size)


def who_asked(row: PrintRun) -> Actor:
    """Who had it made."""
    return Actor(ActorKind.EMPLOYER, row.by_id, row.by_name, seat=row.seat_id, employer=row.employer_code)


def about(row: PrintRun, by: Actor, now: datetime, **facts: object) -> dict[str, Any]:
    """What an event says of a run."""
    told = {"employer": row.employer_code, "run": row.id, **facts}
    return {"subject": row.subject_id, "by": by, "now": now, "facts": told}


def making(run_id: int) -> PrintRun | None:
    """The run, locked in the caller's transaction, if it is still being made."""
    rows = PrintRun.objects.select_for_update()
    return rows.filter(id=run_id, state=PrintRun.State.MAKING).first()
