"""kill -9 of a worker in the middle of an upload: the job goes on, and nothing is left in clear."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from vssid.domain.imports import clear_files, upload_queries
from vssid.domain.imports.models import ImportRun, Upload
from vssid.domain.participants.models import Employer

from .desk import QUANG, do_job, employer, file, hand_in, stored, taken
from .killable import PHASES

ROWS = 12
SEEN = {"staging": 0, "merging": 4, "ending": ROWS}  # line 1 is the header


def _killed(phase: str, upload_id: int, database_url: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "vssid.domain.imports.tests.killable", phase, str(upload_id)],
        env=os.environ
        | {
            "VSSID_DATABASE_URL": database_url,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "VSSID_DATA": str(settings.DATA),
            "VSSID_BLOBS_URL": settings.BLOBS_URL,
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == "there\n"
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_folders")
@pytest.mark.parametrize("phase", PHASES)
def test_the_job_of_a_killed_worker_goes_on_where_it_was(
    tmp_path: Path, database_url: str, phase: str
) -> None:
    rows = [employer(number) for number in range(ROWS)]
    upload_id = hand_in(file(tmp_path, [*rows, employer(99, code="sai")]))
    _killed(phase, upload_id, database_url)
    assert Employer.objects.count() == SEEN[phase]
    assert Upload.objects.get().state == Upload.State.WORKING
    assert list(clear_files.folder().iterdir()) != []

    row = do_job(upload_id)

    report = upload_queries.upload(row.id, by=QUANG).report
    assert report is not None
    assert (report.read, report.new, report.same, report.refused) == (ROWS + 1, ROWS, 0, 1)
    assert (ImportRun.objects.count(), Employer.objects.count()) == (1, ROWS)
    assert [one["field"] for one in taken(upload_id)] == ["code"]
    assert list(clear_files.folder().iterdir()) == []
    assert len(stored()) == 1  # the refused rows
