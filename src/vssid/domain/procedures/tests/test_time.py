"""What time does to requests: figures of an office, retention, results of a later day."""

from datetime import timedelta

import pytest

from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    LAN,
    NOW,
    make_office,
    make_officer,
)
from tests.making.requests_of_people import (
    accepted,
    make_insured,
    make_request,
    make_request_draft,
)
from vssid.domain.participants.models.people import Coverage
from vssid.domain.procedures import actions, jobs, queries
from vssid.domain.procedures.models import Attachment, Request
from vssid.kernel.calendar import local_day

from ..definition.shapes import Kind

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def test_the_figures_of_an_office_count_terms():
    make_request()
    make_request(Kind.DATA_CHANGE, make_insured(BINH))
    on_the_day, after = NOW + timedelta(days=8), NOW + timedelta(days=9)
    counts = queries.counts_at("03101", now=on_the_day)
    assert (counts.open, counts.waiting, counts.due_today, counts.overdue) == (2, 2, 1, 0)
    assert queries.counts_at("03101", now=after).overdue == 1
    assert [row.kind for row in queries.waiting_at("03101")] == ["data_change", "card_reissue"]
    assert queries.overdue_at("03101", on=local_day(after)).count() == 1
    make_office(ELSEWHERE)
    assert queries.counts_at(ELSEWHERE, now=after).open == 0


def test_pictures_go_after_their_time_and_drafts_left_alone_too(settings):
    person_id, request_id, officer = accepted(Kind.CARD_REISSUE, reason="damaged")
    actions.approve(person_id, request_id, by=officer, now=LATER)
    make_request_draft(person_id, Kind.DATA_CHANGE, now=LATER)
    soon, late = LATER + timedelta(days=29), LATER + timedelta(days=31)
    assert (jobs.erase_files(soon), jobs.discard_drafts(soon)) == (0, 0)
    assert (jobs.erase_files(late), jobs.discard_drafts(late)) == (1, 1)
    assert Attachment.objects.count() == 0
    assert not queries.own(person_id, request_id, now=late).files_kept


def test_one_result_that_cannot_be_written_does_not_stop_the_others():
    officer = make_officer()
    for who in (LAN, BINH):
        person_id, request_id = make_request(Kind.FACILITY_CHANGE, make_insured(who), by=officer)
        actions.approve(person_id, request_id, by=officer, now=LATER)
    Coverage.objects.filter(person_id=person_id).delete()
    assert jobs.write_results(LATER.replace(year=2027, month=1, day=2)) == 1
    assert Request.objects.filter(written_at=None).count() == 1
