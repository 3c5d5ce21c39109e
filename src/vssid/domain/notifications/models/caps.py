"""How many texts a day may take: caps by hand, and what is used."""

from __future__ import annotations

from django.db import models


class Cap(models.Model):
    """From a day on so many texts a day of one scope, as somebody set it: codes, others, phone, or kind:….

    Of several the one that holds from the latest day counts, and of those the newest. Rows stay.
    """

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=50)
    most = models.PositiveIntegerField()
    from_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=120)
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "notifications_cap"
        indexes = [models.Index(fields=["scope", "-from_on", "-id"], name="cap_in_force")]


class CapCount(models.Model):
    """So many texts of a scope on a day of Việt Nam; a phone is its keyed fingerprint."""

    pk = models.CompositePrimaryKey("day", "key")
    day = models.DateField()
    key = models.CharField(max_length=90)
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "notifications_cap_count"
