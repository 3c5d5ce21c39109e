"""What is beside an application: its signed form, who took it in, a first approval, lists of forms."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vssid.domain.casework.models import OfficeCounter


class SignedPage(models.Model):
    """One page of the signed form. Versions follow one another; none takes the place of an earlier one."""

    subject_id = models.BigIntegerField()  # of the application, under whose key the page is sealed
    version = models.SmallIntegerField()
    number = models.SmallIntegerField()
    # The sweep starts from the blobs and asks which of them a row names. Not unique: the key is random.
    blob_key = models.CharField(max_length=64, db_index=True)
    digest = models.BinaryField()  # of what was uploaded: the same again is the same page
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=120)
    pk = models.CompositePrimaryKey("subject_id", "version", "number")

    class Meta:
        db_table = "registration_signed_page"


class WalkIn(models.Model):
    """A registration filled in at a counter, by whom; its number is that of the draft and the application."""

    subject_id = models.BigIntegerField(primary_key=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    officer_id = models.BigIntegerField()
    officer_name = models.CharField(max_length=120)
    begun_at = models.DateTimeField()
    sent_by_id = models.BigIntegerField(null=True)
    # A keyed fingerprint of whom it is about, until it is sent: begun twice at once it is one.
    visitor = models.BinaryField(null=True)

    class Meta:
        db_table = "registration_walk_in"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "visitor"],
                condition=Q(visitor__isnull=False),
                name="registration_walk_in_visitor",
            )
        ]


class SecondLook(models.Model):
    """That an application takes two officers: why, the first approval, and how it was last sent back."""

    application_id = models.BigIntegerField(primary_key=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    cause = models.CharField(max_length=10)  # as `deciding.risk` has it, decided once
    is_waiting = models.BooleanField()
    first_by_id = models.BigIntegerField()
    first_by = models.CharField(max_length=120)
    first_at = models.DateTimeField()
    despite = models.JSONField(default=dict)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=120, blank=True)
    reasons = models.JSONField(default=list)
    reason_text = models.CharField(max_length=1000, blank=True)

    class Meta:
        db_table = "registration_second_look"
        indexes = [
            models.Index(
                fields=["office", "first_at"],
                condition=Q(is_waiting=True),
                name="registration_second_waiting",
            )
        ]


class HandoverCounter(OfficeCounter):
    """The last number given to a hand-over list by an office in a year."""

    class Meta:
        db_table = "registration_handover_counter"


class HandoverList(models.Model):
    """The numbers of the forms that should be in a pile. It names no person.

    `employer_code`: whose HR made it and brings the pile; empty for one that an officer typed. HR may cancel
    its own before the first scan.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    employer_code = models.CharField(max_length=7, blank=True, default="", db_default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    is_cancelled = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "registration_handover"
        indexes = [
            models.Index(fields=["office", "-made_at"], name="registration_handovers"),
            models.Index(
                fields=["employer_code", "-made_at"],
                condition=~Q(employer_code=""),
                name="registration_handovers_of",
            ),
        ]


class HandoverLine(models.Model):
    """One number of a list, or of a form in its pile that it does not name. `outcome`: of the last scan."""

    handover = models.ForeignKey(HandoverList, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60)
    is_listed = models.BooleanField(default=True)
    outcome = models.CharField(max_length=10, blank=True)
    scanned_at = models.DateTimeField(null=True)
    pk = models.CompositePrimaryKey("handover_id", "position")

    class Meta:
        db_table = "registration_handover_line"
        constraints = [
            # However often a sheet is scanned, and by however many, it is one line.
            models.UniqueConstraint(fields=["handover", "number"], name="registration_handover_once"),
        ]
