"""Two who bring one code at once: one administers, the other is told that it was used."""

from __future__ import annotations

import pytest

from tests import together
from tests.making import employers
from tests.making.employers import NOW, SAO_MAI, make_hr
from vssid.domain.employers.entries import actions
from vssid.domain.employers.errors import AlreadyInvited, CodeUsed
from vssid.domain.employers.models import Entry, Seat
from vssid.kernel.actor import SYSTEM, person

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_with_one_code_one_comes_in() -> None:
    employers.make_employers()
    code = actions.invite(SAO_MAI, by=SYSTEM, now=NOW).code
    people = [make_hr(name) for name in ("Tuấn", "Nga", "Bình")]

    def come_in(who: int) -> str:
        try:
            actions.use(SAO_MAI, code, person_id=who, by=person(who), now=NOW)
        except CodeUsed:
            return "used"
        return "in"

    answers = together.at_once(*(lambda who=who: come_in(who) for who in people))
    assert sorted(answers) == ["in", "used", "used"]
    assert Seat.objects.get().account_id == Entry.objects.get().used_by


def test_of_two_who_invite_one_is_told_of_the_other() -> None:
    employers.make_employers()

    def invite() -> str:
        try:
            actions.invite(SAO_MAI, by=SYSTEM, now=NOW)
        except AlreadyInvited:
            return "told"
        return "invited"

    assert sorted(together.at_once(invite, invite)) == ["invited", "told"]
    assert Entry.objects.count() == 1
