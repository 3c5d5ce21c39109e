"""Drafts, who holds them, applications and their numbers."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from vssid.domain.casework.models import OfficeCounter

from ..states import CLOSED, OPEN, State
from .words import OfficeWords

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


class Real(models.Manager["Application"]):
    """What people sent. Files with a known answer are left out here, and so of everything that does not ask
    for `with_trials`.
    """

    def get_queryset(self) -> models.QuerySet[Application]:
        """Without files with a known answer."""
        return super().get_queryset().filter(is_trial=False)


class Application(models.Model):
    """A sent registration. The form's values are sealed; what the queue sorts and searches by is not.

    `is_trial`: sent by nobody, to see how it is decided (`trials`).
    """

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
    is_trial = models.BooleanField(default=False, db_default=False)
    # Since when the person lets the employer print form 01 and hand it in (`handover/agreeing`).
    employer_prints_at = models.DateTimeField(null=True)

    objects = Real()
    # With files that have a known answer: for the desk, which must not tell them apart, and for nobody else.
    with_trials: models.Manager[Application] = models.Manager()

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
            # One with a known answer is never closed, whoever tries: no account, no word to anybody. It goes.
            models.CheckConstraint(
                condition=Q(is_trial=False) | Q(state__in=OPEN_STATES, person_id__isnull=True),
                name="registration_trial_open",
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
            # And a rare one by its words; whoever has the most usual ones is found sooner by the index above.
            GinIndex(
                OfficeWords("office_id", "name_folded"),
                condition=Q(closed_at__isnull=False),
                fastupdate=False,
                name="registration_by_words",
            ),
            # What was decided today, and the newest of what is closed.
            models.Index(
                fields=["office", "-closed_at", "-id"],
                condition=Q(closed_at__isnull=False),
                name="registration_closed_at",
            ),
            # The newest of several offices together, without sorting all their years.
            models.Index(
                fields=["-closed_at", "-id"],
                condition=Q(closed_at__isnull=False),
                name="registration_newest_closed",
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
            # What employers may print is few among all; a row leaves when the form is handed in.
            models.Index(
                fields=["person_id"],
                condition=Q(state=State.SUBMITTED, employer_prints_at__isnull=False),
                name="registration_employer_prints",
            ),
        ]
