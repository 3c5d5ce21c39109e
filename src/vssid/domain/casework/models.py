"""Who has which file in hand; what the counters of files have in common."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Claim(models.Model):
    """An officer has a file in hand until `until`; later it is nobody's, whoever the row names.

    `kind` is the room's word for its files, `file_id` the room's number of the file.
    """

    kind = models.CharField(max_length=20)
    file_id = models.BigIntegerField()
    officer_id = models.BigIntegerField()
    officer_name = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    # One holder a file. Who is first is decided by INSERT … ON CONFLICT on this key (`claims`).
    pk = models.CompositePrimaryKey("kind", "file_id")

    class Meta:
        db_table = "casework_claim"


class OfficeCounter(models.Model):
    """The last sequence number given by an office in a year. Each room has its own table (`numbers`)."""

    # The row is locked from the number to the commit: numbers have no gaps, and offices do not wait for each
    # other.
    pk = models.CompositePrimaryKey("office_code", "year")
    office_code = models.CharField(max_length=5)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        abstract = True


class Assignment(models.Model):
    """The file is one officer's to do. It stays so while the file waits for its person, and ends with it."""

    kind = models.CharField(max_length=20)
    file_id = models.BigIntegerField()
    office_code = models.CharField(max_length=5)
    officer_id = models.BigIntegerField()
    officer_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    # Whose it is, is one officer: who assigns it anew takes it from the one before.
    pk = models.CompositePrimaryKey("kind", "file_id")

    class Meta:
        db_table = "casework_assignment"
        indexes = [
            # What an officer has to do at an office, and how much each has there.
            models.Index(fields=["office_code", "officer_id"], name="casework_assigned"),
        ]


class FileNote(models.Model):
    """What an officer wrote about a file for colleagues, sealed for the file's subject. The person reads it
    in the own copy of the data, once the file is closed.

    `is_handover`: written at the end of a shift to whoever goes on. `closed_at`: of the file.
    """

    subject_id = models.BigIntegerField()
    id = models.UUIDField()
    kind = models.CharField(max_length=20)
    file_id = models.BigIntegerField()
    office_code = models.CharField(max_length=5)
    author_id = models.BigIntegerField()
    author_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    is_handover = models.BooleanField(default=False)
    sealed = models.BinaryField()
    closed_at = models.DateTimeField(null=True)
    pk = models.CompositePrimaryKey("subject_id", "id")

    class Meta:
        db_table = "casework_file_note"
        indexes = [
            models.Index(fields=["kind", "file_id", "written_at"], name="casework_notes_of_file"),
            # What the last shifts handed over at an office.
            models.Index(
                fields=["office_code", "written_at"],
                condition=Q(is_handover=True, closed_at__isnull=True),
                name="casework_handed_over",
            ),
            # The night deletes those of files closed long ago.
            models.Index(
                fields=["closed_at"], condition=Q(closed_at__isnull=False), name="casework_notes_ended"
            ),
        ]
