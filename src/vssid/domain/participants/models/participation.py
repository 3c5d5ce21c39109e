"""Employers, contribution periods and coverage."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from vssid.domain.offices.models import Office

from ..employers.deadlines import UNKNOWN, Cycle
from ..employers.sql_words import WordsOf


class NextId(models.Func):
    """The next number of a sequence, given by the database."""

    function = "nextval"
    template = "nextval('participants_record_seq')"


LONGEST_INDUSTRY = 120
# Columns of a contribution period that say what its wage is made of, and who paid how much of it.
AMOUNTS = (
    "position_allowance",
    "area_allowance",
    "reelection_allowance",
    "other_allowance",
    "salary",
    "salary_allowance",
    "salary_supplement",
)
PERCENTS = ("over_scale_percent", "seniority_percent", "worker_percent", "employer_percent")


def _empty_or(lookup: str, value: object, *names: str) -> Q:
    """Each of the columns is null or fits."""
    every = Q()
    for name in names:
        every &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__{lookup}": value})
    return every


class Employer(models.Model):
    """An employer (đơn vị). A reference table: the same for every person.

    `tax_code` is of ten digits, or of thirteen as `0123456789-001`; empty where it is unknown, or where it is
    the personal number of the one who runs the business. `words` are those of the name; the database makes
    them itself, whoever writes the row. `industry` is what the register's keeper calls it, no code; `email`
    is where letters to the employer go, told to its office alone.
    """

    code = models.CharField(primary_key=True, max_length=7)
    name = models.CharField(max_length=200)
    tax_code = models.CharField(max_length=14, blank=True, default="", db_default="")
    words = models.GeneratedField(
        expression=WordsOf("name"), output_field=SearchVectorField(), db_persist=True
    )
    address = models.CharField(max_length=300, blank=True)
    office = models.ForeignKey(
        Office, null=True, on_delete=models.PROTECT, related_name="+", db_column="office_code"
    )
    industry = models.CharField(max_length=LONGEST_INDUSTRY, blank=True, default="", db_default="")
    email = models.CharField(max_length=254, blank=True, default="", db_default="")
    # As `paying` names cycles; empty where no file has told it.
    paying_cycle = models.CharField(max_length=11, blank=True, default="", db_default="")
    is_synthetic = models.BooleanField(default=False)
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "participants_employer"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{2}[0-9A-Z]{4}[A-Z]$"), name="participants_employer_code_form"
            ),
            models.CheckConstraint(
                condition=Q(tax_code="") | Q(tax_code__regex=r"^\d{10}(-\d{3})?$"),
                name="participants_employer_tax_code_form",
            ),
            models.CheckConstraint(
                condition=Q(paying_cycle__in=[UNKNOWN, *(cycle.value for cycle in Cycle)]),
                name="participants_employer_paying_cycle",
            ),
        ]
        indexes = [
            # No list of pending entries (`fastupdate`): a look-up would walk it, and files write many
            # employers at once.
            GinIndex(fields=["words"], name="participants_employer_words", fastupdate=False),
            # Not unique: one business may have several units.
            models.Index(
                fields=["tax_code"], condition=~Q(tax_code=""), name="participants_employer_tax_code"
            ),
        ]


class Contribution(models.Model):
    """A period in one scheme. Months are kept as their first day; no `to_month` = still going on."""

    class Scheme(models.TextChoices):
        """Fund the period belongs to."""

        BHXH = "bhxh"
        BHTN = "bhtn"
        TNLD = "tnld"

    # All of a person lies together and is read by one look (the index of the natural key serves too); `id` is
    # from one sequence, so that it can go to another person unchanged.
    pk = models.CompositePrimaryKey("person", "id")
    person = models.ForeignKey(
        "participants.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    id = models.BigIntegerField(db_default=NextId())
    scheme = models.CharField(max_length=4, choices=Scheme)
    is_voluntary = models.BooleanField(default=False)
    from_month = models.DateField()
    to_month = models.DateField(null=True)
    # From this month to the end nothing was paid; null = all paid.
    unpaid_from = models.DateField(null=True)
    employer = models.ForeignKey(
        Employer,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_column="employer_code",
        db_index=False,
    )
    job = models.CharField(max_length=200, blank=True)
    workplace = models.CharField(max_length=200, blank=True)
    # Whole đồng, or a coefficient of the base salary as the statement form writes it (≤ 20).
    wage = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    wage_kind = models.CharField(max_length=11, default="wage")
    currency = models.CharField(max_length=3, default="VND")
    # What the month's base is made of beside `wage`, as statement form 07/SBH has it; null = not told.
    # In đồng or as a coefficient, whichever `wage_kind` says:
    position_allowance = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    area_allowance = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    reelection_allowance = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    other_allowance = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    # Percent of the wage:
    over_scale_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    seniority_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    # Đồng: the parts of a wage that the employer decides.
    salary = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    salary_allowance = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    salary_supplement = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    # Rate to this scheme by who pays, percent of the contribution wage, the same all through the period.
    worker_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    employer_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "participants_contribution"
        # A run is found for its undo; its rows lie together.
        indexes = [BrinIndex(fields=["run_id"], autosummarize=True, name="participants_contribution_run")]
        constraints = [
            # How an import knows a period again. Without an employer is a value like any other: of two rows
            # that say so, one is the other.
            models.UniqueConstraint(
                fields=["person", "scheme", "from_month", "employer"],
                nulls_distinct=False,
                name="participants_contribution_natural",
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=["bhxh", "bhtn", "tnld"]), name="participants_contribution_scheme"
            ),
            models.CheckConstraint(
                condition=Q(from_month__day=1)
                & (Q(to_month__isnull=True) | Q(to_month__day=1))
                & (Q(unpaid_from__isnull=True) | Q(unpaid_from__day=1)),
                name="participants_contribution_months",
            ),
            # Months are counted by ranges; a range that ends before it begins is an error in the middle of a
            # person's record.
            models.CheckConstraint(
                condition=(Q(to_month__isnull=True) | Q(to_month__gte=F("from_month")))
                & (Q(unpaid_from__isnull=True) | Q(unpaid_from__gte=F("from_month")))
                & (
                    Q(unpaid_from__isnull=True) | Q(to_month__isnull=True) | Q(unpaid_from__lte=F("to_month"))
                ),
                name="participants_contribution_order",
            ),
            models.CheckConstraint(
                condition=Q(wage__isnull=True) | Q(wage__gte=0),
                name="participants_contribution_wage_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(wage_kind__in=["wage", "coefficient"]), name="participants_contribution_wage_kind"
            ),
            models.CheckConstraint(
                condition=_empty_or("gte", 0, *AMOUNTS), name="participants_contribution_parts_not_negative"
            ),
            models.CheckConstraint(
                condition=_empty_or("range", (0, 100), *PERCENTS), name="participants_contribution_percents"
            ),
        ]


class Coverage(models.Model):
    """A time of health insurance (BHYT). No `valid_to` = as long as contributions go on."""

    pk = models.CompositePrimaryKey("person", "id")
    person = models.ForeignKey(
        "participants.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    id = models.BigIntegerField(db_default=NextId())
    object_code = models.CharField(max_length=2)
    benefit_level = models.CharField(max_length=1)
    card_province = models.CharField(max_length=2)
    facility_code = models.CharField(max_length=5, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    five_years_from = models.DateField(null=True)
    living_area = models.CharField(max_length=2, blank=True)
    old_card_number = models.CharField(max_length=15, blank=True)
    issued_on = models.DateField(null=True)
    office = models.ForeignKey(
        Office, null=True, on_delete=models.PROTECT, related_name="+", db_column="office_code", db_index=False
    )
    auto_renews = models.BooleanField(default=False)
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "participants_coverage"
        # A run is found for its undo; its rows lie together.
        indexes = [BrinIndex(fields=["run_id"], autosummarize=True, name="participants_coverage_run")]
        constraints = [
            # How an import knows a card again; it begins with the person and reads the card of every page.
            models.UniqueConstraint(
                fields=["person", "valid_from", "object_code"], name="participants_coverage_natural"
            ),
            # Pages tell in words what each level pays; there are no others.
            models.CheckConstraint(
                condition=Q(benefit_level__regex="^[1-5]$"), name="participants_coverage_level"
            ),
            models.CheckConstraint(
                condition=Q(object_code__regex="^[A-Z]{2}$"), name="participants_coverage_object"
            ),
            models.CheckConstraint(
                condition=Q(living_area__in=["", "K1", "K2", "K3"]), name="participants_coverage_area"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="participants_coverage_order",
            ),
        ]
