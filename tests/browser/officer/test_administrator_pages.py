"""The pages of an administrator of staff in Chromium, looked at from all sides (visit.py)."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from tests.browser.pages import MANAGING
from tests.browser.visit import Visit
from tests.making import roll_out
from tests.making.employers import SAO_MAI, make_hr
from tests.making.registrations import ELSEWHERE, HONG_BANG, make_office, make_officer_account
from tests.making.staff import session_of
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.models.staff import Post
from vssid.domain.accounts.posts import absences
from vssid.domain.employers.entries import actions as entries
from vssid.domain.employers.models import Seat
from vssid.domain.employers.papers import filing
from vssid.domain.employers.seats.roles import Role
from vssid.domain.employers.software.tests.made import make_administrator, make_program
from vssid.domain.employers.standing import actions as standing
from vssid.domain.employers.standing.actions import Noted
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(sight: Any, live_server: Any, settings: Any) -> Visit:
    settings.DEMO = True
    return Visit(sight, live_server.url)


def employer_with_hr() -> int:
    """An employer of the office that is in, was invited again, moved and has a paper filed; a seat of it."""
    now = timezone.now()
    roll_out.make_employer(SAO_MAI, HONG_BANG, name="Công ty Sao Mai (mẫu)")
    make_hr("Tuấn", (SAO_MAI, Role.CLERK), now=now)
    out = io.BytesIO()
    Image.new("RGB", (600, 850), "white").save(out, "PNG")
    filing.file(SAO_MAI, [out.getvalue()], by=SYSTEM, now=now)
    entries.invite(SAO_MAI, by=SYSTEM, now=now)
    make_office(ELSEWHERE)
    standing.note(
        SAO_MAI,
        Noted("moved", local_day(now) + timedelta(days=9), "QĐ 12", office=ELSEWHERE),
        by=SYSTEM,
        now=now,
    )
    return Seat.objects.get().id


def test_pages_of_an_administrator(visit):
    member = make_officer_account("minh", name="Minh")
    post_id = Post.objects.get(account_id=member).id
    admin = make_officer_account("yen", name="Yen", role="administrator")
    on = local_day(timezone.now())
    absences.record(member, on, on + timedelta(days=3), by=SYSTEM, now=timezone.now())
    seat = employer_with_hr()
    by = make_administrator(SAO_MAI)
    named = {"member": member, "post": post_id, "seat": seat, "software": make_program(by).client_id}
    visit.cookie("vssid-session", session_of(admin))
    for address in MANAGING.values():
        visit.open(address.format(**named))
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
