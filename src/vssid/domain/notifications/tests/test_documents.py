"""A document that goes with an e-mail is made when it is sent; until then its message may wait, or end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from vssid.domain.vault import sealing as vault
from vssid.infra import mail
from vssid.infra.delivery import Accepted
from vssid.infra.mail import Attachment, Mail
from vssid.kernel.email_address import EmailAddress

from .. import actions
from ..models.messages import Message
from ..outbox import documents, sweeping
from ..outbox.documents import Held, Void
from .fakes import NOW, again, run

pytestmark = pytest.mark.django_db
KIND, LIFE = "test_letter", timedelta(days=1)
made: list[Mapping[str, Any]] = []
refusals: list[Exception] = []


def make(facts: Mapping[str, Any], to: str, now: datetime) -> Attachment:
    if refusals:
        raise refusals[0]
    made.append({**facts, "to": to})
    return Attachment("thu.pdf", b"%PDF")


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Mail]:
    kept: list[Mail] = []

    class Box:
        def send(self, out: Mail) -> Accepted:
            kept.append(out)
            return Accepted(provider_ref="", receipts=False)

    monkeypatch.setattr(mail, "gateway", Box)
    monkeypatch.setitem(documents.MAKERS, KIND, make)
    made.clear()
    refusals.clear()
    return kept


def keep() -> Message:
    subject = vault.new_subject_id()
    outgoing = actions.letter(
        subject,
        KIND,
        EmailAddress.parse("hr@example.vn"),
        ("Tiêu đề", "Lời"),
        document=documents.named(KIND, code="bí mật"),
    )
    return again(subject, actions.keep(outgoing, now=NOW, expires_in=LIFE))


def test_it_is_made_of_what_was_sealed_when_it_is_sent_and_kept_nowhere(sent: list[Mail]) -> None:
    message = keep()
    assert not made
    message = run(message)
    assert made == [{"code": "bí mật", "to": "hr@example.vn"}]
    assert [mail.attachment for mail in sent] == [Attachment("thu.pdf", b"%PDF")]
    assert (message.state, message.body) == ("delivered", None)


def test_held_it_waits_without_counting_an_attempt_and_goes_once_it_is_woken(sent: list[Mail]) -> None:
    refusals.append(Held())
    message = run(keep())
    assert (message.state, message.reason, message.attempts) == ("created", "held", 0)
    refusals.clear()
    assert run(message).state == "created"
    assert documents.wake(KIND, NOW + timedelta(minutes=1)) == 1
    sweeping.sweep(NOW + timedelta(minutes=5))
    assert run(message, NOW + timedelta(minutes=5)).state == "delivered"
    assert len(sent) == 1


def test_held_for_longer_than_it_is_worth_it_ends_unsent(sent: list[Mail]) -> None:
    refusals.append(Held())
    message = run(keep())
    assert run(message, NOW + LIFE).reason == "unsent"
    assert not sent


def test_one_that_is_not_wanted_any_more_ends_with_its_reason_and_its_secret_is_gone(
    sent: list[Mail],
) -> None:
    refusals.append(Void("changed_address"))
    message = run(keep())
    assert (message.state, message.reason, message.body) == ("expired", "changed_address", None)
    assert not sent


def test_one_that_cannot_be_made_is_an_error_of_its_job_and_is_tried_again(sent: list[Mail]) -> None:
    refusals.append(RuntimeError("no paper"))
    message = keep()
    with pytest.raises(RuntimeError):
        run(message)
    assert again(message.subject_id, message.id).attempts == 0
    refusals.clear()
    assert run(message).state == "delivered"
    assert len(sent) == 1


def test_two_rooms_do_not_hand_in_one_name() -> None:
    with pytest.raises(ValueError, match="twice"):
        documents.register({KIND: make})
