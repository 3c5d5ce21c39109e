"""The pages of an administrator of staff in Chromium, looked at from all sides (visit.py)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.browser.pages import MANAGING
from tests.browser.visit import Visit
from tests.making.registrations import make_officer_account
from tests.making.staff import session_of
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.models.staff import Post
from vssid.domain.accounts.posts import absences
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(sight: Any, live_server: Any, settings: Any) -> Visit:
    settings.DEMO = True
    return Visit(sight, live_server.url)


def test_pages_of_an_administrator(visit):
    member = make_officer_account("minh", name="Minh")
    post_id = Post.objects.get(account_id=member).id
    admin = make_officer_account("yen", name="Yen", role="administrator")
    on = local_day(timezone.now())
    absences.record(member, on, on + timedelta(days=3), by=SYSTEM, now=timezone.now())
    visit.cookie("vssid-session", session_of(admin))
    for address in MANAGING.values():
        visit.open(address.format(member=member, post=post_id))
    visit.forget_titles()
    visit.open("/can-bo/nhan-su?q=khong-co-ai")

    def send_nothing() -> None:
        visit.page.goto("/can-bo/nhan-su/moi")
        visit.page.locator("main form .btn:not(.quiet)").click()
        visit.page.wait_for_selector(".summary")

    def make_one() -> None:
        visit.page.goto("/can-bo/nhan-su/moi")
        visit.page.locator("#id_name").fill("Thu")
        visit.page.locator("#id_username").fill(f"thu{Account.objects.count()}")
        visit.page.locator("#id_role").select_option("reviewer")
        visit.page.locator("main form .btn:not(.quiet)").click()
        visit.page.wait_for_selector("dd strong")

    visit.forget_titles()
    visit.reach("errors of a new member", send_nothing)
    visit.forget_titles()
    visit.reach("activation code", make_one)
