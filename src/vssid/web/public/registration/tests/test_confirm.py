"""The code, the register's yes or no, and sending."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.making.registrations import BINH, LAN, make_application, make_person
from tests.making.sms import last_code, texts_to
from vssid.domain.notifications.models.messages import Message
from vssid.domain.registration.draft import drafts
from vssid.domain.registration.models import Application
from vssid.web.public.tests.visitor import draft_of, holder, subject_of

pytestmark = pytest.mark.django_db
COMMIT = {"commitment": "yes"}
CODE = "/dang-ky/ma-xac-nhan"


@pytest.fixture
def browser():
    make_person()
    return holder(proved=False)


def codes_sent(browser) -> int:
    return Message.objects.filter(subject_id=subject_of(browser), kind="phone_code").count()


def wrong(code: str) -> str:
    return "000001" if code == "000000" else "000000"


def test_a_sign_up_sends_exactly_one_code_whatever_is_tapped_or_reloaded(browser):
    for _ in range(2):
        assert browser.post("/dang-ky/xem-lai", COMMIT).headers["Location"] == CODE
    for _ in range(3):
        browser.get(CODE)
    assert codes_sent(browser) == 1


def test_the_code_field_suits_a_phone(browser):
    browser.post("/dang-ky/xem-lai", COMMIT)
    page = browser.get(CODE).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert "0912 345 678" in page
    assert 'data-wait="' in page


def test_the_right_code_sends_the_application(browser):
    browser.post("/dang-ky/xem-lai", COMMIT)
    answer = browser.post(CODE, {"code": last_code(subject_of(browser))})
    assert answer.headers["Location"] == "/dang-ky/ho-so"
    assert Application.objects.get().id == subject_of(browser)


def test_that_the_employer_prints_is_agreed_when_sending_and_stays_chosen_on_the_way(browser):
    browser.post("/dang-ky/xem-lai", COMMIT | {"employer_prints": "yes"})
    chosen = 'id="id_employer_prints" checked'
    assert chosen in browser.get("/dang-ky/xem-lai").content.decode()
    browser.post(CODE, {"code": last_code(subject_of(browser))})
    row = Application.objects.get()
    assert row.employer_prints_at == row.submitted_at


def test_sending_twice_makes_one_application(browser):
    browser.post("/dang-ky/xem-lai", COMMIT)
    code = last_code(subject_of(browser))
    for _ in range(2):
        assert browser.post(CODE, {"code": code}).headers["Location"] == "/dang-ky/ho-so"
    assert browser.post("/dang-ky/gui").headers["Location"] == "/dang-ky/ho-so"
    assert Application.objects.count() == 1
    assert len(texts_to(subject_of(browser), "application_received")) == 1


def test_a_wrong_code_says_how_many_tries_are_left_and_five_are_enough(browser):
    browser.post("/dang-ky/xem-lai", COMMIT)
    code = last_code(subject_of(browser))
    for left in (4, 3, 2, 1):
        answer = browser.post(CODE, {"code": wrong(code)})
        assert answer.status_code == 422
        assert f"còn {left} lần thử" in answer.content.decode()
    assert "không còn dùng được" in browser.post(CODE, {"code": wrong(code)}).content.decode()
    assert "không còn dùng được" in browser.post(CODE, {"code": code}).content.decode()
    assert not Application.objects.exists()


def test_half_a_code_costs_no_try(browser):
    browser.post("/dang-ky/xem-lai", COMMIT)
    assert "đủ 6 chữ số" in browser.post(CODE, {"code": "123"}).content.decode()
    code = last_code(subject_of(browser))
    assert "còn 4 lần thử" in browser.post(CODE, {"code": wrong(code)}).content.decode()


def test_another_code_is_sent_after_a_minute_only(browser, monkeypatch):
    browser.post("/dang-ky/xem-lai", COMMIT)
    answer = browser.post(CODE, {"go": "again"})
    assert answer.status_code == 429
    assert "Bạn thử lại được từ" in answer.content.decode()
    later = timezone.now() + timedelta(minutes=2, seconds=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert browser.post(CODE, {"go": "again"}).status_code == 302
    assert codes_sent(browser) == 2


def test_changing_the_phone_needs_a_code_to_the_new_number(browser):
    browser.post("/dang-ky/xem-lai", COMMIT)
    old = last_code(subject_of(browser))
    from vssid.web.public.tests.visitor import CONTACT

    browser.post("/dang-ky/lien-he", CONTACT | {"phone": "0987654321"})
    assert browser.get(CODE).headers["Location"] == "/dang-ky/xem-lai"
    browser.post("/dang-ky/xem-lai", COMMIT)
    assert codes_sent(browser) == 2
    code = last_code(subject_of(browser))
    if old != code:
        assert browser.post(CODE, {"code": old}).status_code == 422
    assert browser.post(CODE, {"code": code}).status_code == 302


def test_what_differs_from_the_register_is_neither_named_nor_shown():
    make_person(full_name="Nguyễn Thị Liên")
    browser = holder(proved=False)
    browser.post("/dang-ky/xem-lai", COMMIT)
    answer = browser.post(CODE, {"code": last_code(subject_of(browser))})
    assert answer.headers["Location"] == "/dang-ky/chua-khop"
    page = browser.get("/dang-ky/chua-khop").content.decode()
    assert "Có thông tin chưa khớp" in page
    assert "Liên" not in page.replace("Liên hệ", "")
    assert not Application.objects.exists()
    assert browser.post("/dang-ky/gui").headers["Location"] == "/dang-ky/ho-so"
    assert Application.objects.count() == 1


def test_a_code_the_register_does_not_know_gets_the_same_page():
    browser = holder(proved=False)
    browser.post("/dang-ky/xem-lai", COMMIT)
    answer = browser.post(CODE, {"code": last_code(subject_of(browser))})
    assert answer.headers["Location"] == "/dang-ky/chua-khop"


def test_nothing_is_sent_before_the_phone_is_proved(browser):
    browser.post("/dang-ky/xem-lai", COMMIT)
    assert browser.get("/dang-ky/chua-khop").headers["Location"] == CODE
    assert browser.post("/dang-ky/gui").headers["Location"] == CODE
    assert not Application.objects.exists()


def test_a_second_open_application_is_refused_with_a_way_out():
    make_application(LAN)
    browser = holder(LAN)
    answer = browser.post("/dang-ky/xem-lai", COMMIT)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Đã có một hồ sơ đang chờ" in page
    assert "/dang-ky/tra-cuu" in page
    assert "1900 9068" in page
    assert draft_of(browser).values["full_name"] == LAN.full_name


def test_a_limit_reached_by_one_phone_leaves_another_alone(browser, monkeypatch):
    from vssid.domain.verification import limits

    monkeypatch.setitem(
        limits.RULES,
        "code_phone",
        limits.Rule(1, timedelta(hours=1), timedelta(minutes=10), timedelta(hours=1)),
    )
    browser.post("/dang-ky/xem-lai", COMMIT)
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    limited = browser.post(CODE, {"go": "again"})
    assert limited.status_code == 429
    assert browser.get(CODE).status_code == 200
    make_person(BINH)
    other = holder(BINH, proved=False)
    assert other.post("/dang-ky/xem-lai", COMMIT).headers["Location"] == CODE


def test_a_commitment_does_not_cover_what_another_tab_changed_meanwhile(browser):
    page = browser.get("/dang-ky/xem-lai").content.decode()
    old = re.search(r'name="seen" value="(\w+)"', page)
    assert old is not None
    draft = draft_of(browser)
    drafts.save(draft.subject_id, {"street": "Số 99"}, now=timezone.now())
    answer = browser.post("/dang-ky/xem-lai", COMMIT | {"seen": old.group(1)})
    assert answer.status_code == 422
    assert "Số 99" in answer.content.decode()
    assert codes_sent(browser) == 0
    new = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    assert new is not None
    assert browser.post("/dang-ky/xem-lai", COMMIT | {"seen": new.group(1)}).headers["Location"] == CODE
