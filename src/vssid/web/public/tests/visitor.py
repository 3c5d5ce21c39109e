"""What a visitor of the registration does, in tests."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from tests.making.registrations import LAN, Someone, make_draft, make_office, view
from vssid.cli.demo.pictures import card_art
from vssid.cli.demo.pictures.card_art import CardPerson
from vssid.domain.registration.draft.drafts import DraftView

from ..registration import file_cookie

ADDRESS = "1 Phố Mẫu, Phường Hồng Bàng, Thành phố Hải Phòng"
WHO = {
    "bhxh_code": "0000 000 001",
    "full_name": "Nguyễn Thị Lan",
    "birth_date": "2/1/1990",
    "sex": "2",
    "id_kind": "cccd",
    "id_number": "031190000001",
    "issued_on": "01/03/2021",
}
CONTACT = {
    "phone": "0912 345 678",
    "email": "",
    "province_code": "31",
    "commune_code": "11311",
    "street": "Số 12, ngõ 45",
}


def card_of(who: Someone = LAN) -> CardPerson:
    """The person as the card shows them."""
    return CardPerson(
        full_name=who.full_name,
        birth_date=who.birth_date,
        sex=who.sex,
        id_number=who.id_number,
        address=ADDRESS,
        issued_on=who.issued_on,
    )


@lru_cache(maxsize=8)
def front_photo(who: Someone = LAN) -> bytes:
    """A flat, small, sharp photo of the front of the card: its QR can be read."""
    return _lay(card_art.render(card_art.front(card_of(who)), (card_art.WIDTH, card_art.HEIGHT), 1500))


@lru_cache(maxsize=8)
def back_photo(who: Someone = LAN) -> bytes:
    """The same of the back."""
    return _lay(card_art.render(card_art.back(card_of(who)), (card_art.WIDTH, card_art.HEIGHT), 1500))


def _lay(card: Pillow.Image) -> bytes:
    table = Pillow.new("RGB", (1800, 1200), (58, 52, 48))
    table.paste(card, (150, 120), card)
    out = io.BytesIO()
    table.save(out, "JPEG", quality=88)
    return out.getvalue()


def upload(data: bytes, name: str = "anh.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data, kind)


def browser(**options: Any) -> Client:
    """A fresh browser."""
    return Client(**options)


def holder(who: Someone = LAN, **draft: Any) -> Client:
    """A browser that holds a filled draft."""
    client = Client()
    client.cookies[file_cookie.COOKIE] = make_draft(who, **draft)
    return client


def draft_of(client: Client) -> DraftView:
    """The draft a browser holds."""
    return view(client.cookies[file_cookie.COOKIE].value)


def subject_of(client: Client) -> int:
    """The id of the draft or application a browser holds."""
    return int(client.cookies[file_cookie.COOKIE].value.partition(".")[0])


def at_contact() -> Client:
    """A browser that has done step 1."""
    make_office()
    client = Client()
    assert client.post("/dang-ky/ban-than", WHO).status_code == 302
    return client


def at_photos() -> Client:
    """A browser that has done steps 1 and 2."""
    client = at_contact()
    assert client.post("/dang-ky/lien-he", CONTACT).status_code == 302
    return client
