"""An administrator brings colleagues in and ends their roles; nobody else, and nobody of another employer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.making.employers import BIEN_XANH, NOW, SAO_MAI, make_hr
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.audit.models import Event
from vssid.domain.employers.models import Seat
from vssid.domain.employers.seats import people as colleagues
from vssid.domain.employers.seats.errors import NoSeat
from vssid.domain.employers.seats.roles import Act, Role

from ...tests import cast

pytestmark = pytest.mark.django_db
PEOPLE, NEW = "/don-vi/nguoi", "/don-vi/nguoi/moi"
LAN = {"has_account": "moi", "name": "Nguyễn Lan", "username": "lan.saomai", "role": "clerk"}


def seat_of(person_id: int) -> int:
    return Seat.objects.get(account_id=person_id).id


def end(client: Client, seat_id: int, why: str = "Nghỉ việc") -> Any:
    return client.post(f"{PEOPLE}/{seat_id}/ket-thuc", {"why": why})


def test_somebody_new_comes_in_by_a_code_that_is_shown_once() -> None:
    client = cast.tuan()
    answer = client.post(NEW, LAN)
    [activation] = re.findall(r"data-activation>([^<]+)<", answer.content.decode())
    lan = Account.objects.get(login="lan.saomai")
    assert (lan.kind, lan.display_name, Seat.objects.get(account=lan).role) == (
        "employer",
        "Nguyễn Lan",
        "clerk",
    )
    assert activation not in client.get(PEOPLE).content.decode()
    event = Event.objects.get(kind="account.employer_created", subject_id=lan.person_id)
    assert event.facts["by_employer"] == SAO_MAI
    answer = Client().post(cast.SIGN_IN, {"username": "lan.saomai", "password": activation})
    assert answer["Location"] == "/don-vi"


def test_who_has_an_account_elsewhere_is_added_by_user_name_and_name_together() -> None:
    client, hoa = cast.tuan(), cast.hoa()
    known = {"has_account": "da-co", "name": "pham hoa", "username": cast.login_of(hoa), "role": "reader"}
    for wrong in ({"name": "Phạm Hòe"}, {"username": "khong.co"}):
        answer = client.post(NEW, {**known, **wrong})
        assert "Không có tài khoản nhân sự nào" in text_of(answer.content)
    assert client.post(NEW, known)["Location"] == f"{PEOPLE}?xong=them"
    assert set(Seat.objects.filter(account_id=hoa).values_list("employer_id", "role")) == {
        (BIEN_XANH, "administrator"),
        (SAO_MAI, "reader"),
    }


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"username": "Lan Sao Mai!"}, "Tên đăng nhập gồm"),
        ({"name": ""}, "Hãy nhập họ và tên."),
        ({"role": "chief"}, "lan.saomai"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong: dict[str, str], words: str) -> None:
    answer = cast.tuan().post(NEW, {**LAN, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Account.objects.count() == 1


def test_a_role_that_ends_signs_its_holder_out_at_once() -> None:
    client, lan = cast.tuan(), make_hr("Nguyễn Lan", (SAO_MAI, Role.CLERK))
    hers = cast.browser_of(lan)
    assert "Hãy ghi lý do." in text_of(end(client, seat_of(lan), " ").content)
    assert end(client, seat_of(lan))["Location"] == f"{PEOPLE}?xong=ket-thuc"
    assert not Session.objects.filter(person_id=lan).exists()
    assert hers.get("/don-vi").status_code == 302
    page = text_of(client.get(PEOPLE).content)
    assert "Nghỉ việc" in page
    assert end(client, seat_of(lan)).status_code == 302  # twice is once


def test_the_last_administrator_stays_and_reads_why() -> None:
    client = cast.tuan()
    make_hr("Nguyễn Lan", (SAO_MAI, Role.CLERK))
    own = Seat.objects.get(role=Role.ADMINISTRATOR).id
    answer = end(client, own)
    assert answer.status_code == 409
    assert "quản trị cuối cùng" in text_of(answer.content)
    make_hr("Lê Vân", (SAO_MAI, Role.ADMINISTRATOR))
    assert end(client, own).status_code == 302


def test_a_colleague_goes_on_in_another_role_and_signs_in_anew() -> None:
    client, lan = cast.tuan(), make_hr("Nguyễn Lan", (SAO_MAI, Role.CLERK))
    cast.browser_of(lan)
    seat_id = seat_of(lan)

    def change(to: str, seat: int = seat_id) -> Any:
        return client.post(f"{PEOPLE}/{seat}/doi-vai-tro", {"role": to})

    assert "đang có đúng vai trò đó" in text_of(change("clerk").content)
    assert change("chief").status_code == 422
    assert change("administrator")["Location"] == f"{PEOPLE}?xong=doi"
    assert not Session.objects.filter(person_id=lan).exists()
    rows = Seat.objects.filter(account_id=lan).order_by("id").values_list("role", "ended_why")
    assert list(rows) == [("clerk", "Đổi vai trò"), ("administrator", "")]
    assert change("reader").status_code == 409  # that one is over
    own = Seat.objects.exclude(account_id=lan).get().id
    assert "Không ai tự đổi vai trò" in text_of(change("reader", own).content)


def test_a_colleague_who_is_locked_out_gets_a_new_code_and_loses_every_factor() -> None:
    client, lan = cast.tuan(), make_hr("Nguyễn Lan", (SAO_MAI, Role.CLERK))
    hers = cast.browser_of(lan)
    answer = client.post(f"{PEOPLE}/{lan}/cap-lai")
    [activation] = re.findall(r"data-activation>([^<]+)<", answer.content.decode())
    assert hers.get("/don-vi").status_code == 302
    answer = Client().post(cast.SIGN_IN, {"username": cast.login_of(lan), "password": activation})
    assert answer["Location"] == "/don-vi"


def test_who_works_for_another_employer_too_is_let_in_anew_by_no_administrator_of_one() -> None:
    client = cast.tuan()
    both = make_hr("Vũ Kế", (SAO_MAI, Role.CLERK), (BIEN_XANH, Role.CLERK))
    answer = client.post(f"{PEOPLE}/{both}/cap-lai")
    assert answer.status_code == 409
    assert "đơn vị khác" in text_of(answer.content)
    assert not Event.objects.filter(kind="account.employer_reset").exists()


def test_nobody_lets_oneself_in_anew() -> None:
    client = cast.tuan()
    own = Seat.objects.get().account_id
    assert client.post(f"{PEOPLE}/{own}/cap-lai").status_code == 409


@pytest.mark.parametrize("role", [Role.CLERK, Role.READER])
def test_only_administrators_see_and_change_who_works_here(role: Role) -> None:
    client = cast.tuan(role)
    for answer in (client.get(PEOPLE), client.post(NEW, LAN), end(client, Seat.objects.get().id)):
        assert answer.status_code == 403
        assert "Vai trò này không làm được việc đó" in text_of(answer.content)
    assert Account.objects.count() == 1


def test_who_loses_the_role_while_the_form_is_sent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_more: Any) -> None:
        raise NoSeat(act=Act.ADMINISTER)

    client = cast.tuan()
    monkeypatch.setattr(colleagues, "add", refuse)
    answer = client.post(NEW, LAN)
    assert answer.status_code == 403
    assert "vừa đổi hoặc kết thúc" in text_of(answer.content)


def test_bringing_somebody_in_asks_again_who_is_there() -> None:
    client = cast.tuan()
    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        answer = client.post(NEW, LAN)
        assert "Xác nhận lại là bạn" in text_of(answer.content)
        assert Account.objects.count() == 1
        tuan = Seat.objects.get().account_id
        client.post(NEW, {**LAN, "ma_xac_thuc": cast.code_of(tuan)})
    assert Account.objects.filter(login="lan.saomai").exists()
