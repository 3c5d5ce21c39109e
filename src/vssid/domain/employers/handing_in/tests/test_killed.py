"""kill -9 of a worker that prints: what is done stays done, and nothing is printed twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.making.killed_work import Killer, killer_of
from tests.making.registrations import BINH, LAN, NOW, make_office
from tests.making.roll_out import make_employer
from vssid.domain.audit.models import Event
from vssid.domain.employers.handing_in import printing, working
from vssid.domain.employers.models import PrintPart, PrintRun

from .sent import AN, HERE, HOA, HR, make_sent
from .test_printing import numbers_in, taken

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with killer_of("vssid.domain.employers.handing_in.tests.killable") as made:
        yield made


@pytest.mark.parametrize(("phase", "parts"), [("part", 0), ("joining", 2)])
def test_a_killed_printing_goes_on_behind_the_parts_that_are_done(
    phase: str, parts: int, database_url: str, killer: Killer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_office()
    make_employer(HERE, "03101")
    for who in (LAN, BINH, HOA, AN):
        make_sent(who)
    run = printing.ask(HERE, by=HR, now=NOW)
    killer.kill(killer.start(database_url, str(settings.DATA), settings.BLOBS_URL, phase, str(run)))
    assert (PrintPart.objects.count(), PrintRun.objects.get().done) == (parts, 2 * parts)
    monkeypatch.setattr(working, "AT_ONCE", 2)
    working.work(run, now=NOW)
    assert len(numbers_in(taken(run))) == 4
    assert Event.objects.filter(kind="application.form_printed").count() == 4
