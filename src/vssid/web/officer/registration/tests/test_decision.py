"""Receive, see, approve, refuse, resend: each rule said in the officer's words."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connections, transaction
from django.test import Client

from tests.making.registrations import (
    LAN,
    NOW,
    make_application,
    make_office,
    make_officer,
    make_person,
    make_ready,
)
from tests.making.sms import last_activation
from tests.page_text import text_of
from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts.contacts import changes
from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.models import Event
from vssid.domain.audit.verify import verify_chain
from vssid.domain.identity.models import IdImage
from vssid.domain.notifications.models.messages import Message
from vssid.domain.participants.models.people import Person
from vssid.domain.registration import actions
from vssid.domain.registration.desk import looks
from vssid.domain.registration.models import Application
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import Phone
from vssid.web.officer.tests.desk import file_of, minh, ngoc, open_account, press_approve

pytestmark = pytest.mark.django_db


def act(client: Client, application_id: int, name: str, **data: object) -> tuple[int, str]:
    """Press a button; the status before a redirect, and what the page then says."""
    address = file_of(application_id, name)
    answer = press_approve(client, address) if name == "duyet" else client.post(address, data)
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    return answer.status_code, text_of(page.content)


def state_of(application_id: int) -> str:
    return Application.objects.get(id=application_id).state


def test_an_officer_receives_sees_and_approves() -> None:
    client, application = minh(), make_application()
    status, said = act(client, application, "nhan-to-khai")
    assert (status, "Đã ghi nhận tờ khai." in said) == (302, True)
    assert "Minh, 20:14, 18/11/2026" in said
    assert "Đã ghi nhận đối chiếu bản chính." in act(client, application, "xem-ban-chinh")[1]
    status, said = act(client, application, "duyet")
    assert (status, "Đã duyệt. Mật khẩu kích hoạt đang được gửi." in said) == (302, True)
    assert "Đang gửi" in said
    assert state_of(application) == "approved"
    assert Account.objects.filter(kind="citizen").count() == 1
    assert verify_chain().sound


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("form", "chưa nhận tờ khai mẫu 01 có chữ ký"),
        ("original", "chưa đối chiếu bản chính giấy tờ"),
        ("portrait", "thiếu ảnh chân dung"),
        ("front", "thiếu ảnh mặt trước giấy tờ"),
        ("back", "thiếu ảnh mặt sau giấy tờ"),
    ],
)
def test_approval_is_refused_while_something_is_missing(missing: str, words: str) -> None:
    client, officer, application = minh(), make_officer(), make_application()
    if missing != "form":
        actions.receive_form(application, by=officer, now=NOW)
    if missing != "original":
        actions.see_original(application, by=officer, now=NOW)
    IdImage.objects.filter(subject_id=application, kind=missing).delete()
    assert 'aria-disabled="true"' in client.get(file_of(application)).content.decode()
    status, said = act(client, application, "duyet")
    assert status == 409
    assert f"Chưa duyệt được Hồ sơ còn thiếu: {words}" in said
    assert not Account.objects.filter(kind="citizen").exists()
    assert not Message.objects.filter(kind="account_activation").exists()


def test_approval_is_refused_for_a_code_that_the_register_does_not_know() -> None:
    client, officer, application = minh(), make_officer(), make_application(known=False)
    actions.receive_form(application, by=officer, now=NOW)
    actions.see_original(application, by=officer, now=NOW)
    status, said = act(client, application, "duyet")
    assert (status, "mã số BHXH không có trong dữ liệu" in said) == (409, True)


def test_the_second_officer_is_told_who_was_first() -> None:
    application, first, second = make_ready(), minh(), ngoc()
    act(first, application, "duyet")
    status, said = act(second, application, "duyet")
    assert status == 409
    assert "Minh đã duyệt hồ sơ này lúc 20:14, 18/11/2026" in said
    assert "Bạn đã duyệt hồ sơ này" in act(first, application, "duyet")[1]
    assert "Minh đã duyệt" in act(second, application, "tu-choi", reasons=["other"], text="Sai")[1]
    assert "Minh đã duyệt" in act(second, application, "nhan-to-khai")[1]
    assert Message.objects.filter(kind="account_activation").count() == 1


def test_an_application_taken_back_says_so() -> None:
    client, application = minh(), make_application()
    actions.withdraw(application, now=NOW)
    assert "Người nộp đã rút hồ sơ này lúc 20:14" in act(client, application, "nhan-to-khai")[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other_act", ["duyet", "tu-choi"])
def test_of_two_officers_at_once_one_wins_and_one_account_comes_of_it(other_act: str) -> None:
    application, both = make_ready(), (minh(), ngoc())
    seen = looks.look_at(application, by=make_officer(), now=NOW).doubts
    start, answers = Barrier(2), {}

    def press(name: str, client: Client, button: str) -> None:
        start.wait()
        data = {
            "reasons": ["other"],
            "text": "Ảnh không rõ",
            "da-xem": seen,
            "vi-sao-image": "original_clear",
        }
        answer = client.post(file_of(application, button), data)
        answers[name] = (answer.status_code, text_of(answer.content))
        connections.close_all()

    threads = [
        Thread(target=press, args=("Minh", both[0], "duyet")),
        Thread(target=press, args=("Ngọc", both[1], other_act)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [name for name, (status, _said) in answers.items() if status == 302]
    lost = [name for name, (status, _said) in answers.items() if status == 409]
    assert (len(won), len(lost)) == (1, 1)
    assert re.search(f"{won[0]} (đã|đang xử lý) ", answers[lost[0]][1])
    approved = state_of(application) == "approved"
    assert Account.objects.filter(kind="citizen").count() == approved
    assert Message.objects.filter(kind="account_activation").count() == approved
    closed = Event.objects.filter(
        subject_id=application, kind__in=["application.approved", "application.refused"]
    )
    assert closed.count() == 1
    assert verify_chain().sound


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": "Chụp lại ảnh"}, "Chọn ít nhất một lý do."),
        ({"reasons": ["photo_unclear"], "text": " "}, "Viết lời nhắn để người nộp biết cần làm gì."),
        ({"reasons": ["thich-the"], "text": "x"}, "Có lý do không nằm trong danh mục."),
        ({"reasons": ["other"], "text": "x" * 1001}, "Lời nhắn dài quá 1.000 ký tự."),
    ],
)
def test_a_refusal_needs_a_reason_and_words(data: dict[str, object], words: str) -> None:
    client, application = minh(), make_application()
    status, said = act(client, application, "tu-choi", **data)
    assert (status, words in said) == (422, True)
    assert state_of(application) == "submitted"


def test_a_refusal_that_was_not_complete_keeps_what_was_typed() -> None:
    client, application = minh(), make_application()
    page = client.post(file_of(application, "tu-choi"), {"text": "Ký <tên> vào tờ khai"}).content.decode()
    assert "Ký &lt;tên&gt; vào tờ khai</textarea>" in page
    assert '<details class="refuse" data-key="t" data-refuse open>' in page


def test_a_refusal_closes_the_file_and_keeps_the_words_for_the_person() -> None:
    client, application = minh(), make_application()
    status, said = act(
        client, application, "tu-choi", reasons=["photo_unclear", "form_unsigned"], text="Chụp lại.\nKý tên."
    )
    assert (status, "Đã từ chối. Người nộp được nhắn tin báo." in said) == (302, True)
    assert "Ảnh mờ, tối hoặc thiếu góc" in said
    row = Application.objects.get(id=application)
    assert (row.state, row.reasons, row.reason_text) == (
        "refused",
        ["photo_unclear", "form_unsigned"],
        "Chụp lại.\nKý tên.",
    )
    assert not Account.objects.filter(kind="citizen").exists()


def test_the_form_is_taken_until_the_last_minute_and_not_after(wednesday: time_machine.Traveller) -> None:
    application = make_application()
    due = Application.objects.get(id=application).due_at
    wednesday.move_to(due - timedelta(minutes=14))
    client = minh()
    wednesday.move_to(due)
    status, said = act(client, application, "nhan-to-khai")
    assert (status, "Đã quá hạn nộp tờ khai" in said) == (409, True)
    assert state_of(application) == "submitted"
    wednesday.move_to(due - timedelta(seconds=1))
    assert act(client, application, "nhan-to-khai")[0] == 302


def test_a_person_with_an_account_gets_no_second_one() -> None:
    make_office()
    person = make_person()
    open_account(person)
    client, application = minh(), make_ready()
    assert "Người đăng ký đã có tài khoản" in text_of(client.get(file_of(application)).content)
    status, said = act(client, application, "duyet")
    assert (status, "Không tạo thêm tài khoản được." in said) == (409, True)
    assert state_of(application) == "received"
    assert not Message.objects.filter(kind="account_activation").exists()


def sign_in(password: str) -> accounts.SignedIn:
    return accounts.sign_in(
        LAN.bhxh_code, password, kind="citizen", address="203.0.113.9", device="", now=NOW
    )


def test_sending_anew_kills_the_password_before(wednesday: time_machine.Traveller) -> None:
    client, application = minh(), make_ready()
    act(client, application, "duyet")
    first = last_activation(application)
    wednesday.shift(timedelta(minutes=1))
    status, said = act(client, application, "gui-lai")
    assert (status, "Mật khẩu trước không còn dùng được." in said) == (302, True)
    second = last_activation(application)
    assert first != second
    with pytest.raises(WrongCredentials):
        sign_in(first)
    assert sign_in(second).must_set_password
    assert Account.objects.filter(kind="citizen").count() == 1


def test_nothing_is_sent_anew_to_a_phone_that_is_not_the_newest() -> None:
    client, application = minh(), make_ready()
    act(client, application, "duyet")
    account = Account.objects.get(kind="citizen")
    with transaction.atomic():
        changes.apply(account.person_id, "phone", Phone.parse("0901234567"), by=SYSTEM, now=NOW)
    Account.objects.filter(kind="citizen").update(phone=account.phone)
    status, said = act(client, application, "gui-lai")
    assert (status, "không khớp với lần thay đổi gần nhất" in said) == (409, True)
    assert Message.objects.filter(kind="account_activation").count() == 1
    assert Event.objects.filter(kind="account.older_value").count() == 1


def test_nothing_is_sent_anew_once_an_own_password_is_set() -> None:
    client, application = minh(), make_ready()
    act(client, application, "duyet")
    accounts.set_password(
        Account.objects.get(kind="citizen").person_id, "mua thu ha noi 7", device="", now=NOW
    )
    status, said = act(client, application, "gui-lai")
    assert (status, "Không cần gửi lại" in said) == (409, True)
    assert Message.objects.filter(kind="account_activation").count() == 1


def test_nothing_is_sent_anew_for_a_file_that_was_not_approved() -> None:
    client, application = minh(), make_ready()
    assert act(client, application, "gui-lai")[0] == 409
    assert not Message.objects.exclude(kind="application_received").exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": "created"}, "Đang gửi"),
        (
            {"state": "sent", "sent_at": NOW},
            "Đã gửi cho nhà mạng (đã xong) 20:14, 18/11/2026 Chờ báo đã đến máy",
        ),
        ({"state": "delivered", "sent_at": NOW, "delivered_at": NOW, "ended_at": NOW}, "Đã đến máy"),
        (
            {"state": "failed", "sent_at": NOW, "ended_at": NOW, "reason": "undelivered"},
            "Không gửi được 20:14, 18/11/2026 Nhà mạng báo",
        ),
        ({"state": "expired", "ended_at": NOW, "reason": "unsent"}, "Quá hạn 20:14, 18/11/2026"),
    ],
)
def test_the_file_says_what_became_of_the_message(facts: dict[str, object], words: str) -> None:
    client, application = minh(), make_ready()
    act(client, application, "duyet")
    final = {"body": None} if "ended_at" in facts else {}
    Message.objects.filter(subject_id=application, kind="account_activation").update(**facts, **final)
    assert words in text_of(client.get(file_of(application)).content)


def test_the_password_stands_on_no_page() -> None:
    client, application = minh(), make_ready()
    said = act(client, application, "duyet")[1]
    assert last_activation(application) not in said


def test_the_two_checks_are_taken_back_until_the_decision() -> None:
    client, application = minh(), make_ready()
    assert "Đã bỏ ghi nhận tờ khai." in act(client, application, "tra-to-khai")[1]
    row = Application.objects.get(id=application)
    assert (row.state, row.form_received_at, row.form_received_by) == ("submitted", None, "")
    assert "Đã bỏ ghi nhận đối chiếu bản chính." in act(client, application, "bo-ban-chinh")[1]
    row.refresh_from_db()
    assert (row.original_seen_at, row.original_seen_by) == (None, "")
    assert "chưa nhận tờ khai" in act(client, application, "duyet")[1]
    kinds = set(Event.objects.filter(subject_id=application).values_list("kind", flat=True))
    assert {"application.form_returned", "application.original_unseen"} <= kinds
    # Twice is once.
    act(client, application, "tra-to-khai")
    assert Event.objects.filter(kind="application.form_returned").count() == 1


def test_after_the_decision_no_check_is_taken_back() -> None:
    client, application = minh(), make_ready()
    act(client, application, "duyet")
    for name in ("tra-to-khai", "bo-ban-chinh"):
        status, said = act(client, application, name)
        assert (status, "Bạn đã duyệt hồ sơ này" in said) == (409, True)
    assert Application.objects.get(id=application).form_received_at is not None


def test_a_form_given_back_after_the_last_day_expires(wednesday: time_machine.Traveller) -> None:
    application = make_application()
    actions.receive_form(application, by=make_officer(), now=NOW)
    later = Application.objects.get(id=application).due_at + timedelta(minutes=1)
    actions.return_form(application, by=make_officer(), now=later)
    assert actions.expire(application, now=later)
    assert state_of(application) == "expired"


def test_what_speaks_against_a_file_is_asked_about_once_and_kept_with_the_decision() -> None:
    make_person(LAN, full_name="Nguyễn Thị Lam")
    client, application = minh(), make_ready()
    first = client.post(file_of(application, "duyet"))
    assert first.status_code == 409
    said = text_of(first.content)
    assert "Chưa duyệt: còn nội dung cần kiểm tra" in said
    assert "Họ và tên trên tờ khai khác dữ liệu BHXH" in said
    assert "Vẫn duyệt và gửi mật khẩu" in said
    assert state_of(application) == "received"
    assert press_approve(client, file_of(application, "duyet")).status_code == 302
    event = Event.objects.get(kind="application.approved")
    assert "register.full_name.differs" in event.facts["despite"]
    assert event.facts["why"] == {"register": "register_old", "image": "original_clear"}
    assert Application.objects.get(id=application).despite == event.facts["why"]
    said = text_of(client.get(file_of(application)).content)
    assert "Dữ liệu BHXH chưa cập nhật; bản chính đúng như tờ khai" in said


@pytest.mark.parametrize("given", [{}, {"vi-sao-image": "register_old"}, {"vi-sao-card": "card_misread"}])
def test_approving_in_spite_of_doubts_takes_a_reason_for_each_class(given: dict[str, str]) -> None:
    client, application = minh(), make_ready()
    page = client.post(file_of(application, "duyet")).content.decode()
    seen = page.split('name="da-xem" value="')[1][:16]
    answer = client.post(file_of(application, "duyet"), {"da-xem": seen, **given})
    assert answer.status_code == 409
    assert "Vì sao vẫn duyệt: Ảnh chưa đạt Chọn một lý do." in text_of(answer.content)
    assert state_of(application) == "received"
    assert not Account.objects.filter(kind="citizen").exists()


def test_a_doubt_that_came_up_since_is_asked_about_again() -> None:
    client, application = minh(), make_ready()
    page = client.post(file_of(application, "duyet")).content.decode()
    seen = page.split('name="da-xem" value="')[1][:16]
    Person.objects.update(full_name="Nguyễn Thị Lam")
    again = client.post(file_of(application, "duyet"), {"da-xem": seen})
    assert again.status_code == 409
    assert "Họ và tên trên tờ khai khác dữ liệu BHXH" in text_of(again.content)
    assert state_of(application) == "received"


def test_the_doubts_of_an_open_file_are_those_of_now() -> None:
    make_person(LAN, full_name="Nguyễn Thị Lam")
    client, application = minh(), make_ready()
    assert "Họ và tên trên tờ khai khác" in text_of(client.get(file_of(application)).content)
    Person.objects.update(full_name=LAN.full_name)
    assert "Họ và tên trên tờ khai khác" not in text_of(client.get(file_of(application)).content)
