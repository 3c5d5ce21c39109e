"""Prints a run, and stands still where a test wants to kill it."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from tests.making.killed_work import fork_for_each_line, stand_still

# Phase → where it stands still: a part's file is written and its row is not committed; all parts are done.
PHASES = {
    "part": "vssid.domain.employers.handing_in.working.audit.record",
    "joining": "vssid.domain.employers.handing_in.working.pdf_joining.join",
}


def work(data: str, blobs: str, phase: str, number: str) -> None:
    """Do it with the folders of the test that asks, two forms a part."""
    from django.conf import settings

    from tests.making.registrations import NOW
    from vssid.domain.employers.handing_in import working

    settings.DATA, settings.BLOBS_URL = Path(data), blobs
    with patch.object(working, "AT_ONCE", 2), patch(PHASES[phase], stand_still):
        working.work(int(number), now=NOW)


if __name__ == "__main__":
    import django

    django.setup()
    import vssid.domain.employers.handing_in.working  # noqa: F401  (all that the work needs)

    fork_for_each_line(work)
