"""The first person comes in by the letter's code, once; a second employer goes into the same account."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.making.employers import BIEN_XANH, NOW, SAO_MAI
from tests.making.staff import OWN_PASSWORD
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.models import Event
from vssid.domain.employers.entries import actions as entries
from vssid.domain.employers.models import Seat
from vssid.domain.employers.seats.roles import Role
from vssid.kernel.actor import SYSTEM

from ...tests import cast

pytestmark = pytest.mark.django_db
COME_IN = "/don-vi/vao"
PERSON = {"name": "Trần Tuấn", "username": "tuan.saomai", "new": OWN_PASSWORD, "again": OWN_PASSWORD}


def codes(employer: str = SAO_MAI, **more: str) -> dict[str, str]:
    return {"employer": employer, "code": entries.invite(employer, by=SYSTEM, now=NOW).code, **more}


def refused(answer: Any, words: str) -> None:
    assert answer.status_code == 422
    assert words in text_of(answer.content)


def test_the_first_person_opens_an_account_and_administers_the_employer() -> None:
    typed, client = codes(), Client()
    page = client.post(COME_IN, typed)
    assert "Công ty Sao Mai (mẫu)" in text_of(page.content)
    assert not Seat.objects.exists()
    answer = client.post(COME_IN, {**typed, **PERSON, "buoc": "2"})
    assert answer["Location"] == "/don-vi"
    assert client.get("/don-vi")["Location"] == "/don-vi/xac-thuc/ung-dung"
    seat = Seat.objects.get()
    assert (seat.employer_id, seat.role) == (SAO_MAI, Role.ADMINISTRATOR)
    event = Event.objects.get(kind="employer.came_in")
    assert (event.actor_kind, event.actor_id, event.actor_name) == ("employer", seat.account_id, "Trần Tuấn")


def test_a_code_opens_once_and_the_second_browser_is_told() -> None:
    typed = codes()
    Client().post(COME_IN, {**typed, **PERSON, "buoc": "2"})
    refused(
        Client().post(COME_IN, {**typed, **PERSON, "username": "hai", "buoc": "2"}),
        "Mã mời này đã được dùng lúc",
    )
    assert Account.objects.filter(kind=Account.EMPLOYER).count() == 1


def test_a_wrong_code_and_a_code_of_another_employer_say_so_and_keep_what_was_typed() -> None:
    typed = codes()
    answer = Client().post(COME_IN, {"employer": SAO_MAI, "code": "AAAA-BBBB-CCCC-DDDD-EEEE"})
    refused(answer, "Mã mời này không đúng")
    assert f'value="{SAO_MAI}"' in answer.content.decode()
    refused(Client().post(COME_IN, {**typed, "employer": BIEN_XANH}), "không phải của đơn vị vừa nhập")
    refused(Client().post(COME_IN, {"employer": "", "code": ""}), "Hãy nhập mã đơn vị in trong thư.")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"username": "0123456789"}, "Tên đăng nhập gồm"),
        ({"username": "tuấn"}, "Tên đăng nhập gồm"),
        ({"name": "   "}, "Hãy nhập họ và tên."),
        ({"new": "12345678", "again": "12345678"}, "dễ đoán"),
        ({"again": "khác"}, "Hai lần nhập chưa giống nhau"),
        ({"new": "tuan.saomai1", "again": "tuan.saomai1"}, "không được chứa tên đăng nhập"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_code_stays_good(
    wrong: dict[str, str], words: str
) -> None:
    typed, client = codes(), Client()
    refused(client.post(COME_IN, {**typed, **PERSON, **wrong, "buoc": "2"}), words)
    assert not Account.objects.exists()
    assert client.post(COME_IN, {**typed, **PERSON, "buoc": "2"}).status_code == 302


def test_a_taken_user_name_is_told() -> None:
    Client().post(COME_IN, {**codes(), **PERSON, "buoc": "2"})
    answer = Client().post(COME_IN, {**codes(BIEN_XANH), **PERSON, "buoc": "2"})
    refused(answer, "Tên đăng nhập này đã có người dùng")


def test_who_has_an_account_takes_the_second_employer_into_it_and_acts_for_it() -> None:
    client, typed = cast.tuan(), codes(BIEN_XANH)
    page = client.post(COME_IN, typed)
    assert "Thêm đơn vị này" in text_of(page.content)
    assert client.post(COME_IN, {**typed, "buoc": "2"})["Location"] == "/don-vi"
    assert "Công ty Biển Xanh (mẫu)" in text_of(client.get("/don-vi").content)
    assert Account.objects.filter(kind=Account.EMPLOYER).count() == 1


def test_no_code_stands_in_an_address_and_none_is_taken_from_one() -> None:
    typed = codes()
    page = Client().get(COME_IN, {"don-vi": SAO_MAI, "code": typed["code"]}).content.decode()
    assert f'value="{SAO_MAI}"' in page
    assert f'value="{typed["code"]}"' not in page
