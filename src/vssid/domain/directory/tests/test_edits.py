"""Edits by hand: the rules of the files, days to come, what others did meanwhile, history."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.making.places_of_the_directory import make_point
from tests.making.registrations import make_office
from tests.making.requests_of_people import make_facilities
from vssid.domain.audit.models import Event
from vssid.domain.directory import cells, edit_queries, edits, index, search
from vssid.domain.directory.edits import Why
from vssid.domain.directory.models import Change, Facility, Point
from vssid.domain.imports.errors import AlreadyRunning
from vssid.domain.imports.merge import row_merge, writer_lock
from vssid.domain.imports.models import ImportRun
from vssid.domain.offices.models import Office
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import Invalid, NotYours

from ..criteria import Criteria

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)  # Friday 10:00 in Việt Nam
TODAY = date(2026, 11, 27)
QUANG = Actor(ActorKind.OFFICER, 77, "Quang", "03101")
POINT, OFFICE, FACILITY = "point", "office", "facility"
CODE = "P0000001"
NEW = {
    "code": "P0000009",
    "name": "Đại lý thu Mới (mẫu)",
    "services": "household_bhyt",
    "province_code": "31",
    "commune_code": "11311",
    "hours": "2-6 07:30-11:30 13:30-17:00",
}


@pytest.fixture(autouse=True)
def places():
    make_office()
    make_facilities()
    Facility.objects.update(commune_code="11311")  # around the office of Hồng Bàng
    make_point()
    index.refresh()


def why(on: date = TODAY, reason: str = "Điểm thu báo đổi số", now: datetime = NOW) -> Why:
    return Why(reason, on, QUANG, now)


def seen(kind: str = POINT, code: str = CODE) -> str:
    return edits.stamp(edits.row_of(kind, code))


def change(typed: dict[str, str], because: Why | None = None, **more: Any) -> Change:
    return edits.change(POINT, CODE, typed, because or why(), seen=more.get("seen") or seen())


def matching_codes(text: str, day: date = TODAY) -> list[str]:
    index.refresh()
    return [place.code for place in search.search(text, Criteria(), day=day).places]


def test_what_is_changed_holds_at_once_and_is_found():
    made = change({"phone": "0590 000 999", "name": "Bưu cục Sông Cấm (mẫu)"})
    row = Point.objects.get(code=CODE)
    assert (row.phone, row.name, row.as_of) == ("0590 000 999", "Bưu cục Sông Cấm (mẫu)", NOW)
    assert (made.state, made.before["phone"], made.after["phone"]) == ("done", "0590 000 001", "0590 000 999")
    assert set(made.after) == {"phone", "name"}
    assert matching_codes("song cam") == [CODE]


def test_a_row_that_was_changed_says_that_it_was_by_hand():
    change({"phone": "1"})
    run = ImportRun.objects.get(id=Point.objects.get(code=CODE).run_id)
    assert (run.kind, run.sender, run.actor_id) == ("decision", edits.SENDER, 77)


def test_every_row_survives_being_read_as_cells_and_written_again():
    Office.objects.update(closed_days=[date(2026, 12, 24)], old_districts=["Quận Một", "Quận Hai"])
    for kind, code in ((POINT, CODE), (OFFICE, "03101"), (FACILITY, "31902")):
        with pytest.raises(edits.Unchanged):
            edits.change(kind, code, cells.of(kind, edits.row_of(kind, code)), why(), seen=seen(kind, code))
    assert Change.objects.count() == 0


def test_a_day_is_read_as_it_is_written():
    change({"valid_from": "01/02/1901"})
    assert cells.of(POINT, edits.row_of(POINT, CODE))["valid_from"] == "01/02/1901"


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"name": " "}, "name", "missing"),
        ({"name": "a" * 201}, "name", "too_long"),
        ({"name": "a\0b"}, "name", "bad_value"),
        ({"hours": "sáng"}, "hours", "bad_hours"),
        ({"province_code": "99"}, "province_code", "unknown_province"),
        ({"commune_code": "99999"}, "commune_code", "unknown_commune"),
        ({"latitude": "91"}, "latitude", "bad_position"),
        ({"services": "tiem_vac_xin"}, "services", "bad_services"),
        ({"collector_code": "XX"}, "collector_code", "unknown_collector"),
        ({"valid_from": "31/02/2026"}, "valid_from", "bad_day"),
        ({"valid_from": "01/02/0999"}, "valid_from", "bad_day"),
        ({"valid_from": "02/01/2026", "valid_until": "01/01/2026"}, "valid_until", "ends_before"),
        ({"closed_days": "mai"}, "closed_days", "bad_closed_days"),
        ({"area": "1" * 20_001}, "area", "too_long"),
    ],
)
def test_the_rules_of_the_files_hold_by_hand(typed, field, code):
    before = seen()
    with pytest.raises(Invalid) as refused:
        change(typed)
    assert refused.value.fields == {field: code}
    assert seen() == before
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("kind", "code", "field", "cell", "refusal"),
    [
        (FACILITY, "31902", "specialties", f"Nhi khoa | {'a' * 61}", "too_long"),
        (OFFICE, "03101", "old_districts", f"{'a' * 61} | Quận Một", "too_long"),
        (OFFICE, "03101", "services", f"payment {'a' * 31}", "bad_services"),
    ],
)
def test_a_word_among_others_that_is_too_long_is_refused(kind, code, field, cell, refusal):
    with pytest.raises(Invalid) as refused:
        edits.change(kind, code, {field: cell}, why(), seen=seen(kind, code))
    assert refused.value.fields == {field: refusal}


def test_words_as_long_as_they_may_be_are_taken():
    long = f"Nhi khoa | {'ă' * 60}"
    edits.change(FACILITY, "31902", {"specialties": long}, why(), seen=seen(FACILITY, "31902"))
    assert Facility.objects.get(code="31902").specialties == ["Nhi khoa", "ă" * 60]


@pytest.mark.parametrize(
    ("because", "fields"),
    [
        (why(reason="  abc "), {"reason": "reason_short"}),
        (why(reason="a" * 501), {"reason": "reason_long"}),
        (why(on=TODAY - timedelta(days=1)), {"on": "bad_on"}),
        (why(on=TODAY + timedelta(days=367)), {"on": "bad_on"}),
    ],
)
def test_a_reason_and_a_day_within_a_year_are_needed(because, fields):
    with pytest.raises(Invalid) as refused:
        change({"phone": "1"}, because)
    assert refused.value.fields == fields


def test_a_form_opened_before_another_change_is_refused_with_what_is_there_now():
    opened = seen()
    change({"phone": "0590 000 999"})
    with pytest.raises(edits.Stale) as refused:
        change({"phone": "0590 000 111"}, seen=opened)
    assert refused.value.facts["now"] == {"phone": "0590 000 999"}
    assert Point.objects.get(code=CODE).phone == "0590 000 999"


@pytest.mark.parametrize("code", ["P9999999", "x y", "\0", "ộ", ""])
def test_what_is_not_there_is_not_changed(code):
    with pytest.raises(NotYours):
        edits.change(POINT, code, {"phone": "1"}, why(), seen="")


def test_a_new_place_is_added_and_found():
    made = edits.create(POINT, NEW, why(reason="Mở điểm thu mới"))
    assert (made.action, made.before, made.after["name"]) == ("create", {}, NEW["name"])
    assert matching_codes("dai ly thu moi") == ["P0000009"]


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (NEW | {"code": CODE}, {"code": "exists"}),
        (NEW | {"code": "p 9"}, {"code": "bad_code"}),
        ({k: v for k, v in NEW.items() if k != "code"}, {"code": "missing"}),
        (NEW | {"name": "", "province_code": ""}, {"name": "missing", "province_code": "missing"}),
    ],
)
def test_a_new_place_needs_a_code_of_its_own_and_what_is_required(typed, fields):
    with pytest.raises(Invalid) as refused:
        edits.create(POINT, typed, why())
    assert {field: refused.value.fields[field] for field in fields} == fields
    assert Point.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_code_at_once_one_is_refused():
    def add(name: str) -> str:
        try:
            edits.create(POINT, NEW | {"name": name}, why())
        except Invalid as refused:
            return refused.fields["code"]
        finally:
            connection.close()
        return name

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(add, ("Một (mẫu)", "Hai (mẫu)")))
    (name,) = set(said) - {"exists"}
    assert sorted(said) == sorted(["exists", name])
    assert Point.objects.get(code="P0000009").name == name


@pytest.mark.django_db(transaction=True)
def test_a_due_change_and_an_edit_at_the_same_moment_lose_nothing_of_each_other():
    change({"phone": "0590 000 999"}, why(LATER))

    def edit() -> None:
        try:
            change({"address": "9 Phố Mẫu"}, why(TODAY + timedelta(days=4), now=on_the_day()))
        finally:
            connection.close()

    def apply() -> None:
        try:
            edits.apply_due(on_the_day())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(edit), pool.submit(apply)]
    stale = [future.exception() for future in done if future.exception()]
    assert all(isinstance(error, edits.Stale) for error in stale)
    row = Point.objects.get(code=CODE)
    assert row.phone == "0590 000 999"
    assert row.address == ("5 Phố Mẫu, phường Hồng Bàng, Hải Phòng" if stale else "9 Phố Mẫu")


def test_a_closed_place_is_found_until_its_last_day():
    edits.close(POINT, CODE, "30/11/2026", why(), seen=seen())
    assert matching_codes("buu cuc hong bang", date(2026, 11, 30)) == [CODE]
    assert matching_codes("buu cuc hong bang", date(2026, 12, 1)) == []
    assert Change.objects.get().action == "close"


def test_closing_needs_a_last_day_and_a_place_that_can_close():
    with pytest.raises(Invalid):
        edits.close(POINT, CODE, " ", why(), seen=seen())
    with pytest.raises(NotYours):
        edits.close("collector", "BD", "30/11/2026", why(), seen=seen("collector", "BD"))


LATER = date(2026, 12, 1)


def on_the_day(hours: int = 0) -> datetime:
    return datetime(2026, 12, 1, 1, tzinfo=UTC) + timedelta(hours=hours)


def test_a_change_waits_for_its_day_and_is_applied_once():
    made = change({"phone": "0590 000 999"}, why(LATER))
    assert (made.state, Point.objects.get(code=CODE).phone) == ("waiting", "0590 000 001")
    assert ImportRun.objects.count() == 0, "what was tried is taken back whole"
    assert edits.apply_due(NOW) == 0
    assert edits.apply_due(on_the_day()) == 1
    assert edits.apply_due(on_the_day(1)) == 0
    row, made = Point.objects.get(code=CODE), Change.objects.get()
    assert (row.phone, row.as_of, made.state) == ("0590 000 999", on_the_day(), "done")


def test_on_its_day_a_change_sets_its_own_cells_alone():
    change({"phone": "0590 000 999"}, why(LATER))
    change({"person_in_charge": "Trần Thị Mẫu", "address": "7 Phố Mẫu"})
    edits.apply_due(on_the_day())
    row = Point.objects.get(code=CODE)
    assert (row.phone, row.person_in_charge, row.address) == ("0590 000 999", "Trần Thị Mẫu", "7 Phố Mẫu")


def test_a_new_place_of_a_later_day_is_added_on_that_day():
    edits.create(POINT, NEW, why(LATER))
    assert not Point.objects.filter(code="P0000009").exists()
    with pytest.raises(edits.Waiting):
        edits.create(POINT, NEW, why())
    assert edits.apply_due(on_the_day()) == 1
    assert Point.objects.get(code="P0000009").name == NEW["name"]


def test_two_changes_of_the_same_cell_do_not_wait_together():
    change({"phone": "0590 000 999"}, why(LATER))
    for because in (why(LATER + timedelta(days=9)), why()):
        with pytest.raises(edits.Waiting) as refused:
            change({"phone": "0590 000 111", "address": "8"}, because)
        assert refused.value.facts == {"fields": ["phone"], "on": LATER}
    change({"address": "9 Phố Mẫu"}, why(LATER))


def test_a_withdrawn_change_is_never_applied():
    made = change({"phone": "0590 000 999"}, why(LATER))
    edits.withdraw(made.id, by=QUANG, now=NOW)
    assert edits.apply_due(on_the_day()) == 0
    assert Point.objects.get(code=CODE).phone == "0590 000 001"
    with pytest.raises(NotYours):
        edits.withdraw(made.id, by=QUANG, now=NOW)


def test_what_holds_already_cannot_be_withdrawn():
    made = change({"phone": "0590 000 999"})
    with pytest.raises(NotYours):
        edits.withdraw(made.id, by=QUANG, now=NOW)


def test_what_the_rules_refuse_on_the_day_is_marked_and_leaves_the_others():
    first = edits.create(POINT, NEW | {"collector_code": "BD"}, why(LATER))
    second = change({"phone": "0590 000 999", "collector_code": ""}, why(LATER))
    make_point("P0000009", "Có trước (mẫu)")
    assert edits.apply_due(on_the_day()) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.refusals, second.state) == ("refused", {"code": "exists"}, "done")
    assert [waiting.id for waiting in edit_queries.waiting()] == [first.id]
    assert Point.objects.get(code="P0000009").name == "Có trước (mẫu)"


@pytest.mark.django_db(transaction=True)
def test_while_a_file_of_the_kind_is_loaded_an_edit_is_refused_and_a_due_one_waits(monkeypatch):
    monkeypatch.setattr(row_merge, "WAIT", timedelta(0))
    change({"phone": "0590 000 999"}, why(LATER))
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, hashtext('points'))", [writer_lock.LOCK_SPACE])
        with pytest.raises(AlreadyRunning):
            change({"address": "9 Phố Mẫu"})
        assert edits.apply_due(on_the_day()) == 0
        with other.cursor() as cursor:  # closing alone frees it a moment later
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    assert edits.apply_due(on_the_day()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_that_another_worker_has_in_hand_is_left_to_it():
    made = change({"phone": "0590 000 999"}, why(LATER))
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM directory_change WHERE id = %s FOR UPDATE", [made.id])
        assert edits.apply_due(on_the_day()) == 0
        other.rollback()
    finally:
        other.close()
    assert edits.apply_due(on_the_day()) == 1


@contextmanager
def just_before_the_lock(statement: str, monkeypatch: Any) -> Iterator[None]:
    """Another writer commits while this one waits for the kind's lock."""
    take, other, left = writer_lock.for_this_transaction, connection.copy(), [statement]

    def late(cursor: Any, *more: Any) -> None:
        if left:
            with other.cursor() as writer:
                writer.execute("SET lock_timeout = '2s'")
                writer.execute(left.pop())
        take(cursor, *more)

    monkeypatch.setattr(writer_lock, "for_this_transaction", late)
    try:
        yield
    finally:
        other.close()


MEANWHILE = f"UPDATE directory_point SET address = '5 Phố Khác', as_of = now() WHERE code = '{CODE}'"


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_turn_keeps_no_row_from_the_file_that_is_loaded(monkeypatch):
    opened = seen()
    with just_before_the_lock(MEANWHILE, monkeypatch), pytest.raises(edits.Stale) as refused:
        change({"phone": "1", "address": "6 Phố Mẫu"}, seen=opened)
    assert refused.value.facts == {
        "now": {"phone": "0590 000 001", "address": "5 Phố Khác"},
        "seen": seen(),
    }


@pytest.mark.django_db(transaction=True)
def test_what_was_written_while_a_due_change_waited_for_its_turn_stays(monkeypatch):
    change({"phone": "0590 000 999"}, why(LATER))
    with just_before_the_lock(MEANWHILE, monkeypatch):
        assert edits.apply_due(on_the_day()) == 1
    row = Point.objects.get(code=CODE)
    assert (row.phone, row.address) == ("0590 000 999", "5 Phố Khác")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_the_same_new_place_at_once_one_is_refused():
    def plan(_: int) -> str:
        try:
            return edits.create(POINT, NEW, why(LATER)).state
        except edits.Waiting as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(plan, range(2))) == ["directory_waiting", "waiting"]


def test_due_changes_of_a_kind_that_is_being_loaded_are_asked_for_once(monkeypatch):
    change({"phone": "0590 000 999"}, why(LATER))
    change({"address": "9 Phố Mẫu"}, why(LATER))
    edits.change(OFFICE, "03101", {"phone": "1"}, why(LATER), seen=seen(OFFICE, "03101"))
    asked, take = [], writer_lock.for_this_transaction

    def busy(cursor: Any, importer: Any, wait: timedelta) -> None:
        asked.append(importer.kind)
        if importer.kind == "points":
            raise AlreadyRunning(kind=importer.kind)
        take(cursor, importer, wait)

    monkeypatch.setattr(writer_lock, "for_this_transaction", busy)
    assert edits.apply_due(on_the_day()) == 1
    assert asked.count("points") == 1
    assert Office.objects.get(code="03101").phone == "1"


def test_a_change_that_breaks_leaves_the_others_and_is_tried_again(monkeypatch):
    first = change({"phone": "0590 000 999"}, why(LATER))
    change({"address": "9 Phố Mẫu"}, why(LATER))
    apply_cells = edits._apply_cells

    def broken(due_change: Change, because: Why) -> None:
        if due_change.id == first.id:
            raise OSError
        apply_cells(due_change, because)

    with monkeypatch.context() as patched:
        patched.setattr(edits, "_apply_cells", broken)
        assert edits.apply_due(on_the_day()) == 1
    assert edits.apply_due(on_the_day(1)) == 1
    row = Point.objects.get(code=CODE)
    assert (row.phone, row.address) == ("0590 000 999", "9 Phố Mẫu")


def test_each_step_is_in_the_audit_log_without_what_was_written():
    change({"phone": "0590 000 999"})
    made = change({"address": "9 Phố Mẫu"}, why(LATER))
    edits.withdraw(made.id, by=QUANG, now=NOW)
    change({"address": "9 Phố Mẫu"}, why(LATER))
    edits.apply_due(on_the_day())
    events = Event.objects.filter(kind__startswith="directory.")
    assert sorted((event.kind, event.actor_kind) for event in events) == [
        ("directory.changed", "officer"),
        ("directory.changed", "system"),
        ("directory.planned", "officer"),
        ("directory.planned", "officer"),
        ("directory.withdrawn", "officer"),
    ]
    assert all(event.facts["code"] == CODE for event in events)
    assert "Phố Mẫu" not in str([event.facts for event in events])


def test_the_history_of_a_place_stands_the_newest_first():
    change({"phone": "1"})
    change({"phone": "2"}, why(now=NOW + timedelta(hours=1)))
    assert [past_change.after["phone"] for past_change in edit_queries.history(POINT, CODE)] == ["2", "1"]
    assert edit_queries.history(POINT, "P0000002") == []


def test_a_facility_and_an_office_are_edited_too():
    edits.change(FACILITY, "31902", {"level": "basic"}, why(), seen=seen(FACILITY, "31902"))
    assert Facility.objects.get(code="31902").level == "basic"
    edits.change(OFFICE, "03101", {"closed_days": "2026-12-24"}, why(), seen=seen(OFFICE, "03101"))
    assert Office.objects.get(code="03101").closed_days == [date(2026, 12, 24)]
    with pytest.raises(Invalid) as refused:
        edits.change(OFFICE, "03101", {"parent_code": "03999"}, why(), seen=seen(OFFICE, "03101"))
    assert refused.value.fields == {"parent_code": "unknown_parent"}
