"""The page of a PDF of many forms moves by itself, and ends at the PDF."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.browser.looks import findings_in_both_themes
from tests.browser.waiting import until
from tests.making.employers import SAO_MAI, make_employers, make_hr
from tests.making.registrations import BINH, LAN
from tests.making.staff import session_of
from vssid.domain.employers.handing_in import printing, working
from vssid.domain.employers.handing_in.tests.sent import HR, make_sent
from vssid.domain.employers.models import PrintRun
from vssid.domain.employers.seats.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_page_tells_how_far_the_pdf_is_and_then_offers_it(sight: Any, live_server: Any) -> None:
    now = timezone.now()
    make_employers()
    tuan = make_hr("Trần Tuấn", (SAO_MAI, Role.CLERK), now=now)
    for who in (LAN, BINH):
        make_sent(who, now=now)
    run = printing.ask(SAO_MAI, by=HR, now=now)
    session = {"name": "vssid-session", "value": session_of(tuan), "url": live_server.url}
    sight.context.add_cookies([session])
    sight.goto(f"/don-vi/to-khai/{run}")
    assert findings_in_both_themes(sight) == []
    PrintRun.objects.update(done=1)
    until(sight, "() => document.querySelector('.meter progress')?.value === 1")
    PrintRun.objects.update(done=0)
    working.work(run, now=now)
    until(sight, "() => document.querySelector('a[download][href$=\"to-khai.pdf\"]') !== null")
