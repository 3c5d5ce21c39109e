"""A person served on one page, from the card to the approval, and nothing lost without a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from bench.walk_in import journey
from bench.walk_in.typist import Typist
from tests.browser.axe import findings
from tests.browser.officer.camera import build_in_camera
from tests.browser.test_every_page import session_of
from tests.making.registrations import LAN, looked_at, make_officer_account
from tests.making.sms import last_code
from vssid.domain.identity import reader
from vssid.domain.identity.verdicts import Verdict
from vssid.domain.registration.counter.tests.test_same_person import CARD_OF_BINH
from vssid.domain.registration.counter.tests.test_walk_ins import CARD, known
from vssid.domain.registration.models import Application, SignedPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEYS = 23  # of which six are the code
ADDRESS = "/can-bo/quay"


@pytest.fixture
def desk(sight: Any, live_server: Any) -> Iterator[Any]:
    known()
    session = session_of(make_officer_account())
    sight.context.add_cookies([{"name": "vssid-session", "value": session, "url": live_server.url}])
    sight.set_viewport_size({"width": 1280, "height": 900})
    build_in_camera(sight)
    sight.goto(ADDRESS)
    with patch.object(reader, "look", lambda kind, _data: replace(looked_at(kind), verdict=Verdict())):
        yield sight


def test_a_walk_in_takes_one_address_and_few_keys_from_the_card_to_the_next_person(desk: Any) -> None:
    typist = Typist(desk)

    def look() -> None:
        assert findings(desk) == []

    number = journey.serve(typist, CARD, read_code=last_code, on_form=look, on_file=look)
    assert Application.objects.get(id=number).state == "approved"
    assert SignedPage.objects.filter(subject_id=number).count() == 1
    assert (typist.keys, typist.keys_beside) == (KEYS, journey.PRINTING)
    assert typist.addresses == {ADDRESS}


def test_what_is_typed_without_a_network_stays_and_what_is_refused_is_drawn_in_place(desk: Any) -> None:
    desk.keyboard.insert_text(LAN.bhxh_code)
    desk.keyboard.press("Enter")
    desk.locator("[data-key=l]").wait_for()
    desk.keyboard.press("l")
    street = desk.locator("#id_street")
    street.fill("Số 77")
    # The page hears nothing of the network that comes back: it tries again by itself.
    desk.route("**/can-bo/quay*", lambda asked: asked.abort())
    street.blur()
    desk.locator("[data-unsaved]:not([hidden])").wait_for()
    desk.unroute("**/can-bo/quay*")
    desk.locator("[data-unsaved]").wait_for(state="hidden")
    desk.reload()
    assert street.input_value() == "Số 77"
    # Somebody else's card over the open form: one key goes on with it.
    desk.locator("#id_q").focus()
    Typist(desk).scan(CARD_OF_BINH)
    desk.locator(".counter-other:focus").wait_for()
    assert (desk.locator("#id_full_name").input_value(), findings(desk)) == (LAN.full_name, [])
    desk.keyboard.press("1")
    desk.locator(".counter-other").wait_for(state="detached")
    assert street.input_value() == "Số 77"
    desk.locator("#id_phone").fill("12")
    desk.keyboard.press("Enter")
    desk.locator("#id_phone_error").wait_for()
    assert (desk.locator("#id_phone").input_value(), street.input_value()) == ("12", "Số 77")
