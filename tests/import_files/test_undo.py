"""A run is undone: each row goes back to what it was, unless it changed since; every kind."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.import_files.full_rows import FULL, LAN
from tests.import_files.rows_of_every_kind import NOW, foundations, load, optional, rows_in
from vssid.domain.audit.models import Event
from vssid.domain.imports import queries
from vssid.domain.imports.merge import undo as undoing
from vssid.domain.imports.models import Before, ImportRun, RowError
from vssid.domain.participants import queries as participants
from vssid.domain.participants.models.people import Contribution, Identifier, Person
from vssid.domain.vault.models import SubjectKey
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import IdNumber

pytestmark = pytest.mark.django_db

# Blank together they would leave a row that breaks a rule.
STAY = {"visits": {"total"}, "xml1": {"t_bhtt", "t_bncct"}}
PERSON = {"full_name": "Nguyễn Văn Bình", "birth_date": "1979", "sex": "1"}
OTHER = PERSON | {"bhxh_code": "3199000002"}
PEOPLE, JOB = FULL["people"][1], FULL["participation"][1]


def undo(run_id, now=NOW):
    return undoing.undo(run_id, by=SYSTEM, now=now)


def counts(report):
    """Gone back, removed, left."""
    return report.changed, report.new, report.refused


def left(report):
    return list(RowError.objects.filter(run=report.run_id).values_list("line", "code"))


def origins(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT run_id, line FROM {table} ORDER BY 1, 2")
        return cursor.fetchall()


def blanked(kind):
    return FULL[kind][1] | dict.fromkeys(set(optional(kind)) - STAY.get(kind, set()), "")


@pytest.mark.parametrize("kind", FULL)
def test_changed_rows_become_what_they_were_with_the_origin_they_had(tmp_path, kind):
    foundations(tmp_path)
    table, row = FULL[kind]
    load(tmp_path, kind, row)
    before, came_from = rows_in(table), origins(table)
    changing, _ = load(tmp_path, kind, blanked(kind), blanks_erase=True)
    assert changing.changed == 1
    assert rows_in(table) != before
    done = undo(changing.run_id)
    assert counts(done) == (1, 0, 0)
    assert rows_in(table) == before
    assert origins(table) == came_from
    # All is as if the run had not been: the file changes the same again.
    assert load(tmp_path, kind, row)[0].same == 1
    assert load(tmp_path, kind, blanked(kind), blanks_erase=True)[0].changed == 1


@pytest.mark.parametrize("kind", FULL)
def test_new_rows_go(tmp_path, kind):
    foundations(tmp_path)
    table, row = FULL[kind]
    if kind == "people":
        row = OTHER
    before = rows_in(table)
    adding, why = load(tmp_path, kind, row)
    assert (adding.new, why) == (1, "")
    assert counts(undo(adding.run_id)) == (0, 1, 0)
    assert rows_in(table) == before
    assert load(tmp_path, kind, row)[0].new == 1


@pytest.mark.parametrize("kind", FULL)
def test_what_changed_since_stays_and_is_listed_by_its_line(tmp_path, kind):
    foundations(tmp_path)
    table, row = FULL[kind]
    load(tmp_path, kind, row)
    changing, _ = load(tmp_path, kind, blanked(kind), blanks_erase=True)
    assert load(tmp_path, kind, row)[0].changed == 1
    now = rows_in(table)
    done = undo(changing.run_id)
    assert counts(done) == (0, 0, 1)
    assert left(done) == [(2, "changed_since")]
    assert rows_in(table) == now


@pytest.mark.parametrize("kind", FULL)
def test_what_was_new_and_changed_since_stays_too(tmp_path, kind):
    foundations(tmp_path)
    table, row = FULL[kind]
    if kind == "people":
        row = OTHER | {"street": "Số 1"}
    adding, _ = load(tmp_path, kind, row)
    blank = row | {"street": ""} if kind == "people" else blanked(kind)
    assert load(tmp_path, kind, blank, blanks_erase=True)[0].changed == 1
    now = rows_in(table)
    done = undo(adding.run_id)
    assert counts(done) == (0, 0, 1)
    assert left(done) == [(2, "changed_since")]
    assert rows_in(table) == now


@pytest.mark.parametrize("kind", FULL)
def test_runs_are_undone_one_after_another_the_last_first(tmp_path, kind):
    foundations(tmp_path)
    table, row = FULL[kind]
    states, runs = [], []
    for given, more in ((row, {}), (blanked(kind), {"blanks_erase": True}), (row, {})):
        states.append(rows_in(table))
        runs.append(load(tmp_path, kind, given, **more)[0])
    for state, run in zip(states[:0:-1], runs[:0:-1], strict=True):
        assert counts(undo(run.run_id)) == (1, 0, 0)
        assert rows_in(table) == state


def test_id_numbers_lead_again_to_whom_they_led(tmp_path):
    foundations(tmp_path)
    load(tmp_path, "people", PEOPLE)
    known = sorted(Identifier.objects.values_list("kind", "key", "person_id"))
    changing, _ = load(
        tmp_path, "people", PEOPLE | {"id_number": "031188000009", "old_id_number": "031000009"}
    )
    assert participants.by_id_number(IdNumber("031188000001")) is None
    undo(changing.run_id)
    assert sorted(Identifier.objects.values_list("kind", "key", "person_id")) == known
    person = participants.by_id_number(IdNumber("031188000001"))
    assert person is not None
    assert person.phone is not None
    assert person.phone.reveal() == "+84590000001"


def test_an_old_id_number_that_another_person_has_by_now_stays_there(tmp_path):
    foundations(tmp_path)
    changing, _ = load(tmp_path, "people", PEOPLE | {"id_number": "031188000009"})
    load(tmp_path, "people", OTHER | {"id_number": "031188000001"})
    done = undo(changing.run_id)
    assert left(done) == [(2, "id_taken")]
    person = participants.by_id_number(IdNumber("031188000001"))
    assert person is not None
    assert person.full_name == "Nguyễn Văn Bình"
    assert Person.objects.count() == 2


def test_a_new_person_goes_with_key_and_identifiers_unless_something_is_theirs(tmp_path):
    foundations(tmp_path)
    known = SubjectKey.objects.count()
    third = OTHER | {"bhxh_code": "3199000003"}
    adding, _ = load(tmp_path, "people", OTHER, third)
    job, _ = load(tmp_path, "participation", JOB | {"bhxh_code": "3199000003"})
    done = undo(adding.run_id)
    assert counts(done) == (0, 1, 1)
    assert left(done) == [(3, "hangs")]
    assert sorted(Person.objects.values_list("bhxh_code", flat=True)) == [LAN, "3199000003"]
    assert not Identifier.objects.filter(key="3199000002").exists()
    assert SubjectKey.objects.count() == known + 1
    assert counts(undo(job.run_id)) == (0, 1, 0)
    assert not Contribution.objects.exists()


def test_files_of_people_and_their_periods_are_undone_the_last_first(tmp_path):
    foundations(tmp_path)
    people, _ = load(tmp_path, "people", OTHER)
    job, _ = load(tmp_path, "participation", JOB | {"bhxh_code": "3199000002"})
    undo(job.run_id)
    assert counts(undo(people.run_id)) == (0, 1, 0)


@pytest.mark.parametrize("table", ["accounts_login_name", "support_ticket"])
def test_what_any_room_holds_of_a_person_keeps_them(tmp_path, table):
    from vssid.domain.imports.merge import undo_tables

    with connection.cursor() as cursor:
        references = undo_tables.references(cursor, "participants_person", ["person_id", "child_id"])
    assert table in {where for where, _ in references}


def test_a_new_office_goes_only_when_nobody_is_there_and_a_chain_goes_whole(tmp_path):
    foundations(tmp_path)
    new = {"name": "Mới", "province_code": "31"}
    rows = [
        new | {"code": "03107", "parent_code": "03100"},
        new | {"code": "03108", "parent_code": "03107"},
        new | {"code": "03109", "parent_code": "03100"},
    ]
    adding, _ = load(tmp_path, "offices", *rows)
    load(tmp_path, "people", OTHER | {"office_code": "03109"})
    done = undo(adding.run_id)
    assert counts(done) == (0, 2, 1)
    assert left(done) == [(4, "hangs")]


def test_what_the_run_had_said_of_a_person_stays_in_the_history(tmp_path):
    foundations(tmp_path)
    adding, _ = load(tmp_path, "participation", JOB)
    undo(adding.run_id)
    person_id = Person.objects.get().person_id
    (told,) = participants.versions(person_id, "contribution")
    assert told.run_id == adding.run_id


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        ({"dry_run": True}, "nothing"),
        ({"rows_changed": 0}, "nothing"),
        ({"state": "merging", "ended_at": None}, "nothing"),
        ({"ended_at": NOW - timedelta(days=31)}, "late"),
        ({"kind": "merges"}, "kind"),
        ({"kind": "decision"}, "kind"),
    ],
)
def test_a_run_is_undone_only_where_it_can_be(tmp_path, spoil, reason):
    foundations(tmp_path)
    changing, _ = load(tmp_path, "people", PEOPLE | {"street": "Số 2"})
    ImportRun.objects.filter(id=changing.run_id).update(**spoil)
    with pytest.raises(undoing.CannotUndo) as refused:
        undo(changing.run_id)
    assert refused.value.facts["reason"] == reason


def test_a_run_is_undone_once_and_an_undo_never(tmp_path):
    foundations(tmp_path)
    changing, _ = load(tmp_path, "people", PEOPLE | {"street": "Số 2"})
    done = undo(changing.run_id)
    for run_id, reason in ((changing.run_id, "undone"), (done.run_id, "kind")):
        with pytest.raises(undoing.CannotUndo) as refused:
            undo(run_id)
        assert refused.value.facts["reason"] == reason
    assert Event.objects.filter(kind="import.undone").count() == 1


def test_an_undone_run_is_not_the_last_that_was_done(tmp_path):
    foundations(tmp_path)
    first, _ = load(tmp_path, "participation", JOB)
    second, _ = load(tmp_path, "participation", JOB | {"job": "Tổ trưởng"})
    undo(second.run_id)
    last = queries.last_done("participation")
    assert last is not None
    assert last.run_id == first.run_id


def test_what_rows_were_is_kept_for_a_term(tmp_path):
    foundations(tmp_path)
    load(tmp_path, "collectors", {"code": "C0", "name": "Khác"})
    assert Before.objects.count() == 1
    ended = ImportRun.objects.latest("id").ended_at
    assert ended is not None
    assert undoing.forget_before(ended + timedelta(days=29)) == 0
    assert undoing.forget_before(ended + timedelta(days=31)) == 1


def test_an_undo_that_waits_for_its_worker_is_no_run_to_go_on_with(tmp_path):
    foundations(tmp_path)
    changing, _ = load(tmp_path, "collectors", {"code": "C0", "name": "Khác"})
    undo_id = undoing.ask(changing.run_id, by=SYSTEM, now=NOW)
    again, _ = load(tmp_path, "collectors", {"code": "C9", "name": "Khác"})
    assert again.run_id != undo_id
    done = undoing.do(undo_id, now=NOW, wait=timedelta(0))
    assert counts(done) == (1, 0, 0)
    assert undoing.do(undo_id, now=NOW, wait=timedelta(0)) == done
