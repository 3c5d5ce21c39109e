"""The number on the bell is the one asked for last."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.waiting import HeldAnswers
from vssid.domain.notifications.inbox import notices
from vssid.domain.notifications.models.messages import Notice
from vssid.web.citizen.tests.cast import make_worker

from .test_citizen_pages import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COME_BACK = "() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


def test_an_older_number_that_comes_late_is_not_shown(sight: Any, live_server: Any) -> None:
    sight.url_base, person_id = live_server.url, make_worker()
    enter(sight, person_id)
    Notice.objects.all().delete()
    notices.notify(person_id, "test", now=timezone.now())
    sight.goto("/thiet-bi")
    count = sight.locator("[data-bell] .count")
    expect(count).to_have_text("1", timeout=30_000)
    answers = HeldAnswers(sight, f"**{sight.locator('[data-bell]').get_attribute('data-count')}")
    sight.evaluate(COME_BACK)
    answers.until_asked()
    notices.notify(person_id, "test", now=timezone.now())
    sight.evaluate(COME_BACK)
    expect(count).to_have_text("2", timeout=30_000)
    answers.release()
    expect(count).to_have_text("2")
    assert sight.evaluate("() => sessionStorage.getItem('unread').split(' ')[0]") == "2"
