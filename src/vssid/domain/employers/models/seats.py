"""Who acts for an employer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from ..seats.roles import Role

WHY_LENGTH = 200


class Seat(models.Model):
    """An HR person's account, an employer and a role, from a day to a day (both count; no last day: until it
    is ended). `chosen_at`: when the holder last chose to act in it. `made_by`, `ended_by` are person ids.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    employer = models.ForeignKey(
        "participants.Employer", models.PROTECT, related_name="+", db_column="employer_code"
    )
    role = models.CharField(max_length=20)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    entry = models.ForeignKey("employers.Entry", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_why = models.CharField(max_length=WHY_LENGTH, blank=True, default="")
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "employers_seat"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="employers_seat_role"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="employers_seat_days"
            ),
            # One role at a time: whatever two administrators do at once, nobody sits twice.
            models.UniqueConstraint(
                fields=["account", "employer"], condition=Q(ended_at=None), name="employers_seat_once"
            ),
        ]
