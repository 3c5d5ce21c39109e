"""Every page of the site in Chromium at 360 px: axe finds nothing and nothing is wider than the phone.

PAGES names a way to each route that answers with a page; NOT_PAGES the rest. Together they are the whole
URL tree, so a new page cannot be forgotten here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone

from tests.architecture.urls import routes
from tests.browser.axe import findings
from tests.families import CHILD, GIA, add_child_coverage, make_link, make_member, make_request
from tests.families import make_draft as make_family_draft
from tests.registrations import (
    HONG_BANG,
    LAN,
    make_application,
    make_draft,
    make_officer_account,
    make_person,
    make_upload,
)
from tests.sms import last_code
from vssid.domain.accounts import actions as accounts
from vssid.domain.imports import actions as imports
from vssid.domain.imports import upload_work
from vssid.domain.imports.registry import importer
from vssid.domain.registration import holders
from vssid.domain.registration.models import Application
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"

# Route as written → what to open. `{id}` is the application's.
VISITOR = {
    "/": "/",
    "/dang-ky": "/dang-ky",
    "/dang-ky/tiep-tuc": "/dang-ky/tiep-tuc",
    "/dang-ky/tra-cuu": "/dang-ky/tra-cuu",
    "/dich-vu-cong": "/dich-vu-cong",
    "/tra-cuu": "/tra-cuu",
    "/tra-cuu/co-quan": "/tra-cuu/co-quan",
    "/tro-giup": "/tro-giup",
    "/dang-nhap": "/dang-nhap",
    "/dang-xuat": "/dang-xuat",
    "/da-dang-xuat": "/da-dang-xuat",
    "/quen-mat-khau": "/quen-mat-khau",
    "/can-bo/dang-nhap": "/can-bo/dang-nhap",
    "/ngoai-tuyen": "/ngoai-tuyen",
    "/demo/dien-thoai": "/demo/dien-thoai",
    "/demo/giao-dien": "/demo/giao-dien",
    "/demo/giao-dien/<slug:frame>": "/demo/giao-dien/500",
}
DRAFTING = {
    "/dang-ky/ban-than": "/dang-ky/ban-than",
    "/dang-ky/lien-he": "/dang-ky/lien-he",
    "/dang-ky/anh": "/dang-ky/anh?loai=mat-truoc",
    "/dang-ky/noi-nop": "/dang-ky/noi-nop",
    "/dang-ky/xem-lai": "/dang-ky/xem-lai",
    "/dang-ky/ma-xac-nhan": "/dang-ky/ma-xac-nhan",
    "/dang-ky/chua-khop": "/dang-ky/chua-khop",
}
HOLDING = {"/dang-ky/ho-so": "/dang-ky/ho-so", "/dang-ky/ho-so/rut": "/dang-ky/ho-so/rut"}
ASKING = {
    "/dang-ky/tra-cuu/ket-qua": "",
    "/dang-ky/tra-cuu/ma": "",
    "/dang-ky/tiep-tuc/ma": "",
}
ACTIVATING = {"/dat-mat-khau": "/dat-mat-khau"}
CITIZEN = {
    "/the": "/the",
    "/the/ma": "/the/ma",
    "/the/hinh-anh": "/the/hinh-anh",
    "/qua-trinh": "/qua-trinh",
    "/qua-trinh/<slug:tab>": "/qua-trinh/bhyt",
    "/qua-trinh/<slug:tab>/<int:number>": "/qua-trinh/bhxh/1",
    "/doi-mat-khau": "/doi-mat-khau",
    "/thiet-bi": "/thiet-bi",
    "/nguoi-tin-cay": "/nguoi-tin-cay",
}
FAMILY = {
    "/gia-dinh": "/gia-dinh",
    "/gia-dinh/dang-ky": "/gia-dinh/dang-ky",
    "/gia-dinh/dang-ky/giay-to": "/gia-dinh/dang-ky/giay-to",
    "/gia-dinh/dang-ky/gui": "/gia-dinh/dang-ky/gui",
    "/gia-dinh/ho-so/<int:request_id>": "/gia-dinh/ho-so/{request}",
    "/gia-dinh/con/<uuid:link_id>/ket-thuc": "/gia-dinh/con/{link}/ket-thuc",
    "/con/<uuid:link_id>": "/con/{link}",
    "/con/<uuid:link_id>/the": "/con/{link}/the",
    "/con/<uuid:link_id>/the/ma": "/con/{link}/the/ma",
    "/con/<uuid:link_id>/the/hinh-anh": "/con/{link}/the/hinh-anh",
    "/con/<uuid:link_id>/qua-trinh": "/con/{link}/qua-trinh",
    "/con/<uuid:link_id>/qua-trinh/<slug:tab>": "/con/{link}/qua-trinh/bhyt",
    "/con/<uuid:link_id>/qua-trinh/<slug:tab>/<int:number>": "/con/{link}/qua-trinh/bhyt/1",
}
OFFICER = {
    "/can-bo": "/can-bo",
    "/can-bo/ho-so/<int:application_id>": "/can-bo/ho-so/{id}",
    "/can-bo/tim": "",
    "/can-bo/gia-dinh": "/can-bo/gia-dinh",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>": "",
}
DATA = {
    "/can-bo/nhap-lieu": "/can-bo/nhap-lieu",
    "/can-bo/nhap-lieu/lenh": "/can-bo/nhap-lieu/lenh",
    "/can-bo/nhap-lieu/<int:upload_id>": "/can-bo/nhap-lieu/{waiting}",
    "/can-bo/nhap-lieu/lenh/<int:run_id>": "/can-bo/nhap-lieu/lenh/{run}",
}
PAGES = VISITOR | DRAFTING | HOLDING | ASKING | ACTIVATING | CITIZEN | FAMILY | OFFICER | DATA
# Files, data for programs, and addresses that only take a form.
NOT_PAGES = {
    "/healthz",
    "/readyz",
    "/metrics",
    "/manifest.webmanifest",
    "/sw.js",
    "/dang-ky/moi",
    "/dang-ky/doc-ma",
    "/dang-ky/xa-phuong",
    "/dang-ky/anh/sua",
    "/dang-ky/anh/<slug:slug>",
    "/dang-ky/gui",
    "/dang-ky/ho-so/to-khai.pdf",
    "/dang-ky/ho-so/lich.ics",
    "/dang-ky/ho-so/sua",
    "/dang-ky/ho-so/dong",
    "/dang-ky/tra-cuu/mo",
    "/gia-dinh/dang-ky/giay-to/<slug:kind>",
    "/gia-dinh/ho-so/<int:request_id>/rut",
    "/giao-dien",
    "/ngon-ngu",
    "/can-bo/dang-xuat",
    "/can-bo/con-day",
    "/can-bo/ho-so/<int:application_id>/nhan-to-khai",
    "/can-bo/ho-so/<int:application_id>/xem-ban-chinh",
    "/can-bo/ho-so/<int:application_id>/duyet",
    "/can-bo/ho-so/<int:application_id>/tu-choi",
    "/can-bo/ho-so/<int:application_id>/gui-lai",
    "/can-bo/ho-so/<int:application_id>/anh/<slug:kind>",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/so-giay",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/duyet",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/tu-choi",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/ket-thuc",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/anh/<slug:kind>",
    "/can-bo/nhap-lieu/mau/<slug:kind>.<slug:form>",
    "/can-bo/nhap-lieu/<int:upload_id>/tien-do",
    "/can-bo/nhap-lieu/<int:upload_id>/huy",
    "/can-bo/nhap-lieu/<int:upload_id>/loi",
    "/api/v1/me/record",
    "/api/sms/bien-nhan/<int:subject_id>/<uuid:message_id>/<int:attempt>/<str:token>",
}


def test_the_two_lists_are_the_whole_url_tree():
    found = {route.path for route in routes()}
    assert found == PAGES.keys() | NOT_PAGES
    assert not PAGES.keys() & NOT_PAGES


@dataclass
class Visit:
    """One browser on its way through pages."""

    page: Any
    base: str
    titles: dict[str, str] = field(default_factory=dict)

    def cookie(self, name: str, value: str) -> None:
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.base}])

    def open(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status in (200, 500 if "giao-dien/500" in address else 200), address
        assert self.page.url.removeprefix(self.base) == address
        self.look(address)

    def look(self, what: str) -> None:
        assert findings(self.page) == [], what
        assert self.page.evaluate(FITS), f"{what} is wider than the screen"
        title = self.page.title()
        assert title, f"{what} has no title"
        assert self.titles.setdefault(title, what) == what, f"{what} has the title of {self.titles[title]}"


@pytest.fixture
def visit(phone: Any, live_server: Any, settings: Any) -> Visit:
    settings.DEMO = True
    return Visit(phone, live_server.url)


def test_pages_for_everybody(visit):
    make_officer_account()
    for address in VISITOR.values():
        visit.open(address)


def test_the_page_of_an_unknown_address(visit):
    answer = visit.page.goto("/khong-co-trang-nay")
    assert answer.status == 404
    visit.look("404")


def test_pages_of_a_draft(visit):
    make_person(LAN, full_name="Nguyễn Thị Lam")
    visit.cookie("vssid-draft", make_draft(now=timezone.now()))
    for address in DRAFTING.values():
        visit.open(address)


def test_pages_of_a_sent_file(visit):
    now = timezone.now()
    visit.cookie("vssid-draft", holders.grant(make_application(now=now), now=now, proved=Phone(LAN.phone)))
    for address in HOLDING.values():
        visit.open(address)


def fill_in(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main form .btn").first.click()


def test_pages_that_answer_a_question(visit):
    now = timezone.now()
    application_id = make_application(now=now)
    number = Application.objects.get(id=application_id).number
    visit.page.goto("/dang-ky/tra-cuu")
    fill_in(visit.page, number=number, phone=Phone(LAN.phone).national())
    visit.page.wait_for_url("**/tra-cuu/ket-qua")
    visit.look("look-up result")
    visit.page.locator("main form[action$='/mo'] button").click()
    visit.page.wait_for_url("**/tra-cuu/ma")
    visit.look("look-up code")
    assert last_code(application_id)
    visit.page.goto("/dang-ky/tiep-tuc")
    fill_in(visit.page, phone="0987 654 321", bhxh_code="0000000009")
    visit.page.wait_for_url("**/tiep-tuc/ma")
    visit.look("resume code")


def test_the_page_of_the_first_password(visit):
    person_id, activation = cast.make_activating()
    assert person_id
    visit.cookie("vssid-session", token(cast.LAN, activation, "citizen"))
    for address in ACTIVATING.values():
        visit.open(address)


def token(name: str, password: str, kind: str) -> str:
    return accounts.sign_in(
        name, password, kind=kind, address="127.0.0.1", device="", now=timezone.now()
    ).token


def test_pages_of_a_citizen(visit):
    cast.make_worker()
    visit.cookie("vssid-session", token(cast.LAN, cast.PASSWORD, "citizen"))
    for address in CITIZEN.values():
        visit.open(address)


def test_pages_of_a_family(visit):
    now = timezone.now()
    guardian = cast.make_worker()
    make_member(cast.WORKER)
    _guardian, link_id = make_link(guardian, now=now)
    add_child_coverage()
    _guardian, request_id = make_request(guardian, GIA, now=now)
    make_family_draft(guardian, CHILD, now=now)
    visit.cookie("vssid-session", token(cast.LAN, cast.PASSWORD, "citizen"))
    for address in FAMILY.values():
        visit.open(address.format(link=link_id, request=request_id))
    visit.titles.clear()
    visit.open("/")
    visit.open("/the")


def test_pages_of_an_officer(visit):
    application_id = make_application(now=timezone.now())
    make_officer_account()
    visit.cookie("vssid-session", token("minh", "hoa sen trang 99", "staff"))
    visit.open("/can-bo")
    visit.open(f"/can-bo/ho-so/{application_id}")
    visit.page.locator("[data-scan]").fill("lan")
    visit.page.locator("[data-scan]").press("Enter")
    visit.page.wait_for_url("**/can-bo/tim")
    visit.look("found")
    assert HONG_BANG in Application.objects.get().number


def test_pages_of_an_officer_for_families(visit):
    make_officer_account()
    guardian, request_id = make_request(now=timezone.now())
    visit.cookie("vssid-session", token("minh", "hoa sen trang 99", "staff"))
    visit.open("/can-bo/gia-dinh")
    visit.open(f"/can-bo/gia-dinh/{guardian}/{request_id}")


def test_pages_of_a_data_officer(visit, tmp_path):
    make_officer_account("quang", name="Quang", role="data")
    visit.cookie("vssid-session", token("quang", "hoa sen trang 99", "staff"))
    visit.page.goto("/can-bo/nhap-lieu")
    visit.look("no uploads yet")
    wrong = "code,name\nTZ0001A,Một\nsai,Hai\nTZ0003A,\n"
    done = make_upload(wrong)
    upload_work.work(done, clock=timezone.now)
    path = tmp_path / "lenh.csv"
    path.write_text(wrong, encoding="utf-8")
    run = imports.run(importer("employers"), path, by=SYSTEM, now=timezone.now(), sender="demo").run_id
    visit.titles.clear()
    for address in DATA.values():
        visit.open(address.format(waiting=make_upload(), run=run))
    visit.titles.clear()
    visit.open(f"/can-bo/nhap-lieu/{done}")
    visit.page.goto("/can-bo/nhap-lieu")
    visit.page.locator("form[data-upload]").evaluate("form => { form.noValidate = true }")
    visit.page.locator("form[data-upload] button.btn").click()
    visit.page.locator(".summary").wait_for()
    visit.look("errors of the form")
