"""A guardian's request for a child."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .states import CLOSED, State

_SENT = sorted(set(State) - {State.DRAFT, State.WITHDRAWN})


class ChildRequest(models.Model):
    """One request of one guardian (`person_id`). What was typed is sealed under the request's own key.

    `id` is a subject id of the vault: the papers are kept under it and go with it.
    """

    person_id = models.BigIntegerField()
    id = models.BigIntegerField()
    state = models.CharField(max_length=10, default=State.DRAFT)
    # Null while it is a draft: it lies at no desk, and no officer finds it.
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()
    version = models.IntegerField(default=0, db_default=0)  # of `sealed`, which is bound to it
    child_key = models.BinaryField()
    child_id = models.BigIntegerField(null=True)
    child_name = models.CharField(max_length=100)
    findings = models.JSONField(default=list)
    # Of an approved one: the reason for each class of findings; null where none was asked for.
    despite = models.JSONField(null=True)
    birth_at = models.DateTimeField(null=True)
    portrait_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(db_index=True)
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    certificate_seen_at = models.DateTimeField(null=True)
    certificate_seen_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    reasons = models.JSONField(default=list)
    reason_text = models.CharField(max_length=1000, blank=True)
    link_id = models.UUIDField(null=True)
    papers_erased_at = models.DateTimeField(null=True)
    pk = models.CompositePrimaryKey("person_id", "id")

    class Meta:
        db_table = "families_request"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(State)), name="families_request_state"),
            # One form to go on with, on whichever device.
            models.UniqueConstraint(
                fields=["person_id"], condition=Q(state=State.DRAFT), name="families_one_draft"
            ),
            # The same child is the same under its code and, where the register knows it, its person id.
            models.UniqueConstraint(
                fields=["person_id", "child_key"],
                condition=Q(state=State.SUBMITTED),
                name="families_one_open_code",
            ),
            models.UniqueConstraint(
                fields=["person_id", "child_id"],
                condition=Q(state=State.SUBMITTED),
                name="families_one_open_child",
            ),
            # A request without papers or a last day would wait at the desk for ever.
            models.CheckConstraint(
                condition=~Q(state__in=_SENT)
                | Q(
                    office__isnull=False,
                    submitted_at__isnull=False,
                    due_on__isnull=False,
                    birth_at__isnull=False,
                    portrait_at__isnull=False,
                ),
                name="families_sent_needs",
            ),
            # No link without a birth certificate that an officer saw: it opens a child's record for years.
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED)
                | Q(child_id__isnull=False, certificate_seen_at__isnull=False, link_id__isnull=False),
                name="families_approved_needs",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(CLOSED), closed_at__isnull=False)
                | (~Q(state__in=sorted(CLOSED)) & Q(closed_at__isnull=True)),
                name="families_closed_when",
            ),
        ]
        indexes = [
            # When two numbers turn out to be one child, requests under the other are found by it; the key
            # begins with the guardian.
            models.Index(fields=["child_id"], name="families_by_child"),
            # The desk's list in the order of the last day, without sorting.
            models.Index(fields=["office", "state", "due_on"], name="families_queue"),
            # The night looks for papers whose time is over; a row leaves the index when they are erased.
            models.Index(
                fields=["closed_at"],
                condition=Q(papers_erased_at__isnull=True, closed_at__isnull=False),
                name="families_retention",
            ),
        ]
