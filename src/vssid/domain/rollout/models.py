"""Plans of the roll-out, their targets, and who looks after which employer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Plan(models.Model):
    """A plan as it now stands; `office` wrote it, and it counts there and below. Days are whole days."""

    id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    letter_number = models.CharField(max_length=60)
    letter_on = models.DateField()
    title = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField()
    version = models.IntegerField(default=1)
    is_synthetic = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "rollout_plan"
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="rollout_plan_order"),
            models.UniqueConstraint(
                fields=["office", "letter_number", "letter_on"],
                condition=Q(ended_at=None),
                name="rollout_plan_letter",
            ),
        ]


class PlanVersion(models.Model):
    """What a plan said from a moment on, who wrote it, and why. Never changed."""

    pk = models.CompositePrimaryKey("plan", "number")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120, blank=True)
    what = models.JSONField()

    class Meta:
        db_table = "rollout_plan_version"


class Target(models.Model):
    """How many people are to be approved by `to_on`, of an office, an employer or an officer.

    `officer_id` is the number of a member of staff. One that was replaced or taken back has `ended_at`.
    """

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", null=True)
    employer = models.ForeignKey("participants.Employer", models.PROTECT, related_name="+", null=True)
    officer_id = models.BigIntegerField(null=True)
    people = models.IntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "rollout_target"
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on"), people__gte=1), name="rollout_target_sound"
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=False, employer=None, officer_id=None)
                | Q(office=None, employer__isnull=False, officer_id=None)
                | Q(office=None, employer=None, officer_id__isnull=False),
                name="rollout_target_of_exactly_one",
            ),
            # Of two that set one target at once, the second replaces the first and nothing counts twice.
            models.UniqueConstraint(
                fields=["plan", "from_on", "to_on", "office", "employer", "officer_id"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="rollout_target_once",
            ),
        ]


class Assignment(models.Model):
    """A collection officer looks after an employer from a day to a day; no last day = until another does.

    One that was given by mistake, or that another took the place of before it began, has `ended_at`.
    """

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(
        "participants.Employer", models.PROTECT, related_name="+", db_column="employer_code"
    )
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    officer_id = models.BigIntegerField(db_index=True)
    officer_name = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "rollout_assignment"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="rollout_assignment_order"
            ),
            # Two that assign one employer at once: one is first, the other is told.
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(until_on=None, ended_at=None),
                name="rollout_assignment_one_open",
            ),
        ]
