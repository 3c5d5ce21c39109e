"""Doubts at the pages of requests: asked about, with a reason each, kept, and told in history and log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.families import AN, make_ready
from tests.making.registrations import LAN, NOW, make_officer, make_officer_account, make_person
from tests.making.requests_of_people import accepted
from tests.page_text import text_of
from vssid.domain.accounts.counter import doubt_classes as counter
from vssid.domain.accounts.models.accounts import Account, CounterRequest
from vssid.domain.casework import why
from vssid.domain.casework.why import Classes
from vssid.domain.families import compare, deciding
from vssid.domain.families.desk import doubt_classes as families
from vssid.domain.families.models import ChildRequest
from vssid.domain.participants.models.people import Person
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.procedures.desk import doubt_classes as procedures
from vssid.domain.procedures.models import Move, Request
from vssid.web.officer.accounts import words as account_words
from vssid.web.officer.families import words as family_words
from vssid.web.officer.procedures import words as procedure_words
from vssid.web.officer.tests.desk import browser_of, first_reasons, minh, open_account

pytestmark = pytest.mark.django_db
LOG = "/can-bo/nhat-ky"
# The page, the button, what is said of the doubt, a reason, and how that is kept.
Case = tuple[str, str, str, str, Callable[[], object]]


def family(_client: Client) -> Case:
    guardian, request_id = make_ready()
    Person.objects.filter(bhxh_code=AN.bhxh_code).update(household_code="39")
    return (
        f"/can-bo/gia-dinh/{guardian}/{request_id}",
        "duyet",
        "Con và người nộp ở hai hộ gia đình khác nhau",
        "Chưa đối chiếu được hộ gia đình: Cha, mẹ và con ở hai hộ; giấy khai sinh ghi đúng tên người nộp",
        lambda: ChildRequest.objects.get().despite,
    )


def procedure(_client: Client) -> Case:
    person_id, request_id, _officer = accepted(Kind.DATA_CHANGE, what=["sex"], sex="1")
    return (
        f"/can-bo/dich-vu/{person_id}/{request_id}",
        "dong-y",
        "Giới tính không khớp với số CCCD",
        "Thông tin không khớp với số CCCD: Số giấy tờ được cấp đúng như vậy; đã đối chiếu bản chính",
        lambda: Move.objects.get(move="approve").despite,
    )


def at_the_counter(client: Client) -> Case:
    person_id = make_person()
    open_account(person_id)
    Account.objects.filter(person_id=person_id).update(activation_expires_at=None)
    page = client.post("/can-bo/tai-khoan", {"name": LAN.bhxh_code, "kind": "password"})["Location"]
    client.post(f"{page}/xem-ban-chinh")
    CounterRequest.objects.create(
        person_id=person_id, id="7b1f4c1e-0000-4000-8000-000000000001", kind="password", state="refused",
        office_id="03101", at_desk=True, asked_at=NOW, expires_at=NOW, closed_at=timezone.now(),
    )  # fmt: skip
    return (
        page,
        "thuc-hien",
        "Trong 30 ngày qua yêu cầu như thế này đã bị từ chối",
        "Tài khoản vừa có yêu cầu khác: Người dân mất máy và quên mật khẩu",
        lambda: CounterRequest.objects.get(state="done").despite,
    )


CASES = pytest.mark.parametrize("make", [family, procedure, at_the_counter])


@CASES
def test_a_doubt_is_asked_about_takes_a_reason_and_is_told(make: Callable[[Client], Case]) -> None:
    client = minh()
    address, button, doubt, reason, kept = make(client)
    auditor = browser_of(make_officer_account("kiem", role="auditor", name="Kiểm"))
    asked = client.post(f"{address}/{button}")
    said = text_of(asked.content)
    assert asked.status_code == 409
    assert doubt in said
    assert "Chọn một lý do." not in said
    mark = re.findall(r'name="da-xem" value="([0-9a-f]+)"', asked.text)[0]
    refused = client.post(f"{address}/{button}", {"da-xem": mark, "text": "Xem <tờ> khai"})
    assert refused.status_code == 409
    assert "Chọn một lý do." in text_of(refused.content)
    assert button != "dong-y" or "Xem &lt;tờ&gt; khai</textarea>" in refused.text
    given = first_reasons(asked.text)
    assert client.post(f"{address}/{button}", {"da-xem": mark, **given}).status_code == 302
    assert kept() == {name.removeprefix("vi-sao-"): code for name, code in given.items()}
    shown = text_of(client.get(address).content)
    assert reason.split(": ")[1] in shown
    log = text_of(auditor.get(f"{LOG}?viec=con-nghi-van").content)
    assert reason in log
    assert "1 sự kiện" in log


@CASES
def test_another_reason_stays_chosen_where_one_is_lacking(make: Callable[[Client], Case]) -> None:
    client = minh()
    address, button, *_rest = make(client)
    asked = client.post(f"{address}/{button}").text
    mark = re.findall(r'name="da-xem" value="([0-9a-f]+)"', asked)[0]
    given = first_reasons(asked)
    (name, code) = next(iter(given.items()))
    # A doubt of another kind came up meanwhile: all are asked about anew, what was chosen is still there.
    again = client.post(f"{address}/{button}", {name: code, "da-xem": mark[::-1]})
    assert again.status_code == 409
    assert f'name="{name}" value="{code}" checked' in again.text


def test_a_text_too_long_leaves_the_doubts_and_their_reasons_as_they_were() -> None:
    client = minh()
    address, button, doubt, *_rest = procedure(client)
    asked = client.post(f"{address}/{button}").text
    mark = re.findall(r'name="da-xem" value="([0-9a-f]+)"', asked)[0]
    ((name, code),) = first_reasons(asked).items()
    refused = client.post(f"{address}/{button}", {name: code, "da-xem": mark, "text": "x" * 1001})
    assert refused.status_code == 422
    assert f'name="{name}" value="{code}" checked' in refused.text
    assert doubt in text_of(refused.content)
    assert Request.objects.get().state == "in_review"


def test_what_was_approved_before_there_were_reasons_is_found_and_readable() -> None:
    client = minh()
    address, *_rest = family(client)
    guardian, request_id = map(int, address.split("/")[-2:])
    deciding.approve(guardian, request_id, by=make_officer(), now=NOW)
    ChildRequest.objects.update(despite=None)
    shown = text_of(client.get(address).content)
    assert "duyệt hồ sơ" in shown
    assert "Lý do vẫn duyệt" not in shown
    auditor = browser_of(make_officer_account("kiem", role="auditor", name="Kiểm"))
    assert "Duyệt hồ sơ đăng ký cho con" in text_of(auditor.get(f"{LOG}?viec=con-nghi-van").content)


@pytest.mark.parametrize(
    ("doubts", "classes"),
    [
        (set(family_words.FINDINGS) - set(compare.BLOCKING), families.CLASSES),
        (procedure_words.DOUBTS, procedures.CLASSES),
        (account_words.DOUBTS, counter.CLASSES),
    ],
)
def test_every_doubt_with_words_belongs_to_a_class(doubts: Iterable[str], classes: Classes) -> None:
    assert set(why.classes_of(doubts, classes)) == set(classes)
