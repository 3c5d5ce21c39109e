"""The job with an upload in a process of its own that stands still in the middle, to be killed there.

`python -m vssid.domain.imports.tests.killable PHASE UPLOAD`; it says "there" when it has come to the phase.
Batches are of five lines; `merging` stands in the middle of the second.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vssid.domain.imports.importer import Importer

PHASES = ("staging", "merging", "ending")


def _stop(*_: object, **_named: object) -> None:
    sys.stdout.write("there\n")
    sys.stdout.flush()
    time.sleep(600)


def main(phase: str, upload_id: int) -> None:
    """Do the job and stand still at the phase."""
    import django

    django.setup()
    from django.utils import timezone

    from vssid.domain.imports.registry import importer

    from ..uploads import loading, progress

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
    loading.work(upload_id, clock=timezone.now)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
