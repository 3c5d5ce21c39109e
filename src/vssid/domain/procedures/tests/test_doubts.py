"""What speaks against a request, and that approving it all the same takes a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.making.registrations import NOW
from tests.making.requests_of_people import accepted, make_request
from vssid.domain.audit.queries import events_of
from vssid.domain.casework.errors import Unconfirmed
from vssid.domain.casework.why import Unexplained
from vssid.domain.directory.models import Facility
from vssid.domain.participants.models.participation import Coverage
from vssid.domain.procedures import actions, queries
from vssid.domain.procedures.desk import readiness
from vssid.domain.procedures.models import Move, Request
from vssid.domain.procedures.states import State

from ..definition.shapes import Kind

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
LANS_NUMBER = {"id_number": "031190000001", "id_issued_on": "2021-05-20"}


def doubts_of(person_id: int) -> tuple[str, ...]:
    row = Request.objects.get(person_id=person_id, state=State.IN_REVIEW)
    return readiness.read(row, now=LATER).doubts


@pytest.mark.parametrize("kind", Kind)
def test_nothing_speaks_against_a_plain_request(kind: Kind) -> None:
    person_id, _request, _officer = accepted(kind)
    assert doubts_of(person_id) == ()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"what": ["sex"], "sex": "1"}, ("number.sex",)),
        ({"what": ["birth_date"], "birth_date": "1991-03-02"}, ("number.birth_date",)),
        (
            {"what": ["id_number"], "id_number": "031091000001", "id_issued_on": "2021-05-20"},
            ("number.sex", "number.birth_date"),
        ),
        ({"what": ["id_number"], **LANS_NUMBER}, ()),
        ({"what": ["full_name"], "full_name": "Nguyễn Thị Lân"}, ()),
        (
            {"what": ["full_name", "birth_date"], "full_name": "Trần Văn Ba", "birth_date": "1990-01-09"},
            ("person.name_and_birth",),
        ),
    ],
)
def test_a_change_is_doubted_by_the_number_as_it_would_stand(
    answers: dict[str, object], expected: tuple[str, ...]
) -> None:
    person_id, _request, _officer = accepted(Kind.DATA_CHANGE, **answers)
    assert doubts_of(person_id) == expected


def test_a_second_one_of_a_kind_within_a_month_is_doubted() -> None:
    person_id, request_id, officer = accepted()
    actions.approve(person_id, request_id, by=officer, now=NOW)
    make_request(person_id=person_id, by=officer)
    assert doubts_of(person_id) == ("repeated.approved",)
    Request.objects.filter(state=State.DONE).update(closed_at=LATER - timedelta(days=31))
    assert doubts_of(person_id) == ()


def test_a_facility_that_left_the_directory_or_its_level_is_doubted() -> None:
    person_id, _request, _officer = accepted(Kind.FACILITY_CHANGE)
    Facility.objects.update(level="specialised")
    assert doubts_of(person_id) == ("facility.level",)
    Facility.objects.all().delete()
    assert doubts_of(person_id) == ("facility.unlisted",)


def test_a_card_whose_cover_has_ended_is_doubted() -> None:
    person_id, _request, _officer = accepted()
    Coverage.objects.update(valid_to=LATER.date() - timedelta(days=2))
    assert doubts_of(person_id) == ("card.ended",)


def test_approving_all_the_same_takes_a_reason_which_is_kept_and_told() -> None:
    person_id, request_id, officer = accepted(Kind.DATA_CHANGE, what=["sex"], sex="1")
    mark = readiness.read(Request.objects.get(), now=LATER).mark
    with pytest.raises(Unconfirmed):
        actions.approve(person_id, request_id, by=officer, now=LATER, seen="", given={"number": "issued_so"})
    with pytest.raises(Unexplained):
        actions.approve(person_id, request_id, by=officer, now=LATER, seen=mark)
    assert Request.objects.get().state == State.IN_REVIEW
    actions.approve(person_id, request_id, by=officer, now=LATER, seen=mark, given={"number": "issued_so"})
    assert Move.objects.get(move="approve").despite == {"number": "issued_so"}
    facts = events_of(person_id)[0].facts
    assert (facts["despite"], facts["why"]) == (["number.sex"], {"number": "issued_so"})
    assert queries.own(person_id, request_id, now=LATER).moves[-1].despite == {"number": "issued_so"}


def test_a_decision_of_before_there_were_reasons_stays_readable() -> None:
    person_id, request_id, officer = accepted()
    actions.approve(person_id, request_id, by=officer, now=LATER)
    Move.objects.filter(move="approve").update(despite=None)
    assert queries.own(person_id, request_id, now=LATER).moves[-1].despite == {}
