"""The pages in English: no Vietnamese left but names, nothing wider than a phone, nothing for axe to find."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.architecture.messages import VIETNAMESE
from tests.browser.axe import findings
from tests.families import AN, CHILD, GIA, add_child_coverage, make_link, make_member, make_request
from tests.families import make_draft as make_family_draft
from tests.registrations import (
    BINH,
    make_application,
    make_draft,
    make_office,
    make_officer,
    make_officer_account,
    make_person,
    make_ready,
    make_upload,
)
from tests.registrations import LAN as REGISTERED
from vssid.domain.accounts import sessions
from vssid.domain.imports import upload_work
from vssid.domain.imports.models import Upload
from vssid.domain.places import queries as places
from vssid.domain.registration import actions
from vssid.domain.support.tests import desk as support
from vssid.web.citizen.tests.cast import LAN, PASSWORD, WORKER, make_activating, make_worker
from vssid.web.public import holding
from vssid.web.ui import cookies
from vssid.web.ui.templatetags.ui import SPOKEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Vietnamese on an English page: names, what is printed on paper, what the register holds as typed.
NAMES = (
    *("Nguyễn Thị Lan", "Trần Văn Bình", "Tiếng Việt", "Việt Nam", "VssID mở"),
    *("BHXH quận Hồng Bàng (mẫu)", "BHXH 03101 (mẫu)", "1 Phố Mẫu, phường Hồng Bàng, Hải Phòng"),
    *("Công ty TNHH Sao Mai", "Công ty Cổ phần Dệt may Xuất khẩu Bạch Đằng Hải Phòng"),
    *(who.full_name for who in (AN, GIA, CHILD)),
    *("Công nhân may", "Thợ phụ", "Số 12, ngõ 45", "Số 12", "1 Phố Mẫu", "Căn cước"),
)
PUBLIC = (
    "/",
    "/dang-ky",
    "/dang-ky/ban-than",
    "/dang-ky/tra-cuu",
    "/dang-ky/tiep-tuc",
    "/dich-vu-cong",
    "/tra-cuu",
    "/tra-cuu/co-quan",
    "/tro-giup",
    "/cai-dat-ung-dung",
    "/tro-giup?q=password",
    "/tro-giup/huong-dan",
    "/tro-giup/tin-nhan",
    "/tro-giup/tin-nhan/moi",
    "/tro-giup/huong-dan/the",
    "/dang-nhap",
    "/quen-mat-khau",
    "/khoa-tai-khoan",
    "/khoa-tai-khoan/xong",
    "/mo-khoa-tai-khoan",
    "/da-dang-xuat",
    "/can-bo/dang-nhap",
    "/ngoai-tuyen",
    "/khong-co",
)
STEPS = (
    "/dang-ky",
    "/dang-ky/ban-than",
    "/dang-ky/lien-he",
    "/dang-ky/anh",
    "/dang-ky/anh?loai=mat-truoc",
    "/dang-ky/noi-nop",
    "/dang-ky/xem-lai",
)
CITIZEN = (
    "/",
    "/the",
    "/the/ma",
    "/the/hinh-anh",
    "/qua-trinh",
    "/qua-trinh/bhtn",
    "/qua-trinh/tnld",
    "/qua-trinh/bhyt",
    "/qua-trinh/bhxh/1",
    "/qua-trinh/bhyt/1",
    "/qua-trinh/c14-ts",
    "/du-lieu-cua-toi",
    "/thong-tin-huong",
    "/thong-tin-huong/odts",
    "/thong-tin-huong/bhtn",
    "/thong-tin-huong/tnld",
    "/thong-tin-huong/hang-thang",
    "/so-kham-chua-benh",
    "/so-kham-chua-benh/giay",
    "/thiet-bi",
    "/doi-mat-khau",
    "/tai-khoan",
    "/tai-khoan/khoa",
    "/tai-khoan/dong",
    "/tai-khoan/khoa-truy-cap",
    "/tai-khoan/lien-he/so-dien-thoai",
    "/tai-khoan/lien-he/tai-co-quan",
    "/dich-vu-cong",
    "/dang-xuat",
)
# What is read or heard: texts, labels, the words scripts will show; not what is marked as Vietnamese, and not
# the advice an officer sends on to an applicant.
SAID = """() => {
  const said = [document.title, document.querySelector('meta[name=description]')?.content || ''];
  const attributes = ['aria-label', 'alt', 'title', 'placeholder'];
  for (const part of document.querySelectorAll('body, body *')) {
    if (part.closest('[lang=vi], script')) continue;
    for (const child of part.childNodes) if (child.nodeType === Node.TEXT_NODE) said.push(child.data);
    for (const {name, value} of part.attributes)
      if (attributes.includes(name) || (name.startsWith('data-') && name !== 'data-advice')) said.push(value);
  }
  return said;
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _names() -> re.Pattern[str]:
    communes = places.communes_of("31")
    areas = {area.full_name for area in [*places.provinces(), *communes]} | {
        area.old_district for area in communes
    }
    known = {*NAMES, *SPOKEN, *areas} - {""}
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


ALLOWED = _names()


def left_in_vietnamese(page: Any) -> list[str]:
    """What the page still says in Vietnamese."""
    return [text.strip() for text in page.evaluate(SAID) if VIETNAMESE.search(ALLOWED.sub("", text))]


def look(page: Any, path: str) -> None:
    """Open the page; it must be English, fit the phone and please axe."""
    page.goto(path)
    check(page)


def check(page: Any) -> None:
    here = page.url
    assert page.locator("html").get_attribute("lang") == "en", here
    assert left_in_vietnamese(page) == [], here
    assert page.evaluate(TOO_WIDE) <= 0, f"{here} is wider than the screen"
    assert findings(page) == [], here


@pytest.fixture
def english(phone: Any) -> Any:
    """A phone whose owner has chosen English with the switch."""
    phone.goto("/tro-giup")
    phone.locator("footer").get_by_role("button", name="English").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    return phone


def hold(page: Any, token: str) -> None:
    """Let the phone hold a draft."""
    cookie = {"name": holding.COOKIE, "value": token, "domain": "localhost", "path": holding.PATH}
    page.context.add_cookies([cookie])


def enter(page: Any, person_id: int) -> None:
    """Sign in without the form."""
    token = sessions.start(person_id, device="Chrome · Android", now=timezone.now())
    page.context.add_cookies([{"name": cookies.SESSION, "value": token, "domain": "localhost", "path": "/"}])


def test_the_switch_brings_you_back_to_the_page_in_the_other_language(english):
    expect(english.get_by_role("heading", level=1)).to_have_text("Help")
    english.locator("footer").get_by_role("button", name="Tiếng Việt").click()
    expect(english.get_by_role("heading", level=1)).to_have_text("Trợ giúp")
    expect(english.locator("html")).to_have_attribute("lang", "vi")


def test_pages_for_everybody_are_english(english):
    make_office()
    for path in PUBLIC:
        look(english, path)


def test_the_steps_of_a_registration_are_english(english):
    hold(english, make_draft(now=timezone.now()))
    for path in STEPS:
        look(english, path)


def test_what_a_registration_refuses_is_said_in_english(english):
    make_office()
    english.goto("/dang-ky/ban-than")
    english.get_by_role("button", name="Continue").last.click()
    expect(english.locator(".summary")).to_be_visible()
    check(english)


def test_the_file_of_an_applicant_is_english(english):
    make_person()
    hold(english, make_draft(now=timezone.now()))
    english.goto("/dang-ky/xem-lai")
    english.locator("#id_commitment").check()
    english.get_by_role("button", name="Send the application").click()
    expect(english.get_by_role("heading", level=1)).to_contain_text("Application")
    for path in ("/dang-ky/ho-so", "/dang-ky/ho-so/rut"):
        look(english, path)


def test_a_citizens_pages_are_english(english):
    person_id = make_worker()
    enter(english, person_id)
    ticket = support.make_ticket(person_id, "March 2024 is missing.", now=timezone.now())
    for path in (*CITIZEN, "/tro-giup/tin-nhan/moi", f"/tro-giup/tin-nhan/{ticket}", "/tro-giup/tin-nhan"):
        look(english, path)


def test_the_pages_of_a_family_are_english(english):
    now = timezone.now()
    guardian = make_worker()
    make_member(WORKER)
    _guardian, link_id = make_link(guardian, now=now)
    add_child_coverage()
    _guardian, request_id = make_request(guardian, GIA, now=now)
    make_family_draft(guardian, CHILD, now=now)
    enter(english, guardian)
    steps = ("dang-ky", "dang-ky/giay-to", "dang-ky/gui", f"ho-so/{request_id}", f"con/{link_id}/ket-thuc")
    family = ("/gia-dinh", *(f"/gia-dinh/{step}" for step in steps), "/nguoi-tin-cay", "/the")
    child = ("", "/the", "/the/ma", "/the/hinh-anh", "/qua-trinh", "/qua-trinh/bhyt", "/qua-trinh/bhyt/1")
    for path in (*family, *(f"/con/{link_id}{page}" for page in child)):
        look(english, path)


def test_a_wrong_password_is_said_in_english(english):
    make_worker()
    english.goto("/dang-nhap")
    english.get_by_label("BHXH code").fill(LAN)
    english.get_by_label("Password", exact=True).fill("khong phai")
    english.get_by_role("button", name="Sign in").click()
    expect(english.locator(".summary")).to_contain_text("is not right")
    check(english)


def test_the_first_password_page_is_english_while_typing(english):
    person_id, _ = make_activating()
    enter(english, person_id)
    english.goto("/dat-mat-khau")
    english.get_by_label("New password", exact=True).fill(PASSWORD)
    expect(english.locator("[data-strength]")).to_have_text(re.compile("^(Hard|Very hard|Good)"))
    check(english)


@pytest.fixture
def desk(english: Any) -> Any:
    """Minh's console in English."""
    enter(english, make_officer_account("minh", name="Minh"))
    return english


def test_the_officers_console_is_english(desk):
    application = make_application(REGISTERED, now=timezone.now())
    ticket = support.make_ticket(make_worker(), "March 2024 is missing.", now=timezone.now())
    for path in (
        "/can-bo",
        "/can-bo/tai-khoan",
        "/can-bo?xem=da-xong",
        f"/can-bo/ho-so/{application}",
        "/can-bo/tin-nhan",
        f"/can-bo/tin-nhan/{ticket}",
    ):
        look(desk, path)
    desk.locator("[data-scan]").fill("khong co ai")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Find an application")
    check(desk)


def test_requests_for_children_are_english_at_the_desk(desk):
    guardian, request_id = make_request(now=timezone.now())
    look(desk, "/can-bo/gia-dinh")
    look(desk, f"/can-bo/gia-dinh/{guardian}/{request_id}")


def test_what_an_officer_did_is_said_in_english(desk):
    now, minh = timezone.now(), make_officer()
    approved, refused = make_ready(REGISTERED, by=minh, now=now), make_application(BINH, now=now)
    actions.approve(approved, by=minh, now=now)
    actions.refuse(refused, reasons=["photo_unclear"], text="Chụp lại ảnh.", by=minh, now=now)
    for application in (approved, refused):
        look(desk, f"/can-bo/ho-so/{application}")
    look(desk, "/can-bo?xem=da-xong")


def test_the_pages_of_a_data_officer_are_english(english):
    enter(english, make_officer_account("quang", name="Quang", role="data"))
    done, waiting = make_upload("code,name\nTZ0001A,X\nwrong,Y\n"), make_upload("code,name\nTZ0002A,Z\n")
    upload_work.work(done, clock=timezone.now)
    Upload.objects.update(sender="Office", file_name="file.csv", actor_name="Quang")
    for path in ("", "/lenh", f"/{done}", f"/{waiting}"):
        look(english, f"/can-bo/nhap-lieu{path}")


def test_the_refusal_an_officer_starts_from_is_vietnamese_for_the_applicant(desk):
    desk.goto(f"/can-bo/ho-so/{make_application(REGISTERED, now=timezone.now())}")
    desk.get_by_text("Refuse…").click()
    desk.get_by_label("A photo is blurred, dark or cut off").check()
    expect(desk.get_by_label("Message to the applicant")).to_have_value(re.compile("Chụp lại ảnh"))
    check(desk)
