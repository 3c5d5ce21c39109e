"""The job with an upload that stands still in the middle, to be killed there.

Batches are of five lines; `merging` stands in the middle of the second. Started and killed by
`tests/making/killed_work.py`.

`python -m vssid.domain.imports.tests.killable` does so for each line: PHASE UPLOAD DATA BLOBS as JSON.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.making.killed_work import fork_for_each_line
from tests.making.killed_work import stand_still as _stop

if TYPE_CHECKING:
    from vssid.domain.imports.importer import Importer

PHASES = ("staging", "merging", "ending")


def do(phase: str, upload_id: str, data: str, blobs: str) -> None:
    """Do the job and stand still at the phase; the folders are those of the test."""
    from django.conf import settings
    from django.utils import timezone

    from vssid.domain.imports.registry import importer

    from ..uploads import loading, progress

    settings.DATA, settings.BLOBS_URL = Path(data), blobs
    plain, merged = importer("employers"), 0

    def merge(batch: Any) -> Any:
        nonlocal merged
        counts, merged = plain.merge(batch), merged + 1
        if phase == "merging" and merged == 2:
            _stop()
        return counts

    def in_small_batches(kind: str) -> Importer:
        assert kind == plain.kind
        return replace(plain, batch_rows=5, merge=merge)

    loading.importer = in_small_batches  # type: ignore[attr-defined]
    if phase == "staging":
        progress.Watch.tell = _stop  # type: ignore[method-assign]
    elif phase == "ending":
        loading._keep = _stop
    loading.work(int(upload_id), clock=timezone.now)


if __name__ == "__main__":
    import django

    django.setup()
    from ..uploads import loading, progress  # noqa: F401  (all that the job needs)

    fork_for_each_line(do)
