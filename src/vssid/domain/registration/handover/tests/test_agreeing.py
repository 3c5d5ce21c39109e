"""The person lets the employer print and hand in, and may take it back until the form is there."""

from __future__ import annotations

import pytest

from tests.making.registrations import NOW, make_application, make_officer
from vssid.domain.audit.models import Event
from vssid.domain.registration import actions, queries
from vssid.domain.registration.errors import NotOpen
from vssid.kernel.errors import NotYours

from .. import agreeing

pytestmark = pytest.mark.django_db


def since(application_id: int) -> object:
    mine = queries.own(application_id, now=NOW)
    assert mine is not None
    return mine.employer_prints_at


def test_it_is_given_when_sending_or_later_and_taken_back() -> None:
    assert since(make_application(employer_prints=True)) == NOW


def test_it_is_given_later_and_taken_back_each_once() -> None:
    lan = make_application()
    assert since(lan) is None
    for act, after in ((agreeing.agree, NOW), (agreeing.take_back, None)):
        act(lan, now=NOW)
        act(lan, now=NOW)
        assert since(lan) == after
    kinds = (
        Event.objects.filter(kind__startswith="application.employer")
        .order_by("seq")
        .values_list("kind", flat=True)
    )
    assert list(kinds) == ["application.employer_may_print", "application.employer_may_not_print"]


def test_once_the_form_is_handed_in_it_stays_as_it_is() -> None:
    lan = make_application(employer_prints=True)
    actions.receive_form(lan, by=make_officer(), now=NOW)
    with pytest.raises(NotOpen):
        agreeing.take_back(lan, now=NOW)
    assert since(lan) == NOW


def test_an_application_that_is_not_there_is_nobodys() -> None:
    with pytest.raises(NotYours):
        agreeing.agree(1, now=NOW)
