"""Online procedures in Chromium: one whole way with keys at the desk, typing that stays, English.

Most pages of requests are looked at in test_every_page, in both languages.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_english import check, english, enter, look  # noqa: F401  (english is a fixture)
from tests.making.registrations import LAN, make_officer, make_officer_account
from tests.making.requests_of_people import accepted, make_insured, make_request, make_request_draft
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.casework import claims
from vssid.domain.procedures import actions
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.procedures.models import Request
from vssid.domain.procedures.moves import REQUEST
from vssid.domain.procedures.states import State
from vssid.web.citizen.tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def lan() -> int:
    """Lan, insured and with an account."""
    person_id = cast.make_citizen(LAN.bhxh_code, person_id=make_insured())
    Account.objects.filter(person_id=person_id).update(display_name=LAN.full_name)
    return person_id


def test_a_card_is_asked_for_and_granted_with_the_keys(sight: Any) -> None:
    person_id = lan()
    enter(sight, person_id)
    sight.goto("/dich-vu-cong")
    sight.get_by_role("link", name="Cấp lại thẻ BHYT").click()
    sight.get_by_role("button", name="Bắt đầu").click()
    sight.get_by_label("Mất thẻ").check()
    sight.get_by_role("button", name="Tiếp tục").last.click()
    sight.get_by_label("Tại bộ phận tiếp nhận").check()
    sight.get_by_role("button", name="Tiếp tục").last.click()
    sight.get_by_label("Tôi cam kết").check()
    sight.get_by_role("button", name="Gửi hồ sơ").last.dblclick()
    expect(sight.get_by_text("Đã gửi, chờ tiếp nhận")).to_be_visible()
    request = Request.objects.get()

    enter(sight, make_officer_account())
    sight.goto(f"/can-bo/dich-vu/{person_id}/{request.id}")
    sight.locator("h1").click()
    sight.keyboard.press("1")
    expect(sight.locator(".decide")).to_contain_text("Đã tiếp nhận")
    sight.locator("h1").click()
    sight.keyboard.press("d")
    expect(sight.locator(".decide")).to_contain_text("Người dân được nhắn tin báo")

    enter(sight, person_id)
    sight.goto("/dich-vu-cong/lich-su")
    sight.get_by_role("link", name="Cấp lại thẻ BHYT").click()
    expect(sight.get_by_text("Hồ sơ đã được phê duyệt.")).to_be_visible()
    assert Request.objects.get().state == State.DONE


def test_the_arrow_and_leaving_the_page_lose_no_typing(sight: Any) -> None:
    enter(sight, lan())
    sight.goto("/dich-vu-cong/cap-lai-the")
    sight.get_by_role("button", name="Bắt đầu").click()
    sight.get_by_label("Ghi chú").fill("Rơi ở chợ")
    sight.get_by_role("link", name="Quay lại").click()
    expect(sight).to_have_url("/dich-vu-cong/cap-lai-the")
    sight.get_by_role("button", name="Khai tiếp").click()
    expect(sight.get_by_label("Ghi chú")).to_have_value("Rơi ở chợ")
    sight.get_by_label("Ghi chú").fill("Rơi ở bến xe")
    with sight.expect_response(lambda answer: answer.status == 204):
        sight.evaluate("dispatchEvent(new Event('pagehide'))")
    sight.goto("/dich-vu-cong/cap-lai-the/ly-do")
    expect(sight.get_by_label("Ghi chú")).to_have_value("Rơi ở bến xe")


def test_what_a_person_sees_is_english(english: Any) -> None:  # noqa: F811
    now, person_id, officer = timezone.now(), lan(), make_officer()
    _, sent = make_request(Kind.CARD_REISSUE, person_id, now=now, by=officer, note="x", reason="damaged")
    change = {"what": ["address", "sex"], "province_code": "31", "commune_code": "11311", "street": "1"}
    make_request_draft(person_id, Kind.DATA_CHANGE, now=now, sex="1", **change)
    enter(english, person_id)
    for path in ("/cap-lai-the", "/doi-noi-kham", f"/ho-so/{sent}"):
        look(english, f"/dich-vu-cong{path}")
    for step in ("/gia-tri-moi", "/xem-lai"):
        look(english, f"/dich-vu-cong/doi-thong-tin{step}")
    actions.ask_more(person_id, sent, reasons=["proof_missing"], text="?", by=officer, now=now)
    look(english, f"/dich-vu-cong/ho-so/{sent}")
    english.get_by_role("button", name="Send what is missing").click()
    expect(english.locator(".summary")).to_be_visible()
    check(english)
    actions.refuse(person_id, sent, reasons=["go_to_office"], text="!", by=officer, now=now)
    look(english, f"/dich-vu-cong/ho-so/{sent}")


def test_what_an_officer_sees_is_english(english: Any) -> None:  # noqa: F811
    now = timezone.now()
    person_id, sent, officer = accepted(now=now, note="x", reason="damaged")
    enter(english, make_officer_account())
    for path in ("?xem=qua-han", "?xem=da-xong", f"/{person_id}/{sent}"):
        look(english, f"/can-bo/dich-vu{path}")
    english.get_by_text("Refuse…").click()
    english.get_by_role("button", name="Refuse and tell the person").click()
    expect(english.locator(".decide [role=alert]")).to_be_visible()
    check(english)
    claims.release(REQUEST.name, sent)  # who read the page has the file in hand
    actions.approve(person_id, sent, by=officer, now=now)
    look(english, f"/can-bo/dich-vu/{person_id}/{sent}")
