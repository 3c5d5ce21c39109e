"""What time does to uploads: error files past their term, work that was given up, files nobody names."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM

from ..models import Upload
from . import clear_files, sealed_files, submission
from .progress import attending

# Longer than any statement of an import takes.
GIVEN_UP_AFTER = timedelta(hours=6)
_BATCH = 500


def forget_errors(now: datetime) -> int:
    """Delete error files whose term is over, with their keys; returns how many."""
    kept = ~Q(error_key="") | Q(sealed_examples__isnull=False)
    over = Upload.objects.filter(kept, errors_until__lte=now).exclude(state__in=Upload.HAS_FILE)
    return sum(_forget(upload_id, now) for upload_id in list(over.values_list("id", flat=True)[:_BATCH]))


def _forget(upload_id: int, now: datetime) -> bool:
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(id=upload_id)
        if not row.error_key and row.sealed_examples is None:
            return False
        if row.error_key:
            transaction.on_commit(partial(sealed_files.delete, submission.errors_of(row)), robust=True)
        vault.erase(row.subject_id)
        row.error_key, row.sealed_examples = "", None
        row.save(update_fields=["error_key", "sealed_examples"])
        audit.record("import.errors_erased", subject=row.subject_id, by=SYSTEM, now=now)
    return True


def give_up_lost(now: datetime) -> int:
    """End uploads as failed whose job was repeated in vain and given up; returns how many."""
    lost = Upload.objects.filter(state=Upload.State.WORKING, progress_at__lt=now - GIVEN_UP_AFTER)
    return sum(_give_up(upload_id, now) for upload_id in list(lost.values_list("id", flat=True)))


def _give_up(upload_id: int, now: datetime) -> bool:
    with attending(upload_id) as watch, transaction.atomic():
        row = Upload.objects.select_for_update().get(id=upload_id)
        if watch is None or row.state != Upload.State.WORKING:
            return False
        submission.end(row, Upload.State.FAILED, now=now)
    return True


def sweep_orphans(now: datetime) -> int:
    """Delete blobs that no upload names; returns how many."""
    return sealed_files.sweep(sealed_files.FOLDER, _named, now=now)


def _named(keys: set[str]) -> set[str]:
    rows = Upload.objects.filter(Q(blob_key__in=keys) | Q(error_key__in=keys))
    return {key for row in rows.values_list("blob_key", "error_key") for key in row}


def sweep_clear_files(now: datetime) -> int:
    """Remove files in clear that killed processes of this machine left behind; returns how many."""
    working = Upload.objects.filter(state=Upload.State.WORKING).values_list("id", flat=True)
    return clear_files.sweep(now, working=list(working))
