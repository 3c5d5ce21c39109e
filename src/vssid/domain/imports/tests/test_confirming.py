"""A file is shown before it is loaded, and what is loaded is what was shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from vssid.domain.imports.models import ImportRun, Upload
from vssid.domain.imports.registry import importer
from vssid.domain.offices.models import Office
from vssid.domain.participants.models.people import Employer
from vssid.domain.vault.models import SubjectKey
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.errors import NotYours

from .. import actions
from ..uploads import confirming, loading, queries
from .desk import (
    ELSEWHERE,
    NOW,
    QUANG,
    confirm,
    do_job,
    employer,
    file,
    hand_in,
    kinds_of,
    show,
    stored,
    taken,
    waiting_jobs,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folders")]
State = Upload.State
MAI = Actor(ActorKind.OFFICER, 702, "Mai", "03101")
CANARY = "Hoàng Chim"


def by_command(folder, *rows):
    path = file(folder, rows, "lenh.csv")
    return actions.run(importer("employers"), path, by=SYSTEM, now=NOW, reach="03101")


def names():
    return dict(Employer.objects.values_list("code", "name"))


def test_nothing_is_written_before_somebody_confirms(tmp_path):
    by_command(tmp_path, employer(1), employer(2), employer(3))
    upload_id = hand_in(
        file(tmp_path, [employer(1), employer(2, name=CANARY), employer(4), employer(5, code="x")])
    )
    row = show(upload_id)
    assert row.state == State.SHOWN
    assert names() == {f"TZ000{n}A": f"Công ty {n}" for n in (1, 2, 3)}
    view = queries.upload(upload_id, by=QUANG)
    assert view.report is not None
    assert (view.report.new, view.report.changed, view.report.same, view.report.refused) == (1, 1, 1, 1)
    assert [(column.name, column.changed, column.erased) for column in view.report.columns] == [
        ("name", 1, 0)
    ]
    assert queries.examples(upload_id, by=QUANG) == {"name": [(3, "Công ty 2", CANARY)]}
    assert len(taken(upload_id)) == 1
    assert confirm(upload_id)
    assert show(upload_id).state == State.DONE
    assert names()["TZ0002A"] == CANARY
    assert len(stored()) == 1  # the refused rows of the loading alone


def test_examples_lie_sealed_and_go_with_the_loading(tmp_path):
    by_command(tmp_path, employer(1))
    upload_id = hand_in(file(tmp_path, [employer(1, name=CANARY)]))
    show(upload_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT string_agg(u::text, ' ') FROM imports_upload u) || "
            "(SELECT string_agg(r::text, ' ') FROM imports_run r)"
        )
        assert CANARY not in cursor.fetchone()[0]
    confirm(upload_id)
    assert show(upload_id).sealed_examples is None
    assert SubjectKey.objects.count() == 0
    with pytest.raises(NotYours):
        queries.examples(upload_id, by=ELSEWHERE)


def test_what_a_blank_would_erase_is_counted(tmp_path):
    by_command(tmp_path, *(employer(n, address="9 phố Mẫu") for n in range(3)))
    upload_id = hand_in(file(tmp_path, [employer(n) for n in range(3)]), blanks_erase=True)
    show(upload_id)
    report = queries.upload(upload_id, by=QUANG).report
    assert report is not None
    assert [(column.name, column.changed, column.erased) for column in report.columns] == [("address", 3, 3)]


def test_where_the_register_has_moved_on_the_file_is_shown_again(tmp_path):
    by_command(tmp_path, employer(1))
    upload_id = hand_in(file(tmp_path, [employer(1, name="Mới"), employer(2)]))
    show(upload_id)
    confirm(upload_id)
    by_command(tmp_path, employer(1, name="Vừa đổi"))
    row = show(upload_id)
    assert (row.state, row.confirmed_at, row.shown_again) == (State.WAITING, None, True)
    assert names() == {"TZ0001A": "Vừa đổi"}
    assert ImportRun.objects.filter(state="stopped", dry_run=False).count() == 1
    row = show(upload_id)
    assert row.state == State.SHOWN
    assert queries.examples(upload_id, by=QUANG) == {"name": [(2, "Vừa đổi", "Mới")]}
    assert do_job(upload_id).state == State.DONE
    assert names() == {"TZ0001A": "Mới", "TZ0002A": "Công ty 2"}
    assert "import.not_as_shown" in kinds_of(row)


@pytest.mark.parametrize("moved", ["new became old", "old became the same", "refused became good"])
def test_any_other_effect_than_was_shown_is_not_loaded(tmp_path, moved):
    rows = [employer(1, name="Mới"), employer(2, office_code="03109")]
    if moved != "new became old":
        by_command(tmp_path, employer(1))
    upload_id = hand_in(file(tmp_path, rows))
    show(upload_id)
    confirm(upload_id)
    if moved == "refused became good":
        provenance = {"run_id": 0, "line": 1, "as_of": NOW, "province_code": "31", "name": "Mẫu"}
        Office.objects.create(code="03101", **provenance)
        Office.objects.create(code="03109", parent_id="03101", **provenance)
    else:
        by_command(tmp_path, employer(1, name="Mới" if moved == "old became the same" else "Khác"))
    before = names()
    assert show(upload_id).state == State.WAITING
    assert names() == before


def test_batches_before_the_one_that_differs_stay_and_are_shown_as_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "importer", lambda kind: replace(importer(kind), batch_rows=2))
    by_command(tmp_path, *(employer(n) for n in range(6)))
    upload_id = hand_in(file(tmp_path, [employer(n, name=f"Mới {n}") for n in range(6)]))
    show(upload_id)
    confirm(upload_id)
    by_command(tmp_path, employer(4, name="Vừa đổi"))
    show(upload_id)
    assert names()["TZ0001A"] == "Mới 1"
    assert names()["TZ0004A"] == "Vừa đổi"
    show(upload_id)
    report = queries.upload(upload_id, by=QUANG).report
    assert report is not None
    assert report.same + report.changed == 6
    assert report.same >= 2


@pytest.mark.parametrize(
    ("changed", "same", "large"),
    [(100, 0, True), (99, 0, False), (100, 400, False), (101, 400, True), (0, 0, False)],
)
def test_a_large_change_is_many_rows_and_a_large_share(tmp_path, changed, same, large):
    report = by_command(tmp_path, employer(1))
    assert confirming.is_large(replace(report, changed=changed, same=same)) is large


@pytest.fixture
def large(tmp_path, settings):
    settings.IMPORT_SECOND_ROWS = 2
    by_command(tmp_path, employer(1), employer(2))
    upload_id = hand_in(file(tmp_path, [employer(1, name="Một"), employer(2, name="Hai")]))
    assert show(upload_id).needs_second
    return upload_id


def test_a_large_change_waits_for_a_second_person(large):
    assert confirm(large) is False
    assert Upload.objects.get().state == State.SHOWN
    with pytest.raises(confirming.NeedsSecond):
        confirm(large)
    with pytest.raises(NotYours):
        confirm(large, ELSEWHERE)
    assert confirm(large, MAI)
    row = show(large)
    assert (row.state, row.confirmed_name) == (State.DONE, "Mai")
    assert names()["TZ0001A"] == "Một"


def test_a_second_person_may_confirm_before_the_first(large):
    assert confirm(large, MAI)
    assert show(large).state == State.DONE


def test_the_database_itself_lets_nobody_confirm_a_large_change_alone(large):
    with pytest.raises(IntegrityError, match="imports_upload_second_person"), transaction.atomic():
        Upload.objects.update(confirmed_id=F("actor_id"))


def test_only_what_was_read_is_confirmed(tmp_path):
    upload_id = hand_in(file(tmp_path, [employer(1)]))
    with pytest.raises(confirming.NotShown):
        confirming.confirm(upload_id, 0, by=QUANG, now=NOW)
    row = show(upload_id)
    assert row.shown_id is not None
    with pytest.raises(confirming.NotShown):
        confirming.confirm(upload_id, row.shown_id - 1, by=QUANG, now=NOW)
    assert confirm(upload_id)
    with pytest.raises(confirming.NotShown):
        confirm(upload_id)
    assert len(waiting_jobs()) == 2


def test_a_file_that_is_shown_is_cancelled_by_hand_or_by_time(tmp_path):
    from ..uploads import submission

    first, second = (hand_in(file(tmp_path, [employer(n)])) for n in (1, 2))
    for upload_id in (first, second):
        show(upload_id)
    submission.cancel(first, by=QUANG, now=NOW)
    assert confirming.forget_unconfirmed(NOW + timedelta(days=6)) == 0
    assert confirming.forget_unconfirmed(NOW + timedelta(days=8)) == 1
    assert {row.state for row in Upload.objects.all()} == {State.CANCELLED}
    assert (stored(), SubjectKey.objects.count(), Employer.objects.count()) == ([], 0, 0)


def test_the_same_file_is_not_taken_twice_while_it_is_shown(tmp_path):
    path = file(tmp_path, [employer(1)])
    upload_id = hand_in(path)
    show(upload_id)
    assert hand_in(path) == upload_id
