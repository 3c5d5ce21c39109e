"""Requests, what was done with them, their attachments and their numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vssid.domain.casework.models import OfficeCounter

from .definition.shapes import Kind
from .states import CLOSED, OPEN, WITH_OFFICE, State

OPEN_STATES = sorted(OPEN)
UNFINISHED = sorted({*OPEN, State.DRAFT})


class NextId(models.Func):
    """The next number of the room's sequence, given by the database."""

    function = "nextval"
    template = "nextval('procedures_seq')"


class Request(models.Model):
    """A request from draft to result. Answers are sealed; what queues sort by is not.

    `answers` seals {name: value} for the person; a draft keeps there, under `typed`, what is not clean yet.
    `effective_on`: from when the result counts; `written_at`: when the register took it.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.BigIntegerField(db_default=NextId())
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=11, default=State.DRAFT)
    version = models.IntegerField(default=0)
    answers = models.BinaryField(null=True)
    # Given when it is sent, hence null before; unique, since people say it at the desk.
    number = models.CharField(max_length=20, null=True, unique=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")
    full_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    moved_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)
    effective_on = models.DateField(null=True)
    written_at = models.DateTimeField(null=True)
    files_erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_request"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(State)), name="procedures_request_state"),
            models.CheckConstraint(condition=Q(kind__in=sorted(Kind)), name="procedures_request_kind"),
            # A draft counts: the same thing asked for twice is one form to go on with, and a form sent twice
            # one request.
            models.UniqueConstraint(
                fields=["person_id", "kind"], condition=Q(state__in=UNFINISHED), name="procedures_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT)
                | Q(number__isnull=False, office__isnull=False, submitted_at__isnull=False),
                name="procedures_sent_has_number",
            ),
            # While it is the office's turn there is a last day; without one no list would show it as late.
            models.CheckConstraint(
                condition=~Q(state__in=sorted(WITH_OFFICE)) | Q(due_on__isnull=False),
                name="procedures_due_while_with_office",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(CLOSED), closed_at__isnull=False)
                | Q(state__in=UNFINISHED, closed_at__isnull=True),
                name="procedures_closed_when",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "due_on"], name="procedures_queue"),
            # Results that begin on a later day wait for the job; of all requests they are a few.
            models.Index(
                fields=["effective_on"],
                condition=Q(state=State.DONE, written_at__isnull=True, effective_on__isnull=False),
                name="procedures_to_write",
            ),
            # What the night erases: old drafts, and files of what was closed long ago. A row leaves when it
            # is done.
            models.Index(
                fields=["updated_at"],
                condition=Q(state__in=[State.DRAFT, *sorted(CLOSED)], files_erased_at__isnull=True),
                name="procedures_retention",
            ),
        ]


class Move(models.Model):
    """One thing done with a request: the person's timeline. `text` is sealed for the person."""

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.BigIntegerField(db_default=NextId())
    request_id = models.BigIntegerField()
    move = models.CharField(max_length=10)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_name = models.CharField(max_length=120, blank=True)
    reasons = models.JSONField(default=list)
    text = models.BinaryField(null=True)
    # Of an approval: the reason for each class of doubts; null where none was asked for.
    despite = models.JSONField(null=True)

    class Meta:
        db_table = "procedures_move"
        # The key has no request in it; a page reads the moves of one request in their order.
        indexes = [models.Index(fields=["person_id", "request_id", "id"], name="procedures_timeline")]


class Attachment(models.Model):
    """A picture that goes with a request; the picture itself is a sealed blob."""

    pk = models.CompositePrimaryKey("person_id", "request_id", "name")
    person_id = models.BigIntegerField()
    request_id = models.BigIntegerField()
    name = models.CharField(max_length=20)
    # For the sweep, which starts from the blobs.
    blob_key = models.CharField(max_length=64, db_index=True)
    stored_at = models.DateTimeField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        db_table = "procedures_attachment"


class Counter(OfficeCounter):
    """The last sequence number given by an office in a year."""

    class Meta:
        db_table = "procedures_counter"
