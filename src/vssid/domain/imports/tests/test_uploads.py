"""A file handed in: who sees it, what is refused, what the job does with it, what is left of it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from vssid.domain.audit import queries as audit
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.models import ImportRun, Upload
from vssid.domain.imports.registry import UnknownKind
from vssid.domain.vault.models import SubjectKey
from vssid.infra import blobs, jobs, keys
from vssid.kernel.actor import SYSTEM, person
from vssid.kernel.errors import NotYours

from .. import actions
from ..uploads import queries, sealed_files, submission
from .desk import (
    ELSEWHERE,
    NOW,
    QUANG,
    do_job,
    employer,
    file,
    hand_in,
    kinds_of,
    stored,
    taken,
    waiting_jobs,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folders")]
State = Upload.State


def test_a_file_waits_sealed_with_its_job_and_its_event(tmp_path):
    path = file(tmp_path, [employer(1, name="Công ty Chim Vàng")])
    row = Upload.objects.get(id=hand_in(path))
    assert (row.state, row.kind, row.office_code, row.actor_name) == (
        "waiting",
        "employers",
        "03101",
        "Quang",
    )
    assert waiting_jobs() == [("imports.run_upload", f'{{"upload_id": {row.id}}}', "imports")]
    assert kinds_of(row) == ["import.uploaded"]
    (key,) = stored()
    assert b"TZ0001A" not in blobs.get(key)


def test_a_large_file_is_sealed_in_pieces_and_comes_back_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(sealed_files, "CHUNK", 1000)
    path = file(tmp_path, [employer(number) for number in range(300)])
    row = Upload.objects.get(id=hand_in(path))
    sealed = submission.file_of(row)
    assert len(stored()) == sealed.chunks == -(-row.size // 1000) > 5
    assert b"".join(sealed_files.read(sealed)) == path.read_bytes()


@pytest.mark.parametrize("harm", ["swapped", "cut off", "of another"])
def test_pieces_that_were_moved_cut_off_or_exchanged_do_not_open(tmp_path, monkeypatch, harm):
    monkeypatch.setattr(sealed_files, "CHUNK", 1000)
    upload = Upload.objects.get(id=hand_in(file(tmp_path, [employer(number) for number in range(100)])))
    two = Upload.objects.get(id=hand_in(file(tmp_path, [employer(number) for number in range(1, 101)])))
    key, sealed = upload.blob_key, submission.file_of(upload)
    if harm == "swapped":
        first, second = blobs.get(f"{key}/0"), blobs.get(f"{key}/1")
        blobs.put(f"{key}/0", second)
        blobs.put(f"{key}/1", first)
    elif harm == "cut off":
        sealed = sealed_files.Sealed(sealed.subject_id, sealed.purpose, key, sealed.size - 1000)
    else:
        blobs.put(f"{key}/0", blobs.get(f"{two.blob_key}/0"))
    with pytest.raises(keys.CannotOpen):
        list(sealed_files.read(sealed))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"code,surname\n", "header"),
        ("code,name\nTZ0001A,Công ty\n".encode("utf-16"), "not_utf8"),
        ("code,name\nTZ0001A,Tiê\u0301ng Viê\u0323t\n".encode("cp1258"), "not_utf8"),
        (b"%PDF-1.7\n", "not_text"),
    ],
)
def test_it_refuses_what_is_no_such_file_and_keeps_nothing(tmp_path, content, reason):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        hand_in(path)
    assert refused.value.facts["reason"] == reason
    assert (Upload.objects.count(), waiting_jobs(), stored()) == (0, [], [])


def test_it_refuses_a_kind_that_no_room_takes(tmp_path):
    with pytest.raises(UnknownKind):
        hand_in(file(tmp_path, []), kind="wishes")


@pytest.mark.parametrize("by", [SYSTEM, person(5)])
def test_it_takes_nothing_from_who_has_no_office(tmp_path, by):
    with pytest.raises(NotYours):
        hand_in(file(tmp_path, [employer(1)]), by=by)


def test_the_same_file_twice_is_one_upload_while_it_is_open(tmp_path):
    path = file(tmp_path, [employer(1)])
    first = hand_in(path)
    assert hand_in(path) == first
    assert hand_in(path, dry_run=True) != first
    assert hand_in(path, blanks_erase=True) != first
    assert hand_in(path, by=ELSEWHERE) != first
    do_job(first)
    assert hand_in(path) != first


def test_of_two_who_send_the_same_file_at_once_one_is_led_to_the_other(tmp_path, monkeypatch):
    path = file(tmp_path, [employer(1)])
    together, upload_ids = threading.Barrier(2), []
    plain = sealed_files.store

    def store(*args: Any) -> Any:
        together.wait(20)
        return plain(*args)

    monkeypatch.setattr(sealed_files, "store", store)

    def send() -> None:
        try:
            upload_ids.append(hand_in(path))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(upload_ids) == 2
    assert len(set(upload_ids)) == 1
    assert len(waiting_jobs()) == len(stored()) == SubjectKey.objects.count() == 1


def test_nothing_stays_when_the_upload_cannot_be_written_down(tmp_path, monkeypatch):
    def broken(*_args: Any, **_named: Any) -> None:
        raise OSError

    monkeypatch.setattr(jobs, "defer", broken)
    with pytest.raises(OSError):  # noqa: PT011 - any
        hand_in(file(tmp_path, [employer(1)]))
    assert (Upload.objects.count(), stored(), SubjectKey.objects.count()) == (0, [], 0)


def test_the_database_itself_keeps_one_open_upload_of_a_file(tmp_path):
    row = Upload.objects.get(id=hand_in(file(tmp_path, [employer(1)])))
    row.id, row.subject_id = None, row.subject_id + 1
    with pytest.raises(IntegrityError, match="imports_upload_one_open"), transaction.atomic():
        row.save(force_insert=True)


def test_another_office_sees_takes_and_cancels_nothing(tmp_path):
    row = do_job(hand_in(file(tmp_path, [employer(2, code="sai")])))
    waiting = hand_in(file(tmp_path, [employer(9)]))
    assert list(queries.uploads_of(ELSEWHERE)) == []
    with pytest.raises(NotYours):
        queries.upload(row.id, by=ELSEWHERE)
    with pytest.raises(NotYours):
        submission.refused_rows(row.id, by=ELSEWHERE, now=NOW)
    with pytest.raises(NotYours):
        submission.cancel(waiting, by=ELSEWHERE, now=NOW)
    assert kinds_of(row)[-1] == "import.upload_ended"


def test_each_download_of_refused_rows_is_written_down(tmp_path):
    row = do_job(hand_in(file(tmp_path, [employer(2, code="sai")])))
    taken(row.id)
    event = audit.events_of(row.subject_id)[0]
    assert (event.kind, event.actor_name, event.office) == ("import.errors_downloaded", "Quang", "03101")


def test_runs_by_command_are_listed_and_those_of_uploads_are_not(tmp_path):
    do_job(hand_in(file(tmp_path, [employer(1)])))
    from vssid.domain.imports.registry import importer

    report = actions.run(importer("employers"), file(tmp_path, [employer(2)]), by=SYSTEM, now=NOW)
    assert [run.id for run in queries.runs_by_command(ELSEWHERE)] == [report.run_id]
    assert queries.run_by_command(report.run_id, by=QUANG) == report
    with pytest.raises(NotYours):
        queries.run_by_command(ImportRun.objects.filter(actor_kind="officer")[0].id, by=QUANG)
    with pytest.raises(NotYours):
        queries.runs_by_command(person(5))


def test_reasons_are_counted_by_column_and_code(tmp_path):
    rows = [employer(1, code="sai"), employer(2, code="sai2"), employer(3, name="")]
    row = do_job(hand_in(file(tmp_path, rows)))
    assert row.run_id is not None
    refusals = queries.refused(row.run_id)
    assert [(refusal.field, refusal.rows) for refusal in refusals] == [("code", 2), ("name", 1)]


def test_a_waiting_upload_can_be_cancelled_and_nothing_of_it_stays(tmp_path):
    upload_id = hand_in(file(tmp_path, [employer(1)]))
    submission.cancel(upload_id, by=QUANG, now=NOW)
    row = do_job(upload_id)
    assert (row.state, ImportRun.objects.count(), stored(), SubjectKey.objects.count()) == (
        State.CANCELLED, 0, [], 0,
    )  # fmt: skip
    assert kinds_of(row) == ["import.uploaded", "import.cancelled"]


def test_a_running_or_ended_upload_cannot_be_cancelled(tmp_path):
    upload_id = hand_in(file(tmp_path, [employer(1)]))
    Upload.objects.update(state=State.WORKING)
    with pytest.raises(submission.NotWaiting):
        submission.cancel(upload_id, by=QUANG, now=NOW)
    do_job(upload_id)
    with pytest.raises(submission.NotWaiting):
        submission.cancel(upload_id, by=QUANG, now=NOW)
