"""Who is insured at which employer now, kept by `roster/refreshing`. Nobody else writes them."""

from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """Who takes part at which employer, by the newest contributions, and how far the person's files came.

    `sort_name` is the folded name with the given name first, by which lists are sorted and searched.
    `stage`: 1 sent, 2 handed in, 3 approved, 4 signed in, 5 card used; 0 for who never sent a file.
    """

    pk = models.CompositePrimaryKey("person_id", "employer_code")
    person_id = models.BigIntegerField()
    employer_code = models.CharField(max_length=7)
    stage = models.SmallIntegerField(default=0, db_default=0)
    sort_name = models.CharField(max_length=120, default="", db_default="", db_collation="C")

    class Meta:
        # Reports kept it before, and processes of that version still do while an upgrade runs.
        db_table = "reports_worker"
        indexes = [
            models.Index(fields=["employer_code", "stage"], name="reports_worker_of"),
            models.Index(fields=["employer_code", "sort_name", "person_id"], name="employers_worker_listed"),
        ]


class RosterCount(models.Model):
    """The files that the roster was made from (kind → run), in the one row that there is.

    `aligned_at`: the roster with which the employers' own files were compared last.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    runs = models.JSONField(default=dict)
    as_of = models.DateTimeField()
    aligned_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "employers_roster_count"
