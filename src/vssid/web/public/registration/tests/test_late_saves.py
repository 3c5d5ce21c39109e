"""Two tabs, one draft: a late save from the older page changes nothing, is told, and is not lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from tests.making.registrations import make_office
from vssid.web.public.tests.visitor import CONTACT, WHO, at_contact, draft_of

pytestmark = pytest.mark.django_db

SHEET = re.compile(r'name="(page|after)" value="([^"]*)"')
CONTACT_STEP, WHO_STEP = "/dang-ky/lien-he", "/dang-ky/ban-than"


def drawn(browser: Client, path: str) -> dict[str, str]:
    """The hidden fields of a page as it is drawn now: a tab."""
    return dict(SHEET.findall(browser.get(path).text))


def test_a_late_save_changes_neither_phone_nor_address_and_shows_both():
    browser = at_contact()
    old, new = drawn(browser, CONTACT_STEP), drawn(browser, CONTACT_STEP)
    assert browser.post(CONTACT_STEP, CONTACT | new).status_code == 302
    late = browser.post(CONTACT_STEP, CONTACT | old | {"phone": "0987 654 321", "commune_code": "11320"})
    page = unescape(late.text)
    assert late.status_code == 409
    assert "Bước này vừa được lưu ở một cửa sổ khác" in page
    assert "<dd>0987 654 321</dd>" in page
    assert 'value="0912 345 678"' in page
    assert draft_of(browser).values["phone"] == "+84912345678"
    assert draft_of(browser).values["commune_code"] == "11311"
    again = dict(SHEET.findall(late.text))
    assert browser.post(CONTACT_STEP, CONTACT | again | {"phone": "0987 654 321"}).status_code == 302
    assert draft_of(browser).values["phone"] == "+84987654321"


@pytest.mark.parametrize("go", ["back", "keep", "province", ""])
def test_no_way_of_leaving_an_old_page_overwrites_a_newer_save(go):
    browser = at_contact()
    old, new = drawn(browser, CONTACT_STEP), drawn(browser, CONTACT_STEP)
    browser.post(CONTACT_STEP, CONTACT | new)
    answer = browser.post(CONTACT_STEP, old | {"phone": "0900", "go": go})
    assert answer.status_code == 409
    assert draft_of(browser).values["phone"] == "+84912345678"
    assert "contact" not in draft_of(browser).values.get("typed", {})


def test_the_name_of_step_one_is_not_overwritten_though_there_was_no_draft_when_the_tabs_were_opened():
    make_office()
    browser = Client()
    old, new = drawn(browser, WHO_STEP), drawn(browser, WHO_STEP)
    assert browser.post(WHO_STEP, WHO | new).status_code == 302
    late = browser.post(WHO_STEP, WHO | old | {"full_name": "Trần Văn Bình", "sex": "1"})
    assert late.status_code == 409
    assert "<dd>Trần Văn Bình</dd>" in unescape(late.text)
    assert "<dd>Nam</dd>" in unescape(late.text)
    assert draft_of(browser).values["full_name"] == WHO["full_name"]


def test_one_page_saves_when_it_is_left_shown_again_and_sent():
    browser = at_contact()
    page = drawn(browser, CONTACT_STEP)
    assert browser.post(CONTACT_STEP, page | {"phone": "09", "go": "keep"}).status_code == 204
    assert browser.post(CONTACT_STEP, CONTACT | page | {"phone": "1"}).status_code == 422
    assert browser.post(CONTACT_STEP, CONTACT | page).status_code == 302
    assert browser.post(CONTACT_STEP, CONTACT | page | {"street": "Số 9"}).status_code == 302
    assert draft_of(browser).values["street"] == "Số 9"


def test_a_refused_page_is_followed_by_the_one_that_names_its_mistakes():
    browser = at_contact()
    refused = browser.post(CONTACT_STEP, CONTACT | drawn(browser, CONTACT_STEP) | {"phone": "1"})
    assert browser.post(CONTACT_STEP, CONTACT | dict(SHEET.findall(refused.text))).status_code == 302


def test_other_steps_saved_in_another_tab_are_in_nobodys_way():
    browser = at_contact()
    contact, who = drawn(browser, CONTACT_STEP), drawn(browser, WHO_STEP)
    assert browser.post(WHO_STEP, WHO | who | {"full_name": "Nguyễn Thị Lân"}).status_code == 302
    assert browser.post(CONTACT_STEP, CONTACT | contact).status_code == 302


def test_a_page_that_says_the_same_is_told_that_nothing_differs():
    browser = at_contact()
    old, new = drawn(browser, CONTACT_STEP), drawn(browser, CONTACT_STEP)
    browser.post(CONTACT_STEP, CONTACT | new)
    assert "Hai nội dung giống nhau" in browser.post(CONTACT_STEP, CONTACT | old).text


def test_an_office_chosen_late_does_not_take_the_place_of_the_newer_choice():
    from vssid.web.public.tests.visitor import holder

    make_office()
    make_office("03102", "BHXH quận Lê Chân (mẫu)")
    browser = holder()
    path = "/dang-ky/noi-nop"
    old, new = drawn(browser, path), drawn(browser, path)
    assert browser.post(path, new | {"office_code": "03101"}).status_code == 302
    late = browser.post(path, old | {"office_code": "03102"})
    assert (late.status_code, draft_of(browser).values["office_code"]) == (409, "03101")
    assert "BHXH quận Lê Chân (mẫu)" in unescape(late.text)
