"""What takes two officers waits after the first; the second opens the account, or gives it back."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from tests.making.registrations import (
    ELSEWHERE,
    HONG_BANG,
    NOW,
    make_office,
    make_officer,
    make_officer_account,
    make_ready,
)
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.models import Event
from vssid.domain.casework import claims
from vssid.domain.notifications.models.messages import Message
from vssid.domain.offices.models import Office
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.registration import actions
from vssid.domain.registration.deciding import risk, second_looks
from vssid.domain.registration.desk import counts
from vssid.domain.registration.errors import AlreadyDecided, AwaitsSecond, NotAwaiting, NotReady
from vssid.domain.registration.models import Application, SecondLook, WalkIn
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import Invalid, NotYours

pytestmark = pytest.mark.django_db
MINH = Actor(ActorKind.OFFICER, 900, "Minh", HONG_BANG, "reviewer")
NGOC = Actor(ActorKind.OFFICER, 901, "Ngọc", HONG_BANG, "reviewer")


@pytest.fixture(autouse=True)
def everything_takes_two(settings: Any) -> None:
    settings.SECOND_SHARE = 100


def first_approved() -> int:
    application = make_ready(by=MINH)
    assert actions.approve(application, by=MINH, now=NOW) is False
    return application


def accounts() -> int:
    return Account.objects.filter(kind="citizen").count()


def test_a_first_approval_opens_no_account_and_tells_nobody():
    application = first_approved()
    row = Application.objects.get(id=application)
    assert (row.state, accounts()) == ("received", 0)
    assert not Message.objects.filter(kind="account_activation").exists()
    event = Event.objects.get(kind="application.first_approved")
    assert (event.actor_name, event.facts["cause"]) == ("Minh", "share")
    assert claims.other("application", application, by=NGOC, now=NOW) is None
    assert counts.at(HONG_BANG, now=NOW).second == 1


def test_another_officer_confirms_and_the_account_is_opened_once():
    application = first_approved()
    actions.confirm(application, by=NGOC, now=NOW)
    row = Application.objects.get(id=application)
    assert (row.state, row.closed_by, accounts()) == ("approved", "Ngọc", 1)
    assert Event.objects.get(kind="application.approved").facts["first"] == "Minh"
    assert counts.at(HONG_BANG, now=NOW).second == 0
    with pytest.raises(AlreadyDecided):
        actions.confirm(application, by=NGOC, now=NOW)


def test_the_first_officer_is_never_the_second():
    application = first_approved()
    for act in (actions.approve, actions.confirm):
        with pytest.raises(AwaitsSecond):
            act(application, by=MINH, now=NOW)
    with pytest.raises(AwaitsSecond):
        actions.approve(application, by=NGOC, now=NOW)
    assert accounts() == 0


def test_a_file_that_waits_for_nobody_is_not_confirmed():
    application = make_ready(by=MINH)
    with pytest.raises(NotAwaiting):
        actions.confirm(application, by=NGOC, now=NOW)


def test_who_reviews_above_may_confirm_and_who_reviews_elsewhere_may_not():
    application = first_approved()
    make_office(ELSEWHERE)
    make_office("03100")
    Office.objects.filter(code=HONG_BANG).update(parent_id="03100")
    with pytest.raises(NotYours):
        actions.confirm(application, by=make_officer("Hạnh", ELSEWHERE), now=NOW)
    with pytest.raises(NotAllowed):
        actions.confirm(application, by=make_officer("Thu", HONG_BANG, "reception"), now=NOW)
    actions.confirm(application, by=make_officer("Sơn", "03100"), now=NOW)
    assert accounts() == 1


def test_the_page_knows_who_could_be_the_second():
    first_approved()
    make_office("03100", "BHXH thành phố (mẫu)")
    look = SecondLook.objects.get()

    def told() -> tuple[int, str]:
        seen = second_looks.seen(look, by=MINH, now=NOW)
        return seen.others, seen.above

    assert told() == (0, "")
    Office.objects.filter(code=HONG_BANG).update(parent_id="03100")
    make_officer_account("son", "03100", "Sơn")
    assert told() == (0, "BHXH thành phố (mẫu)")
    make_officer_account("ngoc", HONG_BANG, "Ngọc")
    assert told() == (1, "")


def test_sent_back_it_waits_for_a_first_approval_again_and_still_takes_two():
    application = first_approved()
    with pytest.raises(Invalid):
        actions.send_back(application, reasons=[], text="", by=NGOC, now=NOW)
    with pytest.raises(AwaitsSecond):
        actions.send_back(application, reasons=["look_again"], text="Xem lại ảnh.", by=MINH, now=NOW)
    actions.send_back(application, reasons=["look_again"], text="Xem lại ảnh.", by=NGOC, now=NOW)
    look = SecondLook.objects.get()
    assert (look.is_waiting, look.returned_by, look.reasons) == (False, "Ngọc", ["look_again"])
    assert Event.objects.get(kind="application.sent_back").facts["reasons"] == ["look_again"]
    assert actions.approve(application, by=NGOC, now=NOW) is False, "chance is not drawn again"
    actions.confirm(application, by=MINH, now=NOW)
    assert accounts() == 1


@pytest.mark.parametrize("end", ["withdraw", "refuse", "return_form", "unsee_original"])
def test_what_ends_or_takes_papers_back_ends_the_waiting(end):
    application = first_approved()
    match end:
        case "withdraw":
            actions.withdraw(application, now=NOW)
        case "refuse":
            actions.refuse(application, reasons=["other"], text="Không đúng người.", by=NGOC, now=NOW)
        case _:
            getattr(actions, end)(application, by=NGOC, now=NOW)
    assert not SecondLook.objects.get().is_waiting
    with pytest.raises((NotAwaiting, AlreadyDecided)):
        actions.confirm(application, by=NGOC, now=NOW)
    assert accounts() == 0


def test_papers_taken_back_and_seen_again_take_a_first_approval_anew():
    application = first_approved()
    actions.unsee_original(application, by=NGOC, now=NOW)
    with pytest.raises(NotReady):
        actions.approve(application, by=NGOC, now=NOW)
    actions.see_original(application, by=NGOC, now=NOW)
    assert actions.approve(application, by=NGOC, now=NOW + timedelta(hours=1)) is False


def test_the_first_officer_is_not_offered_the_file_again():
    application = first_approved()
    assert second_looks.first_of(MINH) == {application}
    assert second_looks.first_of(NGOC) == frozenset()


@pytest.mark.django_db(transaction=True)
def test_of_two_second_officers_at_once_one_opens_the_account():
    application = first_approved()
    start, refused = Barrier(2), []

    def confirm(by: Actor) -> None:
        start.wait()
        try:
            actions.confirm(application, by=by, now=NOW)
        except AlreadyDecided as error:
            refused.append(error.by)
        connections.close_all()

    hoa = Actor(ActorKind.OFFICER, 902, "Hoa", HONG_BANG, "reviewer")
    threads = [Thread(target=confirm, args=(by,)) for by in (NGOC, hoa)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (accounts(), len(refused)) == (1, 1)
    assert Message.objects.filter(kind="account_activation").count() == 1


def test_chance_is_of_the_file_and_not_of_the_try(settings):
    settings.SECOND_SHARE = 25
    drawn = {number: risk.cause(number, ()) for number in range(1, 401)}
    assert drawn == {number: risk.cause(number, ()) for number in range(1, 401)}
    assert 60 <= sum(cause == "share" for cause in drawn.values()) <= 140
    settings.SECOND_SHARE = 0
    assert not any(risk.cause(number, ()) for number in range(1, 401))


def test_much_to_doubt_takes_two_and_little_does_not(settings):
    settings.SECOND_SHARE, settings.SECOND_RISK = 0, 4
    assert risk.cause(1, ["image.front.blurred", "register.phone.differs"]) == ""
    assert risk.cause(1, ["register.id_number.differs", "form.sex.id_number_says_other"]) == "risk"
    assert risk.cause(1, ["double.phone.same_phone", "image.front.blurred"]) == "risk"
    settings.SECOND_RISK = 0
    assert risk.cause(1, ["register.id_number.differs"] * 9) == ""


@pytest.mark.parametrize(
    ("doubts", "weight", "cause"),
    [
        ((), 2, ""),
        (("register.full_name.differs",), 2, "intake"),
        (("register.full_name.differs",), 0, ""),
        (("register.id_number.differs", "image.front.blurred"), 2, "risk"),
        ((), 4, "intake"),
    ],
)
def test_who_took_it_in_and_approves_weighs_beside_the_doubts(settings, doubts, weight, cause):
    settings.SECOND_SHARE, settings.SECOND_RISK, settings.SECOND_INTAKE = 0, 4, weight
    assert risk.cause(1, doubts, alone=True) == cause
    assert risk.cause(1, doubts) == ("risk" if cause == "risk" else "")


def test_without_a_risk_set_it_weighs_nothing(settings):
    settings.SECOND_SHARE, settings.SECOND_RISK = 0, 0
    assert risk.cause(1, ["register.id_number.differs"] * 9, alone=True) == ""


def taken_in(by: Actor, sent_by: Actor | None = None) -> int:
    application = make_ready(by=MINH)
    WalkIn.objects.create(
        subject_id=application,
        office_id=HONG_BANG,
        officer_id=by.id or 0,
        officer_name=by.name,
        begun_at=NOW,
        sent_by_id=(sent_by or by).id,
    )
    return application


@pytest.mark.parametrize("sent_by", [MINH, NGOC])
def test_who_began_or_sent_a_walk_in_does_not_approve_it_alone(settings, sent_by):
    settings.SECOND_SHARE, settings.SECOND_RISK, settings.SECOND_INTAKE = 0, 99, 99
    application = taken_in(MINH if sent_by is NGOC else NGOC, sent_by)
    assert actions.approve(application, by=MINH, now=NOW) is False
    event = Event.objects.get(kind="application.first_approved")
    assert (event.facts["cause"], event.facts["taken_in"]) == ("intake", True)
    actions.confirm(application, by=NGOC, now=NOW)
    assert accounts() == 1
    assert "taken_in" not in Event.objects.get(kind="application.approved").facts


def test_a_colleague_who_did_not_take_it_in_approves_alone(settings):
    settings.SECOND_SHARE, settings.SECOND_RISK, settings.SECOND_INTAKE = 0, 99, 99
    assert actions.approve(taken_in(NGOC), by=MINH, now=NOW) is True
    assert "taken_in" not in Event.objects.get(kind="application.approved").facts


def test_below_the_threshold_the_clerk_approves_and_the_log_says_who_took_it_in(settings):
    settings.SECOND_SHARE, settings.SECOND_RISK = 0, 99
    assert actions.approve(taken_in(MINH), by=MINH, now=NOW) is True
    assert Event.objects.get(kind="application.approved").facts["taken_in"] is True
