"""What a mobile officer took along to an employer's, and what was decided there."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class DayDevice(models.Model):
    """A device that holds, or held, the files of a registration day. `device` is the browser's own number.

    `applications`: what it was ever given for that day; of nothing else is a decision taken from it. The
    office withdraws it (`withdrawn_at`); the device says when it has forgotten the files (`forgotten_at`).
    """

    id = models.BigAutoField(primary_key=True)
    day = models.ForeignKey("employers.RegistrationDay", models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    officer_id = models.BigIntegerField()
    officer_name = models.CharField(max_length=120)
    device = models.UUIDField()
    applications = ArrayField(models.BigIntegerField())
    taken_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=120, blank=True, default="", db_default="")

    class Meta:
        db_table = "employers_day_device"
        constraints = [
            models.UniqueConstraint(fields=["day", "officer_id", "device"], name="employers_day_device_one"),
        ]
        indexes = [models.Index(fields=["office", "-taken_at"], name="employers_day_device_of")]


class SiteDecision(models.Model):
    """A decision made at an employer's, under the number that the device gave it (`id`), taken once.

    `decided_at` is the device's clock, `received_at` ours. `outcome`: what became of it, with the reason as
    a code and facts without personal data in `said`.
    """

    class Outcome(models.TextChoices):
        """`repeated` is never stored of a number that came twice: the first row stands."""

        APPLIED = "applied"
        REPEATED = "repeated"
        CHANGED = "changed"
        REFUSED = "refused"

    class What(models.TextChoices):
        """What the officer decided."""

        APPROVE = "approve"
        REFUSE = "refuse"
        UNSIGNED = "unsigned"
        ABSENT = "absent"

    id = models.UUIDField(primary_key=True)
    day = models.ForeignKey("employers.RegistrationDay", models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    application_id = models.BigIntegerField()
    officer_id = models.BigIntegerField()
    device = models.UUIDField()
    what = models.CharField(max_length=8, choices=What)
    decided_at = models.DateTimeField()
    received_at = models.DateTimeField()
    version = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8, choices=Outcome)
    said = models.JSONField(default=dict)

    class Meta:
        db_table = "employers_site_decision"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["applied", "repeated", "changed", "refused"]),
                name="employers_site_decision_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["application_id", "officer_id"], name="employers_site_decision_of"),
            models.Index(fields=["office", "-received_at"], name="employers_site_decision_at"),
        ]
