"""No door tells by its time or length whether there is an account, a draft, a message, a file or a person.

Known and unknown are asked turn about. Of each answer the processor time of this thread alone is taken, which
neither other programs nor a slow disk change. A door tells when known can be told from unknown by rank (in
more than MARGIN of all pairs one side is slower) and by more than VISIBLE, in TRIES measurements in a row.
What the database does meanwhile is compared by the statements that it gets.
"""

from __future__ import annotations

import gc
import json
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.making.registrations import LAN as REGISTERED
from tests.making.registrations import (
    make_application,
    make_draft,
    make_office,
    make_officer_account,
    make_person,
)
from vssid.domain.accounts.models.accounts import Claim
from vssid.domain.accounts.recovery import answering
from vssid.domain.lookups import comparing
from vssid.domain.participants.models.people import Identifier, Person
from vssid.domain.registration.models import Application
from vssid.domain.statements.tests.test_statements import code_of, issue, make_worker
from vssid.domain.support.models import Ticket
from vssid.domain.support.tests.desk import PHONE as SENDERS
from vssid.domain.support.tests.desk import make_strangers
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits
from vssid.domain.verification import text_budgets as texts
from vssid.web.citizen.tests.cast import LAN, browser, make_citizen

pytestmark = pytest.mark.django_db
MARGIN, VISIBLE, TRIES = 0.85, 0.0004, 3  # share of pairs, seconds, measurements
ROUNDS, WARM = 15, 2  # an attacker had ranked all accounts first with 15 tries
Answer = Any
Try = Callable[[int], Answer]


@dataclass(frozen=True)
class Door:
    """Something asked of what is there, and of what is not; each try gets a number of its own."""

    known: Try
    unknown: Try


def spent(act: Try, n: int) -> float:
    """Seconds of the processor that one try takes in this thread."""
    began = time.thread_time()
    act(n)
    return time.thread_time() - began


def measured(door: Door) -> tuple[list[float], list[float]]:
    """Both sides turn about, each first as often as the other."""
    known, unknown = [], []
    for n in range(ROUNDS + WARM):
        sides = [(known, door.known), (unknown, door.unknown)]
        for times, act in sides if n % 2 else reversed(sides):
            times.append(spent(act, n))
    return known[WARM:], unknown[WARM:]


def apart(known: list[float], unknown: list[float]) -> bool:
    """Can one tell which is which?"""
    slower = statistics.fmean(of_known > of_unknown for of_known in known for of_unknown in unknown)
    visible = abs(statistics.median(known) - statistics.median(unknown)) > VISIBLE
    return visible and not 1 - MARGIN <= slower <= MARGIN


def tells(door: Door) -> bool:
    """In every measurement, and each time the same side is the slower one."""
    known_is_slower = []
    for _ in range(TRIES):
        known, unknown = measured(door)
        if not apart(known, unknown):
            return False
        known_is_slower.append(statistics.median(known) > statistics.median(unknown))
    return len(set(known_is_slower)) == 1


def posting(path: str, known: dict[str, str], unknown: dict[str, str], client: Client | None = None) -> Door:
    """A form; `{n}` in a value is the number of the try."""
    sender = client or browser()

    def send(form: dict[str, str]) -> Try:
        return lambda n: sender.post(path, {name: value.format(n=n) for name, value in form.items()})

    return Door(send(known), send(unknown))


def signing_in() -> Door:
    make_citizen()
    wrong = {"password": "khong phai"}
    return posting("/dang-nhap", {"name": LAN, **wrong}, {"name": "0100000009", **wrong})


def staff_signing_in() -> Door:
    make_officer_account()
    wrong = {"password": "khong phai"}
    return posting("/can-bo/dang-nhap", {"username": "minh", **wrong}, {"username": "manh", **wrong})


def passkey() -> Door:
    make_citizen()
    client = browser()

    def begin(name: str) -> Try:
        path, body = "/dang-nhap/khoa-truy-cap/bat-dau", json.dumps({"name": name})
        return lambda _n: client.post(path, body, content_type="application/json")

    return Door(begin(LAN), begin("0100000009"))


def claiming(path: str) -> Callable[[], Door]:
    def made() -> Door:
        make_citizen()
        return posting(path, {"name": LAN, "khoa": "k{n}"}, {"name": "0100000009", "khoa": "u{n}"})

    return made


def entering(path: str) -> Callable[[], Door]:
    """A wrong code, after the job has looked for the account."""

    def made() -> Door:
        make_citizen()
        return Door(asked(LAN), asked("0100000009"))

    def asked(name: str) -> Try:
        client = browser()
        key = re.search(r'name="khoa" value="([^"]+)"', client.get(path).text)
        assert key
        client.post(path, {"name": name, "khoa": key[1]})
        answering.answer(Claim.objects.latest("id").id, now=timezone.now())
        return lambda _n: client.post(f"{path}/ma", {"code": "000000"})

    return made


def resuming() -> Door:
    make_draft(proved=False)
    phone = {"phone": "0912345678", "once": "{n}"}
    known, unknown = {"bhxh_code": REGISTERED.bhxh_code}, {"bhxh_code": "0000000099"}
    return posting("/dang-ky/tiep-tuc", phone | known, phone | unknown)


def resuming_by_code() -> Door:
    make_draft(proved=False)
    sides = [{"bhxh_code": REGISTERED.bhxh_code}, {"bhxh_code": "0000000099"}]
    return Door(*(after("/dang-ky/tiep-tuc", {"phone": "0912345678"} | side) for side in sides))


def after(path: str, form: dict[str, str]) -> Try:
    """A wrong code, once one was asked for."""
    client = browser()
    assert client.post(path, form)["Location"] == f"{path}/ma"
    return lambda _n: client.post(f"{path}/ma", {"code": "000000"})


def opening() -> Door:
    number = Ticket.objects.get(id=make_strangers()).number or ""
    phone = {"phone": SENDERS, "once": "{n}"}
    unknown = number[:-6] + "999999"
    return posting("/tro-giup/tin-nhan", phone | {"number": number}, phone | {"number": unknown})


def opening_by_code() -> Door:
    number = Ticket.objects.get(id=make_strangers()).number or ""
    sides = [{"number": number}, {"number": number[:-6] + "999999"}]
    return Door(*(after("/tro-giup/tin-nhan", {"phone": SENDERS} | side) for side in sides))


def own_number() -> Door:
    person_id = make_person()
    key = vault.fingerprint("cccd", REGISTERED.id_number).hex()
    Identifier.objects.get_or_create(kind="cccd", key=key, defaults={"person_id": person_id})
    Person.objects.update(province_code="31")
    typed = {"full_name": "Trần Thị Hoa", "birth_date": "02/01/1990", "province_code": "31"}
    known, unknown = {"id_number": REGISTERED.id_number}, {"id_number": "031190999999"}
    return posting("/tra-cuu/ma-so-bhxh", typed | known, typed | unknown)


def card() -> Door:
    make_person()
    typed = {"full_name": "Trần Thị Hoa", "birth_date": "02/01/1990", "scan": ""}
    known, unknown = {"card_number": REGISTERED.bhxh_code}, {"card_number": "0000000099"}
    return posting("/tra-cuu/gia-tri-the", typed | known, typed | unknown)


def statement() -> Door:
    code = code_of(issue(make_worker()).pdf)
    unknown = ("0" if code[0] != "0" else "1") + code[1:]
    typed = {"cach": "ma", "last4": "9999"}
    return posting("/kiem-tra", typed | {"code": code}, typed | {"code": unknown})


def application() -> Door:
    make_application(now=timezone.now())
    number, phone = Application.objects.get().number, {"phone": "0987654321"}
    return posting("/dang-ky/tra-cuu", phone | {"number": number}, phone | {"number": "9" + number[1:]})


DOORS = {
    "sign in": signing_in,
    "sign in as an officer": staff_signing_in,
    "passkey": passkey,
    "forgotten password": claiming("/quen-mat-khau"),
    "freeze": claiming("/khoa-tai-khoan"),
    "open again": claiming("/mo-khoa-tai-khoan"),
    "code of a forgotten password": entering("/quen-mat-khau"),
    "code to freeze": entering("/khoa-tai-khoan"),
    "go on with a draft": resuming,
    "code of a draft": resuming_by_code,
    "open a message": opening,
    "code of a message": opening_by_code,
    "own number": own_number,
    "card": card,
    "file": application,
    "statement": statement,
}


@pytest.fixture(params=DOORS, ids=list(DOORS))
def door(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """A door whose limits let everybody try as often as they like."""
    settings.PHONE_CODE_TRIES, settings.BASE_URL = 10_000, "http://localhost"
    monkeypatch.setattr(limits, "hit", lambda *_given, **_more: None)
    monkeypatch.setattr(texts, "spend", lambda *_given, **_more: None)
    make_office()
    comparing.somebody.cache_clear()
    made = DOORS[request.param]()
    gc.collect()
    gc.disable()
    yield made
    gc.enable()
    comparing.somebody.cache_clear()


def test_time_and_length_are_the_same_for_known_and_unknown(door: Door):
    assert not tells(door)
    known, unknown = door.known(90), door.unknown(90)
    assert known.status_code == unknown.status_code
    assert known.status_code in (200, 302, 422)
    assert known.get("Location") == unknown.get("Location")
    assert len(known.content) == len(unknown.content)
    assert sizes(known) == sizes(unknown)


def test_the_database_is_asked_the_same_for_known_and_unknown(door: Door):
    for n in range(WARM):
        door.known(n)
        door.unknown(n)
    assert statements(door.known) == statements(door.unknown)


def statements(act: Try) -> list[str]:
    """What each statement does to which table."""
    with CaptureQueriesContext(connection) as seen:
        act(70)
    said = [re.split(r"'|[(=]", query["sql"])[0] for query in seen.captured_queries]
    kinds = [statement.split(" ")[0] + statement.partition(" FROM ")[2][:30] for statement in said]
    # The end of a savepoint is one statement either way.
    return ["savepoint over" if kind in ("RELEASE", "ROLLBACK") else kind for kind in kinds]


def sizes(answer: Answer) -> dict[str, int]:
    """Each header's length, and each cookie's."""
    headers = {name: len(value) for name, value in answer.headers.items()}
    return headers | {name: len(cookie.value) for name, cookie in answer.cookies.items()}


@pytest.mark.parametrize("side", ["known", "unknown"])
def test_work_that_one_side_has_alone_is_seen(side: str):
    """As much as the smallest that was ever found: a key opened and a few rows read."""
    make_citizen()

    def same(_n: int) -> Answer:
        return Person.objects.filter(person_id=7).first()

    def more(n: int) -> Answer:
        for _ in range(6):
            same(n)

    assert tells(Door(more, same) if side == "known" else Door(same, more))
    assert not tells(Door(same, same))
