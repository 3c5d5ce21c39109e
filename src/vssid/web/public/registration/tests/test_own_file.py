"""One's own file after sending: each state, the form, the calendar, withdrawing, correcting."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import (
    BINH,
    HONG_BANG,
    LAN,
    make_application,
    make_officer,
    make_person,
    make_ready,
)
from tests.making.roll_out import make_employer
from vssid.domain.employers.days import times
from vssid.domain.employers.days.tests.made import make_day
from vssid.domain.employers.invitations import starting
from vssid.domain.employers.models import Invitee, Worker
from vssid.domain.notifications.models.messages import Message
from vssid.domain.registration import actions
from vssid.domain.registration.draft import holders
from vssid.domain.registration.models import Application
from vssid.domain.registration.paper import printing
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import Phone
from vssid.web.public.tests.visitor import draft_of

from .. import file_cookie

pytestmark = pytest.mark.django_db
FILE = "/dang-ky/ho-so"


def opened(application_id: int) -> Client:
    """A browser that proved the phone of the application."""
    client = Client()
    client.cookies[file_cookie.COOKIE] = holders.grant(
        application_id, now=timezone.now(), proved=Phone(LAN.phone)
    )
    return client


@pytest.fixture
def mine() -> int:
    return make_application(now=timezone.now())


def page_of(application_id: int) -> str:
    answer = opened(application_id).get(FILE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whose_turn_it_is_is_said_while_the_file_is_open(mine):
    assert "Đến lượt: bạn" in page_of(mine)
    actions.receive_form(mine, by=make_officer(), now=timezone.now())
    assert "Đến lượt: cơ quan BHXH" in page_of(mine)
    actions.withdraw(mine, now=timezone.now())
    assert "Đến lượt" not in page_of(mine)


def test_a_sent_file_names_number_last_day_next_step_and_office(mine):
    page = page_of(mine)
    row = Application.objects.get()
    assert row.number in page
    assert f"{row.due_on:%d/%m}" in page
    assert "Nộp tờ khai chậm nhất" in page
    assert "BHXH quận Hồng Bàng" in page
    assert "ngày còn lại" in page
    assert "Tải tờ khai mẫu số 01" in page


def test_whom_to_ask_at_the_employers_office_is_told_only_once_an_officer_has_seen_the_original():
    ready = make_ready(now=timezone.now())
    person_id = Application.objects.get(id=ready).person_id
    assert person_id is not None
    make_employer("TZ0001A", HONG_BANG, name="Công ty Sao Mai")
    Worker.objects.create(person_id=person_id, employer_code="TZ0001A")
    assert "Công ty Sao Mai" in page_of(ready)
    Application.objects.filter(id=ready).update(original_seen_at=None)
    assert "Công ty Sao Mai" not in page_of(ready)


def test_the_form_is_a_pdf_to_keep_named_by_its_file_not_a_page_without_a_way_back(mine):
    answer = opened(mine).get(f"{FILE}/to-khai.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    number = Application.objects.get().number.replace("/", "-")
    name = f"to-khai-mau-01-ho-so-{number}.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.startswith(b"%PDF-")


def test_a_form_sent_before_with_letters_that_cannot_be_printed_names_them_and_the_way_on(mine, monkeypatch):
    monkeypatch.setattr(printing, "of_form", lambda _form: {"full_name": ("김",)})
    answer = opened(mine).get(f"{FILE}/to-khai.pdf")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chữ 김 không in được trên tờ khai." in page
    assert 'href="/dang-ky/ho-so/rut"' in page


def test_the_last_day_goes_into_a_calendar(mine):
    answer = opened(mine).get(f"{FILE}/lich.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;VALUE=DATE:{Application.objects.get().due_on:%Y%m%d}".encode() in answer.content


@pytest.mark.parametrize("path", ["", "/to-khai.pdf", "/lich.ics", "/rut"])
def test_a_stranger_gets_nothing(mine, client, path):
    answer = client.get(FILE + path)
    assert answer.headers["Location"] == "/dang-ky/tra-cuu"
    client.cookies[file_cookie.COOKIE] = f"{mine}.guessed"
    assert client.get(FILE + path).headers["Location"] == "/dang-ky/tra-cuu"


def test_withdrawing_is_asked_then_done_once(mine):
    browser = opened(mine)
    assert "Rút hồ sơ" in browser.get(f"{FILE}/rut").content.decode()
    for _ in range(2):
        assert browser.post(f"{FILE}/rut").headers["Location"] == FILE
    page = browser.get(FILE).content.decode()
    assert "Đã rút" in page
    assert "Sửa và gửi lại" in page
    assert browser.get(f"{FILE}/to-khai.pdf").status_code == 404
    assert browser.get(f"{FILE}/rut").headers["Location"] == FILE


def test_the_employer_may_print_and_hand_in_until_the_form_is_there(mine):
    browser = opened(mine)
    assert "Đồng ý để đơn vị in và nộp" in page_of(mine)
    for _ in range(2):
        assert browser.post(f"{FILE}/don-vi", {"dong-y": "1"}).headers["Location"] == FILE
    assert "Rút lại, tôi tự nộp" in page_of(mine)
    browser.post(f"{FILE}/don-vi", {"dong-y": "0"})
    assert Application.objects.get().employer_prints_at is None
    actions.receive_form(mine, by=make_officer(), now=timezone.now())
    browser.post(f"{FILE}/don-vi", {"dong-y": "1"})
    assert Application.objects.get().employer_prints_at is None
    assert "Nhờ đơn vị in và nộp" not in page_of(mine)


def test_a_refused_file_says_why_and_is_corrected_without_typing_again(mine):
    actions.refuse(
        mine, reasons=["photo_unclear"], text="Ảnh mặt sau bị lóa.", by=make_officer(), now=timezone.now()
    )
    browser = opened(mine)
    page = browser.get(FILE).content.decode()
    assert "Ảnh mờ, tối hoặc thiếu góc" in page
    assert "Chụp lại ảnh nơi đủ sáng" in page
    assert "Ảnh mặt sau bị lóa." in page
    assert browser.post(f"{FILE}/sua").headers["Location"] == "/dang-ky"
    draft = draft_of(browser)
    assert draft.corrects_id == mine
    assert draft.values["full_name"] == LAN.full_name
    start = browser.get("/dang-ky").content.decode()
    assert "Sửa và gửi lại hồ sơ" in start
    assert "Ảnh mặt sau bị lóa." in start
    assert browser.post("/dang-ky/xem-lai", {"commitment": "yes"}).headers["Location"] == FILE
    assert Application.objects.count() == 2


def test_an_open_file_cannot_be_corrected(mine):
    assert opened(mine).post(f"{FILE}/sua").headers["Location"] == FILE


def test_an_expired_file_offers_to_send_again():
    long_ago = timezone.now() - timedelta(days=60)
    application_id = make_application(now=long_ago)
    actions.expire(application_id, now=timezone.now())
    page = page_of(application_id)
    assert "Hết hạn nộp tờ khai" in page
    assert "Sửa và gửi lại" in page


def test_after_the_last_day_no_form_is_offered_though_the_file_is_not_closed_yet():
    page = page_of(make_application(now=timezone.now() - timedelta(days=60)))
    assert "Đã hết hạn nộp tờ khai" in page
    assert "to-khai.pdf" not in page


def test_a_received_form_is_confirmed(mine):
    actions.receive_form(mine, by=make_officer(), now=timezone.now())
    assert "Đã nhận tờ khai của bạn" in page_of(mine)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("created", "Mật khẩu đang được gửi"),
        ("sent", "nhà mạng chưa báo đã đến máy"),
        ("delivered", "đã đến máy lúc 14:03, 18/11/2026"),
        ("failed", "chưa đến được"),
    ],
)
def test_an_approved_file_says_what_became_of_the_password(state, says):
    from datetime import UTC, datetime

    from tests.making.registrations import NOW

    application_id = make_ready(now=NOW)
    actions.approve(application_id, by=make_officer(), now=NOW)
    at = datetime(2026, 11, 18, 7, 3, tzinfo=UTC)
    final = {"ended_at": at, "body": None} if state in {"delivered", "failed"} else {}
    Message.objects.filter(subject_id=application_id, kind="account_activation").update(
        state=state, sent_at=at, delivered_at=at if state == "delivered" else None, **final
    )
    page = page_of(application_id)
    assert says in page
    assert 'href="/dang-nhap"' in page


def test_a_shared_device_can_let_go(mine):
    browser = opened(mine)
    assert browser.post(f"{FILE}/dong").status_code == 302
    assert browser.get(FILE).headers["Location"] == "/dang-ky/tra-cuu"


def test_a_browser_with_a_sent_file_is_led_to_it_from_every_step(mine):
    browser = opened(mine)
    for step in ("ban-than", "lien-he", "anh", "noi-nop", "xem-lai", "ma-xac-nhan"):
        assert browser.get(f"/dang-ky/{step}").headers["Location"] == FILE
    assert "Mở hồ sơ đã gửi" in browser.get("/dang-ky").content.decode()


def test_one_person_never_opens_the_file_of_another(mine):
    make_person(BINH)
    theirs = make_application(BINH, now=timezone.now())
    page = opened(mine).get(FILE).content.decode()
    assert Application.objects.get(id=theirs).number not in page
    assert HONG_BANG in Application.objects.get(id=theirs).number


def test_who_began_by_the_employers_invitation_takes_a_time_of_its_registration_day(mine):
    day = make_day(make_officer(), on=local_day(timezone.now()) + timedelta(days=2))
    person_id, at = Application.objects.get(id=mine).person_id, times.of_day(day)[1]
    assert person_id is not None
    Worker.objects.create(person_id=person_id, employer_code=day.employer_id)
    page = f"{FILE}/ngay-dang-ky/{day.id}"
    # Who only typed the code of somebody is not told where that person works.
    assert "Chọn giờ" not in page_of(mine)
    assert opened(mine).post(page, {"gio": at.isoformat()}).status_code == 404
    Invitee.objects.create(person_id=person_id, employer_code=day.employer_id, step=2, draft_id=mine)
    assert "Chọn giờ" in page_of(mine)
    assert opened(mine).post(page, {"gio": at.isoformat()}).status_code == 302
    assert "Bạn đã hẹn lúc 08:20" in page_of(mine)
    assert opened(mine).post(page, {"huy": "1"}).status_code == 302
    actions.withdraw(mine, now=timezone.now())
    assert opened(mine).post(page, {"gio": at.isoformat()}).status_code == 404
    assert "Chọn giờ" not in page_of(mine)


def test_a_time_at_the_employers_day_goes_with_the_correction(mine):
    day = make_day(make_officer(), on=local_day(timezone.now()) + timedelta(days=2))
    person_id, at = Application.objects.get(id=mine).person_id, times.of_day(day)[1]
    assert person_id is not None
    Worker.objects.create(person_id=person_id, employer_code=day.employer_id)
    began = Invitee.objects.create(person_id=person_id, employer_code=day.employer_id, step=2, draft_id=mine)
    assert opened(mine).post(f"{FILE}/ngay-dang-ky/{day.id}", {"gio": at.isoformat()}).status_code == 302
    actions.refuse(mine, reasons=["photo_unclear"], text="Ảnh mờ.", by=make_officer(), now=timezone.now())
    starting.forget_gone()  # in the meantime nobody has started
    began.refresh_from_db()
    assert began.step != Invitee.STARTED
    browser = opened(mine)
    assert browser.post(f"{FILE}/sua").headers["Location"] == "/dang-ky"
    starting.forget_gone()
    began.refresh_from_db()
    assert (began.step, began.draft_id) == (Invitee.STARTED, draft_of(browser).subject_id)
    assert browser.post("/dang-ky/xem-lai", {"commitment": "yes"}).headers["Location"] == FILE
    assert "Bạn đã hẹn lúc 08:20" in browser.get(FILE).content.decode()
