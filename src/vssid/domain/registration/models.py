"""Drafts, who holds them, applications and their numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vssid.domain.casework.models import OfficeCounter

from .states import CLOSED, OPEN, State

OPEN_STATES = sorted(OPEN)


class Draft(models.Model):
    """A registration being filled in. Its values are sealed under its own subject key.

    `subject_id` becomes the id of the application, so sending twice cannot make two. `office_code`, once one
    is chosen, and `step`, the last one done, stand beside the sealed values: drafts are counted, nobody reads
    them.
    """

    subject_id = models.BigIntegerField(primary_key=True)
    sealed = models.BinaryField(null=True)
    version = models.IntegerField(default=0, db_default=0)  # of `sealed`, which is bound to it
    # To go on with on another device. Not unique: one phone and code may have begun twice; the newest is
    # taken.
    resume_fingerprint = models.BinaryField(null=True, db_index=True)
    # One correction of a refused application, however often the link is opened.
    corrects_id = models.BigIntegerField(null=True, unique=True)
    office_code = models.CharField(max_length=5, blank=True, default="", db_default="")
    step = models.CharField(max_length=12, blank=True, default="", db_default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "registration_draft"


class Holder(models.Model):
    """A browser that may open a draft or its application; only a hash of its secret is kept."""

    subject_id = models.BigIntegerField()
    # Part of the key and not unique alone: who brings a secret says for which draft.
    secret_hash = models.BinaryField()
    created_at = models.DateTimeField()
    proved_phone = models.BinaryField(null=True)
    # A random number, the same for drafts begun one after the other in one browser; it goes with the row.
    browser = models.BigIntegerField(null=True)
    pk = models.CompositePrimaryKey("subject_id", "secret_hash")

    class Meta:
        db_table = "registration_holder"
        indexes = [
            models.Index(
                fields=["browser"], condition=Q(browser__isnull=False), name="registration_holder_browser"
            )
        ]


class Counter(OfficeCounter):
    """The last sequence number given by an office in a year."""

    class Meta:
        db_table = "registration_counter"


class Application(models.Model):
    """A sent registration. The form's values are sealed; what the queue sorts and searches by is not."""

    id = models.BigIntegerField(primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    bhxh_code = models.CharField(max_length=64)  # as `code_keys.stored` has it
    person_id = models.BigIntegerField(null=True)
    full_name = models.CharField(max_length=100)
    name_folded = models.CharField(max_length=100)
    lookup_fingerprint = models.BinaryField()
    # What the desk finds a file by besides its number; null until the worker has come past an old row.
    id_fingerprint = models.BinaryField(null=True)
    phone_fingerprint = models.BinaryField(null=True)
    sealed = models.BinaryField()
    findings = models.JSONField(default=list)
    corrects_id = models.BigIntegerField(null=True)
    submitted_at = models.DateTimeField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    reminded = models.SmallIntegerField(null=True)
    form_received_at = models.DateTimeField(null=True)
    form_received_by = models.CharField(max_length=120, blank=True)
    original_seen_at = models.DateTimeField(null=True)
    original_seen_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    reasons = models.JSONField(default=list)
    reason_text = models.CharField(max_length=1000, blank=True)
    images_erased_at = models.DateTimeField(null=True)
    # Of an approved one: the reason for each class of doubts (`casework.why`); null where none was asked for.
    despite = models.JSONField(null=True)

    class Meta:
        db_table = "registration_application"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(State)),
                name="registration_application_state",
            ),
            # Of two who send an application for one code at once, one is first. The other is told, or takes
            # its place (`desk/displacing`).
            models.UniqueConstraint(
                fields=["bhxh_code"], condition=Q(state__in=OPEN_STATES), name="registration_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, closed_at__isnull=True)
                | Q(state__in=sorted(CLOSED), closed_at__isnull=False),
                name="registration_closed_when",
            ),
            # An account comes only from an application whose form and original ID an officer has seen.
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED)
                | Q(form_received_at__isnull=False, original_seen_at__isnull=False, person_id__isnull=False),
                name="registration_approved_needs",
            ),
        ]
        indexes = [
            # The desk's list in the order of the last day.
            models.Index(fields=["office", "state", "due_at"], name="registration_queue"),
            # The same by turns: what lies longest at the office with its form, then what waits for a form.
            models.Index(fields=["office", "state", "form_received_at", "due_at"], name="registration_turns"),
            # This and the next are searched at the desk, which never searches another office's files.
            models.Index(fields=["office", "id_fingerprint"], name="registration_by_id_number"),
            models.Index(fields=["office", "phone_fingerprint"], name="registration_by_phone"),
            models.Index(fields=["office", "bhxh_code"], name="registration_by_code"),
            # A name is looked for in an office's years without reading the rows of those that do not fit.
            models.Index(
                fields=["office", "-submitted_at"],
                include=["name_folded", "id"],
                condition=Q(closed_at__isnull=False),
                name="registration_by_name",
            ),
            # What was decided today, and the newest of what is closed.
            models.Index(
                fields=["office", "-closed_at", "-id"],
                condition=Q(closed_at__isnull=False),
                name="registration_closed_at",
            ),
            # Who else typed this phone, or this ID number, is asked across all offices (`doubles`).
            models.Index(fields=["phone_fingerprint", "-id"], name="registration_same_phone"),
            models.Index(fields=["id_fingerprint", "-id"], name="registration_same_id"),
            models.Index(fields=["id"], condition=Q(id_fingerprint=None), name="registration_unprinted"),
            # Each minute's job looks for what ran out; only what waits for its form can.
            models.Index(fields=["due_at"], condition=Q(state=State.SUBMITTED), name="registration_due"),
            # A row leaves when its photos are erased.
            models.Index(
                fields=["closed_at"],
                condition=Q(images_erased_at__isnull=True, closed_at__isnull=False),
                name="registration_retention",
            ),
            # The newest photo of a person; erased ones and other states are never it.
            models.Index(
                fields=["person_id", "-closed_at"],
                condition=Q(state=State.APPROVED, images_erased_at__isnull=True),
                name="registration_portrait",
            ),
            models.Index(
                fields=["person_id"], condition=Q(person_id__isnull=False), name="registration_of_person"
            ),
        ]


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
    """The numbers of the forms that should be in a pile. It names no person."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "registration_handover"
        indexes = [models.Index(fields=["office", "-made_at"], name="registration_handovers")]


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
