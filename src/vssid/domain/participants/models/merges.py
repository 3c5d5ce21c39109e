"""Two codes that were one person: what was decided, and where the merged person's number leads now."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from vssid.domain.offices.models import Office


class Merge(models.Model):
    """The person `merged_id`, who is no more, was found to be the person `person_id`.

    A look-up table like the identifiers: it leads from the number of a person who is no more. When the kept
    person is merged in turn, `person_id` and `current_code` follow; the codes stay as they were decided.
    """

    # The key: a person is merged once. Later merges of the kept one change `person_id` here, so one step
    # always leads to who there is.
    merged_id = models.BigIntegerField(primary_key=True)
    person_id = models.BigIntegerField(db_index=True)
    merged_code = models.CharField(max_length=12, unique=True)
    kept_code = models.CharField(max_length=12)
    current_code = models.CharField(max_length=12)
    decided_on = models.DateField()
    decision_number = models.CharField(max_length=50, blank=True)
    office = models.ForeignKey(
        Office, null=True, on_delete=models.PROTECT, related_name="+", db_column="office_code", db_index=False
    )
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    # What was merged since a moment is followed in the order in which it was written.
    as_of = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "participants_merge"
        constraints = [
            # A person merged with itself would be deleted: the merged number goes.
            models.CheckConstraint(condition=~Q(merged_id=F("person_id")), name="participants_merge_of_two"),
            models.CheckConstraint(
                condition=~Q(merged_code=F("kept_code")), name="participants_merge_two_codes"
            ),
        ]
