"""An office of the insurance."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Office(models.Model):
    """An office. `hours` is a list of {days: [1–7], open, close}; days are ISO, 1 = Monday.

    `closed_days` are days on which it rests besides public holidays.
    """

    code = models.CharField(primary_key=True, max_length=5)
    # PROTECT: an office that goes while others hang on it would leave their files out of everybody's reach.
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.JSONField(default=list)
    province_code = models.CharField(max_length=2)
    communes = ArrayField(models.CharField(max_length=5), default=list)
    old_districts = ArrayField(models.CharField(max_length=60), default=list)
    places_version = models.CharField(max_length=10)
    receives_applications = models.BooleanField(default=True)
    services = ArrayField(models.CharField(max_length=30), default=list)
    commune_code = models.CharField(max_length=5, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    closed_days = ArrayField(models.DateField(), default=list)
    is_synthetic = models.BooleanField(default=False)
    # How well the row is known: [S] seen in a source, [C] computed, [M] from memory, [?] unknown.
    mark = models.CharField(max_length=10, blank=True)
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "offices_office"
        constraints = [
            # A code that lost its zero in a spreadsheet would be an office of its own.
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^0\d{4}$"), name="offices_office_code_form"
            ),
        ]
