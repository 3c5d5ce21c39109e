"""What the contributions say of each employer, counted ahead: they lie by person and are too many to ask."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .participation import Employer


class EmployerStanding(models.Model):
    """An employer on the day of the last count. Months are kept as their first day.

    `people` take part in the month of that day; `employer_standing` tells no small number of them.
    `last_month` is the newest in which anybody took part. Owed, and late for certain, are `owed_months`
    months between `owed_from` and `owed_to`, each counted once however many people it lacks. Months that are
    late for who pays each month are `unrecorded_…` where the employer's cycle is not known (`paying`).
    """

    employer = models.OneToOneField(
        Employer, on_delete=models.CASCADE, primary_key=True, related_name="+", db_column="employer_code"
    )
    people = models.IntegerField()
    last_month = models.DateField()
    owed_months = models.IntegerField()
    owed_from = models.DateField(null=True)
    owed_to = models.DateField(null=True)
    unrecorded_months = models.IntegerField(default=0, db_default=0)
    unrecorded_from = models.DateField(null=True)
    unrecorded_to = models.DateField(null=True)

    class Meta:
        db_table = "participants_employer_standing"
        constraints = [
            # A page would else say of an employer that it owes months without saying which.
            models.CheckConstraint(
                condition=Q(people__gte=0)
                & (
                    Q(owed_months=0, owed_from__isnull=True, owed_to__isnull=True)
                    | Q(owed_months__gt=0, owed_from__isnull=False, owed_to__gte=models.F("owed_from"))
                ),
                name="participants_employer_standing_owes_whole_months",
            ),
            models.CheckConstraint(
                condition=Q(unrecorded_months=0, unrecorded_from__isnull=True, unrecorded_to__isnull=True)
                | Q(
                    unrecorded_months__gt=0,
                    unrecorded_from__isnull=False,
                    unrecorded_to__gte=models.F("unrecorded_from"),
                ),
                name="participants_employer_standing_lacks_whole_months",
            ),
        ]


class StandingCount(models.Model):
    """The last count, in the one row that there is: of which file's data (its import run), of which day."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    run_id = models.BigIntegerField()
    day = models.DateField()
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "participants_standing_count"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="participants_standing_count_is_one"),
        ]
