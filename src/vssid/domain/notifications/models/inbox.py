"""Rows beside messages: the inbox, choices of channels, devices with Web Push, providers that refuse us."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..inbox.kinds import Channel


class Notice(models.Model):
    """One notice to one person. `sealed` holds its facts; the words are made when it is read."""

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.UUIDField()
    kind = models.CharField(max_length=40)
    sealed = models.BinaryField(null=True)
    link = models.CharField(max_length=200)
    once = models.CharField(max_length=40, blank=True, default="")
    """Of notices with the same word here there is one a person and kind: the month of arrears."""
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_notice"
        constraints = [
            # A job that runs twice, or is made up for, tells a person once.
            models.UniqueConstraint(
                fields=["person_id", "kind", "once"], condition=~Q(once=""), name="notice_once"
            ),
            # The link is opened by who is signed in; it never leads out of the house, whatever wrote the row.
            models.CheckConstraint(
                condition=Q(link__regex=r"^/([a-z0-9-]+(/[a-z0-9-]+)*)?$"), name="notice_link_inside"
            ),
        ]
        indexes = [
            # The inbox page by page, newest first.
            models.Index(fields=["person_id", "-created_at", "id"], name="notice_by_day"),
            # The count beside the bell on every page: read notices are not walked past.
            models.Index(fields=["person_id"], condition=Q(read_at__isnull=True), name="notice_unread"),
            # Only what was read is erased, however old the rest is.
            models.Index(fields=["created_at"], condition=Q(read_at__isnull=False), name="notice_retention"),
        ]


class Choice(models.Model):
    """Whether a person wants one topic by one channel; without a row the default holds."""

    pk = models.CompositePrimaryKey("person_id", "topic", "channel")
    person_id = models.BigIntegerField()
    topic = models.CharField(max_length=20)
    channel = models.CharField(max_length=10, choices=Channel)
    wanted = models.BooleanField()

    class Meta:
        db_table = "notifications_choice"


class Subscription(models.Model):
    """A browser that takes Web Push, for as long as its session lasts.

    `sealed` holds {endpoint, p256dh, auth}: who knows them may send to the browser. `mark` is the keyed
    fingerprint of the endpoint. `dead_at`: its push service said then that nothing arrives there any more.
    `key_mark` is that of the key of ours it subscribed for; empty where that was not noted.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.UUIDField()
    session_id = models.UUIDField()
    mark = models.BinaryField()
    sealed = models.BinaryField()
    device = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    dead_at = models.DateTimeField(null=True)
    key_mark = models.CharField(max_length=16, blank=True, default="", db_default="")

    class Meta:
        db_table = "notifications_subscription"
        constraints = [
            # A browser that subscribes again is one, else each notice would come twice.
            models.UniqueConstraint(fields=["person_id", "mark"], name="subscription_once"),
        ]


class ProviderFault(models.Model):
    """A provider that refuses us for a fault of ours, until it takes a message again.

    `provider` is the channel, with the host of a push service behind it.
    """

    provider = models.CharField(max_length=120, primary_key=True)
    channel = models.CharField(max_length=10, choices=Channel)
    reason = models.CharField(max_length=40)
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "notifications_provider_fault"


class DeadAddress(models.Model):
    """A phone or e-mail address at which nothing arrives, by what its provider said first.

    Until something does arrive there or a code from there is entered. Known by its keyed fingerprint only,
    and to nobody in particular: a phone that a family shares is dead for all of them.
    """

    pk = models.CompositePrimaryKey("channel", "fingerprint")
    channel = models.CharField(max_length=10, choices=Channel)
    fingerprint = models.BinaryField()
    reason = models.CharField(max_length=40)
    since = models.DateTimeField()

    class Meta:
        db_table = "notifications_dead_address"
        # For the sweep.
        indexes = [models.Index(fields=["since"], name="dead_address_since")]
