"""Posts are given within the reach of who gives them: the room says so, whatever the page offers."""

from __future__ import annotations

import pytest

from tests.making.registrations import (
    ELSEWHERE,
    HONG_BANG,
    NOW,
    make_office,
    make_officer,
    make_officer_account,
)
from vssid.domain.accounts.models.staff import Post
from vssid.domain.offices.policy import NotAllowed
from vssid.kernel.calendar import local_day

from .. import giving
from ..giving import Asked

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("office", "gives"), [(HONG_BANG, True), (ELSEWHERE, False)])
def test_a_post_is_given_at_the_own_office_and_not_at_another(office: str, gives: bool) -> None:
    make_office(ELSEWHERE)
    thao = make_officer_account("thao", name="Thảo")
    van = make_officer("Vân", HONG_BANG, "administrator")
    before = Post.objects.count()
    asked = Asked(office, "reception", local_day(NOW))
    if gives:
        giving.give(thao, asked, by=van, now=NOW)
    else:
        with pytest.raises(NotAllowed):
            giving.give(thao, asked, by=van, now=NOW)
    assert Post.objects.count() == before + gives
