"""What the job does with a run: print its forms part by part, then put the parts together.

A part that is done stays done: after a killed worker the next attempt goes on behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F

from vssid.domain.audit import actions as audit
from vssid.domain.imports.uploads import clear_files, sealed_files
from vssid.domain.imports.uploads.sealed_files import Sealed
from vssid.domain.registration import queries as registration
from vssid.domain.registration import sealing
from vssid.domain.registration.draft.form import FormData
from vssid.domain.registration.models import Application
from vssid.domain.registration.paper import form01
from vssid.domain.registration.paper import printing as letters
from vssid.infra import blobs
from vssid.infra.documents import pdf_joining
from vssid.kernel.actor import SYSTEM

from ..models.printing import PrintLine, PrintPart, PrintRun
from . import printing, queries

log = structlog.get_logger()
AT_ONCE = 50  # forms a part
MOST_TRIES = 3  # of one part, that may die: what kills one process kills the next


class _Changed(Exception):
    """Somebody took the word back while the own form was printed."""


class _Away(Exception):
    """The run was put away, or another process has done the part meanwhile."""


def work(run_id: int, *, now: datetime) -> None:
    """Print what is left of a run; twice is as once."""
    try:
        while (row := _claim(run_id, now)) is not None:
            number = _next_part(row)
            if number is None:
                _finish(row, now)
                return
            with suppress(_Changed):  # the next attempt leaves that form out
                _print(row, number, now)
    except _Away:
        return
    except (DatabaseError, InterfaceError, blobs.Away):
        raise
    except Exception as error:
        # By its type only: what it says may quote a form.
        log.error("forms_not_printed", run=run_id, error=type(error).__name__)
        printing.put_away(run_id, "died", by=SYSTEM, now=now)


def _claim(run_id: int, now: datetime) -> PrintRun | None:
    with transaction.atomic():
        row = printing.making(run_id)
        if row is None:
            return None
        if row.tries < MOST_TRIES:
            row.tries += 1
            row.save(update_fields=["tries"])
            return row
    printing.put_away(run_id, "died", by=SYSTEM, now=now)
    return None


def _next_part(row: PrintRun) -> int | None:
    done = set(PrintPart.objects.filter(run_id=row.id).values_list("number", flat=True))
    return next((at for at in range(-(-row.total // AT_ONCE)) if at not in done), None)


def _print(row: PrintRun, number: int, now: datetime) -> None:
    """One part: only what may be printed when it is kept is in it."""
    first = number * AT_ONCE
    lines = PrintLine.objects.filter(run_id=row.id, position__gte=first, position__lt=first + AT_ONCE)
    wanted = list(lines.order_by("position").values_list("application_id", flat=True))
    with transaction.atomic():
        allowed = _printable(row, wanted, now)
    pages = _pages([each for each in wanted if each in allowed], now)
    printed = list(pages)
    paper = form01.render_many(list(pages.values())) if pages else b""
    sealed = _store(row, f"{printing.PART}-{number}", paper) if paper else None
    try:
        with transaction.atomic():
            _keep(row, number, wanted, printed, sealed, now)
    except BaseException:
        if sealed is not None:
            sealed_files.delete(sealed)
        raise


def _printable(row: PrintRun, ids: Sequence[int], now: datetime) -> set[int]:
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"employer": row.employer_code, "ids": list(ids), "now": now}
        cursor.execute(queries.sql("printable"), asked)
        return {found for (found,) in cursor.fetchall()}


def _pages(ids: Sequence[int], now: datetime) -> dict[int, tuple[registration.Status, FormData]]:
    """By number what is printed, in this order; whose letters cannot be is left out."""
    rows = Application.objects.in_bulk(ids)
    forms = sealing.forms_of(list(rows.values()))
    return {
        each: (registration.status_of(rows[each], now), forms[each])
        for each in ids
        if each in forms and not letters.of_form(forms[each])
    }


def _keep(
    row: PrintRun,
    number: int,
    wanted: Sequence[int],
    printed: Collection[int],
    sealed: Sealed | None,
    now: datetime,
) -> None:
    if printing.making(row.id) is None or PrintPart.objects.filter(run_id=row.id, number=number).exists():
        raise _Away
    if not set(printed) <= _printable(row, list(printed), now):
        raise _Changed
    key, size = (sealed.key, sealed.size) if sealed else ("", 0)
    PrintPart.objects.create(run_id=row.id, number=number, blob_key=key, size=size)
    lines = PrintLine.objects.filter(run_id=row.id, application_id__in=wanted)
    lines.filter(application_id__in=printed).update(is_printed=True)
    lines.exclude(application_id__in=printed).update(is_printed=False)
    PrintRun.objects.filter(id=row.id).update(
        done=F("done") + len(wanted), left_out=F("left_out") + len(wanted) - len(printed), tries=0
    )
    by = printing.who_asked(row)
    for each in printed:
        audit.record("application.form_printed", subject=each, by=by, now=now)


def _finish(row: PrintRun, now: datetime) -> None:
    parts = list(PrintPart.objects.filter(run_id=row.id).exclude(blob_key="").order_by("number"))
    if not parts:
        printing.put_away(row.id, "empty", by=SYSTEM, now=now)
        return
    papers = [b"".join(sealed_files.read(printing.part_of(row, part))) for part in parts]
    sealed = _store(row, printing.WHOLE, pdf_joining.join(papers))
    try:
        with transaction.atomic():
            current = printing.making(row.id)
            if current is None:
                raise _Away
            current.blob_key, current.size = sealed.key, sealed.size
            current.state, current.ends_at = PrintRun.State.READY, now + printing.KEPT
            current.save()
            printing.forget_parts(current)
    except BaseException:
        sealed_files.delete(sealed)
        raise


def _store(row: PrintRun, purpose: str, plain: bytes) -> Sealed:
    with clear_files.incoming("forms.pdf") as file:
        file.write(plain)
        file.flush()
        return sealed_files.store(row.subject_id, purpose, Path(file.name), folder=printing.FOLDER)
