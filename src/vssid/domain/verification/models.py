"""Codes and challenges given, and how often was tried. The tables keep the names they were made with."""

from __future__ import annotations

from django.db import models


class PhoneCode(models.Model):
    """The newest six-digit code for one purpose of one subject; an older one is replaced, so it is dead.

    `phone_fingerprint` is that of the phone or e-mail address the code went to.
    """

    subject_id = models.BigIntegerField()
    purpose = models.CharField(max_length=30)
    code_hash = models.BinaryField()
    phone_fingerprint = models.BinaryField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    # One row a purpose: a new code takes the place of the old one in one statement, so never two are good.
    pk = models.CompositePrimaryKey("subject_id", "purpose")

    class Meta:
        db_table = "accounts_phone_code"


class Challenge(models.Model):
    """A challenge given to one browser for one act. Taken by deleting it, so it is used once."""

    REGISTER, SIGN_IN, SECOND_STEP, PROVE = "register", "sign_in", "second", "prove"

    # One a browser: a second page asks anew, and what the first was given is answered no more.
    browser_hash = models.BinaryField(primary_key=True)
    purpose = models.CharField(max_length=10)
    person_id = models.BigIntegerField(null=True)
    challenge = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_challenge"


class Throttle(models.Model):
    """How often one key was used, and until when it must wait. The key is a fingerprint."""

    # The row is made if it is missing, then locked: tries at the same moment are all counted.
    key = models.BinaryField(primary_key=True)
    count = models.IntegerField(default=0)
    level = models.SmallIntegerField(default=0)
    window_start = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_throttle"


class TextCount(models.Model):
    """How many texts strangers asked for in the hour or day that began then; the key is a fingerprint."""

    key = models.BinaryField()
    starts_at = models.DateTimeField()
    count = models.IntegerField()
    # A count for each span; those that are over are deleted, none is set back.
    pk = models.CompositePrimaryKey("key", "starts_at")

    class Meta:
        db_table = "accounts_text_count"
