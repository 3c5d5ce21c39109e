"""One message to one recipient."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from ..inbox.kinds import Channel
from ..outbox.states import FINAL, State
from .inbox import Choice, DeadAddress, Notice, ProviderFault, Subscription

__all__ = ["Choice", "DeadAddress", "Message", "Notice", "ProviderFault", "Subscription"]


class Message(models.Model):
    """A message by one channel. `body` seals what the channel needs and is gone in every final state."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject_id = models.BigIntegerField()
    id = models.UUIDField()
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.SMS)
    notice_id = models.UUIDField(null=True)
    """The notice it tells of, if it tells of one."""
    series = models.CharField(max_length=80, default="", db_default="")
    """Of one series only the newest is good: `actions.keep` stops those before, `sending` sends none."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.CREATED)
    reason = models.CharField(max_length=40, default="")
    """Why it ended, or what the last attempt met: a short code."""
    body = models.BinaryField(null=True)
    to_masked = models.CharField(max_length=30)
    attempts = models.PositiveIntegerField(default=0)
    unsure = models.PositiveSmallIntegerField(default=0)
    """Attempts whose outcome nobody knows; with the second the message ends."""
    provider_ref = models.CharField(max_length=64, default="")
    gateway = models.CharField(max_length=20, blank=True, default="", db_default="")
    """By which gateway the last attempt at a text went, or the one that arrived."""
    operator = models.CharField(max_length=20, blank=True, default="", db_default="")
    """Of the phone of a text, by its number."""
    to_print = models.BinaryField(null=True)
    """The keyed fingerprint of its phone or address, by which it is found for some months."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_message"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel_known"),
            # A code that was delivered cannot be read from the table later, also not where a way to the end
            # forgot it.
            models.CheckConstraint(
                condition=(Q(state__in=FINAL) & Q(body__isnull=True) & Q(ended_at__isnull=False))
                | (~Q(state__in=FINAL) & Q(body__isnull=False) & Q(ended_at__isnull=True)),
                name="message_text_gone_when_final",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DELIVERED) | Q(delivered_at__isnull=False),
                name="message_delivered_has_time",
            ),
            # An attempt whose outcome nobody knows is repeated once and no more: else a silent gateway would
            # make each text come many times.
            models.CheckConstraint(
                condition=Q(unsure__lte=2) & Q(unsure__lte=F("attempts")), name="message_one_extra_copy"
            ),
        ]
        indexes = [
            # A page that waits for a text asks for the newest of its kind.
            models.Index(fields=["subject_id", "kind", "-created_at"], name="message_by_subject"),
            # Is there a newer code? Asked before each text of a series is sent.
            models.Index(fields=["series", "-created_at"], condition=~Q(series=""), name="message_by_series"),
            # This and the next two hold only what is under way: a sweep of each minute must not read all that
            # was ever sent.
            models.Index(fields=["next_try_at"], condition=Q(state=State.CREATED), name="message_to_send"),
            models.Index(fields=["lease_until"], condition=Q(state=State.SENDING), name="message_in_hand"),
            models.Index(
                fields=["expires_at"],
                condition=Q(state__in=(State.CREATED, State.SENT)),
                name="message_to_expire",
            ),
            # One is found by its number, or by its phone; hours are counted by when their messages were made.
            models.Index(fields=["id"], name="message_by_number"),
            models.Index(fields=["to_print"], condition=Q(to_print__isnull=False), name="message_by_phone"),
            BrinIndex(fields=["created_at"], autosummarize=True, name="message_by_time"),
            models.Index(fields=["state", "ended_at"], condition=Q(state__in=FINAL), name="message_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.state}"
