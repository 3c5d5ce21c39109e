"""Papers of a facility for claims: leave certificate, discharge paper, birth paper (`paper_rules`)."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from .participation import NextId


class Certificate(models.Model):
    """A paper given by a facility. Which fields a kind of paper has is [M]; only the keys are required."""

    class Kind(models.TextChoices):
        """What the paper says."""

        LEAVE = "leave"  # giấy chứng nhận nghỉ việc hưởng BHXH
        DISCHARGE = "discharge"  # giấy ra viện
        BIRTH = "birth"  # giấy chứng sinh

    pk = models.CompositePrimaryKey("person", "id")
    person = models.ForeignKey(
        "participants.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    id = models.BigIntegerField(db_default=NextId())
    kind = models.CharField(max_length=9, choices=Kind)
    number = models.CharField(max_length=50)
    serial = models.CharField(max_length=50, blank=True)
    facility_code = models.CharField(max_length=5)
    issued_on = models.DateField()
    # Days of leave, or of coming and leaving.
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    days = models.IntegerField(null=True)
    # Empty: both are sealed. What an older version wrote here waits for `unsealed`.
    diagnosis_code = models.CharField(max_length=8, blank=True, default="", db_default="")
    diagnosis_name = models.CharField(max_length=1000, blank=True, default="", db_default="")
    sealed_diagnosis_code = models.BinaryField(null=True)
    sealed_diagnosis_name = models.BinaryField(null=True)
    issued_by = models.CharField(max_length=120, blank=True)  # who signed: the doctor or the head
    child_born_on = models.DateField(null=True)
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "participants_certificate"
        # A run is found for its undo; its rows lie together.
        indexes = [BrinIndex(fields=["run_id"], autosummarize=True, name="participants_certificate_run")]
        constraints = [
            # A facility numbers its papers for itself, so the facility belongs to what tells them apart.
            models.UniqueConstraint(
                fields=["person", "facility_code", "kind", "number"], name="participants_certificate_natural"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["leave", "discharge", "birth"]), name="participants_certificate_kind"
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(from_date__isnull=False, to_date__gte=F("from_date")),
                name="participants_certificate_order",
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__gte=0), name="participants_certificate_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(child_born_on__isnull=True) | Q(kind="birth"),
                name="participants_certificate_child",
            ),
        ]
