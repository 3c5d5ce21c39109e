"""What a post may be, and that the session says it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.making.registrations import NOW, make_office, make_officer_account
from vssid.domain.accounts import staff
from vssid.domain.accounts.models.accounts import Account, Post
from vssid.kernel.actor import SYSTEM
from vssid.kernel.errors import Invalid

from .. import sessions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Post.ROLES)
def test_a_session_carries_the_role_of_the_post(role: str) -> None:
    person_id = make_officer_account("quang", role=role)
    session = sessions.resolve(sessions.start(person_id, device="", proved_at=NOW, now=NOW), now=NOW)
    assert session is not None
    assert session.post == sessions.PostView("03101", role)


def test_it_refuses_a_role_that_is_none() -> None:
    make_office()
    with pytest.raises(Invalid) as refused:
        staff.create(
            "quang", display_name="Q", office_code="03101", by=SYSTEM, now=NOW,
            role="boss",
        )  # fmt: skip
    assert refused.value.fields == {"role": "bad_choice"}
    assert not Account.objects.exists()


def test_the_database_itself_refuses_it_too() -> None:
    make_officer_account("quang")
    with pytest.raises(IntegrityError, match="accounts_post_role"), transaction.atomic():
        Post.objects.update(role="boss")
