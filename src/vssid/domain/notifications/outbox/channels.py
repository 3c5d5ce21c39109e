"""How a message leaves by each channel. Called with no transaction open."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from vssid.infra import mail, push, sms
from vssid.infra.delivery import Accepted, Gone, Refused
from vssid.kernel.ids import Phone

from ..inbox import subscriptions
from ..inbox.kinds import Channel
from ..models.messages import Message
from . import documents, receipts

Body = dict[str, Any]


def send(message: Message, body: Body, *, valid_for: timedelta) -> Accepted:
    """Hand the message to its provider. Raises Refused, Unavailable or Unsure."""
    return _WAYS[Channel(message.channel)](message, body, valid_for)


def _sms(message: Message, body: Body, valid_for: timedelta) -> Accepted:
    route = sms.routes()[message.gateway]
    by = route.name if settings.SMS_GATEWAYS else ""
    return route.gateway().send(
        sms.SmsOut(
            to=Phone(body["to"]),
            text=body["text"],
            message_id=message.id,
            receipt_url=receipts.url(message.subject_id, message.id, message.attempts, by=by),
            sender=route.sender,
            valid_for=valid_for,
        )
    )


def _email(message: Message, body: Body, _valid_for: timedelta) -> Accepted:
    if not mail.is_offered():
        raise Refused("off")
    return mail.gateway().send(
        mail.Mail(
            to=body["to"],
            subject=body["subject"],
            text=body["text"],
            message_id=message.id,
            attachment=body.get(documents.MADE),
        )
    )


def _push(message: Message, body: Body, valid_for: timedelta) -> Accepted:
    subscription_id = UUID(body["subscription"])
    address = subscriptions.address_of(message.subject_id, subscription_id)
    if address is None:
        raise Gone("unsubscribed")
    if not push.is_offered():
        raise Refused("off")
    out = push.PushOut(
        endpoint=address.endpoint,
        p256dh=address.p256dh,
        auth=address.auth,
        payload=json.dumps(body["payload"], ensure_ascii=False).encode(),
        topic=message.id.hex,
        valid_for=valid_for,
    )
    return push.service().send(out)


_WAYS: dict[Channel, Callable[[Message, Body, timedelta], Accepted]] = {
    Channel.SMS: _sms,
    Channel.EMAIL: _email,
    Channel.PUSH: _push,
}
