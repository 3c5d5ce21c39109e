"""A card scanned while somebody else's form is open: nothing is mixed, and the officer chooses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.making.registrations import BINH, LAN, looked_at, make_person, plain_photo
from tests.page_text import text_of
from vssid.domain.identity import cccd_qr, reader
from vssid.domain.registration.counter.tests.test_same_person import CARD_OF_BINH
from vssid.domain.registration.counter.tests.test_walk_ins import CARD, TYPED
from vssid.domain.registration.models import WalkIn
from vssid.web.officer.tests.desk import minh

from .test_walk_in import QUAY, begun, part_of

pytestmark = pytest.mark.django_db
SAID = "Đây là thẻ hoặc số của một người khác"


def scan(client: Any, address: str, text: str, **more: str) -> Any:
    return client.post(address, TYPED | {"street": "Số 7", "go": "card", "q": text} | more)


def test_nothing_is_overwritten_and_both_are_named() -> None:
    client = minh()
    address = begun(client, CARD)
    page = scan(client, address, CARD_OF_BINH)
    said = text_of(page.content)
    assert page.status_code == 409
    assert SAID in said
    assert f"là của {LAN.full_name} (số {LAN.id_number})" in said
    assert f"số của {BINH.full_name} (số {BINH.id_number})" in said
    reopened = client.get(address).content.decode()
    for kept in (LAN.full_name, LAN.id_number, LAN.bhxh_code, "02/01/1990", "Số 7"):
        assert f'value="{kept}"' in reopened
    assert BINH.id_number not in reopened


def test_one_key_goes_on_with_the_open_form_and_one_begins_with_the_other_person() -> None:
    client = minh()
    address = begun(client, CARD)
    page = scan(client, address, CARD_OF_BINH).content.decode()
    assert f'href="{address}" data-key="1"' in page
    assert 'data-key="2"' in page
    assert f'name="q" value="{CARD_OF_BINH}"' in page
    other = client.post(f"{QUAY}/moi", {"q": CARD_OF_BINH})["Location"]
    assert other != address
    assert f'value="{BINH.id_number}"' in client.get(other).content.decode()
    listed = client.get(QUAY).content.decode()
    assert f'href="{address}"' in listed
    assert f'href="{other}"' in listed


def test_a_typed_code_of_somebody_else_is_refused_too_when_enter_presses_the_first_button() -> None:
    client = minh()
    make_person()
    make_person(BINH)
    address = begun(client)
    page = scan(client, address, BINH.bhxh_code, go="send")
    assert (page.status_code, SAID in text_of(page.content)) == (409, True)
    assert scan(client, address, LAN.bhxh_code, go="send")["Location"] == address


def test_a_request_that_leaves_the_fields_out_is_compared_with_what_was_kept() -> None:
    client = minh()
    address = begun(client, CARD)
    assert client.post(address, {"go": "card", "q": CARD_OF_BINH}).status_code == 409
    assert f'value="{LAN.id_number}"' in client.get(address).content.decode()


def test_the_same_card_again_harms_nothing() -> None:
    client = minh()
    address = begun(client, CARD)
    assert scan(client, address, CARD)["Location"] == address
    page = client.get(address).content.decode()
    assert f'value="{LAN.id_number}"' in page
    assert 'value="Số 7"' in page
    assert WalkIn.objects.count() == 1


def test_what_is_no_number_is_said_beside_the_field() -> None:
    client = minh()
    page = scan(client, begun(client, CARD), "Lan")
    assert page.status_code == 422
    assert "Đây không phải mã QR của thẻ" in text_of(page.content)
    assert 'aria-describedby="id_q_error"' in page.content.decode()


def photograph(client: Any, address: str) -> Any:
    """Lan's card before the camera, read from its QR."""
    read = cccd_qr.parse(CARD)
    with patch.object(reader, "look", lambda kind, _data: replace(looked_at(kind), reading=read)):
        return client.post(
            part_of(address, "anh/front"), {"anh": SimpleUploadedFile("a.jpg", plain_photo()), "phan": "1"}
        )


def test_a_card_before_the_camera_of_somebody_else_fills_in_nothing_and_is_told() -> None:
    client = minh()
    part = photograph(client, begun(client, CARD_OF_BINH))
    assert f"là của {LAN.full_name}, không phải của người trong hồ sơ này" in text_of(part.content)
    assert "data-fill" not in part.content.decode()


def test_a_card_before_the_camera_of_the_person_fills_in_what_is_empty() -> None:
    client = minh()
    part = photograph(client, begun(client, CARD))
    assert "data-fill" in part.content.decode()
    assert "không phải của người trong hồ sơ này" not in text_of(part.content)
