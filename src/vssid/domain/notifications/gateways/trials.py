"""The one message by which a gateway is tried before it carries texts again."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from ..models.gateways import Gateway
from ..models.messages import Message
from . import health, rules
from .states import Standing, Use

# Somebody waits for a code, so it is not what a gateway is tried by while anything else is sent. Ours.
CODES_AFTER = timedelta(hours=1)


def take(message: Message, standings: rules.Standings, *, now: datetime) -> str | None:
    """The gateway that this message is to try, which then waits for it alone; None when there is none."""
    for standing in standings:
        if standing.use is Use.TRIAL and _is_fit(message, standing, now):
            free = Gateway.objects.filter(name=standing.name, use=Use.TRIAL, trial_message__isnull=True)
            # Of many messages at once one is the trial.
            if free.update(trial_message=message.id, trial_at=now):
                return standing.name
    return None


def ended(name: str, message_id: UUID, *, arrived: bool, now: datetime) -> bool:
    """What became of a message that went by a gateway. True when it was its trial."""
    if not Gateway.objects.filter(name=name, trial_message=message_id).exists():
        return False
    health.change(lambda before: rules.tried(before, name, arrived=arrived, now=now), now=now)
    return True


def let_go(name: str, message_id: UUID) -> None:
    """The message said nothing of the gateway (its phone takes nothing): the next one tries it."""
    Gateway.objects.filter(name=name, trial_message=message_id).update(trial_message=None, trial_at=None)


def give_up(now: datetime) -> None:
    """Trials whose text did not arrive in time."""
    for row in Gateway.objects.filter(use=Use.TRIAL, trial_at__lte=now - rules.TRIAL_WAIT):
        if row.trial_message is not None:
            ended(row.name, row.trial_message, arrived=False, now=now)


def _is_fit(message: Message, standing: Standing, now: datetime) -> bool:
    return not message.series or now - standing.changed_at >= CODES_AFTER
