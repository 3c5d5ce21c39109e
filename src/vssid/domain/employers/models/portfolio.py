"""What officers wrote down of an employer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class DiaryEntry(models.Model):
    """A visit, a note or a task of a collection officer. `on_day` is that of the visit, or by when the task
    is to be done. The text is sealed with the entry's own key.
    """

    VISIT, NOTE, TASK = "visit", "note", "task"
    KINDS = (VISIT, NOTE, TASK)

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField(unique=True)
    employer = models.ForeignKey(
        "participants.Employer", models.PROTECT, related_name="+", db_column="employer_code", db_index=False
    )
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=5)
    on_day = models.DateField(null=True)
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    sealed = models.BinaryField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True, default="", db_default="")

    class Meta:
        db_table = "employers_diary_entry"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="note", on_day=None) | Q(kind__in=["visit", "task"], on_day__isnull=False),
                name="employers_diary_day",
            ),
            models.CheckConstraint(condition=Q(done_at=None) | Q(kind="task"), name="employers_diary_done"),
        ]
        indexes = [
            models.Index(fields=["employer", "-written_at", "-id"], name="employers_diary_of"),
            # What is to be done, by employer and by who wrote it.
            models.Index(
                fields=["employer", "on_day"],
                condition=Q(kind="task", done_at=None),
                name="employers_diary_open",
            ),
            models.Index(
                fields=["author_id", "on_day"],
                condition=Q(kind="task", done_at=None),
                name="employers_diary_own",
            ),
            models.Index(fields=["written_at"], name="employers_diary_old"),
        ]
