"""One data key per subject."""

from __future__ import annotations

from django.db import models


class SubjectKey(models.Model):
    """The data key of one subject, wrapped by a master key. Without it the subject's data is gone."""

    subject_id = models.BigIntegerField(primary_key=True)
    wrapped = models.BinaryField()
    master_key_id = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "vault_subject_key"
