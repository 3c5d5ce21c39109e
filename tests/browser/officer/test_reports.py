"""The pages of reports and of the plan, looked at from all sides."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.browser.pages import CAMPAIGNS, REPORTS
from tests.browser.visit import Visit
from tests.making import roll_out
from tests.making.registrations import make_officer_account
from tests.making.staff import session_of
from vssid.domain.employers.campaigns.tests.campaigns_made import make_one_of_each
from vssid.domain.reports import counting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_of_a_director(sight: Any, live_server: Any) -> None:
    visit = Visit(sight, live_server.url)
    director = make_officer_account("hoa", roll_out.PROVINCE, "Hoa", "director")
    visit.cookie("vssid-session", session_of(director))
    visit.reach("no figures yet", lambda: visit.page.goto("/can-bo/bao-cao"))
    visit.forget_titles()
    made = roll_out.make_plan(roll_out.make_world(people=20, files=30))
    counting.recount(timezone.now(), people=True)
    for address in REPORTS.values():
        visit.open(address.format(**made))
    written = make_one_of_each(timezone.now())
    for address in CAMPAIGNS.values():
        visit.open(address.format(**written))
    visit.forget_titles()
    visit.open(f"/can-bo/chien-dich/{written['draft']}")
    visit.forget_titles()
    visit.open(f"/can-bo/bao-cao?co-quan={roll_out.FIRST}")

    def ask_wrongly() -> None:
        visit.page.goto("/can-bo/bao-cao?tu=01/12/2026&den=01/01/2026")
        visit.page.locator(".field-error, .error").first.wait_for()

    visit.forget_titles()
    visit.reach("days that cannot be", ask_wrongly)
