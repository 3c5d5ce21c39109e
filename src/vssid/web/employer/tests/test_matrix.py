"""HR of one employer asking for anything of another gets 404; the door is closed to everybody else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tests.architecture.urls import Route, routes
from tests.journeys.test_authority import FILLINGS, refused
from tests.making import employers_hr
from tests.making.employers import BIEN_XANH, NOW, make_hr
from tests.making.registrations import make_officer_account
from tests.making.roll_out import SECOND
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.employers.corrections import sending
from vssid.domain.employers.days.tests.made import make_day
from vssid.domain.employers.handing_in import printing
from vssid.domain.employers.handing_in.tests import sent as handing_in
from vssid.domain.employers.models import (
    Correction,
    Difference,
    InvitationRound,
    Inviting,
    OwnFile,
    PrintRun,
    RegistrationDay,
    Seat,
    SoftwareClient,
)
from vssid.domain.employers.seats.roles import Act, Role
from vssid.domain.employers.software.tests.made import make_administrator, make_program
from vssid.domain.registration.models import Application, HandoverList
from vssid.domain.support.employers import conversation
from vssid.domain.support.models import Ticket
from vssid.domain.support.notes import written
from vssid.kernel.actor import Actor, ActorKind
from vssid.web.citizen.tests.cast import make_worker

from . import cast

pytestmark = pytest.mark.django_db
# A form that would do something wherever it is taken.
FORM = {
    "ai": "file",
    "why": "Nghỉ việc",
    "has_account": "moi",
    "text": "Hỏi thêm",
    "name": "Lan",
    "username": "lan.x",
    "role": "clerk",
}
# What a part of an address names: of Biển Xanh, and asked for by Sao Mai.
NAMED = {
    "<int:seat_id>": lambda hoa: Seat.objects.get(account_id=hoa).id,
    "<int:person_id>": lambda hoa: hoa,
    "<int:file_id>": lambda hoa: OwnFile.objects.get(employer_code=BIEN_XANH).id,
    "<int:run_id>": lambda hoa: PrintRun.objects.get(employer_code=BIEN_XANH).id,
    "<int:list_id>": lambda hoa: HandoverList.objects.get(employer_code=BIEN_XANH).id,
    "<int:ticket_id>": lambda hoa: Ticket.objects.get(employer_code=BIEN_XANH).id,
    "<int:correction_id>": lambda hoa: Correction.objects.get(employer_id=BIEN_XANH).id,
    "<int:round_id>": lambda hoa: InvitationRound.objects.get(employer_code=BIEN_XANH).id,
    "<uuid:day_id>": lambda hoa: RegistrationDay.objects.get(employer_id=BIEN_XANH).id,
    "<uuid:client_id>": lambda hoa: SoftwareClient.objects.get(employer_id=BIEN_XANH).id,
    "<int:difference_id>": lambda hoa: Difference.objects.get(employer_code=BIEN_XANH).id,
}
OWN_FACTOR = "/don-vi/xac-thuc/bo/<uuid:factor_id>"


def door() -> list[Route]:
    """What is closed of the door."""
    return [route for route in routes() if route.access in ("employer", "employer_member")]


HOA = replace(handing_in.HOA, full_name="Phạm Hoa")


def everything() -> list[Any]:
    """All that is asked for, as it stands."""
    seats = list(Seat.objects.order_by("id").values("id", "employer_id", "account_id", "role", "ended_at"))
    files = list(OwnFile.objects.order_by("id").values()) + list(Difference.objects.order_by("id").values())
    lists = list(HandoverList.objects.order_by("id").values())
    rounds: list[Any] = [
        *RegistrationDay.objects.order_by("id").values(),
        *InvitationRound.objects.order_by("id").values(),
        *Inviting.objects.values(),
    ]
    requests = list(Correction.objects.order_by("id").values())
    rounds += SoftwareClient.objects.order_by("id").values()
    prints = list(PrintRun.objects.order_by("id").values())
    asked = list(Ticket.objects.order_by("id").values())
    sessions = set(Session.objects.values_list("person_id", "id"))
    return [seats, files, lists, rounds, requests, prints, asked, sessions]


def asked_of(route: Route, hoa: int) -> str:
    """An address of what is Biển Xanh's."""
    return re.sub(r"<\w+:\w+>", lambda part: str(NAMED[part.group()](hoa)), route.path)


def test_anything_of_another_employer_is_not_there() -> None:
    hoa = cast.hoa()
    make_hr("Vân", (BIEN_XANH, Role.ADMINISTRATOR))
    employers_hr.take(employers_hr.table("Phạm Hoa,01/01/1990,,031190000001,,,,"), employer=BIEN_XANH)
    handing_in.make_sent(HOA, employer=BIEN_XANH, now=NOW)
    handing_in.make_list(Application.objects.get().id, employer=BIEN_XANH, now=NOW)
    sending.send(BIEN_XANH, [Difference.objects.get().id], by=employers_hr.HR, now=NOW)
    printing.ask(BIEN_XANH, by=handing_in.HR, now=NOW)
    by = Actor(ActorKind.EMPLOYER, hoa, "Phạm Hoa", employer=BIEN_XANH)
    conversation.send(written("Hỏi", "a"), topic="other", office_code=SECOND, by=by, now=NOW)
    make_day(employer_id=BIEN_XANH, proposed_by="Phạm Hoa")
    make_program(make_administrator(BIEN_XANH), name="Phạm Hoa")
    client = cast.tuan()
    named = [route for route in door() if "<" in route.path and route.path != OWN_FACTOR]
    assert named
    InvitationRound.objects.create(
        employer_code=BIEN_XANH, channel="slip", made_at=NOW, made_by=hoa, expires_at=NOW, many=1
    )
    before = everything()
    for route in named:
        answers = [method(asked_of(route, hoa), FORM) for method in (client.get, client.post)]
        # A page that takes one way of asking alone says so of the other.
        assert sorted({answer.status_code for answer in answers} - {405}) == [404], route.path
        assert not any("Phạm Hoa" in answer.content.decode() for answer in answers), route.path
    listed = NAMED["<int:list_id>"](hoa)
    assert client.post("/don-vi/to-khai", {"bang-ke": listed}).status_code == 404
    assert client.post("/don-vi/chon", {"vai-tro": NAMED["<int:seat_id>"](hoa)}).status_code == 404
    assert everything() == before


def test_no_page_of_an_employer_names_anybody_of_another() -> None:
    cast.hoa()
    handing_in.make_sent(HOA, employer=BIEN_XANH, now=NOW)
    client = cast.tuan()
    for route in door():
        if "<" not in route.path:
            text = client.get(route.path).content.decode()
            assert "Phạm Hoa" not in text, route.path
            assert "Biển Xanh" not in text, route.path


def test_the_door_is_closed_to_strangers_citizens_and_staff() -> None:
    browsers = (Client(), cast.browser_of(make_worker()), cast.browser_of(make_officer_account()))
    before = everything()
    for client in browsers:
        for route in door():
            path = re.sub(r"<\w+:\w+>", lambda part: FILLINGS.get(part.group(), "1"), route.path)
            for method in (client.get, client.post):
                answer = method(path, FORM)
                assert refused(route, answer), (route.path, answer.status_code)
                assert answer["Location"].startswith("/don-vi/dang-nhap"), route.path
    assert everything() == before


def test_hr_people_open_no_page_of_citizens_or_staff() -> None:
    client = cast.tuan()
    for route in routes():
        if route.access in ("citizen", "officer", "member") and "<" not in route.path:
            assert refused(route, client.get(route.path)), route.path


def test_every_page_of_the_door_that_takes_a_seat_says_for_which_act() -> None:
    """Those without are one's own: password, factors, sessions, the choice of an employer."""
    own = {"choose", "devices", "factors", "factor_remove", "own_password", "recovery", "recovery_kept"}
    own |= {"stay", "proof", "proof_begin"}
    own |= {"work_email", "work_email_send", "work_email_enter", "work_email_remove"}
    for route in door():
        if route.access == "employer":
            acts = getattr(route.view, "acts", ())
            assert bool(acts) != (route.name in own), route.path
            assert all(isinstance(act, Act) for act in acts)


def test_all_are_below_the_address_of_the_door_and_nothing_else_is() -> None:
    for route in routes():
        at_door = route.path.startswith("/don-vi")
        assert at_door == (route.access in ("employer", "employer_member")) or route.access == "public", (
            route.path
        )
