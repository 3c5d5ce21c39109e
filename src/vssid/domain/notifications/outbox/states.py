"""The states of a message and the times between them, as data."""

from __future__ import annotations

from datetime import timedelta

from django.db import models


class State(models.TextChoices):
    """Where a message is. The last three are final."""

    CREATED = "created"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    EXPIRED = "expired"


FINAL = (State.DELIVERED, State.FAILED, State.EXPIRED)
OPEN = (State.CREATED, State.SENDING, State.SENT)

# A gateway call ends within some 20 s (infra.sms); after this an attempt has no worker any more.
LEASE = timedelta(seconds=60)
# After no answer: how long a receipt may still settle it before the one repetition.
RECEIPT_WAIT = timedelta(seconds=30)
# What the phone network rejects so often is tried again only each hour.
REJECTIONS, REJECTED_PAUSE = 7, timedelta(hours=1)
# Clocks of two machines may differ by this much.
CLOCK_SLACK = timedelta(seconds=5)
# A message that should have gone this long ago has lost its job.
LOST_AFTER = timedelta(minutes=2)

_PAUSES = (0, 10, 30, 60, 120, 300, 600)
_LEAST = timedelta(seconds=10)


def pause(attempts: int, *, life: timedelta) -> timedelta:
    """How long to wait after that many failed attempts: first not at all, in the end ten minutes.

    Never longer than a tenth of the message's whole life (at least ten seconds): a code of five minutes must
    still arrive when the gateway is back after two.
    """
    return min(timedelta(seconds=_PAUSES[min(attempts, len(_PAUSES)) - 1]), max(_LEAST, life / 10))
