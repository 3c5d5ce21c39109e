"""Statements that were issued, and the way to them from their codes."""

from __future__ import annotations

from django.db import models


class Statement(models.Model):
    """One issued statement. `sealed` is what it said (`views.Said` as JSON) and its code.

    `blob_key` leads to the signed file; it is empty once the file is erased.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.UUIDField()
    year = models.SmallIntegerField()
    sealed = models.BinaryField()
    issued_at = models.DateTimeField()
    blob_key = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "statements_statement"
        indexes = [
            # For the sweep, which starts from the files; erased ones have none.
            models.Index(fields=["blob_key"], condition=~models.Q(blob_key=""), name="statements_file"),
            models.Index(fields=["issued_at"], condition=~models.Q(blob_key=""), name="statements_retention"),
        ]
        constraints = [
            # From when contributions are known at all (1961) on.
            models.CheckConstraint(
                condition=models.Q(year__gte=1961, year__lte=2200), name="statements_statement_year"
            )
        ]


class Code(models.Model):
    """Leads from a code to its statement; only a keyed fingerprint of the code is kept."""

    # Who checks a statement brings only its code. A table of its own, since statements are keyed by person.
    fingerprint = models.BinaryField(primary_key=True)
    person_id = models.BigIntegerField()
    statement_id = models.UUIDField()

    class Meta:
        db_table = "statements_code"
