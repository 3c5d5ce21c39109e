"""A message to an office and what was written about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .states import OPEN, State

SEQUENCE = "support_ticket_seq"
KINDS = ("person", "officer", "forwarded")


class OfEmployers(models.Manager["Ticket"]):
    """What employers and their office write to each other; nobody of the register is its sender."""

    def get_queryset(self) -> models.QuerySet[Ticket]:
        """Messages of employers alone."""
        return super().get_queryset().filter(employer_code__isnull=False)


class Ticket(models.Model):
    """A message to an office. Its id is a subject of its own: texts and photos are sealed under its key.

    `person_id` is null for somebody without an account, whose name and proved phone are in `sealed`, and for
    HR of an employer (`employer_code`), of whom the name is there.
    """

    id = models.BigIntegerField(primary_key=True)
    # Null until the phone is proved: what nobody proved takes no number.
    number = models.CharField(max_length=18, unique=True, null=True)
    state = models.CharField(max_length=10)
    person_id = models.BigIntegerField(null=True, db_index=True)
    employer_code = models.CharField(max_length=7, null=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    topic = models.CharField(max_length=20)
    sealed = models.BinaryField(null=True)
    phone_fingerprint = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    waiting_since = models.DateTimeField()
    due_on = models.DateField()
    read_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    last_seq = models.SmallIntegerField(default=0)

    objects: models.Manager[Ticket] = models.Manager()
    of_employers = OfEmployers()

    class Meta:
        db_table = "support_ticket"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="support_ticket_state"
            ),
            # Without a number a message cannot be spoken of, and would be nobody's.
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, number__isnull=True)
                | Q(state__in=sorted(set(State) - {State.DRAFT}), number__isnull=False),
                name="support_ticket_numbered",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False)
                | Q(state__in=sorted(set(State) - {State.CLOSED}), closed_at__isnull=True),
                name="support_ticket_closed_when",
            ),
            models.CheckConstraint(
                condition=Q(employer_code=None) | Q(person_id=None), name="support_ticket_one_side"
            ),
        ]
        indexes = [
            # What is closed stays for its time; the desk's list is of the rest.
            models.Index(
                fields=["office", "due_on"], condition=Q(state__in=sorted(OPEN)), name="support_ticket_queue"
            ),
            # What an employer and its office wrote to each other, and how much of it waits.
            models.Index(
                fields=["employer_code", "state"],
                condition=Q(employer_code__isnull=False),
                name="support_ticket_employer",
            ),
            # Drafts whose code was never entered are deleted by the night.
            models.Index(fields=["created_at"], condition=Q(state=State.DRAFT), name="support_ticket_draft"),
            models.Index(
                fields=["closed_at"], condition=Q(state=State.CLOSED), name="support_ticket_retention"
            ),
        ]


class Note(models.Model):
    """One thing written, by the person or an officer, or that it was forwarded (then without a text).

    `once` is the key of the form it came from, so that sending the form twice writes it once.
    """

    ticket_id = models.BigIntegerField()
    seq = models.SmallIntegerField()
    kind = models.CharField(max_length=10)
    author_name = models.CharField(max_length=120, blank=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sealed = models.BinaryField(null=True)
    blob_key = models.CharField(max_length=64, blank=True)
    once = models.CharField(max_length=120, null=True)
    # `seq` is counted on the ticket's row under its lock, so notes have one order for all who read.
    pk = models.CompositePrimaryKey("ticket_id", "seq")

    class Meta:
        db_table = "support_note"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="support_note_kind"),
            # A form sent twice writes once, also where both arrive at the same time. Null, which may repeat,
            # for what no form wrote.
            models.UniqueConstraint(fields=["once"], name="support_note_once"),
        ]
        indexes = [
            models.Index(fields=["blob_key"], condition=~Q(blob_key=""), name="support_note_blob"),
        ]
