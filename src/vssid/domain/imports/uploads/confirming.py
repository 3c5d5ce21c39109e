"""Show an upload's effects before they are, and load it when somebody has confirmed them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.errors import DomainError, NotYours

from ..merge.effects import Effects
from ..models import ImportRun, Upload
from ..queries import RunReport
from . import policy, submission
from .sealed_files import Sealed

EXAMPLES = "upload-examples"


class NotShown(DomainError):
    """The upload waits for no confirmation, or not for the one that was read. Facts: `upload`."""

    code = "upload_not_shown"


class NeedsSecond(DomainError):
    """So large a change is confirmed by somebody else than who handed it in. Facts: `upload`."""

    code = "upload_needs_second"


def is_large(report: RunReport) -> bool:
    """Does a run change more rows that are there than one person may confirm alone?"""
    there = report.changed + report.same - report.repeated
    share = settings.IMPORT_SECOND_SHARE
    return report.changed >= settings.IMPORT_SECOND_ROWS and report.changed * 100 > share * there


def show(row: Upload, report: RunReport, effects: Effects, errors: Sealed | None, *, now: datetime) -> None:
    """What a locked upload would do is there to be read, in the caller's transaction."""
    row.run_id = row.shown_id = report.run_id
    row.state, row.phase, row.shown_at, row.tries = Upload.State.SHOWN, "", now, 0
    row.needs_second, row.asked_at = is_large(report), None
    keep(row, effects, errors, now=now)
    row.save()
    # The path it had in the workplace leads nowhere now.
    ImportRun.objects.filter(id=report.run_id).update(error_file="")
    facts = {"upload": row.id, "run": report.run_id, "needs_second": row.needs_second}
    audit.record("import.shown", subject=row.subject_id, by=SYSTEM, now=now, facts=facts)


def keep(row: Upload, effects: Effects, errors: Sealed | None, *, now: datetime) -> None:
    """Keep the examples, sealed, and the refused rows with a locked upload that the caller saves."""
    row.sealed_examples = vault.seal_json(row.subject_id, EXAMPLES, effects.examples())
    row.error_key, row.error_size = (errors.key, errors.size) if errors else ("", 0)
    row.errors_until = now + settings.IMPORT_ERRORS_KEPT


def confirm(upload_id: int, shown_id: int, *, by: Actor, now: datetime) -> bool:
    """Load what a dry run, by its number, has shown; was that enough?

    False when a large change was confirmed by who handed it in: it waits for somebody else of the office.
    Raises NotYours, NotShown, or NeedsSecond when the same person confirms again.
    """
    with transaction.atomic():
        row = policy.uploads_for(by).select_for_update().filter(id=upload_id).first()
        if row is None:
            raise NotYours
        if row.state != Upload.State.SHOWN or row.dry_run or row.shown_id != shown_id:
            raise NotShown(upload=upload_id)
        alone = row.needs_second and row.actor_id == by.id
        if alone and row.asked_at is not None:
            raise NeedsSecond(upload=upload_id)
        if alone:
            row.asked_at = now
        else:
            row.state, row.phase = Upload.State.WAITING, ""
            row.confirmed_id, row.confirmed_name, row.confirmed_at = by.id, by.name, now
            submission.defer_run(row.id)
        row.save()
        facts = {"upload": row.id, "run": shown_id, "enough": not alone}
        audit.record("import.confirmed", subject=row.subject_id, by=by, now=now, facts=facts)
    return not alone


def show_again(row: Upload, *, now: datetime) -> None:
    """The register has moved on: what was confirmed counts no more, in the caller's transaction."""
    row.state, row.phase, row.run_id, row.shown_id = Upload.State.WAITING, "", None, None
    row.confirmed_id, row.confirmed_name, row.confirmed_at, row.shown_again = None, "", None, True
    row.tries = 0
    row.save()
    submission.defer_run(row.id)
    facts = {"upload": row.id}
    audit.record("import.not_as_shown", subject=row.subject_id, by=SYSTEM, now=now, facts=facts)


def forget_unconfirmed(now: datetime) -> int:
    """End uploads that nobody confirmed in time; returns how many."""
    over = Upload.objects.filter(
        state=Upload.State.SHOWN, shown_at__lt=now - timedelta(days=settings.IMPORT_SHOWN_DAYS)
    )
    return sum(_forget(upload_id, now) for upload_id in list(over.values_list("id", flat=True)))


def _forget(upload_id: int, now: datetime) -> bool:
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(id=upload_id)
        if row.state != Upload.State.SHOWN:
            return False
        submission.end(row, Upload.State.CANCELLED, now=now)
        facts = {"upload": row.id}
        audit.record("import.never_confirmed", subject=row.subject_id, by=SYSTEM, now=now, facts=facts)
    return True
