"""A person served at the counter from the card to the approval, and nothing lost without a network."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from tests.browser.axe import findings
from tests.browser.officer.camera import camera_shows, give_camera
from tests.browser.officer.test_officer_console import choose_reasons
from tests.browser.test_every_page import session_of
from tests.making.registrations import LAN, looked_at, make_officer_account, make_person
from tests.making.sms import last_code
from vssid.domain.identity import reader
from vssid.domain.registration.counter.tests.test_walk_ins import CARD
from vssid.domain.registration.models import Application, SignedPage, WalkIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(sight: Any, live_server: Any) -> Any:
    make_person()
    session = session_of(make_officer_account())
    sight.context.add_cookies([{"name": "vssid-session", "value": session, "url": live_server.url}])
    sight.set_viewport_size({"width": 1280, "height": 900})
    sight.goto("/can-bo/quay")
    with patch.object(reader, "look", lambda kind, _data: looked_at(kind)):
        yield sight


def begin(desk: Any) -> int:
    desk.locator("#id_q").fill(LAN.bhxh_code)
    desk.keyboard.press("Enter")
    desk.get_by_role("heading", name=LAN.full_name).wait_for()
    desk.keyboard.press("l")
    desk.wait_for_url("**/can-bo/quay/1*")
    return WalkIn.objects.get().subject_id


def scan(desk: Any, text: str) -> None:
    """A USB scanner that types into the field which has the focus."""
    desk.keyboard.insert_text(text)
    desk.keyboard.press("Enter")


def photograph(desk: Any, key: str, kind: str) -> None:
    desk.keyboard.press(key)
    camera_shows(desk)
    desk.keyboard.press(key)
    desk.locator(f'[data-captured="anh-{kind}"] img').wait_for()


def test_a_person_is_served_from_the_card_to_the_approval(desk: Any) -> None:
    number = begin(desk)
    assert desk.locator("#id_bhxh_code").input_value() == LAN.bhxh_code
    desk.locator("#id_street").click()
    scan(desk, CARD)
    desk.locator(f'#id_id_number[value="{LAN.id_number}"]').wait_for()
    assert desk.locator("#id_issued_on").input_value() == "01/03/2021"
    assert "|" not in desk.locator("#id_street").input_value()
    assert findings(desk) == []

    desk.evaluate("document.activeElement.blur()")
    give_camera(desk)
    for key, kind in (("f", "front"), ("b", "back"), ("c", "portrait")):
        photograph(desk, key, kind)
    desk.keyboard.press("g")
    desk.get_by_text("Đã gửi mã đến").wait_for()
    desk.locator("#id_code").fill(last_code(number))
    desk.locator("#id_commitment").check()
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Gửi hồ sơ, rồi in và ký").click()
    desk.wait_for_url(f"**/can-bo/ho-so/{number}*")
    desk.get_by_text("Lập tại quầy: Minh").wait_for()

    give_camera(desk)
    desk.keyboard.press("q")
    camera_shows(desk)
    desk.keyboard.press("q")
    desk.locator("[data-captured] figure").wait_for()
    for key, done in (("1", "Đã ghi nhận tờ khai."), ("2", "Đã ghi nhận đối chiếu bản chính.")):
        desk.keyboard.press(key)
        desk.get_by_text(done).wait_for()
    desk.keyboard.press("d")
    desk.get_by_text("Vẫn duyệt và gửi mật khẩu").wait_for()
    choose_reasons(desk)
    desk.keyboard.press("d")
    desk.get_by_text("Đã duyệt. Mật khẩu kích hoạt đang được gửi.").wait_for()
    assert Application.objects.get(id=number).state == "approved"
    assert SignedPage.objects.filter(subject_id=number).count() == 1
    desk.keyboard.press("k")
    desk.wait_for_url("**/can-bo/quay")


def test_what_is_typed_without_a_network_stays_and_is_kept_when_it_is_back(desk: Any) -> None:
    number = begin(desk)
    desk.context.set_offline(True)
    desk.locator("#id_street").fill("Số 77")
    desk.locator("#id_street").blur()
    desk.locator("[data-unsaved]:not([hidden])").wait_for()
    desk.get_by_role("button", name="Gửi hồ sơ, rồi in và ký").click()
    assert desk.locator("#id_street").input_value() == "Số 77"
    desk.context.set_offline(False)
    desk.locator("[data-unsaved]").wait_for(state="hidden")
    desk.goto("/can-bo/quay")
    desk.get_by_role("link", name=LAN.full_name).click()
    desk.wait_for_url(f"**/can-bo/quay/{number}")
    assert desk.locator("#id_street").input_value() == "Số 77"


def test_a_refused_form_is_drawn_in_place_with_what_was_typed(desk: Any) -> None:
    begin(desk)
    desk.locator("#id_phone").fill("12")
    desk.get_by_role("button", name="Gửi hồ sơ, rồi in và ký").click()
    desk.locator("#id_phone_error").wait_for()
    assert desk.locator("#id_phone").input_value() == "12"
    assert findings(desk) == []
