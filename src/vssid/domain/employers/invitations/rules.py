"""By what HR invites, how often, and why somebody is passed over. The figures are our own choice."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Channel(StrEnum):
    """How an invitation reaches a worker."""

    SMS = "sms"
    EMAIL = "email"
    SLIP = "slip"

    @property
    def is_message(self) -> bool:
        """Is it sent, so that too many would be a nuisance?"""
        return self is not Channel.SLIP


class Skip(StrEnum):
    """Why a chosen worker gets no invitation now."""

    SENT = "sent"
    STOPPED = "stopped"
    NOT_ME = "not_me"
    SOON = "soon"
    ENOUGH = "enough"
    NO_WAY = "no_way"
    TODAY = "today"
    LATER = "later"


LIFE = timedelta(days=30)
# Of one employer to one worker, texts and e-mails together.
PAUSE = timedelta(days=7)
MOST, MOST_IN = 3, timedelta(days=90)
# Of one employer on one day, texts and e-mails together.
MOST_A_DAY = 2_000
MOST_AT_ONCE = {Channel.SMS: 2_000, Channel.EMAIL: 2_000, Channel.SLIP: 800}
# A text that did not arrive for so long says nothing new.
MESSAGE_LIFE = timedelta(days=2)
KEPT = timedelta(days=365)
