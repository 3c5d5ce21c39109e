"""Every page of the site in Chromium at 360 px, in Vietnamese and English.

axe finds nothing, nothing is wider than the phone, and an English page says nothing in Vietnamese.

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
from tests.browser.english import left_in_vietnamese
from tests.making.employers_of_the_register import OWING, SMALL, STOPPED, UNCOUNTED, make_employers
from tests.making.families import CHILD, GIA, add_child_coverage, make_link, make_member, make_request
from tests.making.families import make_draft as make_family_draft
from tests.making.places_of_the_directory import make_change, make_point
from tests.making.registrations import (
    HONG_BANG,
    LAN,
    make_application,
    make_draft,
    make_office,
    make_officer_account,
    make_person,
    make_upload,
    plain_photo,
)
from tests.making.requests_of_people import accepted, make_facilities, make_request_draft
from tests.making.sms import last_code
from vssid.domain.accounts import actions as accounts
from vssid.domain.directory import index
from vssid.domain.imports import actions as imports
from vssid.domain.imports.registry import importer
from vssid.domain.imports.uploads import loading
from vssid.domain.notifications.inbox import notices
from vssid.domain.procedures import actions as requests
from vssid.domain.procedures import drafts
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.registration.draft import holders
from vssid.domain.registration.models import Application
from vssid.domain.support.tests import desk as support
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests import cast, records
from vssid.web.ui import cookies

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
    "/tra-cuu/co-quan-bhxh": "/tra-cuu/co-quan-bhxh",
    "/tra-cuu/co-quan-bhxh/<slug:code>": "/tra-cuu/co-quan-bhxh/03101",
    "/tra-cuu/co-so-kham-chua-benh": "/tra-cuu/co-so-kham-chua-benh",
    "/tra-cuu/co-so-kham-chua-benh/<slug:code>": "/tra-cuu/co-so-kham-chua-benh/31901",
    "/tra-cuu/diem-thu": "/tra-cuu/diem-thu",
    "/tra-cuu/don-vi": "/tra-cuu/don-vi?tinh=31",
    "/tra-cuu/don-vi/<slug:code>": f"/tra-cuu/don-vi/{OWING}",
    "/tra-cuu/ma-so-bhxh": "/tra-cuu/ma-so-bhxh",
    "/tra-cuu/gia-tri-the": "/tra-cuu/gia-tri-the",
    "/tra-cuu/da-luu": "/tra-cuu/da-luu",
    "/tra-cuu/diem-thu/<slug:code>": "/tra-cuu/diem-thu/P0000001",
    "/tro-giup": "/tro-giup",
    "/cai-dat-ung-dung": "/cai-dat-ung-dung",
    "/kiem-tra": "/kiem-tra",
    "/quyen-rieng-tu": "/quyen-rieng-tu",
    "/tro-giup/ngoai-tuyen": "/tro-giup/ngoai-tuyen",
    "/tro-giup/huong-dan": "/tro-giup/huong-dan",
    "/tro-giup/huong-dan/<slug:slug>": "/tro-giup/huong-dan/qua-trinh",
    "/dang-nhap": "/dang-nhap",
    "/dang-xuat": "/dang-xuat",
    "/da-dang-xuat": "/da-dang-xuat",
    "/quen-mat-khau": "/quen-mat-khau",
    "/khoa-tai-khoan": "/khoa-tai-khoan",
    "/khoa-tai-khoan/xong": "/khoa-tai-khoan/xong",
    "/mo-khoa-tai-khoan": "/mo-khoa-tai-khoan",
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
# Claims without a session (test_account_pages.py looks at them on their way).
CLAIMING = {
    "/quen-mat-khau/ma": "",
    "/quen-mat-khau/mat-khau": "",
    "/khoa-tai-khoan/ma": "",
    "/mo-khoa-tai-khoan/ma": "",
    "/mo-khoa-tai-khoan/mat-khau": "",
    "/tai-khoan/lien-he/<slug:word>/ma": "",
    "/tai-khoan/lien-he/tai-co-quan/<uuid:request_id>": "",
    "/can-bo/tai-khoan/<int:person_id>/<uuid:request_id>": "",
}
# Messages to an office; `{ticket}` is one's own.
TICKETS = {
    "/tro-giup/tin-nhan": "/tro-giup/tin-nhan",
    "/tro-giup/tin-nhan/moi": "/tro-giup/tin-nhan/moi",
    "/tro-giup/tin-nhan/<int:ticket_id>": "/tro-giup/tin-nhan/{ticket}",
    "/tro-giup/tin-nhan/ma": "",
}
ACTIVATING = {"/dat-mat-khau": "/dat-mat-khau"}
CITIZEN = {
    "/ca-nhan": "/ca-nhan",
    "/the": "/the",
    "/the/ma": "/the/ma",
    "/the/hinh-anh": "/the/hinh-anh",
    "/qua-trinh": "/qua-trinh",
    "/qua-trinh/c14-ts": "/qua-trinh/c14-ts",
    "/qua-trinh/<slug:tab>": "/qua-trinh/bhyt",
    "/qua-trinh/<slug:tab>/<int:number>": "/qua-trinh/bhxh/1",
    "/thong-tin-huong": "/thong-tin-huong",
    "/thong-tin-huong/<slug:tab>": "/thong-tin-huong/odts",
    "/thong-tin-huong/<slug:tab>/<int:number>": "/thong-tin-huong/odts/1",
    "/so-kham-chua-benh": "/so-kham-chua-benh",
    "/so-kham-chua-benh/<int:number>": "/so-kham-chua-benh/1",
    "/so-kham-chua-benh/giay": "/so-kham-chua-benh/giay",
    "/so-kham-chua-benh/giay/<int:number>": "/so-kham-chua-benh/giay/1",
    "/du-lieu-cua-toi": "/du-lieu-cua-toi",
    "/doi-mat-khau": "/doi-mat-khau",
    "/thiet-bi": "/thiet-bi",
    "/nguoi-tin-cay": "/nguoi-tin-cay",
    "/thong-bao": "/thong-bao",
    "/thong-bao/cai-dat": "/thong-bao/cai-dat",
    "/tai-khoan": "/tai-khoan",
    "/tai-khoan/khoa": "/tai-khoan/khoa",
    "/tai-khoan/dong": "/tai-khoan/dong",
    "/tai-khoan/khoa-truy-cap": "/tai-khoan/khoa-truy-cap",
    "/tai-khoan/lien-he/tai-co-quan": "/tai-khoan/lien-he/tai-co-quan",
    "/tai-khoan/lien-he/<slug:word>": "/tai-khoan/lien-he/so-dien-thoai",
}
OTHER_TABS = (
    *("/", "/qua-trinh/bhtn", "/qua-trinh/tnld", "/qua-trinh/bhyt/1", "/dich-vu-cong"),
    *("/thong-tin-huong/bhtn", "/thong-tin-huong/tnld", "/thong-tin-huong/hang-thang"),
)
# `{sent}` is a request in which more is needed; the procedure's own pages are those of a draft.
REQUESTING = {
    "/dich-vu-cong/lich-su": "/dich-vu-cong/lich-su",
    "/dich-vu-cong/ho-so/<int:request_id>": "/dich-vu-cong/ho-so/{sent}",
    "/dich-vu-cong/ho-so/<int:request_id>/rut": "/dich-vu-cong/ho-so/{sent}/rut",
    "/dich-vu-cong/<slug:procedure>": "/dich-vu-cong/doi-thong-tin",
    "/dich-vu-cong/<slug:procedure>/<slug:step>": "/dich-vu-cong/doi-thong-tin/giay-to",
    "/dich-vu-cong/<slug:procedure>/xem-lai": "/dich-vu-cong/doi-thong-tin/xem-lai",
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
    "/can-bo/tai-khoan": "/can-bo/tai-khoan",
    "/can-bo/tim": "",
    "/can-bo/dich-vu": "/can-bo/dich-vu",
    "/can-bo/dich-vu/<int:person_id>/<int:request_id>": "/can-bo/dich-vu/{person}/{request}",
    "/can-bo/tin-nhan": "/can-bo/tin-nhan",
    "/can-bo/tin-nhan/<int:ticket_id>": "/can-bo/tin-nhan/{ticket}",
    "/can-bo/gia-dinh": "/can-bo/gia-dinh",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>": "",
}
DATA = {
    "/can-bo/nhap-lieu": "/can-bo/nhap-lieu",
    "/can-bo/nhap-lieu/lenh": "/can-bo/nhap-lieu/lenh",
    "/can-bo/tai-khoan/can-xem": "/can-bo/tai-khoan/can-xem",
    "/can-bo/nhap-lieu/<int:upload_id>": "/can-bo/nhap-lieu/{waiting}",
    "/can-bo/nhap-lieu/lenh/<int:run_id>": "/can-bo/nhap-lieu/lenh/{run}",
    "/can-bo/danh-ba": "/can-bo/danh-ba?loai=diem-thu&q=buu+cuc",
    "/can-bo/danh-ba/<slug:listing>/moi": "/can-bo/danh-ba/co-quan/moi",
    "/can-bo/danh-ba/<slug:listing>/<slug:place>": "/can-bo/danh-ba/diem-thu/P0000001",
    "/can-bo/danh-ba/<slug:listing>/<slug:place>/sua": "/can-bo/danh-ba/diem-thu/P0000001/sua",
    "/can-bo/danh-ba/<slug:listing>/<slug:place>/dong": "/can-bo/danh-ba/diem-thu/P0000001/dong",
}
UNSIGNED = VISITOR | DRAFTING | HOLDING | ASKING | ACTIVATING | CLAIMING
PAGES = UNSIGNED | TICKETS | CITIZEN | REQUESTING | FAMILY | OFFICER | DATA
# The gallery of parts speaks Vietnamese, the stored help both languages at once.
ONE_FOR_ALL = ("/demo/giao-dien", "/tro-giup/ngoai-tuyen")
# Files, data for programs, and addresses that only take a form.
NOT_PAGES = {
    "/tra-cuu/doc-the",
    "/tra-cuu/da-luu/ngoai-tuyen",  # looked at without a network in test_saved.py
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap/<slug:name>.xml",
    "/tra-cuu/co-quan",
    "/tra-cuu/co-quan-bhxh/<slug:code>.vcf",
    "/tra-cuu/co-so-kham-chua-benh/<slug:code>.vcf",
    "/tra-cuu/diem-thu/<slug:code>.vcf",
    "/api/v1/directory/employers",
    "/api/v1/directory/employers/<str:code>",
    "/api/v1/directory/open/employers.csv",
    "/api/v1/directory/open/employers.json",
    "/api/v1/directory/<slug:kinds>",
    "/api/v1/directory/<slug:kinds>/<str:code>",
    "/api/v1/directory/open/<slug:kinds>.csv",
    "/api/v1/directory/open/<slug:kinds>.json",
    "/qua-trinh/c14-ts/<uuid:statement_id>",
    "/healthz",
    "/readyz",
    "/workerz",
    "/metrics",
    "/manifest.webmanifest",
    "/sw.js",
    "/.well-known/the-bhyt-khoa.json",
    "/.well-known/the-bhyt-khoa.cbor",
    "/the/chung-thuc",
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
    "/con/<uuid:link_id>/the/chung-thuc",
    "/gia-dinh/dang-ky/giay-to/<slug:kind>",
    "/gia-dinh/ho-so/<int:request_id>/rut",
    "/giao-dien",
    "/co-chu",
    "/chan-dung",
    "/con/<uuid:link_id>/chan-dung",
    "/ngon-ngu",
    "/dang-nhap/khoa-truy-cap",
    "/dang-nhap/khoa-truy-cap/bat-dau",
    "/tai-khoan/giu",
    "/tai-khoan/khoa-truy-cap/bat-dau",
    "/tai-khoan/khoa-truy-cap/them",
    "/tai-khoan/khoa-truy-cap/de-sau",
    "/tai-khoan/khoa-truy-cap/<uuid:passkey_id>",
    "/tai-khoan/lien-he/bo-email",
    "/tai-khoan/lien-he/con-dung",
    "/tai-khoan/lien-he/tai-co-quan/<uuid:request_id>/rut",
    "/can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/xem-ban-chinh",
    "/can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/so-moi",
    "/can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/ma",
    "/can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/thuc-hien",
    "/can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/gui-lai",
    "/can-bo/tai-khoan/<int:person_id>/<uuid:request_id>/tu-choi",
    "/dich-vu-cong/ho-so/<int:request_id>/anh/<slug:name>",
    "/dich-vu-cong/<slug:procedure>/bo",
    "/du-lieu-cua-toi/tai",
    "/tro-giup/tin-nhan/<int:ticket_id>/dong",
    "/tro-giup/tin-nhan/<int:ticket_id>/anh/<int:seq>",
    "/can-bo/dang-xuat",
    "/can-bo/con-day",
    "/can-bo/tiep/<slug:queue>",
    "/can-bo/nhan-ve/<slug:queue>/<int:file_id>",
    "/can-bo/giu/<slug:queue>/<int:file_id>",
    "/can-bo/ho-so/<int:application_id>/nhan-to-khai",
    "/can-bo/ho-so/<int:application_id>/xem-ban-chinh",
    "/can-bo/ho-so/<int:application_id>/tra-to-khai",
    "/can-bo/ho-so/<int:application_id>/bo-ban-chinh",
    "/can-bo/ho-so/<int:application_id>/duyet",
    "/can-bo/ho-so/<int:application_id>/tu-choi",
    "/can-bo/ho-so/<int:application_id>/gui-lai",
    "/can-bo/ho-so/<int:application_id>/anh/<slug:kind>",
    "/can-bo/dich-vu/<int:person_id>/<int:request_id>/tiep-nhan",
    "/can-bo/dich-vu/<int:person_id>/<int:request_id>/bo-sung",
    "/can-bo/dich-vu/<int:person_id>/<int:request_id>/dong-y",
    "/can-bo/dich-vu/<int:person_id>/<int:request_id>/tu-choi",
    "/can-bo/dich-vu/<int:person_id>/<int:request_id>/anh/<slug:name>",
    "/can-bo/tin-nhan/<int:ticket_id>/nhan",
    "/can-bo/tin-nhan/<int:ticket_id>/tra-loi",
    "/can-bo/tin-nhan/<int:ticket_id>/dong",
    "/can-bo/tin-nhan/<int:ticket_id>/chuyen",
    "/can-bo/tin-nhan/<int:ticket_id>/anh/<int:seq>",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/so-giay",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/bo-so-giay",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/duyet",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/tu-choi",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/ket-thuc",
    "/can-bo/gia-dinh/<int:guardian_id>/<int:request_id>/anh/<slug:kind>",
    "/can-bo/tai-khoan/can-xem/<uuid:request_id>",
    "/can-bo/nhap-lieu/mau/<slug:kind>.<slug:form>",
    "/can-bo/nhap-lieu/<int:upload_id>/tien-do",
    "/can-bo/nhap-lieu/<int:upload_id>/huy",
    "/can-bo/nhap-lieu/<int:upload_id>/xac-nhan",
    "/can-bo/nhap-lieu/<int:upload_id>/hoan-tac",
    "/can-bo/nhap-lieu/<int:upload_id>/quen-tieu-de",
    "/can-bo/nhap-lieu/<int:upload_id>/loi",
    "/can-bo/nhap-lieu/<int:upload_id>/loi.xlsx",
    "/can-bo/danh-ba/thay-doi/<int:change_id>/rut",
    "/phien",
    "/dang-ky/phien",
    "/thong-bao/so",
    "/thong-bao/doc-het",
    "/thong-bao/thu",
    "/thong-bao/may",
    "/thong-bao/may/bo",
    "/thong-bao/<uuid:notice_id>",  # leads to the notice's matter
    "/thong-bao/<uuid:notice_id>/da-doc",
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
    language: str
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
        if not what.startswith(ONE_FOR_ALL):
            assert self.page.locator("html").get_attribute("lang") == self.language, what
            assert self.language == "vi" or left_in_vietnamese(self.page) == [], what
        title = self.page.title()
        assert title, f"{what} has no title"
        assert self.titles.setdefault(title, what) == what, f"{what} has the title of {self.titles[title]}"


@pytest.fixture(params=["vi", "en"])
def visit(sight: Any, live_server: Any, settings: Any, request: Any) -> Visit:
    settings.DEMO = True
    made = Visit(sight, live_server.url, request.param)
    made.cookie(cookies.LANGUAGE, request.param)
    return made


def test_pages_for_everybody(visit):
    make_officer_account()
    make_facilities()
    make_point()
    make_employers()
    index.refresh()
    for address in VISITOR.values():
        visit.open(address)
    visit.titles.clear()
    visit.open("/tro-giup?q=password")
    for code in (SMALL, STOPPED, UNCOUNTED):
        visit.open(f"/tra-cuu/don-vi/{code}")
    visit.titles.clear()
    for asked in ("", "?q=xyzxyz", "?q=hoa+phuong"):
        visit.open(f"/tra-cuu/don-vi{asked}")
        visit.titles.clear()


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
    person_id = cast.make_worker()
    records.make_records(person_id)
    visit.cookie("vssid-session", token(cast.LAN, cast.PASSWORD, "citizen"))
    notice_id = notices.notify(person_id, "test", now=timezone.now())
    for address in CITIZEN.values():
        visit.open(address.replace("{notice}", str(notice_id)))
    visit.titles.clear()
    for address in OTHER_TABS:
        visit.open(address)


def test_pages_of_somebody_who_asks_for_something(visit):
    now = timezone.now()
    person_id, sent, officer = accepted(now=now)
    requests.ask_more(person_id, sent, reasons=["other"], text="Mất ở đâu?", by=officer, now=now)
    proof = {"what": ["full_name", "address"], "full_name": "Nguyễn Thị Lân", "province_code": "31"}
    make_request_draft(person_id, Kind.DATA_CHANGE, now=now, **proof, commune_code="11311", street="Số 9")
    drafts.start(person_id, Kind.FACILITY_CHANGE, now=now)
    cast.make_citizen(LAN.bhxh_code, person_id=person_id)
    visit.cookie("vssid-session", token(LAN.bhxh_code, cast.PASSWORD, "citizen"))
    for address in REQUESTING.values():
        visit.open(address.format(sent=sent))
    for step in ("doi-thong-tin/doi-gi", "doi-thong-tin/gia-tri-moi", "doi-thong-tin/dia-chi-moi"):
        visit.open(f"/dich-vu-cong/{step}")
    visit.open("/dich-vu-cong/doi-noi-kham/co-so?q=mau")
    visit.page.locator("#buoc .actions .btn").first.click()
    visit.page.locator(".summary").wait_for()
    visit.look("a step that lacks its answer")


def test_pages_of_messages_to_an_office(visit):
    make_office()
    for address in ("/tro-giup/tin-nhan", "/tro-giup/tin-nhan/moi"):
        visit.open(address)
    visit.page.locator("main form .btn").first.click()
    visit.page.locator(".summary").wait_for()
    visit.look("errors of a new message")
    fill_in(visit.page, full_name="Lan", phone="0912 345 678", text="Xin hỏi")
    visit.page.locator("[name=topic]").select_option("card")
    visit.page.locator("[name=office_code]").select_option(HONG_BANG)
    visit.page.locator("main form .btn").first.click()
    visit.page.wait_for_url("**/tin-nhan/ma")
    visit.look("code of a message")
    person_id = cast.make_worker()
    ticket = support.make_ticket(person_id, now=timezone.now(), photo=plain_photo())
    visit.cookie("vssid-session", token(cast.LAN, cast.PASSWORD, "citizen"))
    visit.titles.clear()
    for address in filter(None, TICKETS.values()):
        visit.open(address.format(ticket=ticket))


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
    visit.open("/can-bo/tai-khoan")
    visit.open(f"/can-bo/ho-so/{application_id}")
    visit.page.locator("[data-scan]").fill("lan")
    visit.page.locator("[data-scan]").press("Enter")
    visit.page.wait_for_url("**/can-bo/tim")
    visit.look("found")
    visit.open("/can-bo/tin-nhan")
    ticket = support.make_ticket(cast.make_citizen(), now=timezone.now(), photo=plain_photo())
    visit.open(f"/can-bo/tin-nhan/{ticket}")
    visit.titles.clear()
    visit.open("/can-bo/tin-nhan")
    visit.open("/can-bo?xem=da-xong")
    assert HONG_BANG in Application.objects.get().number


def test_pages_of_an_officer_who_decides_on_requests(visit):
    make_officer_account()
    visit.cookie("vssid-session", token("minh", "hoa sen trang 99", "staff"))
    visit.open("/can-bo/dich-vu")
    person_id, request_id, _officer = accepted(now=timezone.now(), reason="damaged")
    visit.titles.clear()
    visit.open("/can-bo/dich-vu")
    visit.open(f"/can-bo/dich-vu/{person_id}/{request_id}")
    visit.titles.clear()
    for key in ("b", "t"):
        visit.page.keyboard.press("Escape")
        visit.page.keyboard.press(key)
    visit.look("decision with its forms open")


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
    loading.work(done, clock=timezone.now)
    visit.open(f"/can-bo/nhap-lieu/{done}")
    visit.page.get_by_role("button", name="Xác nhận và nạp").or_(
        visit.page.get_by_role("button", name="Confirm and load")
    ).click()
    loading.work(done, clock=timezone.now)
    path = tmp_path / "lenh.csv"
    path.write_text(wrong, encoding="utf-8")
    run = imports.run(importer("employers"), path, by=SYSTEM, now=timezone.now(), sender="demo").run_id
    visit.titles.clear()
    make_office()
    make_point()
    index.refresh()
    make_change()
    visit.open("/can-bo/danh-ba?loai=thay-doi")
    for address in DATA.values():
        visit.open(address.format(waiting=make_upload(), run=run))
    visit.titles.clear()
    visit.open(f"/can-bo/nhap-lieu/{done}")
    visit.page.goto("/can-bo/nhap-lieu")
    visit.page.locator("form[data-upload]").evaluate("form => { form.noValidate = true }")
    visit.page.locator("form[data-upload] button.btn").click()
    visit.page.locator(".summary").wait_for()
    visit.look("errors of the form")
    visit.page.goto("/can-bo/danh-ba/diem-thu/P0000001/sua")
    visit.page.locator("#id_hours").fill("sáng")
    visit.page.locator("form.sheet-form button.btn").click()
    visit.page.locator(".summary").wait_for()
    visit.look("errors of a place")
