"""One row for each kept image; the image itself is a sealed blob."""

from __future__ import annotations

from django.db import models

from .kinds import ImageKind


class IdImage(models.Model):
    """The newest image of one kind of a subject. `blob_key` is random and names nobody."""

    # A new image takes the place of the one before; there is never an older one to mistake for it.
    pk = models.CompositePrimaryKey("subject_id", "kind")
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ImageKind])
    # The sweep starts from the blobs and asks which of them a row names. Not unique: the key is random.
    blob_key = models.CharField(max_length=64, db_index=True)
    stored_at = models.DateTimeField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    problems = models.JSONField(default=list)
    reading = models.BinaryField(null=True)

    class Meta:
        db_table = "identity_image"
        constraints = [
            models.CheckConstraint(
                name="identity_image_kind",
                condition=models.Q(kind__in=[kind.value for kind in ImageKind]),
            ),
        ]
