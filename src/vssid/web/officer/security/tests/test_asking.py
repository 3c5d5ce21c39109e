"""Risky acts ask again, and what was sent is done after the answer; reading is never asked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.architecture.urls import routes
from tests.making.registrations import LAN, NOW, make_office, make_person
from tests.making.staff import code_now
from tests.page_text import text_of
from vssid.domain.accounts.counter import officer_decisions
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.models.safety import CounterRequest
from vssid.domain.accounts.sign_in import sessions
from vssid.web.officer.imports.tests.data_desk import quang
from vssid.web.officer.tests.desk import minh, open_account
from vssid.web.ui import cookies

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5, seconds=1)
ASKED = "Xác nhận lại là bạn"
MARKED = {
    "account_do",
    "account_again",
    "campaign_end",
    "campaign_part_pdf",
    "campaign_resume",
    "campaign_start",
    "delivery_caps",
    "delivery_switch",
    "delivery_text",
    "devices",
    "employer_end_all",
    "employer_end_seat",
    "employer_end_software",
    "employer_invite",
    "employer_note",
    "employer_take_back",
    "end_member",
    "end_post",
    "factor_remove",
    "import_confirm",
    "import_errors",
    "import_errors_xlsx",
    "import_undo",
    "log_take",
    "member_reset",
    "person_new",
    "person_renew",
    "recovery",
    "report_made_take",
    "report_take",
    "resend",
    "seat_end",
    "seat_role",
    "software_end",
    "software_new",
    "software_renew",
    "word_answer",
    "work_email",
    "work_email_remove",
    "work_email_send",
}


def ready_at_counter(desk: Client) -> str:
    """A request for a new password, with the original seen; the address of its button."""
    person_id = make_person()
    open_account(person_id)
    view = sessions.resolve(desk.cookies[cookies.SESSION].value, now=NOW)
    assert view is not None
    opened = officer_decisions.open_at_desk(LAN.bhxh_code, CounterRequest.PASSWORD, by=view.actor, now=NOW)
    assert opened is not None
    officer_decisions.see_original(*opened, by=view.actor, now=NOW)
    return reverse("officer:account_do", args=opened)


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w[\w-]*)" value="([^"]*)">', page))


def test_exactly_these_acts_ask_again() -> None:
    marked = {route.name for route in routes() if getattr(route.view, "asks_again", False)}
    assert marked == MARKED


def test_within_five_minutes_of_a_proof_nothing_is_asked() -> None:
    desk = minh()
    assert desk.post(ready_at_counter(desk))["Location"].endswith("?xong=thuc-hien")


def test_later_the_act_waits_for_a_code_and_is_then_done_with_what_was_sent(
    wednesday: time_machine.Traveller,
) -> None:
    desk = minh()
    address = ready_at_counter(desk)
    wednesday.move_to(LATER)
    asked = desk.post(address, {"nguoi-tin-cay": "1", "hai": ["a", "b"]})
    assert ASKED in text_of(asked.content)
    assert CounterRequest.objects.get().state == "open"
    page = asked.content.decode()
    assert 'name="hai" value="a"' in page
    assert 'name="hai" value="b"' in page
    assert hidden(page)["nguoi-tin-cay"] == "1"
    done = desk.post(address, {**hidden(page), "ma_xac_thuc": code_now()})
    assert done["Location"].endswith("?xong=thuc-hien")
    assert CounterRequest.objects.get().state == "done"
    assert Session.objects.get().proved_at == LATER


def test_a_wrong_code_does_nothing_and_keeps_what_was_sent(wednesday: time_machine.Traveller) -> None:
    desk = minh()
    address = ready_at_counter(desk)
    wednesday.move_to(LATER)
    wrong = f"{(int(code_now()) + 1) % 10**6:06d}"
    answer = desk.post(address, {"nguoi-tin-cay": "1", "ma_xac_thuc": wrong})
    assert answer.status_code == 422
    assert hidden(answer.content.decode())["nguoi-tin-cay"] == "1"
    assert CounterRequest.objects.get().state == "open"
    assert Session.objects.get().proved_at == NOW


def test_reading_is_never_asked(wednesday: time_machine.Traveller) -> None:
    desk = minh()
    address = ready_at_counter(desk).removesuffix("/thuc-hien")
    wednesday.move_to(LATER)
    for page in ("/can-bo", "/can-bo/tai-khoan", "/can-bo/phien", "/can-bo/xac-thuc", address):
        answer = desk.get(page)
        assert (answer.status_code, ASKED in text_of(answer.content)) == (200, False), page


def test_a_file_is_given_out_after_the_code(wednesday: time_machine.Traveller) -> None:
    make_office()
    desk = quang()
    address = reverse("officer:import_errors", args=[1])
    wednesday.move_to(LATER)
    page = desk.get(address)
    assert ASKED in text_of(page.content)
    answer = desk.post(address, {**hidden(page.content.decode()), "ma_xac_thuc": code_now("quang")})
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert ASKED not in text_of(desk.get(address).content)


def test_who_may_not_do_it_is_not_asked_but_refused() -> None:
    assert Client().post("/can-bo/phien", {"go": "cac-may-khac"})["Location"].startswith("/can-bo/dang-nhap")
