"""A stranger's application for somebody's code gives way to the owner's; nothing goes in silence."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection

import tests.making.registrations as cast
from tests.making.registrations import (
    BINH,
    LAN,
    NOW,
    make_application,
    make_draft,
    make_officer,
    make_person,
    view,
)
from tests.making.sms import texts_to
from vssid.domain.audit.models import Event
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.reading import Reading, Source
from vssid.domain.registration import actions, queries
from vssid.domain.registration.desk import looks
from vssid.domain.registration.errors import AlreadyOpen
from vssid.domain.registration.models import Application, Draft
from vssid.kernel.ids import IdNumber

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)
PLAIN = cast.looked_at


@contextmanager
def card(who: cast.Someone = LAN, source: Source = Source.QR) -> Iterator[None]:
    """Photos of this person's card, as they are read."""
    reading = Reading(
        source=source,
        id_number=IdNumber(who.id_number),
        full_name=who.full_name,
        birth_date=who.birth_date,
        sex=who.sex,
        issued_on=who.issued_on,
    )

    def look(kind: ImageKind) -> object:
        return replace(PLAIN(kind), reading=reading if kind is ImageKind.FRONT else None)

    with patch.object(cast, "looked_at", look):
        yield


def squatted(**changes: Any) -> int:
    """A stranger's application for Lan's code, with an own name."""
    return make_application(replace(LAN, phone=BINH.phone), **{"full_name": "Người Lạ", **changes})


def owners(source: Source = Source.QR, **changes: Any) -> int:
    with card(source=source):
        return actions.submit(view(make_draft(**changes)), now=LATER)


def test_the_owner_takes_the_place_of_a_stranger_and_both_are_told():
    gone = squatted()
    came = owners()
    row = Application.objects.get(id=gone)
    assert (row.state, row.reasons, row.closed_at) == ("refused", ["displaced"], LATER)
    assert Application.objects.get(id=came).state == "submitted"
    assert len(texts_to(gone, "application_refused")) == 1
    assert len(texts_to(came, "application_received")) == 1


def test_the_officer_sees_it_in_both_files():
    gone, came = squatted(), owners()
    minh = make_officer()
    number = Application.objects.get(id=gone).number
    file = looks.look_at(came, by=minh, now=LATER)
    assert [displaced[:2] for displaced in file.gave_way] == [(gone, number)]
    assert "application.took_place" in [event.kind for event in file.history]
    other = looks.look_at(gone, by=minh, now=LATER)
    assert {"application.displaced", "application.refused"} <= {event.kind for event in other.history}


@pytest.mark.parametrize(
    "field",
    ["form_received_at", "original_seen_at"],
)
def test_what_an_officer_has_in_hand_does_not_give_way(field):
    gone = squatted()
    Application.objects.filter(id=gone).update(**{field: NOW})
    with pytest.raises(AlreadyOpen):
        owners()
    assert Event.objects.filter(subject_id=gone, kind="application.contested").count() == 1


def test_one_that_agrees_itself_does_not_give_way():
    with card():
        first = make_application()
    with pytest.raises(AlreadyOpen):
        owners()
    assert Application.objects.get(id=first).state == "submitted"


@pytest.mark.parametrize(
    "weak",
    [
        {"source": Source.MRZ},
        {"full_name": "Nguyễn Thị Lành"},
        {"birth_date": "1991-01-02"},
    ],
)
def test_one_that_does_not_agree_in_all_takes_no_place(weak):
    gone = squatted()
    with pytest.raises(AlreadyOpen):
        owners(**weak)
    assert Application.objects.get(id=gone).state == "submitted"
    assert Draft.objects.count() == 1


def test_a_card_of_another_person_takes_no_place():
    gone = squatted()
    with card(BINH), pytest.raises(AlreadyOpen):
        actions.submit(view(make_draft()), now=LATER)
    assert Application.objects.get(id=gone).state == "submitted"


def test_a_code_that_is_in_no_register_has_no_owner_to_prefer():
    gone = squatted(known=False)
    with pytest.raises(AlreadyOpen):
        owners()
    assert Application.objects.get(id=gone).state == "submitted"


def test_who_was_displaced_may_correct_and_send_again_but_not_back_into_the_place():
    gone = squatted()
    owners()
    assert queries.status_of(Application.objects.get(id=gone), LATER).correctable


@pytest.mark.django_db(transaction=True)
def test_two_owners_at_once_make_one_application():
    make_person()
    squatted()
    with card():
        drafts = [view(make_draft()) for _ in range(2)]

    def send(draft) -> bool:
        try:
            actions.submit(draft, now=LATER)
        except AlreadyOpen:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, drafts)) == [False, True]
    assert Application.objects.filter(state="submitted").count() == 1


def test_the_phone_may_be_a_new_one():
    squatted()
    with card():
        draft = view(make_draft(phone="0977777777"))
    assert actions.submit(draft, now=LATER) == draft.subject_id
