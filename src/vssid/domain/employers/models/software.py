"""HR and payroll software that acts for an employer: clients, their secrets, short tokens."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from ..software.scopes import Scope
from .seats import WHY_LENGTH

NAME_LENGTH = 60
KEY_LENGTH = 100


class SoftwareClient(models.Model):
    """A program of an employer; `id` is its OAuth client_id. `made_by`, `ended_by` are person ids."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    employer = models.ForeignKey(
        "participants.Employer", models.PROTECT, related_name="+", db_column="employer_code"
    )
    name = models.CharField(max_length=NAME_LENGTH)
    scopes = ArrayField(models.CharField(max_length=20))
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.BigIntegerField()
    made_by_name = models.TextField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_why = models.CharField(max_length=WHY_LENGTH, blank=True, default="")

    class Meta:
        db_table = "employers_software"
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=[scope.value for scope in Scope]) & ~Q(scopes=[]),
                name="employers_software_scopes",
            ),
        ]


class SoftwareSecret(models.Model):
    """A client's secret, 256 random bits of which the SHA-256 is kept; good until `ends_at`, or for ever."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(SoftwareClient, models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "employers_software_secret"
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="employers_software_secret_once"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("made_at")),
                name="employers_software_secret_ends",
            ),
        ]


class SoftwareToken(models.Model):
    """What a client was given for some minutes; its SHA-256 is kept."""

    digest = models.BinaryField(max_length=32, primary_key=True)
    client = models.ForeignKey(SoftwareClient, models.CASCADE, related_name="+")
    scopes = ArrayField(models.CharField(max_length=20))
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "employers_software_token"


class SoftwareDeed(models.Model):
    """What a client asked for once, by its Idempotency-Key, and what it was answered."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(SoftwareClient, models.CASCADE, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH)
    asked = models.BinaryField(max_length=32)
    answer = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "employers_software_deed"
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="employers_software_deed_once"),
        ]
