"""Two hands at once, through the doors: real transactions, real threads, one outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import together
from tests.making.registrations import LAN, make_application, make_draft, make_person, make_ready, view
from tests.making.sms import last_activation, last_code
from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.audit.verify import verify_chain
from vssid.domain.notifications.models.messages import Message
from vssid.domain.registration import actions, jobs
from vssid.domain.registration.draft import holders
from vssid.domain.registration.models import Application, Draft
from vssid.domain.registration.states import State
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests import cast
from vssid.web.officer.tests.desk import PASSWORD, browser_of, file_of, minh, ngoc, press_approve
from vssid.web.public.registration import file_cookie

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """The answers, in order, of acts that start together; the chain of events is whole after them."""
    answers = together.at_once(*acts)
    assert verify_chain().sound
    return answers


def tab(token: str) -> Client:
    """One more tab of the browser that holds a draft or file."""
    client = Client()
    client.cookies[file_cookie.COOKIE] = token
    return client


def posts(clients: list[Client], path: str, data: dict[str, str] | None = None) -> list[tuple[int, str]]:
    """Status and target of the same POST from each client at once."""
    answers = at_once(*[lambda client=client: client.post(path, data or {}) for client in clients])
    return [(answer.status_code, answer.headers.get("Location", "")) for answer in answers]


def mine(application_id: int) -> str:
    return holders.grant(application_id, now=timezone.now(), proved=Phone(LAN.phone))


def test_eight_taps_on_send_make_one_application() -> None:
    make_person()
    token = make_draft()
    assert set(posts([tab(token) for _ in range(8)], "/dang-ky/gui")) == {(302, "/dang-ky/ho-so")}
    assert Application.objects.count() == 1
    assert Message.objects.filter(kind="application_received").count() == 1


def test_a_code_entered_twice_at_once_sends_one_application() -> None:
    make_person()
    token = make_draft(proved=False)
    tab(token).post("/dang-ky/xem-lai", {"commitment": "yes"})
    code = last_code(view(token).subject_id)
    answers = posts([tab(token) for _ in range(4)], "/dang-ky/ma-xac-nhan", {"code": code})
    assert {status for status, _to in answers} <= {302, 422}
    assert (302, "/dang-ky/ho-so") in answers
    assert Application.objects.count() == 1


def test_of_withdrawal_and_approval_one_happens() -> None:
    application_id = make_ready()
    holder, officer = tab(mine(application_id)), minh()
    at_once(
        lambda: holder.post("/dang-ky/ho-so/rut"),
        lambda: press_approve(officer, file_of(application_id, "duyet")),
    )
    approved = Application.objects.get().state == State.APPROVED
    assert approved or Application.objects.get().state == State.WITHDRAWN
    assert Account.objects.filter(kind="citizen").exists() is approved
    assert Message.objects.filter(kind="account_activation").exists() is approved


def test_correcting_in_many_tabs_makes_one_draft() -> None:
    application_id = make_application()
    actions.withdraw(application_id, now=timezone.now())
    token = mine(application_id)
    assert set(posts([tab(token) for _ in range(6)], "/dang-ky/ho-so/sua")) == {(302, "/dang-ky")}
    assert Draft.objects.count() == 1


def test_two_tabs_that_edit_a_draft_lose_neither_step() -> None:
    token = make_draft()
    contact = {"phone": "0912 345 678", "province_code": "31", "commune_code": "11311", "street": "Số 99"}
    at_once(
        lambda: tab(token).post("/dang-ky/lien-he", contact),
        lambda: tab(token).post("/dang-ky/noi-nop", {"office_code": "03101"}),
    )
    assert view(token).values["street"] == "Số 99"
    assert "commitment" not in view(token).values


def test_at_the_last_moment_the_form_is_received_or_the_file_expires() -> None:
    application_id = make_application(now=timezone.now())
    due_at = Application.objects.get().due_at
    officer = minh()
    Application.objects.update(due_at=timezone.now() + timedelta(milliseconds=60))
    at_once(
        lambda: officer.post(file_of(application_id, "nhan-to-khai")),
        *[lambda: jobs.expire_due(due_at)] * 3,
    )
    row = Application.objects.get()
    assert row.state in {State.RECEIVED, State.EXPIRED}
    assert (row.form_received_at is not None) is (row.state == State.RECEIVED)


def test_while_a_new_password_is_sent_the_old_one_opens_nothing_that_lasts() -> None:
    application_id, officers = make_ready(), [minh(), ngoc()]
    assert press_approve(officers[0], file_of(application_id, "duyet")).status_code == 302
    old = last_activation(application_id)
    browser = cast.browser()
    at_once(
        lambda: cast.sign_in(browser, LAN.bhxh_code, old),
        *[lambda officer=officer: officer.post(file_of(application_id, "gui-lai")) for officer in officers],
    )
    assert not Session.objects.filter(person_id=Account.objects.get(kind="citizen").person_id).exists()
    assert browser.get("/dat-mat-khau").status_code == 302
    new = last_activation(application_id)
    assert cast.sign_in(browser, LAN.bhxh_code, new).headers["Location"] == "/dat-mat-khau"


def test_two_devices_that_set_a_password_leave_one_signed_in() -> None:
    person_id, _activation = cast.make_activating()
    browsers = [browser_of(person_id), browser_of(person_id)]
    typed = {"new": PASSWORD, "again": PASSWORD}
    answers = posts(browsers, "/dat-mat-khau", typed)
    assert sorted(to for _status, to in answers) == ["/", "/dang-nhap"]
    assert Session.objects.filter(person_id=person_id).count() == 1
    signed_in = accounts.sign_in(
        cast.LAN, PASSWORD, kind="citizen", address="203.0.113.9", device="", now=timezone.now()
    )
    assert not signed_in.must_set_password
