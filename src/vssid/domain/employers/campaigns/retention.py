"""What time does to printed letters: their codes are secrets, so a part that was posted goes soon."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from vssid.domain.audit import actions as audit
from vssid.domain.casework import batches
from vssid.domain.imports.uploads import sealed_files
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM

from ..models.campaigns import Part
from . import printing

# Ours: so long a part that was posted can be printed again, for a sheet that jammed.
KEPT = timedelta(days=3)


def erase_old(now: datetime) -> int:
    """Erase the PDFs of parts that were posted, or whose codes are worth nothing any more; how many."""
    over = Q(posted_at__lt=now - KEPT) | Q(made_at__lt=now - settings.ENTRY_LIFE)
    old = Part.objects.filter(over).exclude(blob_key="").order_by("id").values_list("id", flat=True)
    return batches.each(old, lambda part_id: _erase(part_id, now), job="employers.letters_erased")


def _erase(part_id: int, now: datetime) -> bool:
    with transaction.atomic():
        part = Part.objects.select_for_update().get(id=part_id)
        if not part.blob_key:
            return False
        sealed = printing.sealed_of(part)
        transaction.on_commit(partial(sealed_files.delete, sealed), robust=True)
        vault.erase(sealed.subject_id)
        Part.objects.filter(id=part.id).update(blob_key="", erased_at=now)
        facts = {"part": part.id}
        audit.record("campaign.part_erased", subject=0, by=SYSTEM, now=now, facts=facts)
    return True


def sweep_orphans(now: datetime) -> int:
    """Delete blobs that no part names; returns how many."""
    return sealed_files.sweep(printing.FOLDER, _named, now=now)


def _named(keys: set[str]) -> set[str]:
    return set(Part.objects.filter(blob_key__in=keys).values_list("blob_key", flat=True))
