"""While a provider is called, the worker's connection to the database is idle and in no transaction."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from tests.commands.test_check_providers import gateway
from vssid.domain.notifications.inbox import notices
from vssid.domain.notifications.inbox.notices import Reach
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import sending
from vssid.domain.notifications.tests.fakes import NOW, make_message
from vssid.domain.notifications.tests.test_channels import endpoint, mailed, sink, subscribe  # noqa: F401
from vssid.domain.vault import sealing as vault

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def look(database_url):
    """Ask the server itself, from another connection, what ours does."""
    connection.ensure_connection()
    pid, seen = connection.connection.info.backend_pid, []

    def ask() -> None:
        with psycopg.connect(database_url) as other:
            [row] = other.execute(
                "SELECT state, xact_start IS NULL FROM pg_stat_activity WHERE pid = %s", [pid]
            ).fetchall()
            seen.append(row)

    ask.seen = seen  # type: ignore[attr-defined]
    return ask


def run(message: Message) -> None:
    sending.attempt(message.subject_id, message.id, clock=lambda: NOW)


def test_a_letter_is_sent_outside_a_transaction(look, sink):  # noqa: F811
    message = mailed(vault.new_subject_id())
    sink.during = look
    run(message)
    assert look.seen == [("idle", True)]


def test_a_push_is_sent_outside_a_transaction(look, endpoint):  # noqa: F811
    lan = vault.new_subject_id()
    subscribe(lan, endpoint)
    notices.notify(lan, "test", now=NOW, reach=Reach)
    endpoint.during = look
    run(Message.objects.get(subject_id=lan))
    assert look.seen == [("idle", True)]


def test_a_text_is_sent_outside_a_transaction(look, settings):
    with gateway(202, "0: Accepted for delivery", during=look) as port:
        settings.SMS_GATEWAY, settings.KANNEL_SEND_URL = "kannel", f"http://127.0.0.1:{port}/sendsms"
        run(make_message())
    assert look.seen == [("idle", True)]
