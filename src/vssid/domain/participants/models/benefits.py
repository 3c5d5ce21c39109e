"""Money paid to a person: the table, and the file it is loaded from."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from vssid.domain.offices.models import Office

from .participation import NextId


class Benefit(models.Model):
    """A benefit decided for a person. `amount` is whole đồng: in all, or a month when `is_monthly`."""

    class Regime(models.TextChoices):
        """What it is paid for (chế độ)."""

        ONE_OFF = "one_off"  # BHXH một lần
        SICKNESS = "sickness"
        MATERNITY = "maternity"
        CONVALESCENCE = "convalescence"
        UNEMPLOYMENT = "unemployment"
        ACCIDENT = "accident"  # tai nạn lao động, bệnh nghề nghiệp
        PENSION = "pension"
        ALLOWANCE = "allowance"  # trợ cấp hằng tháng

    class PaidBy(models.TextChoices):
        """How the money comes."""

        CASH = "cash"
        ACCOUNT = "account"

    pk = models.CompositePrimaryKey("person", "id")
    person = models.ForeignKey(
        "participants.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    id = models.BigIntegerField(db_default=NextId())
    regime = models.CharField(max_length=13, choices=Regime)
    file_number = models.CharField(max_length=50, blank=True)
    decision_number = models.CharField(max_length=50, blank=True)
    decided_on = models.DateField(null=True)
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    days = models.IntegerField(null=True)
    months = models.IntegerField(null=True)
    amount = models.DecimalField(max_digits=15, decimal_places=0)
    is_monthly = models.BooleanField(default=False)
    # Unemployment: paid months that were not used up and stay reserved (bảo lưu).
    kept_months = models.IntegerField(null=True)
    paid_by = models.CharField(max_length=7, choices=PaidBy, blank=True)
    paid_on = models.DateField(null=True)
    office = models.ForeignKey(
        Office, null=True, on_delete=models.PROTECT, related_name="+", db_column="office_code", db_index=False
    )
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "participants_benefit"
        # A run is found for its undo; its rows lie together.
        indexes = [BrinIndex(fields=["run_id"], autosummarize=True, name="participants_benefit_run")]
        constraints = [
            # How an import knows a row again: the same decision in another file changes it and adds none. It
            # begins with the person, so it also reads a person's benefits.
            models.UniqueConstraint(
                fields=["person", "regime", "from_date", "decision_number"],
                name="participants_benefit_natural",
            ),
            models.CheckConstraint(
                condition=Q(
                    regime__in=[
                        "one_off", "sickness", "maternity", "convalescence", "unemployment", "accident",
                        "pension", "allowance",
                    ]
                ),
                name="participants_benefit_regime",
            ),
            models.CheckConstraint(
                condition=Q(paid_by__in=["", "cash", "account"]), name="participants_benefit_paid_by"
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="participants_benefit_order",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0)
                & (Q(days__isnull=True) | Q(days__gte=0))
                & (Q(months__isnull=True) | Q(months__gte=0))
                & (Q(kept_months__isnull=True) | Q(kept_months__gte=0)),
                name="participants_benefit_not_negative",
            ),
        ]  # fmt: skip
