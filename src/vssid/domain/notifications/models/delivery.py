"""Messages counted by hour."""

from __future__ import annotations

from django.db import models


class Hour(models.Model):
    """So many messages made in the hour that begins at `hour` are alike in all the rest.

    `seconds` from being made to arriving, -1 for what has not arrived. No person is in it.
    """

    pk = models.CompositePrimaryKey("hour", "channel", "gateway", "operator", "kind", "state", "seconds")
    hour = models.DateTimeField()
    channel = models.CharField(max_length=10)
    gateway = models.CharField(max_length=20)
    operator = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10)
    seconds = models.IntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "notifications_hour"


class Counted(models.Model):
    """The one row: as of which moment the hours are counted."""

    id = models.SmallIntegerField(primary_key=True)
    as_of = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_counted"
