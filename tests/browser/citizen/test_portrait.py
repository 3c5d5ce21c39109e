"""The own portrait on the own page: kept for flight mode, gone with the rest."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.waiting import until
from vssid.domain.registration.models import Application
from vssid.web.citizen.tests.cast import make_registered, make_worker

from .test_citizen_pages import enter
from .test_offline import come_in, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DRAWN = "() => document.querySelector('.face img').naturalWidth"


GONE = "async () => !(await caches.match('/chan-dung'))"


def test_the_portrait_is_kept_for_flight_mode_and_goes_with_signing_out_and_at_its_term(phone, live_server):
    phone.url_base = live_server.url
    phone.person_id, application_id = make_registered()
    come_in(phone, {"/", "/chan-dung"})
    until(phone, DRAWN)
    assert phone.evaluate(DRAWN) == 160
    phone.context.set_offline(True)
    phone.goto("/")
    until(phone, DRAWN)
    phone.context.set_offline(False)
    phone.goto("/ca-nhan")
    sign_out(phone)
    until(phone, "() => !sessionStorage.getItem('warmed')")
    come_in(phone, {"/", "/chan-dung"})
    Application.objects.filter(id=application_id).update(images_erased_at=timezone.now())
    phone.goto("/")
    until(phone, GONE)


def test_without_a_portrait_the_initial_letter_stands_alone(sight, live_server):
    sight.url_base = live_server.url
    enter(sight, make_worker())
    sight.goto("/")
    expect(sight.locator(".face")).to_have_text("L")
    until(sight, "() => document.querySelector('.face img').complete")
    assert sight.evaluate(DRAWN) == 0
    assert sight.evaluate("document.querySelector('.face img').offsetWidth") == 0, "a broken picture shows"
