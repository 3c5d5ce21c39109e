"""What the log showed that somebody answerable should look at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

RULES = ("looked_only", "other_offices", "out_of_hours", "many_exports", "many_lookers")
NOBODY = 0  # an alert about a person names no officer, one about an officer no person


class Alert(models.Model):
    """One pattern of one day: of an officer (`actor_id`), or about one person (`subject_id`).

    `count` is what was counted; `office` whose directors are answerable: the officer's; "" is the country's.
    """

    id = models.BigAutoField(primary_key=True)
    rule = models.CharField(max_length=20)
    day = models.DateField()
    actor_id = models.BigIntegerField(default=NOBODY)
    actor_name = models.CharField(max_length=120, blank=True)
    subject_id = models.BigIntegerField(default=NOBODY)
    office = models.CharField(max_length=5, blank=True)
    count = models.IntegerField()
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.BigIntegerField(null=True)
    seen_by_name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "oversight_alert"
        constraints = [
            # The night may run twice; each pattern of a day is told once.
            models.UniqueConstraint(
                fields=["rule", "day", "actor_id", "subject_id", "office"], name="oversight_alert_once"
            ),
            models.CheckConstraint(condition=Q(rule__in=RULES), name="oversight_alert_rule"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="oversight_alert_seen",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "day"], condition=Q(seen_at__isnull=True), name="oversight_unseen")
        ]


class LookedAtDay(models.Model):
    """A day whose log was looked through."""

    day = models.DateField(primary_key=True)
    looked_at = models.DateTimeField()

    class Meta:
        db_table = "oversight_day"
