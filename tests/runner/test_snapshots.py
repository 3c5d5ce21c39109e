"""What is put back is what was made; wherever it could be something else, it is made."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from tests.making import registrations
from tests.making.registrations import BINH, LAN, NOW, make_application, make_office, make_officer
from tests.runner import snapshots
from tests.runner.snapshots import snapshot
from vssid.domain.audit.verify import verify_chain
from vssid.domain.identity import queries as images
from vssid.domain.identity.kinds import OF_AN_ID
from vssid.domain.offices.models import Office
from vssid.domain.registration import actions, sealing
from vssid.domain.registration.models import Application
from vssid.domain.verification.proofs import Address, Proof

pytestmark = pytest.mark.django_db
made: list[str] = []


@snapshot
def make_place(code: str = "03101") -> str:
    """An office; notes that it was made and not put back."""
    made.append(code)
    transaction.on_commit(made.clear)
    return make_office(code).code


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshots, "_root", snapshots.State(snapshots._root.made_at, {}))
        made.clear()
        yield


@contextmanager
def the_empty_database() -> Iterator[None]:
    """As at the beginning of a test, of which nothing stays."""
    point = transaction.savepoint()
    snapshots._run.state = snapshots._root
    snapshots._run.written = snapshots._ask(snapshots.WRITTEN)
    yield
    transaction.savepoint_rollback(point)


def calls(*codes: str, within: AbstractContextManager[Any] | None = None) -> list[str]:
    """Make these places, each in the empty database; those that were made and not put back."""
    made.clear()
    with within or nullcontext():
        for code in codes:
            with the_empty_database():
                assert make_place(code) == code
                assert [office.code for office in Office.objects.all()] == [code]
    return list(made)


def test_what_was_made_twice_is_put_back() -> None:
    assert calls("03101", "03101", "03101", "03101") == ["03101", "03101"]
    assert calls("03102", "03101") == ["03102"]


def test_an_application_that_is_put_back_is_the_one_that_was_made() -> None:
    rows = []
    for _time in range(3):
        with the_empty_database():
            application_id = make_application()
            rows.append(snapshots._rows())
    assert rows[2] == rows[1]
    assert rows[2].keys() == rows[0].keys(), "the first was made without being read"
    with the_empty_database():
        assert make_application() == application_id
        application = Application.objects.get()
        assert sealing.form_of(application).full_name == LAN.full_name
        assert all(images.content(application_id, kind) for kind in OF_AN_ID)
        officer = make_officer()
        actions.receive_form(application_id, by=officer, now=NOW)
        actions.see_original(application_id, by=officer, now=NOW)
        actions.approve(application_id, by=officer, now=NOW)
        assert make_application(BINH) > application_id, "numbers go on where they were"
        assert verify_chain().broken == []


def test_what_follows_what_was_put_back_is_put_back_too() -> None:
    for times, expected in ((2, ["03101", "03102"] * 2), (2, ["03102"]), (1, [])):
        made.clear()
        for _time in range(times):
            with the_empty_database():
                make_place("03101")
                make_place("03102")
                assert Office.objects.count() == 2
        assert made == expected


def test_after_anything_else_was_written_it_is_made() -> None:
    calls("03101", "03101")
    with the_empty_database():
        make_office("03109")
        make_place("03101")
        assert Office.objects.count() == 2
    assert made == ["03101", "03101", "03101"]


def test_what_another_connection_left_there_is_no_hindrance() -> None:
    calls("03101", "03101")
    with the_empty_database():
        make_office("03101")
        snapshots._run.state, snapshots._run.written = snapshots._root, snapshots._ask(snapshots.WRITTEN)
        assert make_place("03101") == "03101"
        assert Office.objects.count() == 1
    assert made == ["03101", "03101"]


@pytest.mark.parametrize(
    "other",
    [
        lambda: override_settings(REGISTRATION_DAYS=11),
        lambda: mock.patch.object(registrations, "ADDRESS", "203.0.113.9"),
    ],
    ids=["settings", "mock"],
)
def test_in_another_world_it_is_made(other: Any) -> None:
    calls("03101", "03101")
    assert calls("03101", within=other()) == ["03101"]
    assert calls("03101") == []


def test_where_a_test_patched_something_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    calls("03101", "03101")
    monkeypatch.setattr(registrations, "ADDRESS", "203.0.113.9")
    assert calls("03101") == ["03101"]


@pytest.mark.parametrize(("seconds", "expected"), [(29, []), (31, ["03101"]), (-1, ["03101"])])
def test_at_another_time_it_is_made(time_machine: Any, seconds: int, expected: list[str]) -> None:
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    calls("03101", "03101")
    time_machine.move_to(now + timedelta(seconds=seconds), tick=False)
    assert calls("03101") == expected


def test_what_waits_for_the_commit_waits_again() -> None:
    waiting = []
    for _time in range(3):
        with the_empty_database():
            make_place()
            waiting.append(len(connection.run_on_commit))
    assert waiting == [1, 2, 3], "a rolled back savepoint of these tests keeps them"


@pytest.mark.parametrize(
    ("given", "other"),
    [
        (1, True),
        ("203.0.113.5", Address("203.0.113.5")),
        (Address("::1"), Address("::1", Proof("a token"))),
        ([1], [True]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1.0}),
    ],
)
def test_what_only_looks_alike_is_another_call(given: Any, other: Any) -> None:
    assert given == other
    assert snapshots._key(make_place, (given,), {}) != snapshots._key(make_place, (other,), {})


def test_what_is_given_in_lists_and_dictionaries_is_told_apart() -> None:
    given: tuple[Any, ...] = ({"answers": ["a", {"b": 1}]},)
    assert snapshots._key(make_place, given, {}) == snapshots._key(make_place, copy.deepcopy(given), {})
    given[0]["answers"].append("c")
    before = snapshots._key(make_place, given, {})
    given[0]["answers"][1]["b"] = 2
    assert before != snapshots._key(make_place, given, {})
    assert snapshots._key(make_place, ({"a": set()},), {}) is None
