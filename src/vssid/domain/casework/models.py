"""Who has which file in hand; what the counters of files have in common."""

from __future__ import annotations

from django.db import models


class Claim(models.Model):
    """An officer has a file in hand until `until`; later it is nobody's, whoever the row names.

    `kind` is the room's word for its files, `file_id` the room's number of the file.
    """

    kind = models.CharField(max_length=20)
    file_id = models.BigIntegerField()
    officer_id = models.BigIntegerField()
    officer_name = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    # One holder a file. Who is first is decided by INSERT … ON CONFLICT on this key (`claims`).
    pk = models.CompositePrimaryKey("kind", "file_id")

    class Meta:
        db_table = "casework_claim"


class OfficeCounter(models.Model):
    """The last sequence number given by an office in a year. Each room has its own table (`numbers`)."""

    # The row is locked from the number to the commit: numbers have no gaps, and offices do not wait for each
    # other.
    pk = models.CompositePrimaryKey("office_code", "year")
    office_code = models.CharField(max_length=5)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        abstract = True
