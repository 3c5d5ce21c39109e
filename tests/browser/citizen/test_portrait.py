"""The own portrait on the own page: kept for flight mode, gone with the rest."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.waiting import until
from vssid.domain.registration.models import Application
from vssid.web.citizen.tests.cast import make_registered, make_worker

from .test_offline import enter, until_stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DRAWN = "() => document.querySelector('.face img').naturalWidth"


@pytest.fixture
def lan(phone: Any) -> Any:
    """Lan's phone with her portrait stored."""
    _person_id, phone.application_id = make_registered()
    phone.goto("/dang-nhap")
    enter(phone)
    until_stored(phone, {"/", "/chan-dung"})
    return phone


def test_the_portrait_is_on_the_page_also_without_a_network(lan):
    lan.wait_for_function(DRAWN)
    assert lan.evaluate(DRAWN) == 160
    lan.context.set_offline(True)
    lan.goto("/")
    lan.wait_for_function(DRAWN)


def test_without_a_portrait_the_initial_letter_stands_alone(phone):
    make_worker()
    phone.goto("/dang-nhap")
    enter(phone)
    expect(phone.locator(".face")).to_have_text("L")
    phone.wait_for_function("() => document.querySelector('.face img').complete")
    assert phone.evaluate(DRAWN) == 0
    assert phone.evaluate("document.querySelector('.face img').offsetWidth") == 0, "a broken picture shows"


def test_a_portrait_past_its_retention_goes_from_the_device_too(lan):
    Application.objects.filter(id=lan.application_id).update(images_erased_at=timezone.now())
    lan.reload()
    until(lan, "async () => !(await caches.match('/chan-dung'))")


def test_signing_out_takes_the_portrait_along(lan):
    lan.goto("/ca-nhan")
    lan.get_by_role("button", name="Đăng xuất").click()
    expect(lan.get_by_role("heading", level=1)).to_have_text("Đã đăng xuất")
    until_stored(lan, set())
