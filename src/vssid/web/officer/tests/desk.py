"""The desk: browsers of officers, and the addresses of a file."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tests.making.registrations import ELSEWHERE, HONG_BANG, LAN, NOW, make_office, make_officer_account
from tests.making.staff import session_of
from vssid.domain.accounts import actions as accounts
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode, Phone
from vssid.web.ui import cookies

PASSWORD = "hoa sen trang 99"
ACTS = ("nhan-to-khai", "xem-ban-chinh", "duyet", "tu-choi", "gui-lai")
PHOTOS = ("front", "back", "portrait")


def browser_of(person_id: int) -> Client:
    """A browser that holds a session of this account."""
    client = Client()
    client.cookies[cookies.SESSION] = session_of(person_id)
    return client


def minh() -> Client:
    """Minh's browser, of the office at Hồng Bàng."""
    make_office(HONG_BANG)
    return browser_of(make_officer_account("minh", HONG_BANG, "Minh"))


def ngoc() -> Client:
    """Ngọc's browser, Minh's colleague."""
    return browser_of(make_officer_account("ngoc", HONG_BANG, "Ngọc"))


def hanh() -> Client:
    """Hạnh's browser, of another office."""
    return browser_of(make_officer_account("hanh", ELSEWHERE, "Hạnh"))


def open_account(person_id: int) -> None:
    """Lan's account, as if approved before."""
    owner = accounts.Owner(person_id, BhxhCode(LAN.bhxh_code), LAN.full_name, Phone(LAN.phone))
    accounts.open_for(owner, by=SYSTEM, subject=1, now=NOW)


def file_of(application_id: int, rest: str = "") -> str:
    """The address of a file or of something in it."""
    return f"/can-bo/ho-so/{application_id}" + (f"/{rest}" if rest else "")


def press_approve(client: Client, address: str) -> Any:
    """Press D, and once more, with reasons, where it asks because something speaks against it."""
    answer = client.post(address)
    asked = re.search(r'name="da-xem" value="([0-9a-f]+)"', answer.content.decode())
    if answer.status_code != 409 or not asked:
        return answer
    return client.post(address, {"da-xem": asked[1], **first_reasons(answer.content.decode())})


def first_reasons(page: str) -> dict[str, str]:
    """The first reason of each class of doubts that the page asks about."""
    asked = re.findall(r'<input type="radio" name="(vi-sao-[a-z]+)" value="([a-z_]+)"', page)
    return dict(reversed(asked))
