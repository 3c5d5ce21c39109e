"""What became of an employer, by date."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

BASIS_LENGTH = 200


class Standing(models.Model):
    """From a day on an employer has ceased, is merged into another, or belongs to another office.

    `basis` is the paper it rests on. A move keeps what the register said when it was written (`left_office`)
    and holds as long as the register says that; what the register says later goes before. One written by
    mistake is taken back and stays.
    """

    CEASED, MERGED, MOVED = "ceased", "merged", "moved"

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(
        "participants.Employer", models.PROTECT, related_name="+", db_column="employer_code"
    )
    kind = models.CharField(max_length=10)
    from_on = models.DateField()
    into = models.ForeignKey(
        "participants.Employer", models.PROTECT, null=True, related_name="+", db_column="into_code"
    )
    left_office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=BASIS_LENGTH)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=120, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "employers_standing"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="ceased", into=None, left_office=None, office=None)
                | (
                    Q(kind="merged", into__isnull=False, left_office=None, office=None)
                    & ~Q(into=F("employer"))
                )
                | (
                    Q(kind="moved", into=None, left_office__isnull=False, office__isnull=False)
                    & ~Q(office=F("left_office"))
                ),
                name="employers_standing_kind",
            ),
            # An employer ends once; which of two that write it at once was first, the database says.
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(taken_back_at=None, kind__in=["ceased", "merged"]),
                name="employers_standing_one_end",
            ),
            models.UniqueConstraint(
                fields=["employer", "from_on"],
                condition=Q(taken_back_at=None, kind="moved"),
                name="employers_standing_one_move",
            ),
        ]
