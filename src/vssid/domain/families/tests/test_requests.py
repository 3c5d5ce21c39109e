"""A request for a child: sent once, decided once, by the right office, only with everything there."""

from __future__ import annotations

from datetime import date, timedelta
from unittest.mock import Mock

import pytest
from django.db import IntegrityError, transaction

from tests.making.families import (
    AN,
    BIRTHDAY,
    ELDEST,
    GIA,
    LAST_MINUTE,
    make_draft,
    make_father,
    make_link,
    make_member,
    make_ready,
    make_request,
    typed,
)
from tests.making.registrations import ELSEWHERE, HONG_BANG, LAN, NOW, Someone, make_officer
from tests.making.sms import texts_to
from vssid.domain.accounts.guardianship import guardians
from vssid.domain.accounts.models.relations import Guardian
from vssid.domain.audit.models import Event
from vssid.domain.families import actions, deciding, form, jobs, queries, states
from vssid.domain.families.desk import looks
from vssid.domain.families.errors import NotApprovable, RequestClosed, RequestIncomplete, RequestOpen
from vssid.domain.families.models import ChildRequest
from vssid.domain.families.states import State
from vssid.domain.identity import queries as images
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.participants import queries as participants
from vssid.domain.participants.models.people import Person
from vssid.kernel.errors import Invalid, NotYours

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
RAW = {"code": "0000 000 031", "full_name": "Trần Bảo An", "birth_date": "20/5/2018", "relation": "mother"}


def row(key: tuple[int, int]) -> ChildRequest:
    return ChildRequest.objects.get(person_id=key[0], id=key[1])


def test_what_a_guardian_types_is_read_as_people_write_it():
    assert form.clean(RAW, today=TODAY) == typed(AN)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("code", "", "required"),
        ("code", "12345", "bad_code"),
        ("full_name", "An 2", "bad_name"),
        ("birth_date", "31/02/2018", "bad_date"),
        ("birth_date", "19/11/2026", "future"),
        ("birth_date", "18/11/2008", "of_age"),
        ("relation", "aunt", "bad_choice"),
    ],
)
def test_it_refuses_what_cannot_be(field, text, code):
    with pytest.raises(Invalid) as refused:
        form.clean(RAW | {field: text}, today=TODAY)
    assert refused.value.fields == {field: code}


def test_a_sent_request_has_a_due_day_and_lists_what_differs():
    guardian, child = make_member(LAN), make_member(AN)
    Person.objects.filter(person_id=child).update(full_name="Trần Bảo Ân", household_code="3100000009")
    request_id = make_draft(guardian)
    actions.submit(guardian, request_id, office_code=HONG_BANG, now=NOW)
    details = queries.own(guardian, request_id, now=NOW)
    assert details.request.state is State.SUBMITTED
    assert details.request.findings == ("full_name", "household")
    assert details.request.due_on == date(2026, 11, 23)  # five days from a Wednesday end on Monday
    assert details.request.days_left == 5


def test_a_term_that_ends_on_a_sunday_ends_on_monday():
    key = make_request(now=NOW - timedelta(days=1))
    assert row(key).due_on == date(2026, 11, 23)


def test_the_guardians_own_office_comes_first():
    guardian = make_member(LAN)
    make_officer(office=ELSEWHERE)
    Person.objects.filter(person_id=guardian).update(office_id=ELSEWHERE)
    assert queries.offices_for(guardian)[0].code == ELSEWHERE


def test_it_refuses_to_send_without_both_papers():
    guardian = make_member(LAN)
    request_id = make_draft(guardian, papers=False)
    with pytest.raises(RequestIncomplete) as refused:
        actions.submit(guardian, request_id, office_code=HONG_BANG, now=NOW)
    assert refused.value.missing == ("birth", "portrait")


def test_it_refuses_the_guardians_own_code():
    guardian = make_member(LAN)
    with pytest.raises(Invalid):
        actions.save(guardian, typed(LAN), now=NOW)


def test_sending_twice_is_sending_once():
    key = make_request()
    actions.submit(*key, office_code=HONG_BANG, now=NOW)
    assert Event.objects.filter(kind="family.submitted").count() == 1


def test_it_refuses_a_second_open_request_for_the_same_child():
    guardian, first = make_request()
    with pytest.raises(RequestOpen) as refused:
        actions.save(guardian, typed(AN), now=NOW)
    assert refused.value.request == first


def test_it_refuses_the_same_child_under_its_personal_number():
    guardian, _first = make_request()
    from vssid.domain.participants.models.people import Identifier
    from vssid.domain.vault import sealing as vault

    key = vault.fingerprint("cccd", AN.id_number).hex()
    child = Person.objects.get(bhxh_code=AN.bhxh_code)
    Identifier.objects.create(kind="cccd", key=key, person_id=child.person_id)
    with pytest.raises(RequestOpen):
        actions.save(guardian, typed(Someone(AN.id_number, AN.full_name, AN.birth_date)), now=NOW)


def test_it_refuses_a_request_for_a_child_that_is_linked():
    guardian, _link = make_link()
    with pytest.raises(guardians.AlreadyLinked):
        actions.save(guardian, typed(AN), now=NOW)


def test_a_withdrawn_request_makes_room_for_another():
    guardian, first = make_request()
    actions.withdraw(guardian, first, now=NOW)
    actions.withdraw(guardian, first, now=NOW)
    _guardian, second = make_request(guardian)
    assert second != first
    with pytest.raises(RequestClosed):
        deciding.refuse(guardian, first, reasons=["other"], text="x", by=make_officer(), now=NOW)


def test_approval_makes_a_link_until_the_day_the_child_is_eighteen():
    guardian, link_id = make_link()
    (child,) = guardians.children_of(guardian, now=NOW)
    assert (child.link_id, child.name, child.until_on) == (link_id, AN.full_name, date(2036, 5, 20))
    assert "GD-" in texts_to(guardian, "family_approved")[0]
    kinds = Event.objects.filter(subject_id=child.request_id).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["family.submitted", "family.certificate_seen", "family.approved"]
    assert Event.objects.filter(kind="guardian.linked", subject_id=child.child_id).exists()


def test_approval_waits_for_the_look_at_the_certificate():
    key = make_request()
    with pytest.raises(NotApprovable) as refused:
        deciding.approve(*key, by=make_officer(), now=NOW)
    assert refused.value.missing == ("certificate",)


def test_approval_waits_for_the_papers_themselves():
    from vssid.domain.identity.models import IdImage

    key = make_ready()
    IdImage.objects.filter(subject_id=key[1], kind="birth").delete()
    with pytest.raises(NotApprovable) as refused:
        deciding.approve(*key, by=make_officer(), now=NOW)
    assert refused.value.missing == ("birth",)


def test_approval_waits_for_a_child_of_the_register():
    guardian = make_member(LAN)
    request_id = make_draft(guardian)
    actions.submit(guardian, request_id, office_code=HONG_BANG, now=NOW)
    deciding.see_certificate(guardian, request_id, by=make_officer(), now=NOW)
    assert row((guardian, request_id)).findings == ["unknown"]
    with pytest.raises(NotApprovable) as refused:
        deciding.approve(guardian, request_id, by=make_officer(), now=NOW)
    assert refused.value.missing == ("child",)


def test_approval_is_open_in_the_last_minute_of_childhood_and_closed_in_the_next():
    key = make_ready(who=ELDEST, now=LAST_MINUTE - timedelta(days=1))
    with pytest.raises(NotApprovable) as refused:
        deciding.approve(*key, by=make_officer(), now=BIRTHDAY)
    assert refused.value.missing == ("of_age",)
    deciding.approve(*key, by=make_officer(), now=LAST_MINUTE)
    assert row(key).state == State.APPROVED


def test_a_draft_left_until_the_birthday_cannot_be_sent():
    guardian = make_member(LAN)
    request_id = make_draft(guardian, ELDEST, now=LAST_MINUTE)
    with pytest.raises(Invalid):
        actions.submit(guardian, request_id, office_code=HONG_BANG, now=BIRTHDAY)


def test_a_guardian_who_is_a_child_cannot_be_approved():
    key = make_ready()
    Person.objects.filter(person_id=key[0]).update(birth_date=date(2010, 1, 1))
    with pytest.raises(NotApprovable) as refused:
        deciding.approve(*key, by=make_officer(), now=NOW)
    assert refused.value.missing == ("guardian",)


def test_the_second_guardian_is_linked_and_the_first_is_told():
    first, _link = make_link()
    second, _link2 = make_link(make_father())
    assert len(guardians.children_of(second, now=NOW)) == 1
    assert "them mot nguoi giam ho" in texts_to(first, "family_second")[0]
    assert texts_to(second, "family_second") == []


def test_a_third_guardian_is_refused_while_two_are_there():
    make_link()
    father, link_id = make_link(make_father())
    third = make_member(Someone("0000000009", "Phạm Thị Ba", date(1980, 1, 1)))
    key = make_ready(third)
    with pytest.raises(NotApprovable) as refused:
        deciding.approve(*key, by=make_officer(), now=NOW)
    assert refused.value.missing == ("places",)
    guardians.end(father, link_id, reason="guardian", by=make_officer(), now=NOW)
    deciding.approve(*key, by=make_officer(), now=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "approved", "closed_at": NOW},
        {"state": "submitted", "birth_at": None},
        {"state": "refused"},
        {"state": "lost"},
    ],
)
def test_the_database_refuses_a_state_without_what_it_needs(changes):
    key = make_ready()
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildRequest.objects.filter(person_id=key[0], id=key[1]).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"until_on": date(2040, 1, 1)},
        {"from_on": date(2036, 5, 20)},
        {"place": 3},
        {"ended_at": NOW},
        {"ended_reason": "guardian"},
        {"relation": "aunt"},
    ],
)
def test_the_database_refuses_a_link_that_breaks_a_rule(changes):
    guardian, link_id = make_link()
    with pytest.raises(IntegrityError), transaction.atomic():
        Guardian.objects.filter(person_id=guardian, id=link_id).update(**changes)


def test_a_refusal_says_why_and_closes():
    key = make_request()
    deciding.refuse(*key, reasons=["not_parent"], text=" Xem lại.\n", by=make_officer(), now=NOW)
    closed = queries.own(*key, now=NOW).request
    assert (closed.state, closed.reasons, closed.reason_text) == (State.REFUSED, ("not_parent",), "Xem lại.")
    assert "khong duoc duyet" in texts_to(key[0], "family_refused")[0]
    with pytest.raises(RequestClosed) as refused:
        deciding.refuse(*key, reasons=["other"], text="x", by=make_officer("Ngọc"), now=NOW)
    assert (refused.value.state, refused.value.by) == ("refused", "Minh")


@pytest.mark.parametrize(
    ("reasons", "text"), [([], "x"), (["nothing"], "x"), (["other"], ""), (["other"], "x" * 1001)]
)
def test_a_refusal_needs_reasons_and_words(reasons, text):
    key = make_request()
    with pytest.raises(Invalid):
        deciding.refuse(*key, reasons=reasons, text=text, by=make_officer(), now=NOW)


def test_another_office_finds_nothing_and_changes_nothing():
    key = make_ready()
    hanh = make_officer("Hạnh", ELSEWHERE)
    acts = [
        lambda: looks.look_at(*key, by=hanh, now=NOW),
        lambda: looks.look_at_paper(*key, ImageKind.BIRTH, by=hanh, now=NOW),
        lambda: deciding.see_certificate(*key, by=hanh, now=NOW),
        lambda: deciding.approve(*key, by=hanh, now=NOW),
        lambda: deciding.refuse(*key, reasons=["other"], text="x", by=hanh, now=NOW),
        lambda: deciding.end_link(*key, by=hanh, now=NOW),
    ]
    for act in acts:
        with pytest.raises(NotYours):
            act()
    assert row(key).state == State.SUBMITTED


def test_another_guardian_finds_nothing():
    _guardian, request_id = make_request()
    other = make_father()
    for act in (
        lambda: queries.own(other, request_id, now=NOW),
        lambda: actions.withdraw(other, request_id, now=NOW),
        lambda: actions.submit(other, request_id, office_code=HONG_BANG, now=NOW),
        lambda: queries.own_paper(other, ImageKind.BIRTH),
    ):
        with pytest.raises(NotYours):
            act()


def test_a_draft_is_at_no_desk():
    guardian = make_member(LAN)
    request_id = make_draft(guardian)
    with pytest.raises(NotYours):
        looks.look_at(guardian, request_id, by=make_officer(), now=NOW)


def test_each_look_of_an_officer_is_an_event():
    key = make_request()
    looks.look_at(*key, by=make_officer(), now=NOW)
    looks.look_at_paper(*key, ImageKind.PORTRAIT, by=make_officer(), now=NOW)
    kinds = Event.objects.filter(subject_id=key[1]).order_by("seq").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["family.viewed", "family.paper_viewed"]


def test_what_was_typed_and_the_papers_lie_sealed():
    key = make_request()
    assert AN.bhxh_code.encode() not in bytes(row(key).sealed)
    assert images.content(key[1], ImageKind.BIRTH)[:2] == b"\xff\xd8"


def test_drafts_and_papers_go_when_their_time_is_over():
    guardian, closed = make_request()
    deciding.refuse(guardian, closed, reasons=["other"], text="x", by=make_officer(), now=NOW)
    make_member(GIA)
    make_draft(guardian, GIA)
    later = NOW + timedelta(days=31)
    assert (jobs.discard_drafts(later), jobs.erase_papers(later)) == (1, 1)
    assert images.images_of(closed) == {}
    assert queries.draft(guardian, now=later) is None
    assert (jobs.discard_drafts(later), jobs.erase_papers(later)) == (0, 0)


def test_every_move_is_written_and_a_closed_request_never_moves():
    assert {move for move, (sources, _to) in states.MOVES.items() if sources & states.CLOSED} == set()


def test_approving_opens_what_was_typed_and_looks_the_child_up_once(monkeypatch):
    officer = make_officer()
    guardian, request_id = make_ready(by=officer)
    opening, looking_up = Mock(wraps=actions.typed_of), Mock(wraps=participants.by_bhxh_code)
    monkeypatch.setattr(actions, "typed_of", opening)
    monkeypatch.setattr(participants, "by_bhxh_code", looking_up)
    deciding.approve(guardian, request_id, by=officer, now=NOW)
    assert (opening.call_count, looking_up.call_count) == (1, 1)
