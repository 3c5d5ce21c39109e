"""HR sends what differs to its office, once; the office answers; what differs no more ends by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.making import employers_hr as hr
from tests.making.employers_hr import ELSEWHERE, HERE, HR
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, NOW, SECOND
from tests.together import at_once
from vssid.domain.audit.models import Event
from vssid.domain.casework import claims
from vssid.domain.casework.errors import InOtherHands
from vssid.domain.employers.alignment import keeping, saying
from vssid.domain.employers.alignment.kinds import Kind
from vssid.domain.employers.alignment.kinds import State as Said
from vssid.domain.employers.corrections import answering, sending
from vssid.domain.employers.corrections.errors import AlreadyClosed, LiesAtOffice, NoOffice
from vssid.domain.employers.corrections.sending import Sent
from vssid.domain.employers.models import Correction, Difference
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.participants.models.people import Employer, Person
from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid, NotYours

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def lan() -> int:
    """Lan's name differs; An and Hòa are in no file. The number of Lan's difference."""
    hr.make_employers()
    hr.take(hr.table("Nguyễn Thị Lam,01/01/1990,0000000001,,,,,"))
    return Difference.objects.get(kind=Kind.NAME).id


def officer(name: str = "Thu", office: str = FIRST, role: str = "collection_officer") -> Actor:
    return make_officer(name, office, role)


def send(*differences: int) -> Sent:
    return sending.send(HERE, differences, by=HR, now=NOW)


def test_a_difference_goes_to_the_office_once_however_often_it_is_sent(lan: int) -> None:
    assert send(lan) == Sent(1, 0)
    assert send(lan, lan) == Sent(0, 1)
    row = Correction.objects.get()
    assert re.fullmatch(r"SD-2026-\d{6}", row.number)
    assert (row.office_id, row.state, row.sent_by) == (FIRST, "sent", "Tuấn")
    assert Difference.objects.get(id=lan).state == Said.REGISTER
    event = Event.objects.get(kind="correction.sent")
    assert (event.subject_id, event.facts["request"]) == (1, row.number)


def test_many_go_with_one_act_except_those_that_hr_mends_in_its_file(lan: int) -> None:
    missing = Difference.objects.filter(kind=Kind.MISSING).order_by("id")
    assert missing.count() == 2
    saying.say(missing[0].id, HERE, Said.FILE, by=HR, now=NOW)
    assert sending.send_all(HERE, Kind.MISSING, by=HR, now=NOW) == Sent(1, 0)
    assert sending.send_all(HERE, Kind.MISSING, by=HR, now=NOW) == Sent(0, 1)
    assert Correction.objects.get().difference_id == missing[1].id


def test_what_is_another_employers_or_is_no_more_is_not_sent(lan: int) -> None:
    with pytest.raises(NotYours):
        sending.send(ELSEWHERE, [lan], by=HR, now=NOW)
    with pytest.raises(NotYours):
        send(lan, lan + 999)
    with pytest.raises(NotYours):
        send()
    assert not Correction.objects.exists()


def test_an_employer_of_no_office_is_told_so(lan: int) -> None:
    Employer.objects.filter(code=HERE).update(office_id=None)
    with pytest.raises(NoOffice):
        send(lan)


def test_what_lies_at_the_office_is_not_the_file_to_be_mended_until_it_is_taken_back(lan: int) -> None:
    send(lan)
    with pytest.raises(LiesAtOffice):
        saying.say(lan, HERE, Said.FILE, by=HR, now=NOW)
    number = Correction.objects.get().id
    with pytest.raises(NotYours):
        sending.withdraw(number, ELSEWHERE, by=HR, now=LATER)
    sending.withdraw(number, HERE, by=HR, now=LATER)
    saying.say(lan, HERE, Said.FILE, by=HR, now=LATER)
    with pytest.raises(AlreadyClosed):
        sending.withdraw(number, HERE, by=HR, now=LATER)
    assert send(lan) == Sent(1, 0)


def test_an_officer_takes_it_and_says_by_which_way_it_was_mended(lan: int) -> None:
    send(lan)
    number, thu = Correction.objects.get().id, officer()
    answering.take(number, by=thu, now=NOW)
    answering.take(number, by=thu, now=NOW)
    with pytest.raises(Invalid) as refused:
        answering.mend(number, [], "", by=thu, now=LATER)
    assert refused.value.fields == {"reasons": "required"}
    answering.mend(number, ["file"], "Tệp ngày 18/11", by=thu, now=NOW)
    row = Correction.objects.get()
    assert (row.state, row.taken_by, row.closed_by) == ("mended", "Thu", "Thu")
    assert (row.reasons, row.reason_text) == (["file"], "Tệp ngày 18/11")
    # Until the register came in again nothing can be said to be wrong still.
    assert send(lan) == Sent(0, 1)
    hr.come_in(2)
    keeping.align_all(LATER)
    assert send(lan) == Sent(1, 0)


def test_what_stays_as_it_is_has_a_reason_and_is_not_asked_again(lan: int) -> None:
    send(lan)
    number, thu = Correction.objects.get().id, officer()
    for wrong in ([], ["file"]):
        with pytest.raises(Invalid):
            answering.keep(number, wrong, "", by=thu, now=NOW)
    answering.keep(number, ["papers_agree"], "", by=thu, now=NOW)
    assert Correction.objects.get().state == "as_it_is"
    assert send(lan) == Sent(0, 1)
    with pytest.raises(AlreadyClosed):
        answering.mend(number, ["file"], "", by=thu, now=LATER)


def test_a_difference_that_vanishes_by_a_file_ends_its_request(lan: int) -> None:
    send(lan)
    Person.objects.filter(person_id=1).update(full_name="Nguyễn Thị Lam", name_folded="nguyen thi lam")
    hr.come_in(2)
    keeping.align_all(LATER)
    row = Correction.objects.get()
    assert (row.state, row.closed_at, row.closed_by) == ("gone", LATER, "")
    assert Event.objects.filter(kind="correction.vanished", subject_id=1).exists()


def test_another_office_does_not_have_it_and_who_only_looks_does_not_answer(lan: int) -> None:
    send(lan)
    number = Correction.objects.get().id
    with pytest.raises(NotYours):
        answering.take(number, by=officer("Hạnh", SECOND), now=NOW)
    with pytest.raises(NotYours):
        answering.look_at(number, by=officer("Minh", FIRST, "reviewer"), now=NOW)
    with pytest.raises(NotAllowed):
        answering.take(number, by=officer("Tra", FIRST, "auditor"), now=NOW)


def test_what_a_colleague_has_in_hand_is_not_answered_beside(lan: int) -> None:
    send(lan)
    number, thu = Correction.objects.get().id, officer("Thu")
    hoa = replace(thu, id=501, name="Hoa")
    answering.take(number, by=thu, now=NOW)
    with pytest.raises(InOtherHands):
        answering.keep(number, ["papers_agree"], "", by=hoa, now=NOW)
    later = NOW + claims.LEASE
    answering.keep(number, ["papers_agree"], "", by=hoa, now=later)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_it_at_once_one_does(lan: int) -> None:
    made = at_once(*[lambda: send(lan)] * 2)
    assert sorted(sent.made for sent in made) == [0, 1]
    assert Correction.objects.count() == 1
