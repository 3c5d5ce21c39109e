"""A health-care facility."""

from __future__ import annotations

from django.db import models


class Facility(models.Model):
    """A facility where insured people are treated."""

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    province_code = models.CharField(max_length=2)
    is_synthetic = models.BooleanField(default=False)
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "directory_facility"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^\d{2}[0-9A-Z]\d{2}$"), name="directory_facility_code_form"
            ),
        ]
