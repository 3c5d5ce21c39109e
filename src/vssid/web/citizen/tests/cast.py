"""The people of these tests and their browsers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from vssid.domain.accounts import actions
from vssid.domain.vault import actions as vault
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode, Phone

LAN = "0100000001"
TUAN = "0100000002"
PASSWORD = "gao-xe-mua-den"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"


def make_activating(code: str = LAN, *, person_id: int | None = None, now: datetime | None = None) -> tuple[int, str]:
    """An approved person who has only the activation password; gives person id and that password."""
    person_id = person_id or vault.new_subject_id()
    activation = actions.open_for(
        person_id,
        code=BhxhCode.parse(code),
        full_name="Nguyễn Thị Lan" if code == LAN else "Trần Văn Tuấn",
        phone=Phone.parse("0912345678"),
        by=SYSTEM,
        subject=person_id,
        now=now or timezone.now(),
    )
    return person_id, activation


def make_citizen(code: str = LAN, *, person_id: int | None = None) -> int:
    """A person whose first sign-in is done; gives the person id."""
    person_id, _ = make_activating(code, person_id=person_id)
    actions.set_password(person_id, PASSWORD, device="", now=timezone.now() - timedelta(minutes=5))
    return person_id


def browser(address: str = "203.0.113.5") -> Client:
    """A fresh browser at an address, with CSRF checks off as in Django's client."""
    return Client(REMOTE_ADDR=address, headers={"user-agent": ANDROID})


def sign_in(client: Client, code: str = LAN, password: str = PASSWORD, **more: str):
    """Send the sign-in form."""
    return client.post("/dang-nhap", {"name": code, "password": password, **more})
