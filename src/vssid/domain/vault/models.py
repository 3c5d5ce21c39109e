"""One data key per subject, and those that wait to be destroyed."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class SubjectKey(models.Model):
    """The data key of one subject, wrapped by a master key. Without it the subject's data is gone."""

    subject_id = models.BigIntegerField(primary_key=True)
    wrapped = models.BinaryField()
    master_key_id = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "vault_subject_key"


class ErasedKey(models.Model):
    """A key out of use; destroyed for good a day after (erasing)."""

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField(db_index=True)
    wrapped = models.BinaryField()
    master_key_id = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        db_table = "vault_erased_key"
