"""What HR asks its office to mend."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..alignment.kinds import Kind
from ..corrections.states import OPEN, State

SEQUENCE = "employers_correction_seq"


class Correction(models.Model):
    """A difference that HR sent to the office. What differs is read where it is kept; an open request ends
    with its difference, whose number it has.

    `person_id` is a worker of the employer, None for somebody of the file who is none; `subject_id` of whom
    the file's row is. `reasons` and `reason_text` are what the office said.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    employer = models.ForeignKey(
        "participants.Employer", models.PROTECT, related_name="+", db_column="employer_code"
    )
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    difference_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=11)
    person_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=120)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    reasons = models.JSONField(default=list, db_default=[])
    reason_text = models.CharField(max_length=1000, blank=True, default="", db_default="")

    class Meta:
        db_table = "employers_correction"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="employers_correction_state"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="employers_correction_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN), closed_at__isnull=True)
                | Q(state__in=sorted(set(State) - OPEN), closed_at__isnull=False),
                name="employers_correction_closed_when",
            ),
            # However many send it at once, an office has each difference before it once.
            models.UniqueConstraint(
                fields=["difference_id"],
                condition=Q(state__in=sorted(OPEN)),
                name="employers_correction_once",
            ),
        ]
        indexes = [
            # The office's queue, the longest first; HR's own, and the officer's by employer.
            models.Index(
                fields=["office", "sent_at"],
                condition=Q(state__in=sorted(OPEN)),
                name="employers_correction_queue",
            ),
            models.Index(fields=["employer", "state", "-closed_at"], name="employers_correction_of"),
            models.Index(
                fields=["office", "-closed_at"],
                condition=Q(closed_at__isnull=False),
                name="employers_correction_done",
            ),
        ]
