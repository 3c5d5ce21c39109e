"""Approval reads everything once and goes where the table of moves lets it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.making.registrations import NOW, make_application, make_officer, make_ready
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.participants.models.people import Identifier
from vssid.domain.registration import actions
from vssid.domain.registration.desk import looks
from vssid.domain.registration.errors import AlreadyDecided
from vssid.domain.registration.models import Application
from vssid.domain.registration.states import State
from vssid.domain.vault import sealing as vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(monkeypatch) -> Iterator[list[str]]:
    """What was unsealed of the form, and asked of the register by the code, in order."""
    seen: list[str] = []
    unseal = vault.unseal_json

    def unsealing(subject_id, purpose, sealed, **row):
        if purpose == "application":
            seen.append("form")
        return unseal(subject_id, purpose, sealed, **row)

    def asking(execute, sql, params, many, context):
        if "participants_identifier" in str(sql) and Identifier.Kind.BHXH in (params or ()):
            seen.append("person")
        return execute(sql, params, many, context)

    monkeypatch.setattr(vault, "unseal_json", unsealing)
    with connection.execute_wrapper(asking):
        yield seen


def test_approving_opens_the_form_and_reads_the_person_once(read):
    application_id, officer = make_ready(), make_officer()
    read.clear()
    actions.approve(application_id, by=officer, now=NOW)
    assert sorted(read) == ["form", "person"]


def test_looking_at_a_file_opens_the_form_and_reads_the_person_once(read):
    application_id, officer = make_application(), make_officer()
    read.clear()
    looks.look_at(application_id, by=officer, now=NOW)
    assert sorted(read) == ["form", "person"]


def test_an_application_is_not_approved_from_where_no_move_leads_there():
    application_id, officer = make_ready(), make_officer()
    Application.objects.filter(id=application_id).update(state=State.SUBMITTED)
    with pytest.raises(AlreadyDecided):
        actions.approve(application_id, by=officer, now=NOW)
    assert Application.objects.get(id=application_id).state == State.SUBMITTED
    assert not Account.objects.filter(kind=Account.CITIZEN).exists()
