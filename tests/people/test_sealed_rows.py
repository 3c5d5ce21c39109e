"""What is sealed for a row or a version of it opens in no other; an operator finds what was moved."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.making.registrations import NOW
from vssid.cli import boot, database
from vssid.cli.checks import checking
from vssid.cli.keys import vaulting
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.accounts.models.relations import TrustedPerson
from vssid.domain.accounts.models.safety import Claim, ContactChange, CounterRequest
from vssid.domain.accounts.tests import people
from vssid.domain.casework.models import FileNote
from vssid.domain.employers.models.own_file import FileRow, Given
from vssid.domain.families.models import ChildRequest
from vssid.domain.identity.models import IdImage
from vssid.domain.notifications.inbox import notices
from vssid.domain.notifications.inbox import queries as inbox
from vssid.domain.notifications.models.inbox import Notice, Subscription
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import bodies
from vssid.domain.notifications.tests.fakes import make_message, subscribe
from vssid.domain.participants.models.people import Person
from vssid.domain.procedures.models import Move, Request
from vssid.domain.registration.models import Draft
from vssid.domain.statements.models import Statement
from vssid.domain.support.models import Note
from vssid.domain.vault import binding, jobs
from vssid.domain.vault import sealing as vault
from vssid.infra import keys, push

pytestmark = pytest.mark.django_db
SUBJECT, REQUEST = 7, uuid4()


def a_row(rows: binding.Rows, **changes: Any) -> Any:
    """A row of the table as it would be read, with a value that was sealed for it."""
    about = {
        AuthenticatorApp: {"person_id": SUBJECT, "id": uuid4()},
        ContactChange: {"person_id": SUBJECT, "kind": "phone"},
        CounterRequest: {"person_id": SUBJECT, "id": REQUEST, "version": 1},
        Claim: {"id": SUBJECT, "answers": 0},
        TrustedPerson: {"person_id": SUBJECT, "id": uuid4()},
        Message: {"subject_id": SUBJECT, "id": uuid4(), "channel": "sms"},
        Notice: {"person_id": SUBJECT, "id": uuid4()},
        Subscription: {"person_id": SUBJECT, "id": uuid4(), "session_id": uuid4()},
        Statement: {"person_id": SUBJECT, "id": uuid4()},
        Note: {"ticket_id": SUBJECT, "seq": 1},
        FileNote: {"subject_id": SUBJECT, "id": uuid4()},
        Person: {"person_id": SUBJECT, "run_id": 1, "line": 1},
        IdImage: {"subject_id": SUBJECT, "kind": "front", "blob_key": "older"},
        Draft: {"subject_id": SUBJECT, "version": 1},
        ChildRequest: {"person_id": 1, "id": SUBJECT, "version": 1},
        FileRow: {"subject_id": SUBJECT, "line": 2},
        Given: {"person_id": SUBJECT, "employer_code": "TZ0001A", "file_id": 1, "line": 2},
        Request: {"person_id": SUBJECT, "id": 1, "version": 1},
        Move: {"person_id": SUBJECT, "request_id": 1, "move": "refuse", "at": NOW},
    }
    row = rows.model(**(about[rows.model] | changes))
    value = vault.seal(SUBJECT, rows.purpose(row), b"x", row=rows.row(row))
    setattr(row, rows.column, value)
    return row


OTHER: dict[Any, dict[str, Any]] = {
    ContactChange: {"kind": "email"},
    CounterRequest: {"version": 2},
    Claim: {"answers": 1},
    Note: {"seq": 2},
    Move: {"move": "ask_more"},
    Person: {"run_id": 2},
    Draft: {"version": 2},
    IdImage: {"blob_key": "newer"},
    ChildRequest: {"version": 2},
    FileRow: {"line": 3},
    Given: {"file_id": 2},
    Request: {"version": 2},
}
EVERY = list(binding.every())


@pytest.mark.parametrize("rows", EVERY, ids=lambda rows: f"{rows.model._meta.db_table}.{rows.column}")
def test_a_value_opens_in_its_row_and_in_no_other_of_the_same_person(rows):
    row, other = a_row(rows), a_row(rows, **OTHER.get(rows.model, {}))
    assert rows.fits(row)
    setattr(row, rows.column, getattr(other, rows.column))
    assert not rows.fits(row)


def test_every_table_with_several_sealed_values_of_one_subject_or_one_written_anew_is_told():
    assert {(rows.model._meta.db_table, rows.column) for rows in EVERY} == {
        ("accounts_authenticator_app", "sealed"),
        ("accounts_claim", "sealed"),
        ("accounts_contact_change", "sealed"),
        ("accounts_counter_request", "sealed"),
        ("accounts_trusted_person", "sealed"),
        ("casework_file_note", "sealed"),
        ("employers_file_row", "sealed"),
        ("employers_given", "sealed"),
        ("families_request", "sealed"),
        ("identity_image", "reading"),
        ("notifications_message", "body"),
        ("notifications_notice", "sealed"),
        ("notifications_subscription", "sealed"),
        ("participants_person", "sealed"),
        ("procedures_move", "text"),
        ("procedures_request", "answers"),
        ("registration_draft", "sealed"),
        ("statements_statement", "sealed"),
        ("support_note", "sealed"),
    }


def two_messages() -> tuple[Message, Message]:
    return make_message(SUBJECT), make_message(SUBJECT)


def test_the_text_of_another_message_is_refused_when_it_is_to_be_sent():
    message, other = two_messages()
    message.body = other.body
    with pytest.raises(keys.CannotOpen):
        bodies.of(message)


def test_a_notice_put_in_the_place_of_another_is_refused():
    for _ in range(2):
        assert notices.notify(SUBJECT, "email_changed", now=NOW, facts={"at": NOW.isoformat()})
    notice, other = Notice.objects.all()
    Notice.objects.filter(id=notice.id).update(sealed=other.sealed)
    with pytest.raises(keys.CannotOpen):
        inbox.notice(SUBJECT, notice.id)


@pytest.fixture
def command(monkeypatch):
    monkeypatch.setattr(boot, "django", lambda: None)
    monkeypatch.setattr(database, "ready", lambda: None)


def test_the_check_names_what_was_moved(command, capsys):
    message, other = two_messages()
    assert checking.run("sealed") == 0
    Message.objects.filter(id=message.id).update(body=other.body)
    assert checking.run("sealed") == 1
    said = capsys.readouterr().out
    assert "notifications_message.body" in said
    assert str(message.id) in said


def test_what_was_sealed_before_opens_and_is_bound_by_the_command(command, capsys, settings):
    settings.SEALS = "old"
    message, _ = two_messages()
    assert not bytes(message.body or b"").startswith(vault.BOUND)
    assert binding.left() == 2
    settings.SEALS = "both"
    before = bodies.of(message)
    settings.SEALS = "bound"
    with pytest.raises(keys.CannotOpen):
        bodies.of(message)
    settings.SEALS = "both"
    vaulting.run("rewrap", subjects=[], since=None)
    assert "Đã gắn 2 giá trị" in capsys.readouterr().out
    assert binding.left() == 0
    message.refresh_from_db()
    settings.SEALS = "bound"
    assert bodies.of(message) == before


def test_binding_is_stopped_anywhere_and_goes_on(settings, monkeypatch):
    settings.SEALS = "old"
    two_messages()
    settings.SEALS = "both"
    monkeypatch.setattr(binding, "AT_ONCE", 1)

    def killed(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        binding.bind(tell=killed)
    assert binding.left() == 1
    jobs.rewrap(0)
    assert binding.left() == 0


def test_real_actions_bind_what_they_seal_and_their_doors_open_it(monkeypatch):
    monkeypatch.setattr(push, "is_allowed", lambda _endpoint: True)
    people.make_account()
    people.trust()
    subscribe(people.LAN)
    assert binding.left() == 0
    assert list(binding.misplaced()) == []
