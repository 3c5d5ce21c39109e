"""A passkey opens the employers' door alone, and no other one's passkey does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.making.registrations import make_officer_account
from vssid.domain.accounts.tests.authenticator import Device
from vssid.web.officer.security.tests import test_passkeys as desk

from ...tests import cast

pytestmark = pytest.mark.django_db
ENTER, NEW = "/don-vi/dang-nhap/khoa-truy-cap", "/don-vi/xac-thuc/khoa-truy-cap"


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.BASE_URL = "http://localhost"


def test_a_passkey_alone_signs_in_and_opens_neither_the_console_nor_a_citizens_pages() -> None:
    client, device = cast.tuan(), Device()
    asked = desk.say(client, f"{NEW}/bat-dau", {})
    added = desk.say(client, f"{NEW}/them", device.create(asked.content.decode()))
    assert added.json() == {"next": "/don-vi/xac-thuc"}
    other = Client()
    assert desk.use(other, ENTER, device).json() == {"next": "/don-vi"}
    assert other.get("/don-vi").status_code == 200
    assert desk.use(Client(), desk.ENTER, device).status_code == 422
    assert desk.use(Client(), "/dang-nhap/khoa-truy-cap", device).status_code == 422


def test_a_passkey_of_staff_opens_no_employer() -> None:
    client, device = cast.browser_of(make_officer_account()), Device()
    assert desk.add(client, device).status_code == 200
    assert desk.use(Client(), ENTER, device).status_code == 422
