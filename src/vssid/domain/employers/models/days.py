"""A registration day at an employer's, and who comes when."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class RegistrationDay(models.Model):
    """HR proposes a day, the office accepts it and names an officer, or declines it with a reason (`why`).

    `officer_id` is the account of the officer named, None until then.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    employer = models.ForeignKey(
        "participants.Employer", models.PROTECT, related_name="+", db_column="employer_code", db_index=False
    )
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()
    place = models.CharField(max_length=200)
    expected = models.IntegerField()
    slot_minutes = models.SmallIntegerField()
    per_slot = models.SmallIntegerField()
    note = models.CharField(max_length=500, blank=True, default="", db_default="")
    state = models.CharField(max_length=9, choices=State)
    proposed_by = models.CharField(max_length=120)
    proposed_seat = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    answered_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    answered_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, blank=True, default="", db_default="")
    officer_id = models.BigIntegerField(null=True)
    officer_name = models.CharField(max_length=120, blank=True, default="", db_default="")

    class Meta:
        db_table = "employers_registration_day"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "accepted", "declined", "withdrawn", "done"]),
                name="employers_day_state",
            ),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="employers_day_hours"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(officer_id__isnull=False), name="employers_day_officer"
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "-on"], name="employers_day_of"),
            models.Index(fields=["office", "state", "on"], name="employers_day_at"),
            models.Index(
                fields=["officer_id", "on"], condition=Q(state="accepted"), name="employers_day_officer_on"
            ),
        ]


class Booking(models.Model):
    """A worker's time at a registration day; cancelled ones stay."""

    id = models.BigAutoField(primary_key=True)
    day = models.ForeignKey(RegistrationDay, models.CASCADE, related_name="+", db_index=False)
    person_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "employers_booking"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "person_id"], condition=Q(cancelled_at=None), name="employers_booking_one"
            ),
        ]
        indexes = [
            models.Index(fields=["day", "starts_at"], name="employers_booking_at"),
            models.Index(fields=["person_id"], name="employers_booking_person"),
        ]
