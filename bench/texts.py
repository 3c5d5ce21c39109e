"""`texts`: one text from being kept to its receipt, against the same without what is written of gateways and
caps: the row of the attempt, what is heard of it, the counts of the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any
from unittest import mock

from bench.harness import Bench
from bench.rows import Row, row, turns

TIMES = 20


def measure(bench: Bench) -> list[Row]:
    """Milliseconds of one text; its gateway is a function that takes it at once."""
    text = _text(bench)

    def bare() -> None:
        with _without_rows():
            text()

    count = len(bench.rounds("texts", 5))
    took, plain = turns(text, bare, times=TIMES, rounds=count)
    return [row("texts", "ms", took, plain)]


def _text(bench: Bench) -> Callable[[], None]:
    from django.utils import timezone

    from vssid.domain.installation import standing
    from vssid.domain.notifications import actions
    from vssid.domain.notifications.outbox import channels, receipts, sending
    from vssid.domain.vault import sealing as vault
    from vssid.infra.delivery import Accepted
    from vssid.infra.sms import Outcome
    from vssid.kernel.ids import Phone

    assert bench.sample.count  # the tables are there
    subjects = _subjects(vault.new_subject_id)
    # The people of the bench were put there by hand, so the house takes itself for a copy.
    ours = standing.Standing(standing.State.OURS)

    def take(*_message: Any, **_more: Any) -> Accepted:
        return Accepted(provider_ref="1")

    def text() -> None:
        subject_id, number = next(subjects)
        message_id = actions.send_sms(
            to=Phone(f"+8490{number:07d}"),
            text="BHXH: ma xac nhan 123456. BHXH khong gui duong dan.",
            kind="phone_code",
            subject_id=subject_id,
            now=timezone.now(),
            expires_in=timedelta(minutes=5),
            series=f"bench:{subject_id}",
        )
        with mock.patch.object(channels, "send", take), mock.patch.object(standing, "now", return_value=ours):
            sending.attempt(subject_id, message_id, clock=timezone.now)
        receipts.apply(subject_id, message_id, 1, Outcome.DELIVERED, timezone.now())

    return text


def _subjects(new: Callable[[], int]) -> Iterator[tuple[int, int]]:
    """Each text is somebody else's, and to another phone: the cap of one is not what is measured."""
    while True:
        subject_id = new()
        yield subject_id, subject_id % 10_000_000


@contextmanager
def _without_rows() -> Iterator[None]:
    """The one gateway has each text, and nobody counts."""
    from vssid.domain.notifications.caps import spending
    from vssid.domain.notifications.gateways import attempts

    with ExitStack() as stack:
        for room, name, said in (
            (attempts, "begin", "only"),
            (attempts, "accepted", None),
            (attempts, "reported", ""),
            (spending, "spend", None),
        ):
            stack.enter_context(mock.patch.object(room, name, return_value=said))
        yield
