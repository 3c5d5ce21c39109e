"""Everything of one person, asked for by everybody else: the table of authority_table.py, walked whole."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.architecture.urls import routes
from tests.journeys.authority_table import (
    ASKERS,
    FORGOTTEN,
    IN_FORMS,
    NO_RIGHT,
    NOT_THERE,
    OPENS,
    PEOPLE,
    SIGN_IN,
    SIGN_IN_AS_HR,
    SIGN_IN_AS_STAFF,
    TABLE,
    Group,
)
from tests.making.employers_of_the_register import OWING, make_employers
from tests.making.families import AN, GIA, add_child_coverage, make_link, make_member
from tests.making.families import make_draft as make_family_draft
from tests.making.places_of_the_directory import make_change, make_point
from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    HONG_BANG,
    Someone,
    keep_photo,
    make_application,
    make_draft,
    make_office,
    make_officer,
    make_officer_account,
    make_upload,
    plain_photo,
)
from tests.making.requests_of_people import make_facilities, make_request, make_request_draft
from tests.undone import of_test
from vssid.domain.accounts.counter import owner_requests as counter_requests
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.models.relations import Guardian
from vssid.domain.accounts.models.safety import CounterRequest, Passkey, PasskeyOwner
from vssid.domain.cards import actions as card_keys
from vssid.domain.directory import index
from vssid.domain.families.models import ChildRequest
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.imports.models import ImportRun, Upload
from vssid.domain.notifications.inbox import notices, subscriptions
from vssid.domain.notifications.inbox.subscriptions import PushAddress
from vssid.domain.notifications.models.inbox import Notice, Subscription
from vssid.domain.procedures import actions as requests
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.procedures.models import Attachment, Move, Request
from vssid.domain.registration.counter import walk_ins
from vssid.domain.registration.models import Application
from vssid.domain.registration.signed import filing
from vssid.domain.statements import files as statement_files
from vssid.domain.statements.models import Statement
from vssid.domain.support.models import Note, Ticket
from vssid.domain.support.tests import desk as support
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests import cast
from vssid.web.citizen.tests.records import make_records
from vssid.web.officer.tests.desk import browser_of
from vssid.web.public.registration import file_cookie

pytestmark = [pytest.mark.django_db, pytest.mark.journey]

HOA = Someone("0000000005", "Phạm Thị Hoa", date(1988, 4, 5), 2, "031188000005", phone="+84912345675")
TU = Someone("0000000006", "Lê Văn Tú", date(1992, 4, 5), 1, "031092000006", phone="+84912345676")
# What a page must not say to those whose answer is a refusal.
CANARIES = (AN.full_name, cast.WORKER.full_name, HOA.full_name, TU.full_name, support.TEXT, "Chim Hoàng Yến")
# A form that would do something wherever it is taken.
FORM = {
    "reasons": ["other"],
    "text": "Xin chào",
    "reason": "Ảnh không giống.",
    "phone": "0987654321",
    "code": "123456",
    "office_code": ELSEWHERE,
    "go": "xoa",
}
KEPT = (
    *(Request, Move, Attachment, ChildRequest, Guardian, CounterRequest, Passkey, PasskeyOwner),
    *(Notice, Subscription, Ticket, Note, Application, Upload),
)


def kept() -> list[Any]:
    """All that the addresses name, as it stands; of a session that it is there."""
    rows: list[Any] = [list(model.objects.order_by("pk").values()) for model in KEPT]
    return [*rows, set(Session.objects.values_list("id", flat=True))]


def make_passkey(person_id: int) -> uuid.UUID:
    made = Passkey(
        person_id=person_id,
        id=uuid.uuid4(),
        credential_id=str(person_id).encode(),
        public_key=b"-",
        sign_count=0,
        name="Chim Hoàng Yến",
        created_at=timezone.now(),
    )
    made.save(force_insert=True)
    digest = hashlib.sha256(made.credential_id).digest()
    PasskeyOwner.objects.create(credential_hash=digest, person_id=person_id)
    return made.id


def make_statement(person_id: int) -> uuid.UUID:
    kept = {"until": 24309, "last4": "0001"}
    row = Statement.objects.create(
        person_id=person_id,
        id=uuid.uuid4(),
        year=2025,
        sealed=vault.seal_json(person_id, "statement", kept),
        issued_at=timezone.now(),
        blob_key=statement_files.keep(person_id, b"%PDF Chim"),
    )
    return row.id


def make_things(person_id: int) -> dict[str, object]:
    """What a person with an account has: a request, a message, notices, keys, a session, …"""
    now, officer = timezone.now(), make_officer()
    _, request_id = make_request(
        Kind.CARD_REISSUE, person_id, by=officer, now=now, reason="damaged", note="Chim Hoàng Yến"
    )
    requests.ask_more(person_id, request_id, reasons=["other"], text="?", by=officer, now=now)
    browser_of(person_id)
    session_id = Session.objects.filter(person_id=person_id).latest("seen_at").id
    push = PushAddress(f"https://push.example/{person_id}", b"p" * 65, b"a" * 16)
    return {
        "owner": person_id,
        "request": request_id,
        "notice": notices.notify(person_id, "test", now=now),
        "passkey": make_passkey(person_id),
        "statement": make_statement(person_id),
        "counter_request": counter_requests.ask_for_phone(
            person_id, HONG_BANG, Phone("+84987654321"), now=now
        ),
        "ticket": support.make_ticket(person_id, now=now, photo=plain_photo()),
        "session": session_id,
        "subscription": subscriptions.subscribe(
            person_id, push, session_id=session_id, device="Máy của tôi", now=now
        ),
    }


@dataclass
class House:
    """Lan, her child An with an own account, Bình, who is An's other parent, and the desks."""

    lan: dict[str, object]
    an: dict[str, object]
    browsers: dict[str, Client]


@pytest.fixture
def house(settings: Any, tmp_path: Any) -> House:
    settings.DEMO = True
    now = timezone.now()
    make_office()
    make_facilities()
    make_point()
    make_employers()
    index.refresh()
    card_keys.ensure_key(now=now)
    lan = cast.make_worker()
    make_member(cast.WORKER)
    make_records(lan)
    an = make_member(AN)
    cast.make_citizen(AN.bhxh_code, person_id=an)
    _, link_id = make_link(lan, AN, now=now)
    add_child_coverage()
    binh = make_member(BINH)
    cast.make_citizen(BINH.bhxh_code, person_id=binh)
    make_link(binh, AN, now=now)
    make_member(GIA)
    make_family_draft(lan, GIA, now=now)
    draft = make_request_draft(lan, Kind.DATA_CHANGE, now=now)
    application_id = make_application(HOA, now=now)
    filing.file_pages(application_id, [plain_photo()], by=make_officer(), now=now)
    walk_in = walk_ins.begin("0000009999", by=make_officer(), address="203.0.113.5", now=now)
    keep_photo(walk_in, ImageKind.FRONT, now=now)
    run = ImportRun.objects.create(**run_by_command(now))
    applicant = Client()
    applicant.cookies[file_cookie.COOKIE] = make_draft(TU, now=now)
    things = {
        **make_things(lan),
        "link": link_id,
        "child_request": ChildRequest.objects.get(person_id=lan, link_id=link_id).id,
        "paper": "birth",
        "office": HONG_BANG,
        "facility": "31901",
        "point": "P0000001",
        "change": make_change(),
        "employer": OWING,
        "kinds": "facilities",
        "sitemap": "trang",
        "child_tab": "bhyt",
        "benefit_tab": "odts",
        "procedure": draft.procedure.slug,
        "step": draft.procedure.steps[0].name,
        "photo": "mat-truoc",
        "application": application_id,
        "walk_in": walk_in,
        "upload": make_upload(),
        "run": run.id,
        "import_kind": "employers",
        "import_form": "csv",
        "guide": "the",
        "frame": "500",
        "message": uuid.uuid4(),
        "gateway": "log",
        "attempt": 1,
        "token": "x",
    }
    desks = {
        name: browser_of(make_officer_account(username, office, username.title(), role))
        for name, username, office, role in (
            ("desk", "minh", HONG_BANG, "officer"),
            ("desk with files", "quang", HONG_BANG, "data"),
            ("elsewhere", "hanh", ELSEWHERE, "officer"),
            ("elsewhere with files", "yen", ELSEWHERE, "data"),
        )
    }
    people = {
        "lan": browser_of(lan),
        "an": browser_of(an),
        "binh": browser_of(binh),
        "tuan": browser_of(cast.make_citizen(cast.TUAN)),
    }
    return House(things, make_things(an), people | desks | {"nobody": Client(), "applicant": applicant})


def run_by_command(now: Any) -> dict[str, Any]:
    """A run from the command line."""
    return {
        "subject_id": vault.new_subject_id(),
        "kind": "employers",
        "file_name": "don-vi.csv",
        "sha256": b"",
        "sender": "demo",
        "actor_kind": "system",
        "state": "done",
        "started_at": now,
        "ended_at": now,
    }


# Who is who to the owner.
OF_LAN = dict(zip(PEOPLE, ("lan", "an", "binh", "tuan"), strict=True))
OF_AN = dict(zip(PEOPLE, ("an", "lan", "binh", "tuan"), strict=True))

OWN_NAMES = {"lan": cast.WORKER.full_name, "an": AN.full_name}


def askers(house: House, people: dict[str, str]) -> Iterator[tuple[str, Client]]:
    for asker in ASKERS:
        yield asker, house.browsers[people.get(asker, asker)]


def ask(client: Client, method: str, address: str) -> HttpResponse:
    return client.get(address) if method == "GET" else client.post(address, FORM)


def said(answer: HttpResponse, address: str) -> str:
    """The answer in the table's words."""
    place = answer.headers.get("Location", "")
    if answer.status_code == 404:
        return NOT_THERE
    if answer.status_code == 403 and "không có quyền" in answer.content.decode():
        return NO_RIGHT
    if answer.status_code == 302 and place.startswith("/can-bo/dang-nhap"):
        return SIGN_IN_AS_STAFF
    if answer.status_code == 302 and place.startswith("/don-vi/dang-nhap"):
        return SIGN_IN_AS_HR
    if answer.status_code == 302 and place.startswith("/dang-nhap"):
        return SIGN_IN
    # 409 and 422 say what is wrong with what was asked, so the object was there.
    if answer.status_code in (200, 302, 409, 422) or address.endswith(f"/{answer.status_code}"):
        return OPENS
    return str(answer.status_code)


def test_every_address_with_a_part_to_fill_in_is_in_the_table() -> None:
    written = [group.base + rest for group in TABLE for rest in group.pages]
    assert sorted(written) == sorted(route.path for route in routes() if "<" in route.path)


def walked(house: House, people: dict[str, str], group: Group, objects: dict[str, object]) -> Iterator[str]:
    """Ask for each page of the group as everybody; gives what was answered otherwise than written."""
    for rest, methods in group.pages.items():
        address = group.address(rest, objects)
        for method in methods.split():
            for asker, client in askers(house, people):
                expected = group.rule[asker]
                with of_test():
                    answer = ask(client, method, address)
                    transaction.set_rollback(expected == OPENS)
                given = said(answer, address)
                if expected == FORGOTTEN:
                    given = FORGOTTEN if answer.status_code == 302 and given == OPENS else given
                if given != expected:
                    yield f"{method} {address} as {asker}: {given} instead of {expected}"
                # A refused page may name the one who asks, and nobody else.
                if expected != OPENS:
                    yield from (
                        f"{method} {address} as {asker} names {word}"
                        for word in CANARIES
                        if word.encode() in answer.content and word != OWN_NAMES.get(people.get(asker, asker))
                    )


def test_what_is_lans_opens_for_those_it_is_written_for_and_for_nobody_else(house: House) -> None:
    before = kept()
    wrong = [line for group in TABLE for line in walked(house, OF_LAN, group, house.lan)]
    assert not wrong, "\n".join(wrong)
    assert kept() == before


def test_what_is_the_childs_own_opens_for_neither_parent(house: House) -> None:
    before = kept()
    groups = [group for group in TABLE if group.names and set(group.names.values()) <= set(house.an)]
    wrong = [line for group in groups for line in walked(house, OF_AN, group, house.an)]
    assert len(groups) > 5
    assert not wrong, "\n".join(wrong)
    assert kept() == before


@pytest.mark.parametrize(("page", "thing"), IN_FORMS)
def test_what_a_form_names_is_ended_by_its_owner_alone(house: House, page: str, thing: str) -> None:
    before = kept()
    for asker, client in askers(house, OF_LAN):
        if asker != "owner":
            client.post(page, {"id": house.lan[thing]})
            assert kept() == before, asker
    house.browsers["lan"].post(page, {"id": house.lan[thing]})
    assert kept() != before
