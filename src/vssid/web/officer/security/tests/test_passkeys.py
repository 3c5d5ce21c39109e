"""A passkey checks its owner, so it is both steps: it signs in, and answers for risky acts."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.making.registrations import NOW, make_office, make_officer_account
from tests.page_text import text_of
from vssid.domain.accounts import staff
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.accounts.models.safety import Passkey
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.accounts.tests.authenticator import Device
from vssid.kernel.actor import SYSTEM
from vssid.web.citizen.tests import cast
from vssid.web.officer.tests.desk import browser_of
from vssid.web.ui import cookies

pytestmark = pytest.mark.django_db
ENTER, NEW, AGAIN = (
    "/can-bo/dang-nhap/khoa-truy-cap",
    "/can-bo/xac-thuc/khoa-truy-cap",
    "/can-bo/xac-thuc/lai",
)


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.BASE_URL = "http://localhost"


def say(client: Client, path: str, body: object) -> Any:
    return client.post(path, json.dumps(body), content_type="application/json")


def add(client: Client, device: Device) -> Any:
    asked = say(client, f"{NEW}/bat-dau", {})
    assert asked.status_code == 200, asked.content
    return say(client, f"{NEW}/them", device.create(asked.content.decode()))


def use(client: Client, path: str, device: Device, **more: str) -> Any:
    asked = say(client, f"{path}/bat-dau", {})
    return say(client, path, device.get(asked.content.decode()) | more)


def owner(username: str = "minh") -> tuple[Client, Device]:
    """A member's browser, and the passkey that was added in it."""
    client, device = browser_of(make_officer_account(username)), Device()
    assert add(client, device).json() == {"next": "/can-bo/xac-thuc"}
    return client, device


def test_a_passkey_alone_signs_in_and_opens_the_console() -> None:
    _client, device = owner()
    other = Client()
    answer = use(other, ENTER, device, tiep="/can-bo/ho-so/1")
    assert answer.json() == {"next": "/can-bo"}
    assert other.get("/can-bo").status_code == 200
    view = sessions.resolve(other.cookies[cookies.SESSION].value, now=NOW)
    assert view is not None
    assert view.proved_at == NOW


def test_a_passkey_of_a_citizen_opens_no_console_and_that_of_staff_no_citizens_pages() -> None:
    cast.make_citizen()
    _client, device = owner()
    assert say(Client(), ENTER, {}).status_code == 422
    citizen = Client()
    asked = say(citizen, "/dang-nhap/khoa-truy-cap/bat-dau", {"name": ""})
    assert say(citizen, "/dang-nhap/khoa-truy-cap", device.get(asked.content.decode())).status_code != 200
    Account.objects.filter(login="minh").update(kind="citizen")
    assert use(Client(), ENTER, device).status_code == 422


def test_a_first_passkey_is_a_factor_and_ends_other_sessions() -> None:
    make_office()
    opened = staff.create("thao", display_name="Thảo", office_code="03101", by=SYSTEM, now=NOW)
    Account.objects.filter(person_id=opened.person_id).update(activation_expires_at=None)
    tokens = [sessions.start(opened.person_id, device="", proved_at=None, now=NOW) for _browser in range(2)]
    client = Client()
    client.cookies[cookies.SESSION] = tokens[0]
    assert client.get("/can-bo")["Location"] == "/can-bo/xac-thuc/ung-dung"
    assert add(client, Device()).status_code == 200
    assert client.get("/can-bo").status_code == 200
    assert sessions.resolve(tokens[1], now=NOW) is None


def test_before_an_own_password_is_set_no_passkey_is_added() -> None:
    make_office()
    opened = staff.create("thao", display_name="Thảo", office_code="03101", by=SYSTEM, now=NOW)
    client = Client()
    client.post("/can-bo/dang-nhap", {"username": "thao", "password": opened.activation})
    assert say(client, f"{NEW}/bat-dau", {}).status_code == 422
    assert not Passkey.objects.exists()


def test_who_has_a_factor_adds_a_passkey_only_after_proving_one(wednesday: time_machine.Traveller) -> None:
    client = browser_of(make_officer_account())
    asked = say(client, f"{NEW}/bat-dau", {})
    wednesday.move_to(NOW + timedelta(minutes=4, seconds=59))
    Session.objects.update(proved_at=NOW - timedelta(minutes=1))
    assert say(client, f"{NEW}/them", Device().create(asked.content.decode())).status_code == 422
    assert say(client, f"{NEW}/bat-dau", {}).status_code == 422
    assert not Passkey.objects.exists()


def test_a_passkey_answers_for_a_risky_act(wednesday: time_machine.Traveller) -> None:
    client, device = owner()
    wednesday.move_to(NOW + timedelta(minutes=6))
    make = "/can-bo/xac-thuc/ma-du-phong"
    assert "data-passkey=" in client.post(make).content.decode()
    assert use(client, AGAIN, device).json() == {"next": ""}
    assert "Chỉ hiện một lần" in text_of(client.post(make, {"ma_xac_thuc": ""}).content)


def test_the_passkey_of_another_member_answers_for_nothing(wednesday: time_machine.Traveller) -> None:
    client, _device = owner()
    _other, theirs = owner("ngoc")
    wednesday.move_to(NOW + timedelta(minutes=6))
    assert use(client, AGAIN, theirs).status_code == 422
    assert Session.objects.filter(proved_at__gt=NOW).count() == 0


def test_a_passkey_is_a_last_factor_too() -> None:
    client, _device = owner()
    key, app = Passkey.objects.get(), AuthenticatorApp.objects.get()
    assert client.post(f"/can-bo/xac-thuc/bo/{app.id}")["Location"] == "/can-bo/xac-thuc"
    assert client.post(f"/can-bo/xac-thuc/bo/{key.id}").status_code == 409
    assert Passkey.objects.exists()


def test_an_answer_to_the_question_of_another_browser_is_refused() -> None:
    _client, device = owner()
    asked = say(Client(), f"{ENTER}/bat-dau", {})
    assert say(Client(), ENTER, device.get(asked.content.decode())).status_code == 422


def test_what_no_script_sends_is_refused_and_breaks_nothing() -> None:
    for path in (ENTER, f"{NEW}/them", AGAIN):
        client = browser_of(Account.objects.get().person_id) if Account.objects.exists() else owner()[0]
        assert client.post(path, {"a": "b"}).status_code == 422, path
