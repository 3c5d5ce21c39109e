"""Powers of attorney."""

from __future__ import annotations

from django.db import models


class Paper(models.Model):
    """A power of attorney of an employer as it was filed. Its number is that of a subject of its own: under
    that one's key the pages are sealed. After its term the pages go, and the row says when.
    """

    id = models.BigIntegerField(primary_key=True)
    employer = models.ForeignKey(
        "participants.Employer", models.PROTECT, related_name="+", db_column="employer_code"
    )
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    filed_by = models.BigIntegerField(null=True)
    filed_by_name = models.CharField(max_length=120, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "employers_paper"


class PaperPage(models.Model):
    """One page, a picture."""

    pk = models.CompositePrimaryKey("paper", "number")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    # The sweep starts from the blobs and asks which of them a row names.
    blob_key = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        db_table = "employers_paper_page"
