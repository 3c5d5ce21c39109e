"""Whom to ask about an employer on a day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.making import employers, roll_out
from tests.making.employers import BIEN_XANH, NOW, SAO_MAI
from tests.making.roll_out import FIRST, SECOND
from vssid.domain.accounts.models.staff import Post
from vssid.domain.accounts.posts import giving
from vssid.domain.employers import whom
from vssid.domain.employers.models import Worker
from vssid.domain.employers.standing import actions as standing
from vssid.domain.employers.standing.actions import Noted
from vssid.domain.rollout import assigning
from vssid.kernel.actor import SYSTEM
from vssid.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
TODAY, LATER = date(2026, 11, 18), date(2026, 12, 1)


@pytest.fixture(autouse=True)
def places() -> None:
    employers.make_employers()


def assign(name: str, from_on: date, office: str = FIRST) -> None:
    officer = roll_out.make_collection_officer(name, office)
    assigning.assign(SAO_MAI, officer, from_on, by=SYSTEM, now=NOW)


def test_the_officer_of_the_day_is_named_and_the_next_one_from_the_day_on_which_that_begins() -> None:
    assign("thu", TODAY)
    assign("hoa", LATER)
    assert whom.of_employer(SAO_MAI, on=TODAY).officer == "Thu"
    assert whom.of_employer(SAO_MAI, on=LATER).officer == "Hoa"
    assert whom.of_employer(SAO_MAI, on=date(2026, 11, 1)).officer == ""


def test_an_employer_that_moved_is_asked_about_at_its_new_office_and_not_of_the_officer_of_before() -> None:
    assign("thu", TODAY)
    standing.note(SAO_MAI, Noted("moved", LATER, "QĐ 12", office=SECOND), by=SYSTEM, now=NOW)
    before, after = (whom.of_employer(SAO_MAI, on=day) for day in (TODAY, LATER))
    assert before.office is not None
    assert after.office is not None
    assert (before.officer, before.office.code) == ("Thu", FIRST)
    assert (after.officer, after.office.code) == ("", SECOND)


def test_a_worker_asks_about_each_employer_of_the_roster_and_about_no_other() -> None:
    assign("thu", TODAY)
    Worker.objects.create(person_id=5, employer_code=SAO_MAI)
    Worker.objects.create(person_id=6, employer_code=BIEN_XANH)
    assert [(one.employer_code, one.officer) for one in whom.of_worker(5, NOW)] == [(SAO_MAI, "Thu")]
    assert whom.of_worker(7, NOW) == []


def test_an_employer_that_the_register_has_not_leads_to_nobody() -> None:
    assert whom.of_employer("TZ9999Z", on=TODAY) == whom.Whom("TZ9999Z", "", "", None)


def test_the_phone_of_the_officers_post_goes_before_the_offices() -> None:
    assign("Thu", TODAY)
    named = whom.of_employer(SAO_MAI, on=TODAY)
    assert (named.officer_phone, named.phone) == ("", named.office.phone if named.office else "")
    post = Post.objects.get(account__display_name="Thu")
    giving.set_phone(post.id, " 0225  000 0101 (12) ", of=post.account_id, by=SYSTEM, now=NOW)
    assert whom.of_employer(SAO_MAI, on=TODAY).phone == "0225 000 0101 (12)"
    Post.objects.update(ended_at=NOW)
    assert whom.of_employer(SAO_MAI, on=TODAY).officer_phone == ""


@pytest.mark.parametrize("typed", ["12", "gọi anh Thu", "0225/000/0101", "0" * 41])
def test_what_is_no_phone_is_refused(typed: str) -> None:
    assign("Thu", TODAY)
    post = Post.objects.get(account__display_name="Thu")
    with pytest.raises(Invalid) as refused:
        giving.set_phone(post.id, typed, of=post.account_id, by=SYSTEM, now=NOW)
    assert refused.value.fields == {"phone": "bad_phone"}
