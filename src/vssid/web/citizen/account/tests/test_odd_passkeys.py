"""What no script of ours sends to the doors of passkeys, and characters that no database stores."""

from __future__ import annotations

import base64
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from vssid.domain.accounts.models.accounts import Passkey
from vssid.domain.accounts.tests.authenticator import Device
from vssid.domain.support.notes import written
from vssid.web.citizen.tests.cast import LAN, PASSWORD, browser, enter, make_citizen

pytestmark = pytest.mark.django_db
OUTSIDE = ("/dang-nhap/khoa-truy-cap/bat-dau", "/dang-nhap/khoa-truy-cap")
INSIDE = ("/tai-khoan/khoa-truy-cap/bat-dau", "/tai-khoan/khoa-truy-cap/them")
DEEP = 20_000


def nested(depth: int = DEEP) -> str:
    return "[" * depth + "]" * depth


ODD = [
    nested(),
    '{"name": ' + nested() + "}",
    '{"a":' * DEEP + "1" + "}" * DEEP,
    '{"name": "a\\u0000b", "password": "a\\u0000b", "rawId": "\\u0000", "response": {"userHandle": "\\0"}}',
    '{"name": "a\\u0000b", "password": "a\\u0000b", "rawId": "\\u0000", "response": {"a": "\\u0000"}}',
    '{"name": "\\ud800", "password": "\\udfff", "rawId": "\\ud800", "response": {"a": "\\ud800"}}',
    '{"name": ["x"], "password": {"a": 1}, "rawId": 7, "response": [1]}',
    '{"rawId": "AAAA", "response": 5}',
    '{"name": ' + "9" * 6_000 + "}",
    '{"name": 1e999, "rawId": NaN, "response": null}',
    "[]",
    '"x"',
    "",
    "\ufeff{}",
]


@pytest.fixture
def lan():
    make_citizen()
    client = browser("203.0.113.5")
    enter(client, LAN)
    return client


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("door", OUTSIDE + INSIDE)
def test_an_odd_body_is_refused_in_words(lan, door, body):
    answer = lan.post(door, body, content_type="application/json")
    assert answer.status_code in (200, 422) if door == OUTSIDE[0] else answer.status_code == 422
    if answer.status_code == 422:
        assert answer.json()["refused"]


@pytest.mark.parametrize("name", ["a\\u0000b", "\\ud800"])
def test_a_name_that_cannot_be_stored_is_asked_for_by_nobody(lan, name):
    answer = lan.post(OUTSIDE[0], f'{{"name": "{name}"}}', content_type="application/json")
    assert answer.status_code == 422


@pytest.mark.parametrize("door", OUTSIDE + INSIDE)
def test_a_form_of_many_parts_is_refused_in_words(lan, door):
    """The form's token is looked for in it, so it has been read when we come."""
    lan.handler.enforce_csrf_checks = True
    lan.cookies["vssid-csrf"] = token = "a" * 32
    for sent in ({"name": "x"}, {"photo": SimpleUploadedFile("a.png", b"x" * 100)}):
        answer = lan.post(door, sent, headers={"X-CSRFToken": token})
        assert answer.status_code == 422
        assert answer.json()["refused"]


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@pytest.mark.parametrize(
    "broken",
    [
        {"clientDataJSON": _base64(nested().encode())},
        {"clientDataJSON": _base64(b'{"type": "webauthn.create", "challenge": null, "origin": []}')},
        {"attestationObject": _base64(b"\x81" * DEEP + b"\x00")},
        {"attestationObject": _base64(b"\xbf" * 50)},
        {"attestationObject": _base64(b"")},
        {"attestationObject": 5},
    ],
    ids=range(6),
)
def test_an_answer_of_a_device_that_is_nested_or_broken_is_refused(lan, broken):
    options = lan.post(INSIDE[0], json.dumps({"password": PASSWORD}), content_type="application/json").text
    answer = Device().create(options)
    answer["response"].update(broken)
    refused = lan.post(INSIDE[1], json.dumps(answer), content_type="application/json")
    assert (refused.status_code, Passkey.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["\x00", "Điện\x00 thoại", "\ud800", "\x1b[2J", "\u202e"])
def test_the_name_of_a_passkey_loses_what_cannot_be_stored(lan, name):
    row = Passkey.objects.create(
        person_id=make_citizen_id(), id=uuid.uuid4(), credential_id=b"1", public_key=b"2", sign_count=0,
        name="Cũ", transports=[], created_at=timezone.now(),
    )  # fmt: skip
    sent = f"name={_percent(name)}"
    answer = lan.post(
        f"/tai-khoan/khoa-truy-cap/{row.id}", sent, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.name.isprintable()


def make_citizen_id() -> int:
    from vssid.domain.accounts.models.accounts import Account

    return Account.objects.get().person_id


def _percent(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("once", ["\x00", "a\x00b", "\ud800", "x" * 500])
def test_the_key_of_a_form_loses_what_cannot_be_stored(once):
    kept = written("Một câu hỏi.", once).once
    assert kept.isprintable()
    assert len(kept) <= 64
