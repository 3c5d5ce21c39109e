"""Texts as somebody wrote them anew: every version stays."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Wording(models.Model):
    """One version of the text of a kind; the newest is sent. Without any, the room's own text is."""

    pk = models.CompositePrimaryKey("kind", "version")
    kind = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    text = models.CharField(max_length=400)
    english = models.CharField(max_length=400, null=True)
    """Null in versions from before texts were written in both languages: the room's own English is sent."""
    with_marks = models.BooleanField(default=False)
    """Somebody chose to send it with diacritics, which takes more parts."""
    taken_back = models.PositiveIntegerField(null=True)
    """The version whose text this is again; 0 is the room's own."""
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=120)
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "notifications_wording"
        constraints = [
            # Version 0 is the text in the code. Of two who write at once the second is refused.
            models.CheckConstraint(condition=Q(version__gte=1), name="wording_version_from_one"),
        ]
