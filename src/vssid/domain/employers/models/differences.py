"""What differs between the files of an employer that count and the register, kept by `alignment/keeping`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..alignment.kinds import Kind, State


class Difference(models.Model):
    """One difference, there as long as it is; what HR said of it stays with it.

    `about` names it again in the next alignment. `person_id` is a worker of the employer, None for somebody
    of the file who is none; `subject_id` and `line` are the row of the file, None for who is in none.
    """

    id = models.BigAutoField(primary_key=True)
    employer_code = models.CharField(max_length=7)
    kind = models.CharField(max_length=11)
    about = models.CharField(max_length=150)
    sort_name = models.CharField(max_length=120, db_collation="C")
    person_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    line = models.IntegerField(null=True)
    state = models.CharField(max_length=8, default=State.OPEN, db_default=State.OPEN)
    said_at = models.DateTimeField(null=True)
    said_by = models.CharField(max_length=120, blank=True, default="", db_default="")

    class Meta:
        db_table = "employers_difference"
        constraints = [
            models.UniqueConstraint(
                fields=["employer_code", "kind", "about"], name="employers_difference_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="employers_difference_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="employers_difference_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["employer_code", "kind", "sort_name", "id"], name="employers_difference_listed"
            )
        ]
