"""The people of these tests and their browsers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.making.registrations import (
    HONG_BANG,
    NOW,
    Someone,
    make_office,
    make_officer,
    make_person,
    make_ready,
)
from tests.making.registrations import LAN as REGISTERED
from tests.runner.snapshots import snapshot
from vssid.domain.accounts import actions
from vssid.domain.accounts.models.accounts import LoginName
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.participants.models.people import Contribution, Coverage, Employer
from vssid.domain.participants.participation.totals import first_day, month_of
from vssid.domain.registration import actions as registration
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import BhxhCode, Phone
from vssid.web.ui import cookies

LAN = "0100000001"
TUAN = "0100000002"
PASSWORD = "gao-xe-mua-den"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


@snapshot
def make_activating(
    code: str = LAN, *, person_id: int | None = None, now: datetime | None = None
) -> tuple[int, str]:
    """An approved person who has only the activation password; gives person id and that password."""
    person_id = person_id or vault.new_subject_id()
    name = "Nguyễn Thị Lan" if code == LAN else "Trần Văn Tuấn"
    owner = actions.Owner(person_id, BhxhCode.parse(code), name, Phone.parse("0912345678"))
    return person_id, actions.open_for(owner, by=SYSTEM, subject=person_id, now=now or timezone.now())


@snapshot
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


def enter(client: Client, code: str = LAN) -> None:
    """Sign a browser in by the session alone: what the form does besides is for tests of signing in.

    It saves four of five parts of `sign_in`: page, password, limits, the notice of a new device.
    """
    name = LoginName.objects.get(name=code)
    token = sessions.start(name.person_id, device="Chrome · Android", proved_at=None, now=timezone.now())
    client.cookies[cookies.SESSION] = token


def signed_in(code: str = LAN) -> Client:
    """A browser with that person's session."""
    client = browser()
    enter(client, code=code)
    return client


# --- the register --------------------------------------------------------------------------

SAO_MAI = ("TZ0001A", "Công ty TNHH Sao Mai")
BACH_DANG = ("TZ0002A", "Công ty Cổ phần Dệt may Xuất khẩu Bạch Đằng Hải Phòng")


def make_employer(code: str, name: str) -> Employer:
    """An employer of the register."""
    made, _ = Employer.objects.get_or_create(
        code=code, defaults={"name": name, "is_synthetic": True, "run_id": 0, "line": 1, "as_of": NOW}
    )
    return made


def add_period(
    person_id: int, first: date, last: date | None, employer: tuple[str, str] | None = SAO_MAI, **more: Any
) -> None:
    """A contribution period, of the fund bhxh unless said."""
    Contribution.objects.create(
        person_id=person_id,
        from_month=first,
        to_month=last,
        employer=make_employer(*employer) if employer else None,
        **{"scheme": "bhxh", "job": "Công nhân may", "wage": 6_500_000, "run_id": 0, "line": 1, "as_of": NOW}
        | more,
    )


def add_coverage(person_id: int, first: date, last: date | None, **more: Any) -> None:
    """A time of health insurance, of an employed person unless said."""
    make_office()
    facts = {
        "object_code": "DN",
        "benefit_level": "4",
        "card_province": "31",
        "facility_code": "31901",
        "five_years_from": date(2025, 1, 1),
        "office_id": HONG_BANG,
        "issued_on": date(2025, 12, 15),
        "auto_renews": True,
        "run_id": 0,
        "line": 1,
        "as_of": NOW,
    }
    Coverage.objects.create(person_id=person_id, valid_from=first, valid_to=last, **facts | more)


WORKER = replace(REGISTERED, bhxh_code=LAN)


@snapshot
def make_worker(who: Someone = WORKER) -> int:
    """Lan with an account, two employers, two months not paid nor due yet, a card; gives the person id."""
    person_id = make_person(who)
    make_citizen(who.bhxh_code, person_id=person_id)
    today = local_day(timezone.now())
    month = month_of(today)
    for scheme in ("bhxh", "bhtn"):
        add_period(
            person_id, first_day(month - 114), first_day(month - 76), BACH_DANG, scheme=scheme, job="Thợ phụ"
        )
        add_period(person_id, first_day(month - 66), None, scheme=scheme, unpaid_from=first_day(month - 1))
    Employer.objects.filter(code=SAO_MAI[0]).update(paying_cycle="monthly")
    add_coverage(person_id, date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    add_coverage(person_id, date(today.year, 1, 1), None)
    return person_id


def bare(**more: Any) -> tuple[int, Client]:
    """A signed-in person of the register without periods and cover; gives person id and browser."""
    person_id = make_person(replace(REGISTERED, bhxh_code=LAN, **more))
    make_citizen(person_id=person_id)
    return person_id, signed_in()


def late_page(months: int = 3) -> str:
    """The first page of Lan, whose unpaid months began so many months ago."""
    Contribution.objects.filter(unpaid_from__isnull=False).update(
        unpaid_from=first_day(month_of(local_day(timezone.now())) - months)
    )
    return signed_in().get("/").text


@snapshot
def make_registered() -> tuple[int, int]:
    """Lan whose account came from an approved registration with photos; gives person and application id."""
    person_id, now = make_person(WORKER), timezone.now()
    application_id = make_ready(WORKER, now=now)
    registration.approve(application_id, by=make_officer(), now=now)
    actions.set_password(person_id, PASSWORD, device="", now=now - timedelta(minutes=5))
    return person_id, application_id
