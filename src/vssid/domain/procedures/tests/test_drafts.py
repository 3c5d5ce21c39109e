"""Who may begin a request, and what a draft needs before it is sent."""

from datetime import date, timedelta

import pytest

from tests.making.registrations import (
    LAN,
    NOW,
    make_person,
    plain_photo,
)
from tests.making.requests_of_people import (
    make_insured,
    make_request,
    make_request_draft,
)
from vssid.domain.identity.errors import BadImage
from vssid.domain.participants.models.people import Coverage, Person
from vssid.domain.procedures import actions, drafts, queries
from vssid.domain.procedures.errors import (
    AlreadyOpen,
    Changed,
    Incomplete,
    NotEligible,
)
from vssid.domain.procedures.models import Move
from vssid.domain.vault import sealing as vault
from vssid.kernel.errors import NotYours

from ..definition.catalogue import CARD_REISSUE
from ..definition.shapes import Kind

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def test_who_is_not_in_the_register_cannot_begin():
    with pytest.raises(NotEligible) as refused:
        drafts.start(vault.new_subject_id(), Kind.DATA_CHANGE, now=NOW)
    assert refused.value.reason == "not_in_register"


@pytest.mark.parametrize("kind", [Kind.CARD_REISSUE, Kind.FACILITY_CHANGE])
def test_without_a_card_that_counts_there_is_nothing_to_reissue_or_change(kind):
    person_id = make_insured()
    Coverage.objects.filter(person_id=person_id).update(valid_to=date(2026, 11, 17))
    with pytest.raises(NotEligible) as refused:
        drafts.start(person_id, kind, now=NOW)
    assert refused.value.reason == "no_coverage"


def test_without_any_office_nothing_can_be_sent():
    with pytest.raises(NotEligible) as refused:
        drafts.start(make_person(LAN), Kind.DATA_CHANGE, now=NOW)
    assert refused.value.reason == "no_office"


def test_a_person_without_an_own_office_is_sent_to_the_one_of_the_address():
    person_id = make_insured()
    Person.objects.filter(person_id=person_id).update(office_id=None)
    _, request_id = make_request(Kind.DATA_CHANGE, person_id)
    assert queries.own(person_id, request_id, now=NOW).office.code == "03101"


def test_a_second_open_request_of_a_kind_is_refused_and_names_the_first():
    person_id, request_id = make_request()
    with pytest.raises(AlreadyOpen) as refused:
        drafts.start(person_id, Kind.CARD_REISSUE, now=LATER)
    assert refused.value.request == request_id
    drafts.start(person_id, Kind.DATA_CHANGE, now=LATER)


def test_beginning_twice_goes_on_with_the_same_draft():
    person_id = make_insured()
    assert drafts.start(person_id, Kind.DATA_CHANGE, now=NOW) == drafts.start(
        person_id, Kind.DATA_CHANGE, now=LATER
    )


def test_an_incomplete_draft_is_refused_with_the_step_to_go_back_to():
    person_id = make_insured()
    request_id = drafts.start(person_id, Kind.CARD_REISSUE, now=NOW)
    with pytest.raises(Incomplete) as refused:
        actions.submit(person_id, request_id, version=0, now=NOW)
    assert refused.value.step == "ly-do"


def test_a_draft_changed_after_its_review_is_not_sent():
    person_id = make_insured()
    draft = make_request_draft(person_id, Kind.CARD_REISSUE)
    drafts.accept(person_id, draft.request_id, CARD_REISSUE.steps[0], {"reason": "changed"}, now=NOW)
    with pytest.raises(Changed):
        actions.submit(person_id, draft.request_id, version=draft.version, now=NOW)


def test_sending_twice_sends_once():
    person_id = make_insured()
    draft = make_request_draft(person_id, Kind.CARD_REISSUE)
    sent = [actions.submit(person_id, draft.request_id, version=draft.version, now=NOW) for _ in range(2)]
    assert sent == [draft.request_id] * 2
    assert Move.objects.count() == 1


def test_a_sent_request_takes_no_more_answers_or_pictures():
    person_id, request_id = make_request()
    step = CARD_REISSUE.steps[0]
    with pytest.raises(NotYours):
        drafts.accept(person_id, request_id, step, {"reason": "lost"}, now=NOW)
    with pytest.raises(NotYours):
        drafts.store_photo(person_id, request_id, "card", plain_photo(), now=NOW)
    assert not drafts.discard(person_id, request_id, now=NOW)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%...", b"GIF89a", b""])
def test_only_a_picture_is_taken(data):
    person_id = make_insured()
    request_id = drafts.start(person_id, Kind.CARD_REISSUE, now=NOW)
    with pytest.raises(BadImage):
        drafts.store_photo(person_id, request_id, "card", data, now=NOW)
    with pytest.raises(NotYours):
        drafts.store_photo(person_id, request_id, "unasked", plain_photo(), now=NOW)


def test_a_day_that_passed_while_the_draft_lay_there_is_asked_again():
    person_id = make_insured()
    draft = make_request_draft(person_id, Kind.FACILITY_CHANGE, from_day="2026-11-17")
    with pytest.raises(Incomplete) as refused:
        actions.submit(person_id, draft.request_id, version=draft.version, now=NOW)
    assert refused.value.step == "tu-ngay"
