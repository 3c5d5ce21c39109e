"""A program changes its secret for a token of some minutes, and is ended at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.making.employers import BIEN_XANH, SAO_MAI, make_employers, make_hr
from tests.making.registrations import make_officer
from vssid.domain.audit.models import Event
from vssid.domain.employers.models import SoftwareClient, SoftwareSecret, SoftwareToken
from vssid.domain.employers.models.standing import Standing
from vssid.domain.employers.seats import actions as seats
from vssid.domain.employers.seats.errors import NoSeat
from vssid.domain.employers.seats.roles import Role
from vssid.domain.employers.software import clients, tokens
from vssid.domain.employers.software.clients import Made
from vssid.domain.employers.software.errors import SoftwareEnded
from vssid.domain.employers.software.scopes import Scope
from vssid.domain.employers.software.tests.made import (
    FORM,
    TOKEN,
    Program,
    ask_token,
    make_administrator,
    make_program,
)
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.errors import Invalid, NotYours

pytestmark = pytest.mark.django_db
GRANT = "grant_type=client_credentials"


@pytest.fixture
def tuan() -> Actor:
    make_employers()
    return make_administrator(SAO_MAI)


@pytest.fixture
def made(tuan: Actor) -> Made:
    return make_program(tuan)


@pytest.mark.parametrize("by_form", [False, True])
def test_a_secret_gives_a_token_of_fifteen_minutes(made: Made, by_form: bool) -> None:
    answer = ask_token(made, by_form=by_form)
    said = answer.json()
    assert (answer.status_code, said["token_type"], said["expires_in"]) == (200, "Bearer", 900)
    assert set(said["scope"].split()) == set(Scope)
    assert answer["Cache-Control"] == "no-store"
    assert "refresh_token" not in said
    assert Program(made).get("/stages").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        late = Client().get("/api/v1/hr/stages", headers={"Authorization": f"Bearer {said['access_token']}"})
        assert (late.status_code, late.json()["code"]) == (401, "invalid_token")
        assert tokens.sweep(timezone.now()) == 2
        assert not SoftwareToken.objects.exists()


def test_nothing_kept_gives_the_secret_or_the_token_away(made: Made) -> None:
    token = ask_token(made).json()["access_token"]
    kept = repr(list(SoftwareSecret.objects.values())) + repr(list(SoftwareToken.objects.values()))
    kept += repr(list(Event.objects.values("facts"))) + repr(made)
    assert made.secret not in kept
    assert token not in kept


@pytest.mark.parametrize(
    ("form", "error", "status"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
        ({"grant_type": "authorization_code"}, "unsupported_grant_type", 400),
        ({"scope": "stages wages"}, "invalid_scope", 400),
    ],
)
def test_another_grant_or_scope_is_refused(made: Made, form: dict[str, str], error: str, status: int) -> None:
    answer = ask_token(made, form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert not SoftwareToken.objects.exists()


def test_a_scope_that_was_not_allowed_is_refused_and_fewer_may_be_asked_for(tuan: Actor) -> None:
    reads = make_program(tuan, [Scope.STAGES, Scope.DIFFERENCES])
    assert ask_token(reads, {"scope": "invite"}).json()["error"] == "invalid_scope"
    little = Program(reads, {"scope": "differences"})
    assert little.get("/differences").status_code == 200
    answer = little.get("/stages")
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
    assert Program(reads).post("/invitations", {}).status_code == 403


@pytest.mark.parametrize("wrong", ["secret", "client", "none", "basic", "bearer"])
def test_who_proves_nothing_gets_no_token(made: Made, tuan: Actor, wrong: str) -> None:
    other = make_program(tuan, name="Khác")
    tried = {
        "secret": Made(made.client_id, "vssid_wrong"),
        "client": Made(other.client_id, made.secret),
        "none": Made(made.client_id, ""),
    }
    if wrong in tried:
        answer = ask_token(tried[wrong])
    else:
        proof = "Basic !!!" if wrong == "basic" else f"Bearer {made.secret}"
        answer = Client().post(TOKEN, GRANT, content_type=FORM, headers={"Authorization": proof})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert not SoftwareToken.objects.exists()


def test_the_token_endpoint_takes_forms_only(made: Made) -> None:
    assert Client().get(TOKEN).status_code == 405
    assert Client().post(f"{TOKEN}?client_secret=x", GRANT, content_type=FORM).status_code == 400
    for body in ("%%%", "grant_type", "grant_type=a&grant_type=a", "\xff\0"):
        answer = Client().post(TOKEN, body, content_type=FORM)
        assert answer.status_code in (400, 401), body
        assert "error" in answer.json()
    long = Client().post(TOKEN, "a" * 10_001, content_type=FORM)
    assert long.status_code == 413


def test_a_new_secret_leaves_the_one_before_some_days_and_ends_older_ones(made: Made, tuan: Actor) -> None:
    second = clients.renew(SAO_MAI, made.client_id, by=tuan, now=timezone.now())
    assert ask_token(made).status_code == ask_token(second).status_code == 200
    [view] = clients.of_employer(SAO_MAI, now=timezone.now())
    assert view.secrets == 2
    third = clients.renew(SAO_MAI, made.client_id, by=tuan, now=timezone.now())
    assert [ask_token(each).status_code for each in (made, second, third)] == [401, 200, 200]
    with time_machine.travel(timezone.now() + clients.OLD_SECRET_LIVES + timedelta(seconds=1)):
        assert [ask_token(each).status_code for each in (second, third)] == [401, 200]


def test_what_is_ended_gets_in_no_more_at_once(made: Made, tuan: Actor) -> None:
    program = Program(made)
    clients.end(SAO_MAI, made.client_id, why="Đổi phần mềm", by=tuan, now=timezone.now())
    assert program.get("/stages").status_code == 401
    assert ask_token(made).status_code == 401
    for act in (clients.renew, lambda *args, **more: clients.end(*args, why="x", **more)):
        with pytest.raises(SoftwareEnded):
            act(SAO_MAI, made.client_id, by=tuan, now=timezone.now())


def test_the_office_ends_a_program_alone_or_with_all_roles(made: Made) -> None:
    director = make_officer("Bạch", role="director")
    program = Program(made)
    seats.end_all(SAO_MAI, why="Theo đề nghị", by=director, now=timezone.now())
    assert program.get("/stages").status_code == 401
    row = SoftwareClient.objects.get()
    assert (row.ended_why, row.ended_by) == ("Theo đề nghị", director.id)
    assert Event.objects.filter(kind="employer.software_ended").count() == 1


def test_only_an_administrator_of_the_employer_allows_renews_and_ends(made: Made, tuan: Actor) -> None:
    now = timezone.now()
    clerk = Actor(ActorKind.EMPLOYER, make_hr("Lan", (SAO_MAI, Role.CLERK), now=now), "Lan")
    other = make_administrator(BIEN_XANH)
    for by in (clerk, other):
        with pytest.raises(NoSeat):
            clients.make(SAO_MAI, "X", [Scope.STAGES], by=by, now=now)
        with pytest.raises(NoSeat):
            clients.renew(SAO_MAI, made.client_id, by=by, now=now)
        with pytest.raises(NoSeat):
            clients.end(SAO_MAI, made.client_id, why="x", by=by, now=now)
    with pytest.raises(NotYours):
        clients.end(BIEN_XANH, made.client_id, why="x", by=other, now=now)


@pytest.mark.parametrize(
    ("name", "scopes", "wrong"),
    [
        ("", ["stages"], {"name": "required"}),
        ("a" * 61, ["stages"], {"name": "too_long"}),
        ("A", [], {"scopes": "required"}),
        ("A", ["wages"], {"scopes": "bad_choice"}),
    ],
)
def test_what_a_program_is_called_and_may_is_checked(
    tuan: Actor, name: str, scopes: list[str], wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        clients.make(SAO_MAI, name, scopes, by=tuan, now=timezone.now())
    assert refused.value.fields == wrong


def test_an_employer_has_ten_at_most_and_none_once_it_ceased(
    tuan: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "MOST", 1)
    make_program(tuan)
    with pytest.raises(Invalid) as refused:
        make_program(tuan)
    assert refused.value.fields == {"name": "too_many"}
    now = timezone.now()
    Standing.objects.create(
        employer_id=SAO_MAI, kind=Standing.CEASED, from_on=now.date() - timedelta(days=2), made_at=now
    )
    with pytest.raises(NoSeat):
        make_program(tuan)


def test_the_machine_room_may_end_one(made: Made) -> None:
    clients.end(SAO_MAI, made.client_id, why="Thử", by=SYSTEM, now=timezone.now())
    assert ask_token(made).status_code == 401
