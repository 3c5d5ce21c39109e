"""What the register said before it was corrected, and when."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from vssid.domain.imports.merge.table import Versions

from .participation import NextId

TABLE = "participants_version"


class Exact(json.JSONDecoder):
    """Amounts come back as they were written."""

    def __init__(self, **more: Any) -> None:
        super().__init__(parse_float=Decimal, **more)


class Version(models.Model):
    """A row as it was until an import corrected it; written in the statement that corrects it.

    `was` holds the whole row under the names of its columns; what was sealed still is, with the person's key.
    `run_id`, `line` and `said_from` are the old row's origin; `replaced_by` is the run that corrected it.
    """

    class Record(models.TextChoices):
        """The table that the row stood in."""

        PERSON = "person"
        CONTRIBUTION = "contribution"
        COVERAGE = "coverage"
        BENEFIT = "benefit"
        VISIT = "visit"
        CERTIFICATE = "certificate"

    # By person, as the rows it kept: a person's history is read whole, or goes whole.
    pk = models.CompositePrimaryKey("person", "id")
    person = models.ForeignKey(
        "participants.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    id = models.BigIntegerField(db_default=NextId())
    record = models.CharField(max_length=12, choices=Record)
    record_id = models.BigIntegerField()  # of a person: the person_id
    was = models.JSONField(decoder=Exact)
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    said_from = models.DateTimeField()
    said_until = models.DateTimeField()
    replaced_by = models.BigIntegerField()

    class Meta:
        db_table = TABLE
        # What a run replaced or wrote is found for its undo; rows of a run lie together.
        indexes = [
            BrinIndex(fields=["replaced_by"], autosummarize=True, name="participants_version_by"),
            BrinIndex(fields=["run_id"], autosummarize=True, name="participants_version_run"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    record__in=["person", "contribution", "coverage", "benefit", "visit", "certificate"]
                ),
                name="participants_version_record",
            ),
        ]


def kept_as(record: Version.Record) -> Versions:
    """For `upsert`: keep what it corrects as versions of this kind of row."""
    return Versions(TABLE, record.value)
