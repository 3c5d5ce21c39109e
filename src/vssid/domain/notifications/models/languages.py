"""Who reads in which language."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Reader(models.Model):
    """The language somebody chose for what is sent to them; without a row it is Vietnamese."""

    subject_id = models.BigIntegerField(primary_key=True)
    """A person, or an application, a draft, a message to an office of a stranger."""
    language = models.CharField(max_length=2)
    chosen_at = models.DateTimeField()

    class Meta:
        db_table = "notifications_reader"
        constraints = [
            models.CheckConstraint(condition=Q(language__in=("vi", "en")), name="reader_language_known"),
        ]
