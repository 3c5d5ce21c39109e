"""Two and more act on a request at once."""

from datetime import timedelta

import pytest
from django.db.models import Q

from tests.making.registrations import NOW, make_officer
from tests.making.requests_of_people import accepted, make_insured, make_request_draft
from tests.together import at_once
from vssid.domain.procedures import actions, drafts
from vssid.domain.procedures.errors import AlreadyMoved
from vssid.domain.procedures.models import Move, Request

from ..definition.shapes import Kind

LATER = NOW + timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_one_decides_and_the_other_is_told():
    person_id, request_id, minh = accepted()
    ngoc = make_officer("Ngọc")
    outcomes = at_once(
        lambda: actions.approve(person_id, request_id, by=minh, now=LATER),
        lambda: actions.refuse(person_id, request_id, reasons=["other"], text="x", by=ngoc, now=LATER),
    )
    (second,) = [outcome for outcome in outcomes if isinstance(outcome, AlreadyMoved)]
    row = Request.objects.get()
    assert (second.state, second.by) == (row.state, row.moved_by)
    assert Move.objects.filter(Q(move="approve") | Q(move="refuse")).count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_taps_make_one_draft_and_one_request():
    person_id = make_insured()
    started = at_once(*[lambda: drafts.start(person_id, Kind.CARD_REISSUE, now=NOW)] * 4)
    draft = make_request_draft(person_id, Kind.CARD_REISSUE)
    assert started == [draft.request_id] * 4
    send = [lambda: actions.submit(person_id, draft.request_id, version=draft.version, now=NOW)] * 4
    assert at_once(*send) == [draft.request_id] * 4
    assert (Request.objects.count(), Move.objects.count()) == (1, 1)
