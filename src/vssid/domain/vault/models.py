"""One data key per subject, those that wait to be destroyed, and what is known of the fingerprint keys."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class SubjectKey(models.Model):
    """The data key of one subject, wrapped by a master key. Without it the subject's data is gone."""

    # One key a subject: without this row nothing sealed for it can be opened, wherever it lies.
    subject_id = models.BigIntegerField(primary_key=True)
    wrapped = models.BinaryField()
    master_key_id = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "vault_subject_key"


class ErasedKey(models.Model):
    """A key out of use; destroyed for good a day after (erasing)."""

    # Not by subject: a key may be put away, taken back and put away again within the day.
    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField(db_index=True)
    wrapped = models.BinaryField()
    master_key_id = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    # By the database's clock, since whether the day is over is asked by it too.
    erased_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        db_table = "vault_erased_key"


class FingerprintKey(models.Model):
    """A fingerprint key that some row may bear, told by its mark; the key itself is in the settings alone.

    `prepared_at`: what is compared by the first key alone is complete under it, so it may be the first.
    `first_at`: since when it is, or was. `free_at`: nothing needs it any more.
    """

    mark = models.BinaryField(primary_key=True)
    name = models.CharField(max_length=40)
    is_marked = models.BooleanField()
    added_at = models.DateTimeField()
    prepared_at = models.DateTimeField(null=True)
    first_at = models.DateTimeField(null=True)
    free_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vault_fingerprint_key"
