"""What is A's opens for nobody else: other persons, other offices, half a sign-in, an ended session."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from tests.architecture.urls import Route, routes
from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    LAN,
    make_application,
    make_draft,
    make_office,
    make_officer_account,
    make_ready,
    make_upload,
)
from tests.undone import of_test
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.models.staff import Post
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.audit import actions as audit
from vssid.domain.audit.verify import verify_chain
from vssid.domain.imports.models import Upload
from vssid.domain.offices.rights import Role, rights_of
from vssid.domain.registration.draft import holders
from vssid.domain.registration.models import Application
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests import cast
from vssid.web.officer.tests.desk import ACTS, PHOTOS, browser_of, file_of, hanh, minh
from vssid.web.public.registration import file_cookie
from vssid.web.ui import cookies

pytestmark = [pytest.mark.django_db, pytest.mark.journey]

FILLINGS = {
    "<int:upload_id>": "1",
    "<int:difference_id>": "1",
    "<int:correction_id>": "1",
    "<int:officer_id>": "1",
    "<slug:office>": "03101",
    "<int:alert_id>": "1",
    "<int:run_id>": "1",
    "<int:list_id>": "1",
    "<int:round_id>": "1",
    "<slug:kind>.<slug:form>": "people.csv",
    "<uuid:notice_id>": "00000000-0000-4000-8000-000000000000",
    "<slug:kind>": "front",
    "<slug:kinds>": "facilities",
    "<slug:code>": "31901",
    "<slug:tab>": "bhxh",
    "<int:number>": "1",
    "<int:version>": "1",
    "<int:subject_id>": "1",
    "<uuid:message_id>": "00000000-0000-4000-8000-000000000000",
    "<slug:word>": "so-dien-thoai",
    "<int:person_id>": "1",
    "<int:request_id>": "1",
    "<int:ticket_id>": "1",
    "<int:seq>": "1",
    "<int:post_id>": "1",
    "<int:entry_id>": "1",
    "<int:paper_id>": "1",
    "<int:seat_id>": "1",
    "<int:standing_id>": "1",
    "<int:absence_id>": "1",
    "<slug:procedure>": "cap-lai-the",
    "<slug:step>": "ly-do",
    "<slug:name>": "card",
    "<uuid:request_id>": "00000000-0000-4000-8000-000000000001",
    "<slug:listing>": "diem-thu",
    "<slug:place>": "P0000001",
    "<int:change_id>": "1",
    "<int:campaign_id>": "1",
    "<int:wave_id>": "1",
    "<int:part_id>": "1",
    "<uuid:client_id>": "00000000-0000-4000-8000-000000000000",
    "<uuid:day_id>": "00000000-0000-4000-8000-000000000000",
    "<int:device_id>": "1",
    "<int:plan_id>": "1",
    "<int:made_id>": "1",
    "<int:schedule_id>": "1",
    "<slug:report>": "report_progress",
    "<int:target_id>": "1",
    "<int:assignment_id>": "1",
    "<slug:queue>": "ho-so",
    "<int:file_id>": "1",
    "<int:guardian_id>": "1",
    "<uuid:link_id>": "00000000-0000-4000-8000-000000000001",
    "<uuid:statement_id>": "00000000-0000-4000-8000-000000000001",
    "<uuid:factor_id>": "00000000-0000-4000-8000-000000000001",
    "<uuid:passkey_id>": "00000000-0000-4000-8000-000000000001",
}


def filled(route: Route, application_id: int) -> str:
    """An address of the route, of this application when it names one."""
    path = route.path.replace("<int:application_id>", str(application_id))
    for part, value in FILLINGS.items():
        path = path.replace(part, value)
    return path


def refused(route: Route, answer: Any) -> bool:
    """A page leads to a sign-in; an address for programs says 401, or 405 to what it never takes."""
    if route.path.startswith("/api/"):
        return answer.status_code in (401, 405)
    return answer.status_code == 302 and "dang-nhap" in answer.headers["Location"]


def closed_to(client: Client, access: str, application_id: int = 1) -> list[str]:
    """The pages of a role that open for this browser although they should lead to a sign-in."""
    opened = []
    for route in routes():
        if route.access == access:
            for method in (client.get, client.post):
                answer = method(filled(route, application_id))
                if not refused(route, answer):
                    opened.append(f"{route.path} {answer.status_code}")
    return opened


def test_a_stranger_opens_nothing_that_has_an_owner() -> None:
    application_id = make_ready()
    assert closed_to(Client(), "citizen") == []
    assert closed_to(Client(), "officer", application_id) == []
    assert closed_to(Client(), "data") == []


def test_with_an_activation_password_only_the_choice_of_an_own_one_opens() -> None:
    person_id, _password = cast.make_activating()
    assert closed_to(browser_of(person_id), "citizen") == []
    assert browser_of(person_id).get("/").headers["Location"] == "/dat-mat-khau"


def test_a_citizen_is_no_officer_and_an_officer_no_citizen() -> None:
    application_id = make_ready()
    worker = browser_of(cast.make_worker())
    assert closed_to(worker, "officer", application_id) == []
    assert closed_to(minh(), "citizen") == []


def test_a_post_opens_only_what_the_table_gives_its_role() -> None:
    for role in Role:
        client, wrong = browser_of(make_officer_account(role.replace("_", "."), role=role)), []
        sends: tuple[Callable[..., Any], ...] = (client.get, client.post)
        token = client.cookies[cookies.SESSION].value
        for route in routes():
            for send, right in zip(sends, route.rights, strict=False):
                client.cookies[cookies.SESSION] = token  # some acts sign out
                with of_test():
                    answer = send(filled(route, 1))
                    transaction.set_rollback(True)
                told = answer.status_code == 403 and "không có quyền" in answer.content.decode()
                if told == (right in rights_of(role)):
                    wrong.append(f"{role} {route.path} {right} {answer.status_code}")
        assert wrong == []


def test_what_another_office_handed_in_is_not_there_for_a_data_officer() -> None:
    upload_id, client = make_upload(), browser_of(make_officer_account("yen", ELSEWHERE, "Yến", "data"))
    for rest in ("", "/tien-do", "/loi", "/loi.xlsx"):
        assert client.get(f"/can-bo/nhap-lieu/{upload_id}{rest}").status_code == 404, rest
    assert client.post(f"/can-bo/nhap-lieu/{upload_id}/huy").status_code == 404
    assert Upload.objects.get().state == "waiting"


def test_an_officer_whose_post_was_taken_opens_nothing_more() -> None:
    application_id, client = make_ready(), minh()
    assert client.get(file_of(application_id)).status_code == 200
    Post.objects.all().delete()
    assert closed_to(client, "officer", application_id) == []


def test_an_ended_session_opens_nothing() -> None:
    client = browser_of(cast.make_worker())
    assert client.get("/the").status_code == 200
    Session.objects.all().delete()
    assert closed_to(client, "citizen") == []


def test_another_office_finds_no_page_no_photo_and_no_act() -> None:
    application_id, client = make_ready(), hanh()
    before = Application.objects.values().get()
    for rest in ("", *(f"anh/{kind}" for kind in PHOTOS)):
        assert client.get(file_of(application_id, rest)).status_code == 404, rest
    for act in ACTS:
        data = {"reasons": ["other"], "text": "x"}
        assert client.post(file_of(application_id, act), data).status_code == 404, act
    assert Application.objects.values().get() == before


def test_the_secret_of_one_opens_nothing_of_another() -> None:
    own, other = make_draft(LAN), make_draft(BINH)
    mixed = f"{other.partition('.')[0]}.{own.partition('.')[2]}"
    client = Client()
    client.cookies[file_cookie.COOKIE] = mixed
    assert client.get("/dang-ky/xem-lai").headers["Location"] == "/dang-ky"
    assert client.get("/dang-ky/anh/mat-truoc").status_code == 404

    sent = make_application(BINH)
    grant = holders.grant(make_application(LAN), now=timezone.now(), proved=Phone(LAN.phone))
    client.cookies[file_cookie.COOKIE] = f"{sent}.{grant.partition('.')[2]}"
    for path in ("", "/to-khai.pdf", "/lich.ics", "/rut"):
        assert client.get(f"/dang-ky/ho-so{path}").headers["Location"] == "/dang-ky/tra-cuu"


def test_the_session_of_one_person_is_no_session_of_another() -> None:
    lan, tuan = cast.make_citizen(cast.LAN), cast.make_citizen(cast.TUAN)
    token = sessions.start(lan, device="", proved_at=None, now=timezone.now())
    client = Client()
    client.cookies[cookies.SESSION] = f"{tuan}.{token.partition('.')[2]}"
    assert closed_to(client, "citizen") == []


def test_one_person_ends_no_session_of_another() -> None:
    lan, tuan = cast.make_citizen(cast.LAN), cast.make_citizen(cast.TUAN)
    victim = browser_of(tuan)
    browser_of(lan).post(
        "/thiet-bi", {"id": str(Session.objects.filter(person_id=tuan).latest("seen_at").id)}
    )
    assert victim.get("/thiet-bi").status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "//evil.vn",
        "https://evil.vn",
        "/\\evil.vn",
        "/\t/evil.vn",
        "\\\\evil.vn",
        "javascript:alert(1)",
        "/%0a/evil.vn",
    ],
)
def test_no_sign_in_leads_to_another_site(target: str) -> None:
    make_office()
    cast.make_citizen()
    make_officer_account("minh")
    answers = [
        cast.sign_in(Client(), tiep=target),
        Client().post(
            f"/can-bo/dang-nhap?tiep={target}", {"username": "minh", "password": "hoa sen trang 99"}
        ),
        Client().post("/ngon-ngu", {"lang": "en", "tiep": target}),
    ]
    for answer in answers:
        location = answer.headers["Location"]
        assert answer.status_code == 302
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\", "/\t"))


@pytest.mark.django_db(transaction=True)
def test_the_log_stays_one_chain_when_many_write_at_once() -> None:
    def write(subject: int) -> None:
        try:
            for _ in range(10):
                audit.record("test.written", subject=subject, by=SYSTEM, now=timezone.now())
        finally:
            connection.close()

    # Two lanes, crossed by four writers each.
    threads = [threading.Thread(target=write, args=[number % 2 + 32 * number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    report = verify_chain()
    assert (report.events, report.broken) == (80, [])
