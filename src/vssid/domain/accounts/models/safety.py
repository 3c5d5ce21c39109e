"""The tables of what guards an account: claims, passkeys, changes of contact, the counter."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ..counter.states import State


class Claim(models.Model):
    """A browser without a session that says it is the owner, for one purpose: new password, freeze, thaw.

    Made for every login name, known or not, so that nobody learns which are. `sealed` holds the login name
    and whether the browser was known to it; the job that answers finds the account. `asks` counts the codes
    asked for, `answers` those dealt with: the job acts only while it is behind, so a job run twice sends one.
    """

    RESET, FREEZE, THAW = "reset", "freeze", "thaw"
    OPEN, PROVED, DONE = "open", "proved", "done"
    SMS, EMAIL, BOTH = "sms", "email", "both"

    id = models.BigIntegerField(primary_key=True)
    # The browser brings nothing else: it is not known yet whose claim it is.
    secret_hash = models.BinaryField(unique=True)
    purpose = models.CharField(max_length=10)
    channel = models.CharField(max_length=5)
    state = models.CharField(max_length=10, default=OPEN)
    sealed = models.BinaryField()
    person_id = models.BigIntegerField(null=True)
    asks = models.SmallIntegerField(default=1)
    answers = models.SmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_claim"
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["reset", "freeze", "thaw"]), name="accounts_claim_purpose"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["sms", "email", "both"]), name="accounts_claim_channel"
            ),
            # A proved claim opens an account; without a person it could be used for whoever comes next.
            models.CheckConstraint(
                condition=Q(state="open") | (Q(state__in=["proved", "done"]) & Q(person_id__isnull=False)),
                name="accounts_claim_proved_names_person",
            ),
            # A job that runs twice, or two at once, would else count past what was asked and keep a later ask
            # without an answer.
            models.CheckConstraint(condition=Q(answers__lte=F("asks")), name="accounts_claim_answers"),
        ]
        # The sweep of each night. Claims of names without an account are as many as strangers make.
        indexes = [models.Index(fields=["expires_at"], name="accounts_claim_over")]


class Passkey(models.Model):
    """A passkey of a person.

    `suspect_at`: its counter did not rise, though it lives on one device alone; it opens nothing until
    its owner vouches for it.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.UUIDField()
    # Found through PasskeyOwner and then by person, so that everything read of a person is keyed by the
    # person.
    credential_id = models.BinaryField()
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    name = models.CharField(max_length=60)
    transports = models.JSONField(default=list)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    suspect_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_passkey"


class PasskeyOwner(models.Model):
    """SHA-256 of a credential id, mapped to the person: a passkey alone says who signs in."""

    # A credential of one person cannot be added to another: the key is the same, and the second insert fails.
    credential_hash = models.BinaryField(primary_key=True)
    person_id = models.BigIntegerField()

    class Meta:
        db_table = "accounts_passkey_owner"


class ContactChange(models.Model):
    """A new phone or e-mail address waiting for codes to the old and the new one. One of a kind a person."""

    PHONE, EMAIL = "phone", "email"

    # A second change of the kind takes the place of the first, whose codes then prove nothing.
    pk = models.CompositePrimaryKey("person_id", "kind")
    person_id = models.BigIntegerField()
    kind = models.CharField(max_length=5)
    sealed = models.BinaryField()
    version = models.BigIntegerField(db_default=0, default=0)  # what `sealed` is bound to
    old_proved_at = models.DateTimeField(null=True)
    new_proved_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_contact_change"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["phone", "email"]), name="accounts_contact_kind")
        ]


class CounterRequest(models.Model):
    """What a person asks of an officer who sees the original ID: a new password or phone, thawing, freezing.

    Of who saw the original and who closed it the number is kept too: names may be the same. `home_office`
    manages the person; `together`: phone and password of one person within some days (`second`).
    """

    PASSWORD, PHONE, THAW, FREEZE = "password", "phone", "thaw", "freeze"

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.BigIntegerField()
    id = models.UUIDField()
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=State.OPEN)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    at_desk = models.BooleanField()
    sealed = models.BinaryField(null=True)
    version = models.IntegerField(db_default=0, default=0)  # what `sealed` is bound to
    new_proved_at = models.DateTimeField(null=True)
    original_seen_at = models.DateTimeField(null=True)
    original_seen_by = models.CharField(max_length=120, blank=True)
    original_seen_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    # Codes of a refusal, with the text below; null in those of before.
    reasons = models.JSONField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    # Of one carried out: the reason for each class of doubts; null where none was asked for.
    despite = models.JSONField(null=True)
    closed_by_id = models.BigIntegerField(null=True)
    home_office = models.CharField(max_length=5, blank=True, db_default="", default="")
    together = models.BooleanField(db_default=False, default=False)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=120, blank=True, db_default="", default="")

    class Meta:
        db_table = "accounts_counter_request"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["password", "phone", "thaw", "freeze"]), name="accounts_counter_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "refused", "withdrawn", "expired"]),
                name="accounts_counter_state",
            ),
            # What the desk promises holds in the database too: no way around the original ID, whichever code
            # runs.
            models.CheckConstraint(
                condition=~Q(state="done") | Q(original_seen_at__isnull=False),
                name="accounts_counter_done_saw_original",
            ),
            # A typing mistake of the officer would else give the account to a stranger's phone.
            models.CheckConstraint(
                condition=~(Q(state="done") & Q(kind="phone")) | Q(new_proved_at__isnull=False),
                name="accounts_counter_done_proved_phone",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="accounts_counter_closed_has_time",
            ),
            # Two officers, or officer and owner, who ask for the same at once take up one request.
            models.UniqueConstraint(
                fields=["person_id", "kind", "office"],
                condition=Q(state="open"),
                name="accounts_counter_one_open",
            ),
        ]
        indexes = [
            # The list of the desk. Closed requests stay for good, so an index of all would grow for a list
            # that does not.
            models.Index(
                fields=["office", "asked_at"], condition=Q(state="open"), name="accounts_counter_waiting"
            ),
            # The same for who watches over the desks: a row leaves the index when it was looked at.
            models.Index(
                fields=["office", "closed_at"],
                condition=Q(state="done", reviewed_at=None, kind__in=["phone", "password"]),
                name="accounts_counter_unseen",
            ),
        ]
