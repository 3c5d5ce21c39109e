"""One row for each kept image; the image itself is a sealed blob. And marks by which it is found again."""

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
    marks: dict[int, bytes]  # no column: of an image that is being kept, for its rows of `ImageMark`

    class Meta:
        db_table = "identity_image"
        constraints = [
            models.CheckConstraint(
                name="identity_image_kind",
                condition=models.Q(kind__in=[kind.value for kind in ImageKind]),
            ),
        ]


class ImageMark(models.Model):
    """A keyed mark of a kept image (`marks`): place 0 of the file, the others of parts of its likeness."""

    pk = models.CompositePrimaryKey("subject_id", "kind", "place")
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    place = models.SmallIntegerField()
    # Who has the same mark is asked across all subjects.
    mark = models.BinaryField()

    class Meta:
        db_table = "identity_mark"
        indexes = [models.Index(fields=["mark"], name="identity_mark_mark")]
