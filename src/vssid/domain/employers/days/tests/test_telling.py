"""Who is told of a registration day: workers with and without an account, and the officer named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.making import roll_out
from tests.making.employers import make_hr
from tests.making.registrations import HONG_BANG, LAN, NOW, make_officer, make_officer_account
from vssid.domain.employers import telling
from vssid.domain.employers.days import answering, booking, passing, proposing, times
from vssid.domain.employers.handing_in.tests.sent import HERE, HR, make_sent
from vssid.domain.employers.invitations import starting
from vssid.domain.employers.models import Invitee, RegistrationDay
from vssid.domain.employers.seats.roles import Role
from vssid.domain.notifications.models.messages import Message, Notice
from vssid.domain.notifications.outbox import bodies
from vssid.domain.registration import actions
from vssid.domain.registration.draft import drafts
from vssid.domain.registration.models import Application
from vssid.kernel.actor import Actor, ActorKind, person

from .made import make_day

pytestmark = pytest.mark.django_db
THU = Actor(ActorKind.OFFICER, 9_200_001, "Thu", HONG_BANG, "collection_officer")
SOON, OFF = "registration_day_soon", "registration_day_off"
NAMED, REPLACED, ENDED = (f"registration_day_{what}" for what in ("named", "replaced", "ended"))


def booked(day: RegistrationDay, *, invited: bool = True) -> tuple[int, int]:
    """Lan took the first time; the person and the application."""
    sent = make_sent(LAN)
    lan = Application.objects.get(id=sent).person_id
    assert lan is not None
    if invited:
        Invitee.objects.create(person_id=lan, employer_code=HERE, step=Invitee.STARTED, draft_id=sent)
    booking.book(lan, day.id, times.of_day(day)[0], by=person(lan), now=NOW)
    return lan, sent


def texts(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind, channel="sms"))


def told(officer: int) -> list[str]:
    rows = Notice.objects.filter(person_id=officer, kind__startswith="registration_day")
    return list(rows.order_by("created_at").values_list("kind", flat=True))


def officers() -> tuple[int, int]:
    return (make_officer_account("minh", HONG_BANG, "Minh"), make_officer_account("ha", HONG_BANG, "Hà"))


def test_a_worker_without_an_account_is_reminded_once_by_a_text_that_names_no_employer() -> None:
    day = make_day(make_officer())
    _, sent = booked(day)
    for _hour in range(2):
        passing.remind(NOW)
    [message] = texts(SOON)
    body = bodies.of(message)
    assert (message.subject_id, body["to"]) == (sent, LAN.phone)
    assert f"08:00 ngay {day.on:%d/%m/%Y}" in body["text"]
    assert "Sao Mai" not in body["text"]
    assert message.expires_at == times.of_day(day)[0]


def test_a_worker_without_an_account_gets_a_text_when_the_day_is_called_off() -> None:
    day = make_day(make_officer())
    _, sent = booked(day)
    answering.decline(day.id, "Cán bộ ốm", by=THU, now=NOW)
    [message] = texts(OFF)
    assert (message.subject_id, bodies.of(message)["to"]) == (sent, LAN.phone)


@pytest.mark.parametrize("corrects", [False, True])
def test_who_was_refused_or_corrects_is_still_told_by_a_text(corrects: bool) -> None:
    day, officer = make_day(make_officer()), make_officer()
    _, sent = booked(day)
    actions.refuse(sent, reasons=["photo_unclear"], text="Ảnh mờ.", by=officer, now=NOW)
    starting.forget_gone()
    if corrects:
        drafts.correct(sent, now=NOW)
        assert starting.follow_corrections() == 1
    passing.remind(NOW)
    answering.decline(day.id, "Cán bộ ốm", by=THU, now=NOW)
    for kind in (SOON, OFF):
        [message] = texts(kind)
        assert (message.subject_id, bodies.of(message)["to"]) == (sent, LAN.phone)


def test_a_worker_with_an_account_gets_no_text_of_a_registration_day() -> None:
    day = make_day(make_officer())
    lan, _ = booked(day)
    roll_out.make_account(lan, signed_in=None)
    passing.remind(NOW)
    answering.decline(day.id, "Cán bộ ốm", by=THU, now=NOW)
    assert {SOON, OFF} <= set(told(lan))
    assert texts(SOON) == texts(OFF) == []


def test_the_phone_of_an_application_that_no_invitation_began_hears_nothing_of_the_day() -> None:
    day = make_day(make_officer())
    booked(day, invited=False)
    answering.decline(day.id, "Cán bộ ốm", by=THU, now=NOW)
    assert texts(OFF) == []


def test_each_naming_of_an_officer_is_told_once_and_so_is_each_replacing() -> None:
    day, (minh, ha) = make_day(), officers()
    answering.accept(day.id, minh, by=THU, now=NOW)
    for step, officer in enumerate((ha, ha, minh, minh), start=1):
        answering.name_other(day.id, officer, by=THU, now=NOW + timedelta(minutes=step))
    assert told(minh) == [NAMED, REPLACED, NAMED]
    assert told(ha) == [NAMED, REPLACED]


def test_hr_is_told_of_each_other_officer_who_comes() -> None:
    day, (minh, ha) = make_day(), officers()
    tuan = make_hr("Tuấn", (HERE, Role.CLERK))
    answering.accept(day.id, minh, by=THU, now=NOW)
    for step, officer in enumerate((ha, ha, minh), start=1):
        answering.name_other(day.id, officer, by=THU, now=NOW + timedelta(minutes=step))
    told_hr = telling.of_person(tuan, HERE)[::-1]
    assert [(notice.kind, notice.facts["officer"]) for notice in told_hr] == [
        ("employer_day_accepted", "Minh"),
        ("employer_day_officer", "Hà"),
        ("employer_day_officer", "Minh"),
    ]


def test_the_officer_named_is_told_that_the_office_calls_the_day_off() -> None:
    day, (minh, _) = make_day(), officers()
    answering.accept(day.id, minh, by=THU, now=NOW)
    answering.decline(day.id, "Cán bộ ốm", by=THU, now=NOW + timedelta(minutes=1))
    assert told(minh) == [NAMED, ENDED]


def test_the_officer_named_is_told_that_hr_withdraws_the_day() -> None:
    day, (minh, ha) = make_day(), officers()
    answering.accept(day.id, minh, by=THU, now=NOW)
    proposing.withdraw(day.id, HERE, by=HR, now=NOW + timedelta(minutes=1))
    assert (told(minh), told(ha)) == ([NAMED, ENDED], [])
