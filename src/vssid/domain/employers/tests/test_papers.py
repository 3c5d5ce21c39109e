"""A power of attorney is kept as pictures, seen by who manages the employer, and erased after its term."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from tests.making import employers
from tests.making.employers import NOW, SAO_MAI, make_hr
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, SECOND
from vssid.domain.audit.models import Event
from vssid.domain.employers.entries import actions
from vssid.domain.employers.models import Entry, Paper, PaperPage, Seat
from vssid.domain.employers.papers import filing
from vssid.domain.registration.errors import BadScan
from vssid.infra import blobs
from vssid.kernel.actor import SYSTEM, Actor, person
from vssid.kernel.errors import NotYours

pytestmark = pytest.mark.django_db
TERM = timedelta(days=1826)


@pytest.fixture(autouse=True)
def places() -> None:
    employers.make_employers()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 850), "white").save(out, "PNG")
    return out.getvalue()


def collector(office: str = FIRST) -> Actor:
    return make_officer("Thu", office, "collection_officer")


def test_its_pages_are_drawn_anew_and_shown_to_who_manages_the_employer() -> None:
    paper = filing.file(SAO_MAI, [picture()], by=collector(), now=NOW)
    assert filing.look_at(SAO_MAI, paper, 1, by=collector(), now=NOW).startswith(b"\xff\xd8")
    for by in (collector(SECOND), make_officer("An", FIRST, "auditor")):
        with pytest.raises(NotYours):
            filing.look_at(SAO_MAI, paper, 1, by=by, now=NOW)
    assert not blobs.get(PaperPage.objects.get().blob_key).startswith(b"\xff\xd8")
    assert Event.objects.filter(kind="employer.paper_viewed").count() == 1


def test_what_is_no_scan_is_not_filed() -> None:
    for files, reason in (([b"%PDF-1.4 no"], "pdf_unreadable"), ([], "required")):
        with pytest.raises(BadScan) as refused:
            filing.file(SAO_MAI, files, by=collector(), now=NOW)
        assert refused.value.facts["reason"] == reason
    with pytest.raises(NotYours):
        filing.file(SAO_MAI, [picture()], by=collector(SECOND), now=NOW)
    assert not Paper.objects.exists()


def test_a_paper_is_kept_until_its_term_after_the_last_seat_that_rests_on_it() -> None:
    paper = filing.file(SAO_MAI, [picture()], by=SYSTEM, now=NOW)
    code = actions.invite(SAO_MAI, paper=paper, by=SYSTEM, now=NOW).code
    assert Entry.objects.get().way == "counter"
    tuan = make_hr("Tuấn")
    actions.use(SAO_MAI, code, person_id=tuan, by=person(tuan), now=NOW)
    assert filing.erase_old(NOW + TERM) == 0
    Seat.objects.update(ended_at=NOW + TERM)
    assert filing.erase_old(NOW + TERM) == 0
    assert filing.erase_old(NOW + 2 * TERM) == 1
    (shown,) = filing.of_employer(SAO_MAI)
    assert (shown.pages, shown.erased_at) == ((), NOW + 2 * TERM)
    with pytest.raises(NotYours):
        filing.look_at(SAO_MAI, paper, 1, by=collector(), now=NOW)


def test_one_that_nothing_came_of_is_erased_after_its_term_too() -> None:
    filing.file(SAO_MAI, [picture()], by=SYSTEM, now=NOW)
    assert filing.erase_old(NOW + TERM - timedelta(days=2)) == 0
    assert filing.erase_old(NOW + TERM) == 1
