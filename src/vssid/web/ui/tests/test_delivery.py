"""The way of a message says where it is, and why it did not arrive."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from tests.making.registrations import NOW
from vssid.domain.notifications.queries import MessageView

from ..words.delivery import REASONS_OF_MESSAGES, message_steps

SENT = MessageView(
    id=uuid.UUID(int=1),
    kind="reset_code",
    channel="sms",
    state="failed",
    created_at=NOW,
    sent_at=NOW,
    delivered_at=None,
    ended_at=NOW,
    attempts=1,
    to_masked="•••• ••• 678",
    reason="undelivered",
)


@pytest.mark.parametrize("reason", REASONS_OF_MESSAGES)
def test_each_reason_is_said(reason):
    last = message_steps(replace(SENT, reason=reason))[-1]
    assert (last.state, str(last.text)) == ("stop", str(REASONS_OF_MESSAGES[reason]))


@pytest.mark.parametrize("reason", ["smtp_550", "address"])
def test_a_letter_that_a_mailbox_refused_says_so_and_shows_no_code(reason):
    last = message_steps(replace(SENT, channel="email", reason=reason))[-1]
    assert "Hộp thư từ chối" in str(last.text)
    assert reason not in str(last.text)


def test_a_letter_taken_without_a_receipt_is_not_said_to_have_arrived():
    steps = message_steps(replace(SENT, channel="email", state="delivered", reason="handed_over"))
    assert [str(step.title) for step in steps] == ["Đã tạo", "Đã gửi cho hộp thư"]


def test_a_message_that_waits_for_a_fault_of_ours_says_that_nothing_is_to_be_done():
    waiting = replace(SENT, state="created", sent_at=None, ended_at=None, attempts=3, reason="http_403")
    last = message_steps(waiting)[-1]
    assert (last.state, str(last.title)) == ("now", "Đang gửi")
    assert "hệ thống tự gửi lại" in str(last.text)
    assert "403" not in str(last.text)
    assert message_steps(replace(waiting, attempts=0, reason=""))[-1].text == ""
