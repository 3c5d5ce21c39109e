"""The register: persons and what identifies them. Periods and coverage are in `records`."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from vssid.domain.offices.models import Office

from .benefits import Benefit
from .certificates import Certificate
from .employer_statistics import EmployerStanding, StandingCount
from .history import Version
from .merges import Merge
from .participation import Contribution, Coverage, Employer
from .visits import Visit

__all__ = [
    "Benefit",
    "Certificate",
    "Contribution",
    "Coverage",
    "Employer",
    "EmployerStanding",
    "Identifier",
    "Merge",
    "Person",
    "StandingCount",
    "Version",
    "Visit",
]


class Person(models.Model):
    """A person of the register; `person_id` is a subject id of the vault."""

    class Precision(models.TextChoices):
        """How much of the birth date is known; the rest is written as 1 January or the first."""

        DAY = "day"
        MONTH = "month"
        YEAR = "year"

    person_id = models.BigIntegerField(primary_key=True)
    bhxh_code = models.CharField(max_length=12)
    full_name = models.CharField(max_length=120)
    # Names are compared by it, however marks were typed. No index: nobody of the register is searched by
    # name.
    name_folded = models.CharField(max_length=120)
    birth_date = models.DateField()
    birth_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    sex = models.SmallIntegerField()  # 1 nam, 2 nữ, 3 unknown: as in XML1 and the card's QR
    household_code = models.CharField(max_length=20, blank=True)
    household_relation = models.CharField(max_length=2, blank=True)  # 00 = head
    # Empty: the street is sealed. What an older version wrote here waits for `unsealed`.
    street = models.CharField(max_length=200, blank=True, default="", db_default="")
    commune_code = models.CharField(max_length=5, blank=True)
    province_code = models.CharField(max_length=2, blank=True)
    places_version = models.CharField(max_length=10, blank=True)
    office = models.ForeignKey(
        Office, null=True, on_delete=models.PROTECT, related_name="+", db_column="office_code", db_index=False
    )
    # Sealed JSON {id_number, old_id_number, id_issued_on, phone, email, street}; the digest tells changes.
    sealed = models.BinaryField()
    sealed_digest = models.BinaryField()
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "participants_person"
        # A run is found for its undo; its rows lie together.
        indexes = [BrinIndex(fields=["run_id"], autosummarize=True, name="participants_person_run")]
        constraints = [
            models.CheckConstraint(condition=models.Q(sex__in=[1, 2, 3]), name="participants_person_sex"),
            models.CheckConstraint(
                condition=models.Q(birth_precision__in=["day", "month", "year"]),
                name="participants_person_precision",
            ),
            # Twelve digits are a personal number, which lies here sealed and as a fingerprint only.
            models.CheckConstraint(
                condition=models.Q(bhxh_code__regex=r"^(\d{10})?$"), name="participants_person_code_form"
            ),
        ]


class Identifier(models.Model):
    """Leads to a person: a BHXH code as it is, an ID number as the hex of its keyed fingerprint."""

    class Kind(models.TextChoices):
        """What the key was made from."""

        BHXH = "bhxh"
        CCCD = "cccd"
        CMND = "cmnd"
        PASSPORT = "passport"

    # The only way from a code to a person. A key leads to one person: a number in the hands of two is refused
    # by the database, whichever files say so.
    pk = models.CompositePrimaryKey("kind", "key")
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=64)
    # What leads to a person is replaced with each change of documents, and moved when two persons are one.
    person_id = models.BigIntegerField(db_index=True)
    merged_id = models.BigIntegerField(null=True)  # whose it was before two persons were merged

    class Meta:
        db_table = "participants_identifier"
        constraints = [
            # An ID number in plain text cannot be stored here by mistake.
            models.CheckConstraint(
                condition=models.Q(kind="bhxh", key__regex=r"^\d{10}$")
                | models.Q(kind__in=["cccd", "cmnd", "passport"], key__regex=r"^[0-9a-f]{64}$"),
                name="participants_identifier_key_form",
            ),
        ]
