"""Failures that systems like this one had, through our doors (docs/peer-failures.md: which test is which)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.making.registrations import BINH, LAN, make_application, make_draft, make_officer, make_ready, view
from tests.making.sms import last_code
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.participants.models.people import Coverage
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application
from vssid.domain.registration.states import State
from vssid.kernel.calendar import local_day
from vssid.web.citizen.tests.cast import LAN as LAN_CODE
from vssid.web.citizen.tests.cast import browser, make_activating, make_worker, sign_in
from vssid.web.public.registration import file_cookie
from vssid.web.public.tests.visitor import at_photos, holder, subject_of

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


def _submitted() -> int:
    return make_application(now=timezone.now())


def _received() -> int:
    application_id = _submitted()
    actions.receive_form(application_id, by=make_officer(), now=timezone.now())
    return application_id


def _approved() -> int:
    application_id = make_ready(now=timezone.now())
    actions.approve(application_id, by=make_officer(), now=timezone.now())
    return application_id


def _refused() -> int:
    application_id = _submitted()
    actions.refuse(application_id, reasons=["other"], text="Gọi lại.", by=make_officer(), now=timezone.now())
    return application_id


def _expired() -> int:
    application_id = make_application(now=timezone.now() - timedelta(days=60))
    actions.expire(application_id, now=timezone.now())
    return application_id


def _withdrawn() -> int:
    application_id = _submitted()
    actions.withdraw(application_id, now=timezone.now())
    return application_id


IN_STATE: dict[State, Callable[[], int]] = {
    State.SUBMITTED: _submitted,
    State.RECEIVED: _received,
    State.APPROVED: _approved,
    State.REFUSED: _refused,
    State.EXPIRED: _expired,
    State.WITHDRAWN: _withdrawn,
}


@pytest.mark.parametrize("state", list(State))
def test_in_every_state_of_an_application_sign_in_and_look_up_answer_with_a_page(state: State) -> None:
    application_id = IN_STATE[state]()
    row = Application.objects.get(id=application_id)
    assert row.state == state
    assert browser().get("/dang-nhap").status_code == 200
    assert sign_in(browser(), LAN.bhxh_code, "sai mật khẩu").status_code == 422
    visitor = Client()
    asked = visitor.post("/dang-ky/tra-cuu", {"number": row.number, "phone": "0912345678"}, follow=True)
    assert asked.status_code == 200
    assert row.number in asked.content.decode()
    assert visitor.post("/dang-ky/tra-cuu/mo", follow=True).status_code == 200
    opened = visitor.post("/dang-ky/tra-cuu/ma", {"code": last_code(application_id)}, follow=True)
    assert opened.redirect_chain[-1][0] == "/dang-ky/ho-so"
    assert opened.status_code == 200


@pytest.mark.parametrize("state", [State.APPROVED, State.REFUSED, State.EXPIRED, State.WITHDRAWN])
def test_the_text_about_a_decision_leaves_at_once_not_at_the_next_round(state: State) -> None:
    application_id = IN_STATE[state]()
    newest = ProcrastinateJob.objects.filter(task_name="notifications.send").order_by("-id").first()
    assert newest is not None
    assert newest.args["subject_id"] == application_id
    assert newest.scheduled_at is None or newest.scheduled_at <= timezone.now()


@pytest.mark.parametrize(
    "phone", ["0912345678", "+84 912 345 678", "84912345678", "0912.345.678", "0912-345-678"]
)
@pytest.mark.parametrize("code", ["0000000001", "0000 000 001", "0000.000.001"])
def test_however_phone_and_code_are_spelled_the_draft_is_found(phone: str, code: str) -> None:
    subject = view(make_draft(proved=False, now=timezone.now())).subject_id
    visitor = Client()
    visitor.post("/dang-ky/tiep-tuc", {"phone": phone, "bhxh_code": code})
    answer = visitor.post("/dang-ky/tiep-tuc/ma", {"code": last_code(subject)})
    assert answer.headers["Location"] == "/dang-ky"


def test_look_ups_that_succeed_count_like_those_that_fail() -> None:
    row = Application.objects.get(id=_submitted())
    asked = {"number": row.number, "phone": "0912345678"}
    answers = [Client().post("/dang-ky/tra-cuu", asked).status_code for _ in range(11)]
    assert answers[:10] == [302] * 10
    assert answers[10] == 429


def test_tries_at_a_code_are_counted_by_the_server_not_by_the_browser() -> None:
    first = holder(proved=False, now=timezone.now())
    token = first.cookies[file_cookie.COOKIE].value
    first.post("/dang-ky/xem-lai", {"commitment": "yes"})
    code = last_code(subject_of(first))
    wrong = "000001" if code == "000000" else "000000"
    for _ in range(5):
        fresh = Client()
        fresh.cookies[file_cookie.COOKIE] = token
        assert fresh.post("/dang-ky/ma-xac-nhan", {"code": wrong}).status_code == 422
    assert "không còn dùng được" in first.post("/dang-ky/ma-xac-nhan", {"code": code}).content.decode()
    assert not Application.objects.exists()


def test_an_ended_card_is_shown_ended_at_the_next_opening() -> None:
    person_id, phone = make_worker(), browser()
    sign_in(phone)
    assert "Còn giá trị" in phone.get("/the").content.decode()
    yesterday = local_day(timezone.now()) - timedelta(days=1)
    Coverage.objects.filter(person_id=person_id, valid_to__isnull=False).delete()
    Coverage.objects.filter(person_id=person_id).update(
        valid_from=yesterday - timedelta(days=99), valid_to=yesterday
    )
    again = phone.get("/the").content.decode()
    assert "Đã hết giá trị" in again
    assert "Còn giá trị" not in again


REFUSALS = {
    "/dang-ky/ban-than": {},
    "/dang-ky/lien-he": {},
    "/dang-ky/anh?loai=mat-truoc": {},
    "/dang-ky/tiep-tuc": {},
    "/dang-ky/tra-cuu": {"number": "00009/2026/03101", "phone": "0912345678"},
    "/dang-nhap": {"name": LAN.bhxh_code, "password": "sai"},
    "/can-bo/dang-nhap": {"username": "minh", "password": "sai"},
}


@pytest.mark.parametrize("path", REFUSALS)
def test_a_refused_form_never_answers_200(path: str) -> None:
    answer = at_photos().post(path, REFUSALS[path])
    assert answer.status_code == 422
    assert 'class="summary"' in answer.content.decode() or 'class="note bad"' in answer.content.decode()


def test_papers_and_photos_can_be_fetched_as_often_as_wanted() -> None:
    applicant = holder(now=timezone.now())
    for _ in range(2):
        assert applicant.get("/dang-ky/anh/mat-truoc").status_code == 200
    applicant.post("/dang-ky/xem-lai", {"commitment": "yes"})
    applicant.post("/dang-ky/gui")
    for _ in range(2):
        assert applicant.get("/dang-ky/ho-so/to-khai.pdf").status_code == 200
        assert applicant.get("/dang-ky/ho-so/lich.ics").status_code == 200


def test_a_limit_of_one_person_on_a_shared_address_leaves_the_other_alone() -> None:
    make_worker()
    for _ in range(6):
        blocked = sign_in(browser(), BINH.bhxh_code, "đoán mò")
    assert blocked.status_code == 429
    assert sign_in(browser()).status_code == 302


def _activating() -> Client:
    _person_id, activation = make_activating()
    client = browser()
    sign_in(client, password=activation)
    return client


def _ended() -> Client:
    person_id, client = make_worker(), browser()
    sign_in(client)
    sessions.end_all(person_id)
    return client


def _signed_in() -> Client:
    make_worker()
    client = browser()
    sign_in(client)
    return client


def _forged() -> Client:
    client = browser()
    client.cookies["vssid-session"] = "1.bia-dat"
    return client


# 40: login loops. Where a visitor stands × where he wants to go: a page at the end of at most three turns.
STANDINGS = {"first password": _activating, "ended": _ended, "signed in": _signed_in, "forged": _forged}
WANTED = ("/", "/the", "/dang-nhap", "/dang-nhap?tiep=/dang-nhap", "/dang-nhap?tiep=/dang-xuat",
          "/dat-mat-khau", "/da-dang-xuat", "/can-bo", "/can-bo/dang-nhap?tiep=/the")  # fmt: skip


@pytest.mark.parametrize("standing", STANDINGS)
def test_no_way_to_sign_in_turns_in_a_circle(standing: str):
    client = STANDINGS[standing]()
    for path in WANTED:
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        assert len(answer.redirect_chain) <= 3, (path, answer.redirect_chain)


def test_one_sign_in_with_the_password_lasts_for_every_later_visit():
    client = _signed_in()
    for path in ("/", "/the", "/the/ma", "/qua-trinh", "/thiet-bi", "/") * 3:
        assert client.get(path).status_code == 200
    assert client.get("/dang-nhap")["Location"] == "/"
    assert sign_in(client, code=LAN_CODE, tiep="/dang-nhap")["Location"] == "/dang-nhap"
    assert client.get("/dang-nhap", follow=True).redirect_chain == [("/", 302)]
