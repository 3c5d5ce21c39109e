"""Lays or ends a file with a known answer, and stands still where a test wants to kill it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from tests.making.killed_work import fork_for_each_line, stand_still

# Phase → where it stands still: before the row, after all rows are written or gone and nothing is committed.
PHASES = {
    "copied": "vssid.domain.registration.trials.laying._send",
    "laid": "vssid.domain.audit.actions.record",
    "decided": "vssid.domain.vault.sealing.erase",
}


def work(data: str, blobs: str, phase: str, number: str) -> None:
    """Do it with the folders of the test that asks."""
    from django.conf import settings

    from tests.making.trials import OPEN
    from vssid.domain.registration import actions
    from vssid.domain.registration.models import KnownCase
    from vssid.domain.registration.trials import laying
    from vssid.kernel.actor import Actor, ActorKind

    settings.DATA, settings.BLOBS_URL = Path(data), blobs
    with patch(PHASES[phase], stand_still):
        if phase == "decided":
            by = Actor(ActorKind.OFFICER, 900, "Minh", "03101", "reviewer")
            actions.approve(int(number), by=by, now=OPEN + timedelta(hours=1))
        else:
            laying.lay(KnownCase.objects.get(), "03101", now=OPEN)


if __name__ == "__main__":
    import django

    django.setup()
    import vssid.domain.registration.trials.laying  # noqa: F401  (all that the work needs)

    fork_for_each_line(work)
