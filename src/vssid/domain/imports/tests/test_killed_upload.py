"""kill -9 of a worker in the middle of an upload: the job goes on, and nothing is left in clear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from tests.making.killed_work import Killer, killer_of
from vssid.domain.imports.errors import AlreadyRunning
from vssid.domain.imports.models import ImportRun, Upload
from vssid.domain.imports.registry import importer
from vssid.domain.participants.models.people import Employer

from .. import actions
from ..uploads import clear_files, loading, queries
from .desk import QUANG, confirm, do_job, employer, file, hand_in, show, stored, taken
from .killable import PHASES

pytestmark = pytest.mark.process

ROWS = 12
SEEN = {"staging": 0, "merging": 4, "ending": ROWS}  # line 1 is the header


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with killer_of("vssid.domain.imports.tests.killable") as made:
        yield made


def _kill(killer: Killer, phase: str, upload_id: int, database_url: str) -> None:
    folders = str(settings.DATA), settings.BLOBS_URL
    killer.kill(killer.start(database_url, phase, str(upload_id), *folders))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_folders")
@pytest.mark.parametrize("phase", PHASES)
def test_the_job_of_a_killed_worker_goes_on_where_it_was(
    tmp_path: Path, database_url: str, phase: str, monkeypatch: pytest.MonkeyPatch, killer: Killer
) -> None:
    # As in the other process: what was shown in batches is loaded in the same ones.
    monkeypatch.setattr(loading, "importer", lambda kind: replace(importer(kind), batch_rows=5))
    rows = [employer(number) for number in range(ROWS)]
    upload_id = hand_in(file(tmp_path, [*rows, employer(99, code="sai")]))
    show(upload_id)
    confirm(upload_id)
    _kill(killer, phase, upload_id, database_url)
    assert Employer.objects.count() == SEEN[phase]
    assert Upload.objects.get().state == Upload.State.WORKING
    assert list(clear_files.folder().iterdir()) != []

    row = do_job(upload_id)

    report = queries.upload(row.id, by=QUANG).report
    assert report is not None
    assert (report.read, report.new, report.same, report.refused) == (ROWS + 1, ROWS, 0, 1)
    assert (ImportRun.objects.filter(dry_run=False).count(), Employer.objects.count()) == (1, ROWS)
    assert [refusal["field"] for refusal in taken(upload_id)] == ["code"]
    assert list(clear_files.folder().iterdir()) == []
    assert len(stored()) == 1  # the refused rows


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_folders")
def test_an_upload_that_kills_its_worker_three_times_is_set_aside(
    tmp_path: Path, database_url: str, killer: Killer
) -> None:
    upload_id = hand_in(file(tmp_path, [employer(1)]))
    for _ in range(3):
        _kill(killer, "staging", upload_id, database_url)

    row = show(upload_id)

    assert (row.state, row.refusal, row.blob_key) == (Upload.State.FAILED, {"reason": "died"}, "")
    assert show(upload_id).state == Upload.State.FAILED
    assert stored() == []
    again = hand_in(file(tmp_path, [employer(1)]))
    assert do_job(again).state == Upload.State.DONE


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_folders")
def test_tries_that_come_to_an_end_of_their_own_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = hand_in(file(tmp_path, [employer(1)]))

    def fail(error: Exception) -> None:
        def run(*_: object, **_named: object) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(actions, "run", run)
            loading.work(upload_id, clock=timezone.now)

    for _ in range(4):
        fail(AlreadyRunning(kind="employers"))
        with pytest.raises(loading.TryAgain):
            fail(OperationalError())
    assert Upload.objects.get().tries == 0
    Upload.objects.update(tries=2)
    assert show(upload_id).tries == 0  # what is loaded once it is confirmed has tries of its own
