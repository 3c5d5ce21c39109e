"""Who chose English is written to in English, wherever it was chosen; everybody else in Vietnamese."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.making.registrations import (
    HONG_BANG,
    NOW,
    make_office,
    make_officer,
    make_person,
    make_ready,
)
from tests.making.sms import last_code, texts_to
from vssid.domain.accounts.contacts import notify
from vssid.domain.accounts.tests.people import LAN as ACCOUNT
from vssid.domain.accounts.tests.people import NOW as THEN
from vssid.domain.accounts.tests.people import ask, make_account
from vssid.domain.notifications import languages
from vssid.domain.notifications.inbox import reassign
from vssid.domain.notifications.languages import Language
from vssid.domain.notifications.models.languages import Reader
from vssid.domain.registration import actions
from vssid.domain.registration.draft import drafts
from vssid.domain.support.models import Ticket
from vssid.web.citizen.tests.cast import browser, enter, make_citizen, sign_in
from vssid.web.public.tests.visitor import holder, subject_of
from vssid.web.ui import cookies

pytestmark = pytest.mark.django_db
COMMIT = {"commitment": "yes"}


def choose(client, language: str) -> None:
    assert client.post("/ngon-ngu", {"lang": language, "tiep": "/"}).status_code == 302


def texts_now(person_id: int) -> str:
    notify.tell(person_id, "account_thawed", now=timezone.now())
    return texts_to(person_id, "account_thawed")[-1]


def test_a_language_chosen_while_signed_in_is_that_of_what_is_sent():
    person_id = make_citizen()
    client = browser()
    enter(client)
    assert texts_now(person_id).startswith("BHXH: tai khoan da MO KHOA")
    choose(client, "en")
    assert texts_now(person_id).startswith("BHXH: your account was UNFROZEN")
    choose(client, "vi")
    assert texts_now(person_id).startswith("BHXH: tai khoan da MO KHOA")
    choose(client, "de")
    assert languages.chosen(person_id) is Language.VI, "what is no language changes nothing"


def test_what_was_chosen_on_one_device_comes_to_the_next_one_that_signs_in():
    person_id = make_citizen()
    first, second = browser(), browser("203.0.113.6")
    enter(first)
    choose(first, "en")
    assert sign_in(second).cookies[cookies.LANGUAGE].value == "en"
    assert second.get("/thiet-bi")["Content-Language"] == "en"
    choose(second, "vi")
    assert languages.of(person_id) is Language.VI


def test_who_signs_in_from_english_pages_for_the_first_time_reads_english():
    person_id = make_citizen()
    client = browser()
    choose(client, "en")
    sign_in(client)
    assert texts_now(person_id).startswith("BHXH: your account")


def test_who_never_chose_leaves_no_row():
    make_person()
    client = holder(proved=False)
    client.post("/dang-ky/xem-lai", COMMIT)
    make_citizen()
    enter(browser())
    assert not Reader.objects.exists()


def test_an_application_sent_from_english_pages_remembers_it_until_the_account():
    make_person()
    client = holder(proved=False)
    choose(client, "en")
    client.post("/dang-ky/xem-lai", COMMIT)
    subject_id = subject_of(client)
    assert texts_to(subject_id, "phone_code")[-1].startswith("BHXH: confirmation code ")
    client.post("/dang-ky/ma-xac-nhan", {"code": last_code(subject_id)})
    assert " received. Bring the signed form" in texts_to(subject_id, "application_received")[-1]


def test_the_language_of_an_application_is_that_of_its_account():
    application_id, officer = make_ready(), make_officer()
    languages.read_here(application_id, "en", now=NOW)
    actions.approve(application_id, by=officer, now=NOW + timedelta(hours=1))
    assert "activation password" in texts_to(application_id, "account_activation")[-1]
    person_id = Reader.objects.exclude(subject_id=application_id).get().subject_id
    assert texts_now(person_id).startswith("BHXH: your account was UNFROZEN")


def test_a_person_who_chose_vietnamese_is_not_overruled_by_an_application():
    languages.choose(1, "vi", now=NOW)
    languages.choose(2, "en", now=NOW)
    languages.hand_on(2, 1, now=NOW)
    assert languages.of(1) is Language.VI
    assert languages.of(None, 1, 2) is Language.VI
    assert languages.of(3, 2) is Language.EN


def test_a_code_to_who_cannot_sign_in_is_in_the_language_of_the_account():
    make_account()
    languages.choose(ACCOUNT, "en", now=THEN)
    claim = ask()
    assert "to SET A NEW PASSWORD" in texts_to(claim.id, "reset_code")[-1]


def test_a_stranger_who_writes_from_english_pages_gets_english_texts(client):
    make_office()
    typed = {"topic": "card", "office_code": HONG_BANG, "text": "Hello", "once": "f1"}
    choose(client, "en")
    client.post("/tro-giup/tin-nhan/moi", typed | {"full_name": "Hoàng Kim Yến", "phone": "0912345678"})
    ticket = Ticket.objects.get()
    assert texts_to(ticket.id)[-1].startswith("BHXH: confirmation code ")
    client.post("/tro-giup/tin-nhan/ma", {"code": last_code(ticket.id)})
    assert texts_to(ticket.id, "ticket_received")[-1].startswith("BHXH: message ")


def test_a_draft_that_is_discarded_takes_its_language_along():
    client = holder(proved=False)
    languages.read_here(subject_of(client), "en", now=NOW)
    assert drafts.discard(subject_of(client), now=timezone.now() + timedelta(days=400))
    assert not Reader.objects.exists()


@pytest.mark.parametrize(("of_the_kept", "holds"), [(None, Language.EN), ("vi", Language.VI)])
def test_two_numbers_of_a_person_become_one_with_one_language(of_the_kept, holds):
    languages.choose(1, "en", now=NOW)
    if of_the_kept:
        languages.choose(2, of_the_kept, now=NOW)
    assert 1 in reassign.with_any([1])
    reassign.give_all(1, 2)
    assert (languages.of(2), languages.chosen(1)) == (holds, None)
