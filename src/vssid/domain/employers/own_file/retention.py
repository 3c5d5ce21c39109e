"""What time does to files of employers: those that nobody took, and blobs that no file names."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from vssid.domain.audit import actions as audit
from vssid.domain.imports.uploads import sealed_files
from vssid.kernel.actor import SYSTEM

from ..models.own_file import OwnFile
from . import receiving

# An open file is put away after so long, and a counted one is kept as rows alone.
KEPT = timedelta(days=30)


def put_away_old(now: datetime) -> int:
    """Put files away that nobody took; returns how many."""
    old = OwnFile.objects.filter(state__in=OwnFile.OPEN, made_at__lt=now - KEPT)
    return sum(_put_away(file_id, now) for file_id in list(old.values_list("id", flat=True)))


def _put_away(file_id: int, now: datetime) -> bool:
    with transaction.atomic():
        row = OwnFile.objects.select_for_update().get(id=file_id)
        if row.state not in OwnFile.OPEN:
            return False
        receiving.end(row, OwnFile.State.DROPPED)
        audit.record("employer.file_dropped", **receiving.about(row, SYSTEM, now))
    return True


def sweep_orphans(now: datetime) -> int:
    """Delete blobs that no file names; returns how many."""
    return sealed_files.sweep(receiving.FOLDER, _named, now=now)


def _named(keys: set[str]) -> set[str]:
    rows = OwnFile.objects.filter(Q(blob_key__in=keys) | Q(error_key__in=keys))
    return {key for row in rows.values_list("blob_key", "error_key") for key in row}
