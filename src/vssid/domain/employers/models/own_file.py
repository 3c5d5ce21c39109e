"""The employer's own file, its rows while it counts, and what was taken from it of each worker."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class OwnFile(models.Model):
    """A file that HR handed in. All that is kept of it is sealed with a key of its own (`subject_id`).

    `meant` is what HR said that headings mean, `headings` what each was taken for; `refusal` the facts of a
    file that could not be read; `counts` what taking it would do, then what it did. A file takes the place of
    all that counted before, one that `mends` (our error file, come back) is added to them.
    """

    class State(models.TextChoices):
        """Where a file is: of one employer one is open at most. Those that are taken count together."""

        READING = "reading"
        SHOWN = "shown"
        TAKEN = "taken"
        REFUSED = "refused"
        DROPPED = "dropped"
        REPLACED = "replaced"

    OPEN = (State.READING, State.SHOWN, State.REFUSED)

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField(unique=True)
    employer_code = models.CharField(max_length=7)
    file_name = models.CharField(max_length=255)
    sha256 = models.BinaryField()
    state = models.CharField(max_length=8, choices=State)
    meant = models.JSONField(default=dict)
    mends = models.BooleanField(default=False)
    day_order = models.CharField(max_length=8, blank=True)
    headings = models.TextField(blank=True)
    refusal = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    done = models.IntegerField(default=0)
    tries = models.SmallIntegerField(default=0)
    blob_key = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField()
    error_key = models.CharField(max_length=64, blank=True)
    error_size = models.BigIntegerField(default=0)
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "employers_own_file"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["reading", "shown", "taken", "refused", "dropped", "replaced"]),
                name="employers_own_file_state",
            ),
            models.UniqueConstraint(
                fields=["employer_code"],
                condition=Q(state__in=["reading", "shown", "refused"]),
                name="employers_own_file_open",
            ),
        ]
        indexes = [models.Index(fields=["employer_code", "-id"], name="employers_own_file_of")]


class FileRow(models.Model):
    """A good row of a file that is shown or counts. Codes as the register has them: numbers of documents are
    keyed fingerprints; `sealed` holds them, and the ways to reach the person, with the key of the file.
    """

    pk = models.CompositePrimaryKey("subject_id", "line")
    subject_id = models.BigIntegerField()
    line = models.IntegerField()
    full_name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120)
    birth_date = models.DateField(null=True)
    birth_precision = models.CharField(max_length=5, blank=True)
    bhxh_code = models.CharField(max_length=10, blank=True)
    id_kind = models.CharField(max_length=8, blank=True)
    id_key = models.CharField(max_length=64, blank=True)
    old_id_kind = models.CharField(max_length=8, blank=True)
    old_id_key = models.CharField(max_length=64, blank=True)
    department = models.CharField(max_length=80, blank=True)
    sealed = models.BinaryField()

    class Meta:
        db_table = "employers_file_row"


class Given(models.Model):
    """What the employer gave of a worker: department, and sealed with the person's key phone and e-mail.

    `file_id` and `line` name the version: what is sealed is bound to them. Who left keeps the row for a while
    (`left_at`), as a file of the register may be mended.
    """

    pk = models.CompositePrimaryKey("person_id", "employer_code")
    person_id = models.BigIntegerField()
    employer_code = models.CharField(max_length=7)
    department = models.CharField(max_length=80, blank=True)
    sealed = models.BinaryField()
    file_id = models.BigIntegerField()
    line = models.IntegerField()
    given_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "employers_given"
        indexes = [models.Index(fields=["employer_code", "department"], name="employers_given_of")]
