"""A program reads and invites what HR's pages do, of its own employer alone."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.making import employers_hr
from tests.making.employers_hr import ELSEWHERE, HERE
from vssid.domain.audit.models import Event
from vssid.domain.employers.alignment import queries as alignment
from vssid.domain.employers.corrections import sending
from vssid.domain.employers.invitations.tests import invited
from vssid.domain.employers.invitations.tests.invited import Workers
from vssid.domain.employers.models import Difference, Invitation, InvitationRound, Worker
from vssid.domain.employers.models.standing import Standing
from vssid.domain.employers.software.tests.made import HR, Program, make_administrator, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def workers() -> Workers:
    return invited.make_workers()


@pytest.fixture
def program(workers: Workers) -> Program:
    return Program(make_program(make_administrator(HERE)))


def test_workers_are_read_with_their_stage_page_by_page(program: Program, workers: Workers) -> None:
    first = program.get("/workers?limit=1").json()
    assert first["next_after"] == first["workers"][0]["id"]
    second = program.get(f"/workers?limit=1&after={first['next_after']}").json()
    assert second["next_after"] is None
    rows = {row["id"]: row for row in [*first["workers"], *second["workers"]]}
    assert rows.keys() == {workers.lan, workers.binh}
    lan = rows[workers.lan]
    assert (lan["stage"], lan["department"], lan["wants_no_invitation"]) == ("none", "May", False)
    assert lan.keys() == {"id", "full_name", "bhxh_code", "stage", "department", "wants_no_invitation"}
    assert [row["id"] for row in program.get("/workers?department=Kho").json()["workers"]] == [workers.binh]
    invited.invite(workers.lan)
    assert [row["id"] for row in program.get("/workers?stage=invited").json()["workers"]] == [workers.lan]
    reached = program.get("/stages").json()
    assert (reached["workers"], reached["reached"]["invited"], reached["reached"]["sent"]) == (2, 1, 0)


def test_a_page_after_somebody_who_left_is_refused_and_not_an_end(program: Program, workers: Workers) -> None:
    first = program.get("/workers?limit=1").json()["next_after"]
    Worker.objects.filter(person_id=first).delete()
    for path in (f"/workers?after={first}", "/differences?kind=name&after=1"):
        answer = program.get(path)
        assert (answer.status_code, answer.json()["code"]) == (409, "cursor_gone")


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/workers?stage=hired", "stage"),
        ("/workers?limit=501", "limit"),
        ("/workers?limit=0", "limit"),
        ("/workers?after=x", "after"),
        ("/workers?page=2", "page"),
        ("/workers?q=a%00", "q"),
        ("/stages?x=1", "x"),
        ("/differences?kind=wages", "kind"),
        ("/differences?kind=name&state=lost", "state"),
    ],
)
def test_a_parameter_that_says_nothing_is_refused(program: Program, path: str, wrong: str) -> None:
    answer = program.get(path)
    assert (answer.status_code, answer.json()["code"], answer.json()["parameter"]) == (
        422,
        "bad_parameter",
        wrong,
    )
    assert answer["Content-Type"] == "application/problem+json"


def test_differences_are_read_with_the_state_of_their_request() -> None:
    employers_hr.make_employers()
    employers_hr.take(employers_hr.table("Nguyễn Thị Lân,01/01/1990,0000000001,,,,,"))
    by = make_administrator(HERE)
    program = Program(make_program(by))
    counts = program.get("/differences").json()["counts"]
    assert counts["name"] == {"open": 1, "register": 0, "file": 0}
    assert counts == {kind: dict(states) for kind, states in alignment.counts(HERE).items()}
    [one] = program.get("/differences?kind=name").json()["differences"]
    assert (one["file"]["full_name"], one["register"]["full_name"]) == ("Nguyễn Thị Lân", "Nguyễn Thị Lan")
    assert (one["register"]["birth_date"], one["request"]) == ("1990-01-01", None)
    sending.send(HERE, [Difference.objects.get(kind="name").id], by=by, now=timezone.now())
    [one] = program.get("/differences?kind=name").json()["differences"]
    assert one["request"]["number"]


def test_a_dry_run_tells_and_writes_nothing(program: Program, workers: Workers) -> None:
    said = {"channel": "email", "workers": [workers.lan, workers.binh], "dry_run": True}
    answer = program.post("/invitations", said)
    assert (answer.status_code, answer.json()) == (200, {"would_invite": 1, "skipped": {"no_way": 1}})
    assert not Invitation.objects.exists()


def test_what_is_sent_twice_is_done_once(program: Program, workers: Workers) -> None:
    said = {"channel": "sms", "workers": [workers.lan, workers.binh]}
    first, again = (program.post("/invitations", said, key="a-1") for _time in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert (first.json()["invited"], again["Idempotent-Replayed"]) == (2, "true")
    assert InvitationRound.objects.count() == 1
    event = Event.objects.get(kind="employer.workers_invited")
    assert event.actor_name == "API: Lương Việt"
    other = program.post("/invitations", said | {"workers": [workers.lan]}, key="a-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_invite_once() -> None:
    workers = invited.make_workers()
    program = Program(make_program(make_administrator(HERE)))
    said, answers = {"channel": "slip", "workers": [workers.lan]}, list[Any]()

    def ask() -> None:
        try:
            answers.append(program.post("/invitations", said, key="once"))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 3
    assert len({answer.json()["round"] for answer in answers}) == 1
    assert InvitationRound.objects.count() == 1


def test_who_cannot_be_invited_is_told_and_may_be_asked_for_again(program: Program, workers: Workers) -> None:
    said = {"channel": "sms", "workers": [workers.lan]}
    assert program.post("/invitations", said, key="1").status_code == 201
    answer = program.post("/invitations", said, key="2")
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_to_invite")
    assert answer.json()["skipped"] == {"soon": 1}


@pytest.mark.parametrize(
    ("said", "key", "wrong"),
    [
        ({"channel": "sms"}, "k", "workers"),
        ({"channel": "sms", "workers": []}, "k", "workers"),
        ({"channel": "sms", "workers": [True]}, "k", "workers"),
        ({"channel": "sms", "workers": ["1"]}, "k", "workers"),
        ({"channel": "sms", "workers": [1], "stage": "none"}, "k", "workers"),
        ({"channel": "fax", "workers": [1]}, "k", "channel"),
        ({"channel": "sms", "stage": 1}, "k", "stage"),
        ({"channel": "sms", "workers": [1], "dry_run": "yes"}, "k", "dry_run"),
        ({"channel": "sms", "workers": [1], "dryrun": True}, "k", "dryrun"),
        ({"channel": "sms", "workers": [1]}, "", "Idempotency-Key"),
        ({"channel": "sms", "workers": [1]}, "k" * 101, "Idempotency-Key"),
        ([], "k", "body"),
        ("{", "k", "body"),
    ],
)
def test_what_is_not_clear_invites_nobody(program: Program, said: object, key: str, wrong: str) -> None:
    answer = program.post("/invitations", said, key=key)
    assert (answer.status_code, answer.json()["parameter"]) == (422, wrong)
    assert not InvitationRound.objects.exists()


def test_a_program_reaches_nobody_of_another_employer(workers: Workers) -> None:
    program = Program(make_program(make_administrator(ELSEWHERE)))
    assert program.get("/workers").json()["workers"] == []
    assert program.get(f"/workers?after={workers.lan}").json()["code"] == "cursor_gone"
    assert program.get("/stages").json()["workers"] == 0
    assert program.get("/differences?kind=missing").json()["differences"] == []
    answer = program.post("/invitations", {"channel": "slip", "workers": [workers.lan]}, key="k")
    assert (answer.status_code, answer.json()["skipped"]) == (409, {})  # as of a number that is nobody's
    assert not Invitation.objects.exists()


def test_an_employer_that_ceased_is_read_and_invites_nobody(program: Program, workers: Workers) -> None:
    now = timezone.now()
    Standing.objects.create(employer_id=HERE, kind=Standing.CEASED, from_on=now.date(), made_at=now)
    assert program.get("/stages").status_code == 200
    answer = program.post("/invitations", {"channel": "slip", "workers": [workers.lan]}, key="k")
    assert (answer.status_code, answer.json()["code"]) == (409, "employer_over")


@pytest.mark.parametrize("path", ["/workers", "/stages", "/differences", "/invitations"])
def test_without_a_token_nothing_is_told(program: Program, path: str) -> None:
    ask = Client().post if path == "/invitations" else Client().get
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic YTpi"}):
        answer = ask(f"{HR}{path}", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")
        assert answer["WWW-Authenticate"].startswith("Bearer ")
    wrong = Client().put(f"{HR}{path}")
    assert (wrong.status_code, wrong["Allow"]) == (405, "POST" if path == "/invitations" else "GET")


def test_a_program_that_runs_wild_waits_alone(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from vssid.domain.verification import limits

    monkeypatch.setitem(limits.RULES, "software_calls", replace(limits.RULES["software_calls"], limit=1))
    other = Program(make_program(make_administrator(HERE), name="Khác"))
    assert [program.get("/stages").status_code for _time in range(2)] == [200, 429]
    assert int(program.get("/stages")["Retry-After"]) > 0
    assert other.get("/stages").status_code == 200
