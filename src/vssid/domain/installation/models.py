"""Which installation this database is: one row, made when the first process starts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Installation(models.Model):
    """`place` is where the database lay when it was made known: a dump that is restored lies elsewhere."""

    one = models.BooleanField(primary_key=True, default=True)
    uid = models.UUIDField()
    place = models.CharField(max_length=80)
    since = models.DateTimeField()

    class Meta:
        db_table = "installation"
        # With the key this allows one row: two would be two answers to whether this is a copy.
        constraints = [models.CheckConstraint(condition=Q(one=True), name="installation_one")]
