"""What pages hand on is read by nobody else, whole or not at all."""

from __future__ import annotations

import base64
import re

import pytest
from django.core import signing
from django.http import HttpRequest, HttpResponse

from .. import handover_cookie

HELD = {"phone": "+84912345678", "code": "3199000001"}


def cookie(name: str = "x") -> str:
    response = HttpResponse()
    handover_cookie.put(response, name, HELD)
    return response.cookies[f"vssid-{name}"].value


def taken(value: str, name: str = "x") -> dict[str, str] | None:
    request = HttpRequest()
    request.COOKIES[f"vssid-{name}"] = value
    return handover_cookie.take(request, name)


def test_what_is_handed_on_is_taken():
    assert taken(cookie()) == HELD


def test_nobody_reads_the_phone_or_the_code_in_the_cookie():
    text = cookie()
    parts = [text, *re.split(r"[:.]", text)]
    read = b"".join(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts[1:])
    again = base64.urlsafe_b64decode(signing.loads(text, salt="passing.x"))
    for secret in (b"912345678", b"3199000001", b"phone"):
        assert secret not in text.encode() + read + again


@pytest.mark.parametrize("older", [HELD, "x", "x" * 80, None, 7])
def test_what_was_handed_on_otherwise_is_nothing(older):
    assert taken(signing.dumps(older, salt="passing.x")) is None


def test_it_is_of_one_name_and_of_this_house():
    assert taken(cookie("y")) is None
    assert taken(cookie()[:-2]) is None
    assert taken("") is None
