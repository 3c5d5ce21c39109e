"""The pages of a collection officer in Chromium, looked at from all sides (visit.py)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.browser.pages import FOLLOWING
from tests.browser.visit import Visit
from tests.making import employers_hr as hr
from tests.making.employers_hr import HERE, HR
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST
from tests.making.staff import session_of
from vssid.domain.employers import questions
from vssid.domain.employers.alignment.kinds import Kind
from vssid.domain.employers.corrections import sending
from vssid.domain.employers.days.tests.made import make_day
from vssid.domain.employers.models import Correction, Difference
from vssid.domain.employers.portfolio import diary
from vssid.domain.rollout import assigning
from vssid.domain.support.employers import conversation
from vssid.domain.support.notes import written
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.calendar import local_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(sight: Any, live_server: Any, settings: Any) -> Visit:
    settings.DEMO = True
    return Visit(sight, live_server.url)


def test_pages_of_a_collection_officer(visit):
    now = timezone.now()
    hr.make_employers()
    thu = make_officer_account("thu", FIRST, "Thu", "collection_officer")
    assigning.assign(HERE, thu, local_day(now), by=SYSTEM, now=now)
    hr.take(hr.table("Nguyễn Thị Lam,01/01/1990,0000000001,031190000009,,,,"))
    for kind in Kind:
        sending.send_all(HERE, kind, by=HR, now=now)
    correction = Correction.objects.get(difference_id=Difference.objects.get(kind=Kind.NAME).id)
    visit.cookie("vssid-session", session_of(thu))
    by = Actor(ActorKind.OFFICER, thu, "Thu", FIRST, "collection_officer")
    for kind in ("task", "visit", "note"):
        diary.write(HERE, kind, local_day(now), f"Gặp kế toán ({kind})", by=by, now=now)
    asked = Actor(ActorKind.EMPLOYER, 9, "Trần Tuấn", employer=HERE)
    ticket = conversation.send(
        written("Tháng 11 ghi thiếu.", "a"), topic="participation", office_code=FIRST, by=asked, now=now
    )
    questions.answer(ticket, HERE, written("Đã xem.", "b"), by=by, now=now)
    day = make_day(on=local_day(now) + timedelta(days=2))
    for address in FOLLOWING.values():
        visit.open(address.format(correction=correction.id, employer=HERE, ticket=ticket, day=day.id))
    visit.forget_titles()
    visit.open(f"/can-bo/don-vi/{HERE}")
