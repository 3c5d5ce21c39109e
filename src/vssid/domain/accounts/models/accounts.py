"""Accounts and sessions. What guards an account beside its password is in `safety`, posts in `staff`."""

from __future__ import annotations

from django.db import models

from .relations import Guardian, TrustedPerson
from .safety import Claim, ContactChange, CounterRequest, Passkey, PasskeyOwner

__all__ = [
    "Account",
    "Claim",
    "ContactChange",
    "CounterRequest",
    "Guardian",
    "LoginName",
    "Passkey",
    "PasskeyOwner",
    "Session",
    "TrustedPerson",
]


class Account(models.Model):
    """One account of one person, of one member of staff, or of one who does an employer's HR work.

    `password` is an Argon2id hash; while `activation_expires_at` is set it is the hash of an
    activation password and the person must choose an own one. `frozen_at`: nobody signs in until it is
    opened again. `close_at`: the owner asked to close it; until that moment they may think otherwise.
    `phone_set_at`, `phone_set_by`: an officer, of that number, typed the phone at the desk (`second`).
    `passkey_answered_at`: a passkey was put off or added when it was offered, so it is not offered again.
    `passkey_handle`: what the person's devices know the account by, for good; random.
    """

    CITIZEN, STAFF, EMPLOYER = "citizen", "staff", "employer"
    # Who signs in by two steps, in a browser at work: staff, and the HR people of employers.
    TWO_STEPS = (STAFF, EMPLOYER)

    person_id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10)
    login = models.CharField(max_length=40)
    # Instead of `login` where that would be an ID number (`login_names`).
    sealed_login = models.BinaryField(null=True)
    display_name = models.CharField(max_length=255)
    password = models.CharField(max_length=200)
    activation_expires_at = models.DateTimeField(null=True)
    phone = models.BinaryField(null=True)
    email = models.BinaryField(null=True)
    phone_set_at = models.DateTimeField(null=True)
    phone_set_by = models.BigIntegerField(null=True)
    frozen_at = models.DateTimeField(null=True)
    close_at = models.DateTimeField(null=True)
    passkey_answered_at = models.DateTimeField(null=True)
    passkey_handle = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    last_sign_in_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_account"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["citizen", "staff", "employer"]), name="accounts_account_kind"
            ),
            # Also not by hand or by a restored dump: a password kept in a faster way could be guessed from
            # the table.
            models.CheckConstraint(
                condition=models.Q(password__startswith="argon2$argon2id$"), name="accounts_account_argon2id"
            ),
        ]
        indexes = [
            # Few are to be closed at a time; the job of the quarter of an hour must not read all accounts for
            # them.
            models.Index(
                fields=["close_at"],
                condition=models.Q(close_at__isnull=False),
                name="accounts_account_to_close",
            )
        ]

    @property
    def must_set_password(self) -> bool:
        """Still on an activation password."""
        return self.activation_expires_at is not None


class LoginName(models.Model):
    """What people type to sign in, mapped to the person: the only way in without a person id.

    A BHXH code of ten digits or a staff name as it is; that of an employer's HR person after `dv:`; an ID
    number, also one that serves as BHXH code, as `id:` and the hex of its fingerprint, under each of the
    fingerprint keys while they are changed.
    """

    # A table of its own, since who signs in brings a name and no person id; all else is read by person.
    name = models.CharField(max_length=70, primary_key=True)
    person_id = models.BigIntegerField()

    class Meta:
        db_table = "accounts_login_name"


class Session(models.Model):
    """A signed-in browser. Only a hash of its secret is kept.

    A new secret is offered first and takes over when it is used, since its answer may be lost. Then the
    secret before stays good for a short while, for requests already under way. `proved_at`: of who signs in
    by two steps, when a factor was last proved in it; one without opens only what leads to one.
    """

    id = models.UUIDField()
    person_id = models.BigIntegerField()
    secret_hash = models.BinaryField()
    offered_hash = models.BinaryField(null=True)
    previous_hash = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    rotated_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    device = models.CharField(max_length=80, blank=True)
    proved_at = models.DateTimeField(null=True)
    # In which of the posts staff act; one that is over gives nothing, whatever this says.
    post_id = models.BigIntegerField(null=True)
    # The cookie carries both, so a session is one look by key. The secret needs no index: nobody looks for
    # one.
    pk = models.CompositePrimaryKey("person_id", "id")

    class Meta:
        db_table = "accounts_session"
