"""A post holds on its days; a session acts in one of those that hold, and every act names it."""

from __future__ import annotations

import importlib
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.making.registrations import ELSEWHERE, HONG_BANG, NOW, make_office, make_officer_account
from tests.making.staff import session_of
from vssid.domain.accounts import staff
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.accounts.models.staff import Post
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.audit import actions as audit
from vssid.domain.audit.models import Event
from vssid.domain.audit.verify import verify_chain
from vssid.domain.offices.rights import Role
from vssid.kernel.actor import SYSTEM
from vssid.kernel.errors import Invalid, NotYours

from .. import posts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


def make_post(person_id: int, office: str = ELSEWHERE, role: str = "director", **changes: object) -> int:
    """Another post of somebody of the staff, since the beginning of the year."""
    make_office(office, office)
    made = {
        "account_id": person_id,
        "office_id": office,
        "role": role,
        "from_on": date(2026, 1, 1),
        **changes,
    }
    return Post.objects.create(**made).id


def begun(person_id: int, now: datetime = NOW) -> tuple[str, sessions.SessionView]:
    """A session with its token."""
    token = session_of(person_id, now=now)
    view = sessions.resolve(token, now=now)
    assert view is not None
    return token, view


def acts_in(token: str, now: datetime = NOW) -> int | None:
    """The number of the post that the session acts in."""
    view = sessions.resolve(token, now=now)
    assert view is not None
    return view.post.id if view.post else None


@pytest.mark.parametrize("role", list(Role))
def test_a_session_carries_the_role_of_the_post(role: str) -> None:
    _token, view = begun(make_officer_account("quang", role=role))
    post_id = Post.objects.get().id
    assert view.post == sessions.PostView("03101", role, post_id)
    assert (view.actor.role, view.actor.post) == (role, post_id)


def test_it_refuses_a_role_that_is_none() -> None:
    make_office()
    with pytest.raises(Invalid) as refused:
        staff.create(
            "quang", display_name="Q", office_code="03101", by=SYSTEM, now=NOW, role="boss",
        )  # fmt: skip
    assert refused.value.fields == {"role": "bad_choice"}
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("role", "boss", "accounts_staff_post_role"),
        ("until_on", date(2025, 12, 31), "accounts_staff_post_days"),
    ],
)
def test_the_database_itself_refuses_a_wrong_post(column: str, value: object, name: str) -> None:
    make_officer_account("quang")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Post.objects.update(**{column: value})


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({"from_on": TODAY}, True),
        ({"from_on": TODAY + timedelta(days=1)}, False),
        ({"until_on": TODAY}, True),
        ({"until_on": TODAY - timedelta(days=1)}, False),
        ({"ended_at": NOW}, False),
    ],
)
def test_a_post_that_has_not_begun_or_is_over_gives_nothing(changes: dict[str, object], holds: bool) -> None:
    person_id = make_officer_account("minh")
    token, _view = begun(person_id)
    Post.objects.update(**changes)
    assert (acts_in(token) is not None) is holds
    assert bool(posts.held_by(person_id, on=TODAY)) is holds


def test_the_day_of_a_post_is_the_day_in_viet_nam() -> None:
    token, _view = begun(make_officer_account("minh"))
    Post.objects.update(until_on=TODAY)
    midnight = datetime.fromisoformat("2026-11-19T00:00:00+07:00")
    Session.objects.update(seen_at=midnight, rotated_at=midnight)
    assert acts_in(token, midnight - timedelta(seconds=1)) is not None
    assert acts_in(token, midnight) is None


def test_who_has_several_posts_acts_in_the_first_until_another_is_chosen() -> None:
    person_id = make_officer_account("minh")
    first, second = Post.objects.get().id, make_post(person_id)
    token, view = begun(person_id)
    other_browser, _other = begun(person_id)
    assert acts_in(token) == first
    posts.choose(second, session_id=view.session_id, by=view.actor, now=NOW)
    assert (acts_in(token), acts_in(other_browser)) == (second, second)
    # Each browser keeps what was chosen in it; the next session begins in the one chosen last.
    posts.choose(first, session_id=view.session_id, by=view.actor, now=NOW + timedelta(seconds=1))
    third, _third = begun(person_id)
    assert (acts_in(token), acts_in(third)) == (first, first)


def test_a_chosen_post_that_is_over_leads_back_to_one_that_holds() -> None:
    person_id = make_officer_account("minh")
    first, second = Post.objects.get().id, make_post(person_id)
    token, view = begun(person_id)
    posts.choose(second, session_id=view.session_id, by=view.actor, now=NOW)
    Post.objects.filter(id=second).update(ended_at=NOW)
    assert acts_in(token) == first


def test_it_refuses_the_post_of_another_and_one_that_is_over() -> None:
    mine, other = make_officer_account("minh"), make_officer_account("hanh", ELSEWHERE, "Hạnh")
    over = make_post(mine, until_on=TODAY - timedelta(days=1))
    token, view = begun(mine)
    for post_id in (Post.objects.get(account_id=other).id, over, 0):
        with pytest.raises(NotYours):
            posts.choose(post_id, session_id=view.session_id, by=view.actor, now=NOW)
    assert acts_in(token) == Post.objects.get(account_id=mine, ended_at=None, until_on=None).id
    assert not Event.objects.filter(kind="staff.post_chosen").exists()


def test_every_act_names_the_post_in_the_log_and_the_chain_stays_whole() -> None:
    person_id = make_officer_account("minh")
    audit.record("test.before", subject=person_id, by=SYSTEM, now=NOW, facts={"a": 1})
    second = make_post(person_id, HONG_BANG)
    _token, view = begun(person_id)
    posts.choose(second, session_id=view.session_id, by=view.actor, now=NOW)
    event = Event.objects.get(kind="staff.post_chosen")
    assert event.facts == {"to": second, "role": "director", "post": view.actor.post}
    assert Event.objects.get(kind="test.before").facts == {"a": 1}
    assert verify_chain(now=NOW).broken == []


@pytest.mark.parametrize(("before", "after"), [("officer", "reviewer"), ("data", "data_officer")])
def test_a_post_of_the_version_before_goes_on_from_the_day_of_its_account(before: str, after: str) -> None:
    person_id = make_officer_account("minh")
    Post.objects.all().delete()
    evening = datetime.fromisoformat("2026-03-01T23:30:00+00:00")  # already the next day in Việt Nam
    Account.objects.update(created_at=evening)
    carry = importlib.import_module("vssid.domain.accounts.migrations.0035_carry_posts_over").CARRY
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO accounts_post VALUES (%s, %s, %s)", [person_id, before, HONG_BANG])
        cursor.execute(carry)
        cursor.execute(carry)
        cursor.execute("DELETE FROM accounts_post")
    row = Post.objects.get()
    assert (row.account_id, row.office_id, row.role) == (person_id, HONG_BANG, after)
    assert (row.from_on, row.until_on, row.ended_at) == (date(2026, 3, 2), None, None)
