"""Gateways of texts as they stand, and each attempt at a text."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..gateways.states import Use


class Gateway(models.Model):
    """One gateway of settings: its weight in points of 100, and since when it stands so, and by whom."""

    name = models.CharField(max_length=20, primary_key=True)
    weight = models.PositiveSmallIntegerField()
    rest = models.PositiveSmallIntegerField()
    use = models.CharField(max_length=10, choices=Use, default=Use.USED)
    why = models.CharField(max_length=200, blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120, blank=True, default="")
    """The member of staff who switched it; empty when the rules did."""
    weighed_at = models.DateTimeField()
    bad_at = models.DateTimeField(null=True)
    trial_message = models.UUIDField(null=True)
    """The one message it is tried by, from the moment it is taken for it."""
    trial_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_gateway"
        constraints = [
            models.CheckConstraint(condition=Q(use__in=Use.values), name="gateway_use_known"),
            models.CheckConstraint(condition=Q(weight__lte=100, rest__lte=100), name="gateway_points"),
            # What is on trial or switched off carries nothing else.
            models.CheckConstraint(
                condition=Q(use__in=(Use.USED, Use.DEMOTED)) | Q(weight=0), name="gateway_off_carries_nothing"
            ),
        ]


class Attempt(models.Model):
    """One handing over of one text to one gateway, and what was heard of it."""

    pk = models.CompositePrimaryKey("subject_id", "message_id", "number")
    subject_id = models.BigIntegerField()
    message_id = models.UUIDField()
    number = models.PositiveIntegerField()
    gateway = models.CharField(max_length=20)
    at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    """When the gateway failed it: no answer, a refusal of us, a rejection by the network."""
    delivered_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=40, blank=True, default="")
    """The last that was heard: accepted, delivered, undelivered, rejected, unsure, or an error's code."""

    class Meta:
        db_table = "notifications_attempt"
        indexes = [
            # How many errors in the last minute, how many slow ones in the last quarter of an hour.
            models.Index(
                fields=["gateway", "failed_at"], condition=Q(failed_at__isnull=False), name="attempt_failed"
            ),
            models.Index(fields=["gateway", "at"], name="attempt_by_gateway"),
        ]
