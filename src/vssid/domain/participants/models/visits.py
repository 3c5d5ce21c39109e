"""Visits to health-care facilities that health insurance knows of."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from ..care import visit_kinds
from .participation import NextId


class Visit(models.Model):
    """One visit, as table XML1 tells it (QĐ 4750/QĐ-BYT). Amounts are đồng, by who pays.

    `kind`, `result` and `discharge` are XML1's MA_LOAI_KCB, KET_QUA_DTRI and MA_LOAI_RV; a kind
    may be newer than our list of them (`visit_kinds`). `visit_key` (MA_LK) is the facility's own.
    """

    pk = models.CompositePrimaryKey("person", "id")
    person = models.ForeignKey(
        "participants.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    id = models.BigIntegerField(db_default=NextId())
    visit_key = models.CharField(max_length=100)
    facility_code = models.CharField(max_length=5)
    came_at = models.DateTimeField()
    left_at = models.DateTimeField()
    kind = models.CharField(max_length=2)
    reason = models.CharField(max_length=500, blank=True)
    # Empty: both are sealed. What an older version wrote here waits for `unsealed`.
    diagnosis_code = models.CharField(max_length=8, blank=True, default="", db_default="")
    diagnosis_name = models.CharField(max_length=1000, blank=True, default="", db_default="")
    sealed_diagnosis_code = models.BinaryField(null=True)
    sealed_diagnosis_name = models.BinaryField(null=True)
    result = models.CharField(max_length=1)
    discharge = models.CharField(max_length=1, blank=True)
    total = models.DecimalField(max_digits=15, decimal_places=2)
    paid_fund = models.DecimalField(max_digits=15, decimal_places=2)
    paid_share = models.DecimalField(max_digits=15, decimal_places=2)  # the person's part of what is insured
    paid_own = models.DecimalField(max_digits=15, decimal_places=2)  # what is not insured
    paid_other = models.DecimalField(max_digits=15, decimal_places=2)
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "participants_visit"
        # A run is found for its undo; its rows lie together.
        indexes = [BrinIndex(fields=["run_id"], autosummarize=True, name="participants_visit_run")]
        constraints = [
            # `visit_key` is unique within a facility only. A visit that is sent again, corrected, is the
            # same.
            models.UniqueConstraint(
                fields=["person", "facility_code", "visit_key"], name="participants_visit_natural"
            ),
            models.CheckConstraint(condition=Q(left_at__gte=F("came_at")), name="participants_visit_order"),
            models.CheckConstraint(
                condition=Q(result__regex="^[1-8]$")
                & Q(discharge__regex="^[1-5]?$")
                & Q(kind__regex=visit_kinds.FORM),
                name="participants_visit_codes",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0)
                & Q(paid_fund__gte=0)
                & Q(paid_share__gte=0)
                & Q(paid_own__gte=0)
                & Q(paid_other__gte=0),
                name="participants_visit_not_negative",
            ),
        ]
