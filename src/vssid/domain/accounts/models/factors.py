"""The second factors of staff beside passkeys: authenticator apps and recovery codes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

RECOVERY_CODES = 10


class AuthenticatorApp(models.Model):
    """An app that shows codes of six digits (RFC 6238). `sealed` holds its secret, bound to the row.

    Before `confirmed_at` it opens nothing: it is being set up in the session `session_id` alone.
    `last_step`: the time step of the newest code that was used; a code of it or before opens nothing more.
    """

    person_id = models.BigIntegerField()
    id = models.UUIDField()
    sealed = models.BinaryField()
    name = models.CharField(max_length=60)
    session_id = models.UUIDField()
    begun_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)
    pk = models.CompositePrimaryKey("person_id", "id")

    class Meta:
        db_table = "accounts_authenticator_app"
        constraints = [
            # Two pages that begin at once show one secret, not two of which one is lost.
            models.UniqueConstraint(
                fields=["person_id"], condition=Q(confirmed_at__isnull=True), name="accounts_app_one_begun"
            ),
            # Without a used code nothing shows that the app has the secret.
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(last_step__gt=0),
                name="accounts_app_confirmed_used",
            ),
        ]


class RecoveryCode(models.Model):
    """One of ten codes on paper, as an Argon2id hash; each opens once.

    `number` follows from the code's first letter, so that a typed one costs one hash and not ten.
    """

    person_id = models.BigIntegerField()
    number = models.SmallIntegerField()
    code_hash = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    pk = models.CompositePrimaryKey("person_id", "number")

    class Meta:
        db_table = "accounts_recovery_code"
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=RECOVERY_CODES), name="accounts_recovery_number"
            ),
            models.CheckConstraint(
                condition=Q(code_hash__startswith="argon2$argon2id$"), name="accounts_recovery_argon2id"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("made_at")),
                name="accounts_recovery_used_later",
            ),
        ]


class RecoverySheet(models.Model):
    """Ten codes that a page has shown and nobody said they keep: they open nothing.

    The set before opens until then. One a member, of the session (`session_id`) that saw them.
    """

    person_id = models.BigIntegerField(primary_key=True)
    session_id = models.UUIDField()
    code_hashes = ArrayField(models.CharField(max_length=200), size=RECOVERY_CODES)
    shown_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_recovery_sheet"


class FactorRequest(models.Model):
    """A member who lost every factor asks for another administrator's word, from the browser that proved the
    password (`browser_hash`). `number` is what both see, so that the word is not given to somebody else.

    With the word given that browser's next session (`session_id`) may add a factor once, until `expires_at`.
    """

    person_id = models.BigIntegerField()
    id = models.UUIDField()
    browser_hash = models.BinaryField()
    device = models.CharField(max_length=80)
    number = models.CharField(max_length=4)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    granted = models.BooleanField(default=False)
    session_id = models.UUIDField(null=True)
    used_at = models.DateTimeField(null=True)
    pk = models.CompositePrimaryKey("person_id", "id")

    class Meta:
        db_table = "accounts_factor_request"
        constraints = [
            # Not by any code: nobody gives the word to oneself.
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("person_id")),
                name="accounts_factor_word_of_another",
            ),
            models.CheckConstraint(
                condition=Q(granted=False)
                | Q(granted=True, answered_at__isnull=False, answered_by__isnull=False),
                name="accounts_factor_granted_by",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(granted=True), name="accounts_factor_used_granted"
            ),
        ]
        indexes = [
            # Whoever brings the cookie asks by it, without a name.
            models.Index(fields=["browser_hash"], name="accounts_factor_browser"),
            # The list of administrators: few wait, answered ones stay.
            models.Index(
                fields=["asked_at"], condition=Q(answered_at__isnull=True), name="accounts_factor_waiting"
            ),
        ]
