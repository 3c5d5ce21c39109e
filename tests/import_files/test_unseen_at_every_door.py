"""What nobody sees in a code that is copied, typed or scanned does not count, at every door."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.making import staff
from tests.making.employers_of_the_register import OWING, make_employers
from tests.making.families import add_child_coverage
from tests.making.places_of_the_directory import make_point
from tests.making.registrations import (
    BINH,
    HONG_BANG,
    LAN,
    make_application,
    make_draft,
    make_office,
    make_person,
    view,
)
from tests.making.sms import last_code, texts_to
from vssid.domain.accounts.models.accounts import CounterRequest
from vssid.domain.accounts.models.safety import Claim
from vssid.domain.accounts.recovery import claims
from vssid.domain.directory import index
from vssid.domain.lookups import comparing
from vssid.domain.participants.models.people import Identifier, Person
from vssid.domain.registration.models import Application
from vssid.domain.statements import codes as statements
from vssid.domain.support.models import Ticket
from vssid.domain.vault import sealing as vault
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.typed import parse_date
from vssid.web.citizen.tests import cast
from vssid.web.officer.tests import desk
from vssid.web.public.tests import visitor

pytestmark = pytest.mark.django_db
Typing = Callable[[str], str]
UNSEEN = (
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\ufeff\ufeff", "\u00ad", "\u202a", "\u202b", "\u202c",
    "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c",
    "\u180e", "\u3164",
)  # fmt: skip


def _around(unseen: str) -> Typing:
    return lambda text: f"{unseen}{text[:2]}{unseen}{text[2:]}{unseen}"


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _all(text: str) -> str:
    """Everything that nobody sees, at once."""
    return "".join(UNSEEN) + text[:1] + "".join(UNSEEN) + _wide(text[1:]) + "\u00a0\u3000\u2009"


EACH = {"all at once": _all, "full width": _wide} | {ascii(sign): _around(sign) for sign in UNSEEN}
# At doors that cost a whole visit, the worst of them.
WORST = {name: EACH[name] for name in ("all at once", "full width")}


def sign_in(typing: Typing) -> None:
    cast.make_citizen()
    assert cast.sign_in(cast.browser(), code=typing(cast.LAN)).status_code == 302


def officer_sign_in(typing: Typing) -> None:
    desk.minh()
    client = Client()
    typed = {"username": typing("minh"), "password": desk.PASSWORD}
    assert client.post("/can-bo/dang-nhap", typed).status_code == 302
    typed = {"ma_xac_thuc": typing(staff.code_now())}
    assert client.post("/can-bo/dang-nhap/buoc-hai", typed)["Location"] == "/can-bo"


def register(typing: Typing) -> None:
    make_office()
    client = Client()
    codes = {
        name: typing(visitor.WHO[name]) for name in ("bhxh_code", "birth_date", "id_number", "issued_on")
    }
    assert client.post("/dang-ky/ban-than", visitor.WHO | codes | {"go": "next"}).status_code == 302
    contact = visitor.CONTACT | {"phone": typing("0912 345 678"), "email": typing("lan@example.vn")}
    assert client.post("/dang-ky/lien-he", contact | {"go": "next"}).status_code == 302
    values = visitor.draft_of(client).values
    assert (values["bhxh_code"], values["id_number"]) == (LAN.bhxh_code, LAN.id_number)
    assert (values["phone"], values["email"]) == (LAN.phone, "lan@example.vn")


def confirm(typing: Typing) -> None:
    make_person()
    client = visitor.holder(proved=False)
    client.post("/dang-ky/xem-lai", {"commitment": "yes"})
    code = last_code(visitor.subject_of(client))
    answer = client.post("/dang-ky/ma-xac-nhan", {"code": typing(code)})
    assert answer.headers["Location"] == "/dang-ky/ho-so"


def resume(typing: Typing) -> None:
    subject, client = view(make_draft(proved=False)).subject_id, Client()
    client.post("/dang-ky/tiep-tuc", {"phone": typing("0912345678"), "bhxh_code": typing(LAN.bhxh_code)})
    client.get("/dang-ky/tiep-tuc/ma")
    answer = client.post("/dang-ky/tiep-tuc/ma", {"code": typing(last_code(subject))})
    assert answer.headers["Location"] == "/dang-ky"


def look_up(typing: Typing) -> None:
    make_application(now=timezone.now())
    typed = {"number": typing(Application.objects.get().number), "phone": typing("0912345678")}
    assert Client().post("/dang-ky/tra-cuu", typed).headers["Location"] == "/dang-ky/tra-cuu/ket-qua"


def _registered() -> None:
    person_id = make_person()
    key = vault.fingerprint("cccd", LAN.id_number).hex()
    Identifier.objects.get_or_create(kind="cccd", key=key, defaults={"person_id": person_id})
    Person.objects.update(province_code="31")
    comparing.somebody.cache_clear()


def own_number(typing: Typing) -> None:
    _registered()
    typed = {"full_name": typing("nguyen thi lan"), "birth_date": typing("02/01/1990"), "province_code": "31"}
    answer = Client().post("/tra-cuu/ma-so-bhxh", typed | {"id_number": typing(LAN.id_number)})
    comparing.somebody.cache_clear()
    assert LAN.bhxh_code in re.sub(r"\s", "", answer.text)


def card(typing: Typing) -> None:
    make_office()
    _registered()
    add_child_coverage(LAN)
    typed = {"full_name": "nguyen thi lan", "birth_date": typing("02/01/1990")}
    answer = Client().post("/tra-cuu/gia-tri-the", typed | {"card_number": typing(LAN.bhxh_code)})
    qr = "|".join(
        (LAN.bhxh_code, "Nguyễn Thị Lan".encode().hex(), "02/01/1990", "2", "31 - 901", "01/01/2022")
    )
    scanned = Client().post("/tra-cuu/gia-tri-the", {"scan": typing(qr) + "|-|15/12/2021"})
    comparing.somebody.cache_clear()
    assert "Thẻ còn thời hạn theo dữ liệu BHXH" in answer.text
    assert "Thẻ còn thời hạn theo dữ liệu BHXH" in scanned.text


def statement(typing: Typing) -> None:
    assert statements.read(typing("7K2M-04QX-9TRE")) == ("7K2M04QX9TRE",)


def trusted(typing: Typing) -> None:
    person_id = cast.make_worker()
    client = cast.browser()
    cast.sign_in(client)
    typed = {"viec": "ten", "name": "Bình", "phone": typing("0987 654 321"), "password": cast.PASSWORD}
    assert client.post("/nguoi-tin-cay", typed).status_code == 302
    code = re.search(r"\d{6}", texts_to(person_id, "trusted_ask")[0])
    assert code is not None
    assert client.post("/nguoi-tin-cay", {"viec": "ma", "code": typing(code[0])}).status_code == 302


def forgotten(typing: Typing) -> None:
    cast.browser().post("/quen-mat-khau", {"name": typing(cast.LAN)})
    claim = Claim.objects.get()
    assert claims.said_of(claim)["login"] == cast.LAN


def message(typing: Typing) -> None:
    make_office()
    client = Client()
    typed = {"topic": "card", "office_code": HONG_BANG, "text": "Hỏi thẻ", "full_name": "Yến"}
    client.post("/tro-giup/tin-nhan/moi", typed | {"phone": typing("0912345678")})
    ticket = Ticket.objects.get()
    client.post("/tro-giup/tin-nhan/ma", {"code": typing(last_code(ticket.id))})
    ticket.refresh_from_db()
    assert ticket.number
    fields = {"number": typing(ticket.number), "phone": typing("0912 345 678")}
    other = Client()
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        other.post("/tro-giup/tin-nhan", fields)
        opened = other.post("/tro-giup/tin-nhan/ma", {"code": typing(last_code(ticket.id))})
    assert opened["Location"] == f"/tro-giup/tin-nhan/{ticket.id}"


def counter(typing: Typing) -> None:
    person_id = make_person()
    desk.open_account(person_id)
    desk.minh().post("/can-bo/tai-khoan", {"name": typing(LAN.bhxh_code), "kind": "password"})
    assert CounterRequest.objects.filter(person_id=person_id).exists()


def desk_search(typing: Typing) -> None:
    application, client = make_application(now=timezone.now()), desk.minh()
    make_application(BINH, now=timezone.now())
    number = Application.objects.get(id=application).number
    for text in (
        number,
        LAN.bhxh_code,
        LAN.id_number,
        "0912345678",
        f"DN431{LAN.bhxh_code}|4e67|02/01/1990|2",
    ):
        answer: Any = client.post("/can-bo/tim", {"q": typing(text)})
        if answer.status_code == 302:
            assert answer["Location"] == desk.file_of(application), text
        else:
            assert [row.id for row in answer.context["rows"]] == [application], text


def employers(typing: Typing) -> None:
    make_office()
    make_employers()
    for where in ("/tra-cuu/don-vi", "/api/v1/directory/employers"):
        assert OWING in Client().get(where, {"q": typing(OWING)}).text
    assert Client().get(f"/api/v1/directory/employers/{typing(OWING.lower())}").status_code == 200


def places(typing: Typing) -> None:
    make_office()
    make_point()
    index.refresh()
    for filters in ({"q": typing("P0000001")}, {"province": typing("31")}, {"commune": typing("11311")}):
        listed = Client().get("/api/v1/directory/points", filters).json()["places"]
        assert [place["code"] for place in listed] == ["P0000001"], filters
    assert Client().get(f"/api/v1/directory/points/{typing('P0000001')}").status_code == 200
    near = {"lat": typing("20.86"), "lon": typing("106.68"), "limit": typing("5")}
    assert Client().get("/api/v1/directory/points", near).json()["places"]
    assert "P0000001" in Client().get("/tra-cuu/diem-thu", {"q": typing("P0000001")}).text


def day(typing: Typing) -> None:
    for text in ("02/01/1990", "02-01-1990", "02011990", "1990-01-02"):
        assert parse_date(typing(text)).isoformat() == "1990-01-02"


def address(typing: Typing) -> None:
    assert EmailAddress.parse(typing("lan@example.vn")).reveal() == "lan@example.vn"


QUICK = (statement, day, address, sign_in, forgotten, own_number, employers)
LONG = (
    officer_sign_in,
    register,
    confirm,
    resume,
    look_up,
    card,
    trusted,
    message,
    counter,
    desk_search,
    places,
)


@pytest.mark.parametrize("typing", EACH.values(), ids=EACH)
@pytest.mark.parametrize("door", QUICK, ids=lambda door: door.__name__)
def test_what_nobody_sees_does_not_count(door: Callable[[Typing], None], typing: Typing) -> None:
    door(typing)


@pytest.mark.parametrize("typing", WORST.values(), ids=WORST)
@pytest.mark.parametrize("door", LONG, ids=lambda door: door.__name__)
def test_what_nobody_sees_does_not_count_on_a_whole_visit(
    door: Callable[[Typing], None], typing: Typing
) -> None:
    door(typing)
