"""HR is told what its office did, who may work there alone; a worker of a form that came unsigned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.making import employers_hr, roll_out
from tests.making.employers import make_hr
from tests.making.registrations import HONG_BANG, LAN, NOW, make_office, make_officer
from tests.making.sms import letters_to, texts_to
from vssid.domain.accounts.contacts import newest
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.employers import telling
from vssid.domain.employers.alignment.kinds import Kind
from vssid.domain.employers.corrections import answering, sending
from vssid.domain.employers.handing_in import at_counter
from vssid.domain.employers.handing_in.tests.sent import HERE, HOA, OTHER, make_list, make_sent, number_of
from vssid.domain.employers.models import Correction, Seat
from vssid.domain.employers.seats import actions as seats
from vssid.domain.employers.seats import emails
from vssid.domain.employers.seats.roles import Role
from vssid.domain.notifications.inbox import words
from vssid.domain.participants.models.participation import Employer
from vssid.domain.registration.handover import lists
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _employers() -> None:
    make_office()
    roll_out.make_employer(HERE, HONG_BANG)
    roll_out.make_employer(OTHER, HONG_BANG)


def said(person_id: int, employer: str = HERE) -> list[str]:
    rows = telling.of_person(person_id, employer)
    return [" ".join([str(words.title(row.kind)), *words.paragraphs(row.kind, row.facts)]) for row in rows]


def confirmed_email(person_id: int, settings: Any) -> None:
    settings.MAIL_GATEWAY = "log"
    sealed = newest.seal(person_id, newest.EMAIL, b"tuan@saomai.example")
    Account.objects.filter(person_id=person_id).update(email=sealed)


def test_of_a_list_that_is_ended_hr_reads_what_became_of_how_many(settings: Any) -> None:
    tuan = make_hr("Tuấn", (HERE, Role.CLERK))
    confirmed_email(tuan, settings)
    lan, hoa = make_sent(LAN), make_sent(HOA)
    pile, minh = make_list(lan, hoa), make_officer()
    at_counter.receive(pile, number_of(lan), by=minh, now=NOW)
    at_counter.close(pile, by=minh, now=LATER)
    at_counter.close(pile, by=minh, now=LATER)
    [told] = said(tuan)
    assert "Trong 2 tờ khai: đã nhận 1, thiếu 1, chưa ký 0, lý do khác 0. Ngoài bảng kê: 0." in told
    [letter] = letters_to(tuan, "employer_list_closed")
    assert lists.view(pile, by=minh).number in letter["text"]
    assert "Lan" not in letter["text"]


def test_who_may_only_read_or_sits_elsewhere_is_not_told() -> None:
    reader, other = make_hr("Nga", (HERE, Role.READER)), make_hr("Hoa", (OTHER, Role.ADMINISTRATOR))
    both = make_hr("Vân", (HERE, Role.CLERK), (OTHER, Role.CLERK))
    pile = make_list(make_sent(LAN))
    at_counter.close(pile, by=make_officer(), now=LATER)
    assert (said(reader), said(other, OTHER), said(both, OTHER)) == ([], [], [])
    assert len(said(both)) == telling.unread(both, HERE) == 1
    telling.mark_read(both, OTHER, until=LATER, now=LATER)
    assert telling.unread(both, HERE) == 1
    telling.mark_read(both, HERE, until=LATER, now=LATER)
    assert telling.unread(both, HERE) == 0


def test_an_unsigned_form_is_told_once_to_hr_and_to_the_worker_until_it_is_received() -> None:
    tuan = make_hr("Tuấn", (HERE, Role.CLERK))
    lan, hoa = make_sent(LAN), make_sent(HOA)
    pile, minh = make_list(lan, hoa), make_officer()
    for form in (lan, lan, hoa):
        at_counter.receive(pile, number_of(form), by=minh, now=NOW, unsigned=True)
    assert [line.split(" Công ty")[0] for line in said(tuan)] == ["Có tờ khai chưa ký, được trả lại"]
    assert [len(texts_to(form, "application_unsigned")) for form in (lan, hoa)] == [1, 1]
    assert f"ho so {number_of(lan)} chua ky" in texts_to(lan, "application_unsigned")[0]


def test_many_answers_of_a_day_are_one_notice_until_it_is_read() -> None:
    Employer.objects.all().delete()
    employers_hr.make_employers()
    tuan = make_hr("Tuấn", (HERE, Role.CLERK))
    employers_hr.take(employers_hr.table("Nguyễn Thị Lam,01/01/1990,0000000001,,,,,"))
    sending.send_all(HERE, Kind.NAME, by=employers_hr.HR, now=NOW)
    sending.send_all(HERE, Kind.MISSING, by=employers_hr.HR, now=NOW)
    first, second, third = Correction.objects.order_by("id")
    thu = make_officer("Thu", first.office_id, "collection_officer")
    answering.keep(first.id, ["papers_agree"], "", by=thu, now=NOW)
    answering.keep(second.id, ["papers_agree"], "", by=thu, now=LATER)
    [told] = said(tuan)
    assert first.number in told
    telling.mark_read(tuan, HERE, until=LATER, now=LATER)
    answering.keep(third.id, ["papers_agree"], "", by=thu, now=LATER)
    assert [third.number in line for line in said(tuan)] == [True, False]


def test_the_work_email_goes_with_the_last_seat(settings: Any) -> None:
    tuan = make_hr("Tuấn", (HERE, Role.CLERK), (OTHER, Role.CLERK))
    confirmed_email(tuan, settings)
    here, there = Seat.objects.filter(account_id=tuan).order_by("id")
    seats.end(here.id, HERE, why="Nghỉ", by=SYSTEM, now=NOW)
    assert Account.objects.get(person_id=tuan).email is not None
    Seat.objects.filter(id=there.id).update(
        from_on=local_day(NOW) - timedelta(days=5), until_on=local_day(NOW) - timedelta(days=1)
    )
    emails.sweep(NOW)
    assert Account.objects.get(person_id=tuan).email is None
