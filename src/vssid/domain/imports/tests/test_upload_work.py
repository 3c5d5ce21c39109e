"""The job with an upload, whatever happens to it, and what time does to what is left."""

from __future__ import annotations

import stat
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.models import ImportRun, Upload
from vssid.domain.participants.models.people import Employer
from vssid.domain.vault.models import SubjectKey
from vssid.infra import blobs
from vssid.kernel.errors import NotYours

from .. import actions, running
from ..merge import writer_lock
from ..uploads import clear_files, loading, queries, retention, submission
from ..uploads import progress as upload_progress
from .desk import (
    NOW,
    QUANG,
    do_job,
    employer,
    file,
    hand_in,
    kinds_of,
    other_connection,
    stored,
    taken,
    waiting_jobs,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folders")]
State = Upload.State


def test_the_job_loads_the_file_and_leaves_nothing_of_it(tmp_path):
    row = do_job(hand_in(file(tmp_path, [employer(1), employer(2)])))
    assert row.state == State.DONE
    view = queries.upload(row.id, by=QUANG)
    assert view.report is not None
    assert (view.report.read, view.report.new, view.report.refused) == (2, 2, 0)
    assert (view.report.file_name, view.report.sender) == ("don-vi.csv", "Sở mẫu")
    run = ImportRun.objects.get(dry_run=False)
    assert (run.actor_kind, run.actor_id) == ("officer", QUANG.id)
    assert Employer.objects.count() == 2
    assert (stored(), SubjectKey.objects.count(), list(clear_files.folder().iterdir())) == ([], 0, [])
    told = ["import.uploaded", "import.shown", "import.confirmed", "import.upload_ended"]
    assert kinds_of(row) == told


def test_refused_rows_are_kept_sealed_and_go_in_again_corrected(tmp_path):
    row = do_job(hand_in(file(tmp_path, [employer(1), employer(2, code="SAI-MA-DV"), employer(3, name="")])))
    assert (row.state, row.errors_until) == (State.DONE, NOW + timedelta(days=30))
    assert {run.error_file for run in ImportRun.objects.all()} == {""}
    (key,) = stored()
    assert b"SAI-MA-DV" not in blobs.get(key)
    content = b"".join(submission.refused_rows(row.id, by=QUANG, now=NOW)).decode("utf-8-sig")
    corrected = tmp_path / "sua.csv"
    content = content.replace("SAI-MA-DV", "TZ0002A").replace("TZ0003A,,", "TZ0003A,Ba,")
    corrected.write_text(content, encoding="utf-8-sig")
    again = queries.upload(do_job(hand_in(corrected)).id, by=QUANG).report
    assert again is not None
    assert (again.read, again.new, again.refused) == (2, 2, 0)


def test_a_blank_cell_of_an_upload_erases_only_when_it_was_said(tmp_path):
    do_job(hand_in(file(tmp_path, [employer(1, address="9 phố Mẫu")])))
    path = file(tmp_path, [employer(1)])
    do_job(hand_in(path))
    assert Employer.objects.get().address == "9 phố Mẫu"
    row = do_job(hand_in(path, blanks_erase=True))
    assert row.run is not None
    assert row.run.blanks_erase
    assert Employer.objects.get().address == ""


def test_a_dry_run_writes_nothing(tmp_path):
    row = do_job(hand_in(file(tmp_path, [employer(1)]), dry_run=True))
    report = queries.upload(row.id, by=QUANG).report
    assert report is not None
    assert (row.state, report.new, Employer.objects.count()) == (State.DONE, 1, 0)


def test_the_job_of_an_ended_upload_does_nothing(tmp_path):
    upload_id = hand_in(file(tmp_path, [employer(1)]))
    do_job(upload_id)
    do_job(upload_id)
    assert ImportRun.objects.filter(dry_run=False).count() == 1


def test_a_name_too_long_for_the_disk_is_no_trouble(tmp_path):
    path = file(tmp_path, [employer(1)])
    delivery = submission.Delivery("employers", "Ế" * 240 + ".csv", "x")
    upload_id = submission.receive(path, delivery, by=QUANG, now=NOW)
    assert do_job(upload_id).state == State.DONE


def test_while_another_run_of_the_kind_is_at_work_the_upload_waits_and_comes_again(tmp_path):
    upload_id = hand_in(file(tmp_path, [employer(1)]))
    with other_connection() as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext('employers'))", [writer_lock.LOCK_SPACE])
        row = do_job(upload_id)
    assert (row.state, row.phase) == (State.WAITING, Upload.HELD)
    assert len(waiting_jobs()) == 2
    assert do_job(upload_id).state == State.DONE


def test_a_second_worker_leaves_the_upload_to_the_one_that_lives(tmp_path):
    upload_id = hand_in(file(tmp_path, [employer(1)]))
    with other_connection() as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [upload_progress._LOCK_SPACE, upload_id])
        assert do_job(upload_id).state == State.WAITING
    assert (len(waiting_jobs()), ImportRun.objects.count()) == (2, 0)


def test_an_upload_is_free_before_the_connection_of_its_worker_has_gone(monkeypatch):
    own = connection.copy()
    with monkeypatch.context() as patch:
        patch.setattr(own, "close", lambda: None)
        patch.setattr(connection, "copy", lambda: own)
        with upload_progress.attending(7) as watch:
            assert watch is not None
    with upload_progress.attending(7) as again:
        assert again is not None
    own.close()


def test_a_file_that_is_none_of_its_kind_any_more_is_refused_with_its_reason(tmp_path, monkeypatch):
    upload_id = hand_in(file(tmp_path, [employer(1)]))

    def refuse(*_args: Any, **_named: Any) -> None:
        raise BadFile(reason="header", lacking=["tax_code"], unknown=["Nguyễn Văn Chim"], expected=["code"])

    monkeypatch.setattr(actions, "run", refuse)
    row = do_job(upload_id)
    assert (row.state, row.refusal["lacking"], row.blob_key) == (State.REFUSED, ["tax_code"], "")
    assert "Chim" not in str(row.refusal)


def test_a_run_that_breaks_ends_the_upload_and_tells_no_content(tmp_path, monkeypatch, caplog):
    upload_id = hand_in(file(tmp_path, [employer(1)]))

    def broken(*_args: Any, **_named: Any) -> None:
        raise ValueError("Nguyễn Văn Chim 3199000111")

    monkeypatch.setattr(actions, "run", broken)
    assert do_job(upload_id).state == State.FAILED
    assert "ValueError" in caplog.text
    assert "test_upload_work.py:" in caplog.text  # where it broke, without what it says
    assert "Chim" not in caplog.text
    assert stored() == []


def test_when_the_database_goes_away_the_job_comes_again(tmp_path, monkeypatch):
    upload_id = hand_in(file(tmp_path, [employer(1)]))

    def away(*_args: Any, **_named: Any) -> None:
        raise OperationalError("DETAIL: Nguyễn Văn Chim")

    with monkeypatch.context() as patch:
        patch.setattr(actions, "run", away)
        with pytest.raises(loading.TryAgain) as told:
            do_job(upload_id)
    assert (str(told.value), told.value.__cause__) == ("", None)
    assert Upload.objects.get().state == State.WORKING
    assert do_job(upload_id).state == State.DONE


def test_a_worker_killed_right_after_the_run_loses_neither_report_nor_refused_rows(tmp_path, monkeypatch):
    upload_id = hand_in(file(tmp_path, [employer(1), employer(2, code="sai")]))

    class Killed(BaseException):
        """Stands for kill -9: nothing of ours runs after it."""

    def killed(*_args: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(loading, "_keep", killed)
        with pytest.raises(Killed):
            do_job(upload_id)
    row = do_job(upload_id)
    report = queries.upload(row.id, by=QUANG).report
    assert report is not None
    assert (report.new, report.same, report.refused) == (1, 0, 1)
    assert ImportRun.objects.filter(dry_run=False).count() == 1
    assert len(taken(upload_id)) == 1


def test_progress_is_seen_from_outside_while_the_run_is_open(tmp_path, monkeypatch):
    upload_id = hand_in(file(tmp_path, [employer(number) for number in range(5)]))
    seen = []
    plain = upload_progress.Watch.tell

    def tell(watch: Any, progress: Any) -> None:
        plain(watch, progress)
        with other_connection() as other:
            seen.append(
                other.execute("SELECT state, phase, done, total, run_id FROM imports_upload").fetchone()
            )

    monkeypatch.setattr(upload_progress.Watch, "tell", tell)
    do_job(upload_id)
    shown, loaded = ImportRun.objects.order_by("id").values_list("id", flat=True)
    assert seen[0] == ("working", "staging", 5, 5, shown)
    assert seen[-1] == ("working", "merging", 5, 5, loaded)


def test_progress_is_written_at_most_once_a_second(tmp_path, monkeypatch):
    Upload.objects.filter(id=hand_in(file(tmp_path, [employer(1)]))).update(state="working")
    written = []
    at = iter([10.0, 10.4, 11.1, 11.2])
    monkeypatch.setattr(time, "monotonic", lambda: next(at))
    with upload_progress.attending(Upload.objects.get().id) as watch:
        assert watch is not None
        for done in (1, 2, 3, 4):
            watch.tell(running.Progress("staging", done, 0))
            written.append(Upload.objects.get().done)
    assert written == [1, 1, 3, 3]


def test_a_pace_is_told_only_when_it_is_known():
    assert queries.pace(100, 2.0, left=400) == queries.Pace(50, 8)
    assert queries.pace(100, 2.0, left=None) == queries.Pace(50, None)
    assert queries.pace(0, 2.0, left=400) == queries.Pace()


def test_after_thirty_days_refused_rows_and_their_key_are_gone(tmp_path):
    row = do_job(hand_in(file(tmp_path, [employer(2, code="sai")])))
    assert retention.forget_errors(NOW + timedelta(days=29, hours=23)) == 0
    assert len(stored()) == 1
    over = NOW + timedelta(days=30)
    with pytest.raises(NotYours):  # even before the job comes
        submission.refused_rows(row.id, by=QUANG, now=over)
    assert retention.forget_errors(over) == 1
    assert (stored(), SubjectKey.objects.count()) == ([], 0)
    with pytest.raises(NotYours):
        submission.refused_rows(row.id, by=QUANG, now=NOW)
    assert queries.upload(row.id, by=QUANG).errors_until is None
    assert retention.forget_errors(over) == 0


def test_work_that_was_given_up_ends_as_failed_unless_a_worker_lives(tmp_path):
    upload_id = hand_in(file(tmp_path, [employer(1)]))
    Upload.objects.update(state=State.WORKING, progress_at=NOW)
    later = NOW + timedelta(hours=7)
    with other_connection() as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [upload_progress._LOCK_SPACE, upload_id])
        assert retention.give_up_lost(later) == 0
    assert retention.give_up_lost(later - timedelta(hours=2)) == 0
    assert retention.give_up_lost(later) == 1
    assert (Upload.objects.get().state, stored()) == (State.FAILED, [])


def test_blobs_that_no_upload_names_are_swept_and_others_stay(tmp_path):
    hand_in(file(tmp_path, [employer(1)]))
    (kept,) = stored()
    blobs.put("imports/aa/lost/0", b"x")
    from django.utils import timezone

    assert retention.sweep_orphans(timezone.now()) == 0
    assert retention.sweep_orphans(timezone.now() + timedelta(hours=7)) == 1
    assert stored() == [kept]


def test_what_killed_processes_left_in_clear_is_swept():
    from django.utils import timezone

    with clear_files.incoming("x.csv") as fresh, clear_files.workplace(7) as place:
        assert stat.S_IMODE(Path(fresh.name).stat().st_mode) == 0o600
        assert stat.S_IMODE(clear_files.folder().stat().st_mode) == 0o700
        (place / "x").write_text("x")
        assert clear_files.sweep(timezone.now(), working=[7]) == 0
        assert clear_files.sweep(timezone.now() + timedelta(hours=2), working=[]) == 2
        assert list(clear_files.folder().iterdir()) == []
        Path(fresh.name).touch()  # so that it can be closed
