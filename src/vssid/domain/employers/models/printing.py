"""PDFs of many forms 01 that HR had made: the forms in their places, parts that are done, the whole."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PrintRun(models.Model):
    """One PDF of an employer, kept for some days. All of it is sealed with a key of its own (`subject_id`).

    `handover_id`: the hand-over list whose order it has, None for all by name. `done` of `total` forms were
    looked at, `left_out` of them not printed. `tries`: how often work on the next part was begun. `why`: of
    one that is gone, `old`, `withdrawn`, `dropped`, `empty` or `died`.
    """

    class State(models.TextChoices):
        """Where it is: of one employer one is being made at most."""

        MAKING = "making"
        READY = "ready"
        GONE = "gone"

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField(unique=True)
    employer_code = models.CharField(max_length=7)
    handover_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=6, choices=State)
    why = models.CharField(max_length=10, blank=True)
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    left_out = models.IntegerField(default=0)
    tries = models.SmallIntegerField(default=0)
    blob_key = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    seat_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "employers_print_run"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["making", "ready", "gone"]), name="employers_print_run_state"
            ),
            models.UniqueConstraint(
                fields=["employer_code"], condition=Q(state="making"), name="employers_print_run_one"
            ),
        ]
        indexes = [models.Index(fields=["employer_code", "-id"], name="employers_print_run_of")]


class PrintLine(models.Model):
    """A form in its place. `is_printed` is None until its part is done."""

    pk = models.CompositePrimaryKey("run_id", "position")
    run_id = models.BigIntegerField()
    position = models.IntegerField()
    application_id = models.BigIntegerField()
    is_printed = models.BooleanField(null=True)

    class Meta:
        db_table = "employers_print_line"


class PrintPart(models.Model):
    """Some forms of a run as a PDF, until all are put together. `blob_key` is empty where none could be."""

    pk = models.CompositePrimaryKey("run_id", "number")
    run_id = models.BigIntegerField()
    number = models.IntegerField()
    blob_key = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField()

    class Meta:
        db_table = "employers_print_part"
