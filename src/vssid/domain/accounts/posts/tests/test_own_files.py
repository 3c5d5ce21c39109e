"""Nobody decides a file of their own, of their household, or of somebody they answer for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from tests.making.families import GIA, make_link, make_member, make_request
from tests.making.registrations import (
    ADDRESS,
    BINH,
    ELSEWHERE,
    HONG_BANG,
    LAN,
    make_officer_account,
    make_person,
    make_ready,
)
from tests.making.requests_of_people import accepted
from vssid.domain.accounts.counter import officer_decisions
from vssid.domain.accounts.guardianship import trusted
from vssid.domain.accounts.merge_hooks import MERGE_HOOKS
from vssid.domain.accounts.models.relations import TrustedPerson
from vssid.domain.accounts.models.staff import StaffPerson
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.casework.work import notes
from vssid.domain.families import deciding
from vssid.domain.participants.models.people import Person
from vssid.domain.procedures import actions as requests
from vssid.domain.registration import actions as registration
from vssid.domain.support import answering
from vssid.domain.support.moves import TICKET
from vssid.domain.support.notes import written
from vssid.domain.support.tests.desk import make_ticket
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import DomainError
from vssid.kernel.ids import Phone
from vssid.web.officer.tests.desk import browser_of, file_of, open_account

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"reasons": ["other"], "text": "Xin bổ sung"}


@pytest.fixture
def minh() -> Actor:
    return Actor(ActorKind.OFFICER, make_officer_account("minh"), "Minh", HONG_BANG, "reviewer")


def is_person(by: Actor, person_id: int) -> None:
    """The administrator has said who of the register the officer is."""
    StaffPerson.objects.create(account_id=by.id or 0, person_id=person_id)


def of_registration() -> tuple[int, list[Callable[..., Any]]]:
    application_id = make_ready()
    acts: list[Callable[..., Any]] = [
        partial(registration.approve, application_id),
        partial(registration.refuse, application_id, **SAID),
        partial(registration.see_original, application_id),
        partial(registration.receive_form, application_id),
        partial(registration.resend_activation, application_id),
    ]
    return Person.objects.get(bhxh_code=LAN.bhxh_code).person_id, acts


def of_procedures() -> tuple[int, list[Callable[..., Any]]]:
    person_id, request_id, _officer = accepted(now=timezone.now(), reason="damaged")
    acts: list[Callable[..., Any]] = [
        partial(requests.approve, person_id, request_id),
        partial(requests.refuse, person_id, request_id, **SAID),
        partial(requests.ask_more, person_id, request_id, **SAID),
    ]
    return person_id, acts


def of_families() -> tuple[int, list[Callable[..., Any]]]:
    guardian, request_id = make_request()
    acts: list[Callable[..., Any]] = [
        partial(deciding.approve, guardian, request_id),
        partial(deciding.refuse, guardian, request_id, **SAID),
        partial(deciding.see_certificate, guardian, request_id),
    ]
    return guardian, acts


def of_support() -> tuple[int, list[Callable[..., Any]]]:
    person_id = make_person()
    ticket_id = make_ticket(person_id, now=timezone.now())
    acts: list[Callable[..., Any]] = [
        partial(answering.take, ticket_id),
        partial(answering.answer, ticket_id, written("Đã xem.", "")),
        partial(answering.forward, ticket_id, ELSEWHERE),
        partial(answering.close, ticket_id),
        partial(notes.write, TICKET, ticket_id, "Người quen."),
    ]
    return person_id, acts


def of_the_counter() -> tuple[int, list[Callable[..., Any]]]:
    person_id, colleague = (
        make_person(),
        Actor(ActorKind.OFFICER, 9, "Ngọc", HONG_BANG, "reviewer"),
    )
    open_account(person_id)
    ids = officer_decisions.open_at_desk(LAN.bhxh_code, "password", by=colleague, now=timezone.now())
    assert ids is not None
    acts: list[Callable[..., Any]] = [
        partial(officer_decisions.see_original, *ids),
        partial(officer_decisions.carry_out, *ids),
        partial(officer_decisions.issue_again, *ids),
        partial(officer_decisions.refuse, *ids, reasons=["other"], text="Không đúng người"),
    ]
    return person_id, acts


@pytest.mark.parametrize("files", [of_registration, of_procedures, of_families, of_support, of_the_counter])
def test_nobody_does_anything_with_a_file_of_their_own(
    minh: Actor, files: Callable[[], tuple[int, list[Callable[..., Any]]]]
) -> None:
    person_id, acts = files()
    is_person(minh, person_id)
    for act in acts:
        with pytest.raises(OwnFile) as refused:
            act(by=minh, now=timezone.now())
        assert refused.value.how == "own", act


def refusal(act: Callable[..., Any], by: Actor) -> str:
    """How the officer is said to be close; empty when anything else, or nothing, is said."""
    try:
        act(by=by, now=timezone.now())
    except OwnFile as refused:
        return refused.how
    except DomainError:
        return ""
    return ""


def test_nor_one_of_the_own_household(minh: Actor) -> None:
    _lan, acts = of_registration()
    make_member(LAN)
    binh = make_member(BINH)
    is_person(minh, binh)
    assert refusal(acts[0], minh) == "household"
    Person.objects.filter(person_id=binh).update(household_code="3100000009")
    assert refusal(acts[0], minh) == ""
    # No household is no household in common.
    Person.objects.update(household_code="")
    assert refusal(acts[0], minh) == ""


def test_nor_one_of_a_child_whose_guardian_they_are(minh: Actor) -> None:
    binh = make_member(BINH)
    make_link(binh, GIA)
    guardian, request_id = make_request(who=GIA)
    Person.objects.update(household_code="")
    refuse = partial(deciding.refuse, guardian, request_id, **SAID)
    is_person(minh, binh)
    assert refusal(refuse, minh) == "guardian"
    StaffPerson.objects.update(person_id=make_person(LAN, bhxh_code="0000000077", id_number="031190000077"))
    assert refusal(refuse, minh) == ""


@pytest.mark.parametrize(("agreed", "how"), [(True, "trusted"), (False, "")])
def test_nor_one_of_somebody_who_trusts_them(minh: Actor, agreed: bool, how: str) -> None:
    lan, acts = of_registration()
    is_person(minh, make_person(BINH))
    trusted.ask(lan, "Bình", Phone(BINH.phone), address=ADDRESS, now=timezone.now())
    TrustedPerson.objects.update(agreed_at=timezone.now() if agreed else None)
    assert refusal(acts[0], minh) == how


def test_a_colleague_and_who_gave_no_code_decide_as_ever(minh: Actor) -> None:
    _lan, acts = of_registration()
    assert refusal(acts[0], minh) == ""
    is_person(minh, make_person(BINH))
    assert refusal(acts[0], minh) == ""


def test_the_page_says_whose_file_it_is_and_nothing_is_written(minh: Actor) -> None:
    application_id = make_ready()
    assert minh.id is not None
    is_person(minh, Person.objects.get(bhxh_code=LAN.bhxh_code).person_id)
    answer = browser_of(minh.id).post(file_of(application_id, "duyet"))
    assert answer.status_code == 409
    assert "Hồ sơ này là của chính bạn" in answer.content.decode()


def test_who_the_officer_is_follows_a_merge_of_codes(minh: Actor) -> None:
    is_person(minh, 70)
    [hook] = [hook for hook in MERGE_HOOKS if hook.name == "staff"]
    assert list(hook.left([70, 71])) == [70]
    hook.follow(70, 80, timezone.now())
    assert StaffPerson.objects.get().person_id == 80
