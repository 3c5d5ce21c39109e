"""Edits by hand of a day to come: applied once, and nothing lost to who writes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.making.places_of_the_directory import make_point
from vssid.domain.audit.models import Event
from vssid.domain.directory import edit_queries, edits
from vssid.domain.directory.edits import Why
from vssid.domain.directory.models import Change, Point
from vssid.domain.imports.errors import AlreadyRunning
from vssid.domain.imports.merge import row_merge, writer_lock
from vssid.domain.imports.models import ImportRun
from vssid.domain.offices.models import Office
from vssid.kernel.errors import NotYours

from .editing import (
    CODE,
    LATER,
    NEW,
    NOW,
    OFFICE,
    POINT,
    QUANG,
    TODAY,
    change,
    make_places,
    on_the_day,
    seen,
    why,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    make_places()


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
