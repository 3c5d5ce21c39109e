"""What time does to PDFs of forms: they go after their days, and once somebody in one took the word back."""

from __future__ import annotations

from datetime import datetime, timedelta

from vssid.domain.imports.uploads import sealed_files
from vssid.kernel.actor import SYSTEM

from ..models.printing import PrintPart, PrintRun
from . import printing

# No job works on a run for so long.
LOST = timedelta(days=1)


def put_away_old(now: datetime) -> int:
    """Put away what must go, and what was never finished; returns how many."""
    lost = PrintRun.objects.filter(state=PrintRun.State.MAKING, made_at__lt=now - LOST)
    ready = PrintRun.objects.filter(state=PrintRun.State.READY)
    going = [(row.id, why) for row in ready if (why := printing.overdue(row, now))]
    going += [(row.id, "died") for row in lost]
    return sum(printing.put_away(run_id, why, by=SYSTEM, now=now) for run_id, why in going)


def sweep_orphans(now: datetime) -> int:
    """Delete blobs that no run names; returns how many."""
    return sealed_files.sweep(printing.FOLDER, _named, now=now)


def _named(keys: set[str]) -> set[str]:
    return {
        key
        for rows in (PrintRun.objects, PrintPart.objects)
        for key in rows.filter(blob_key__in=keys).values_list("blob_key", flat=True)
    }
