"""How an employer comes in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Entry(models.Model):
    """An invitation that opens the system to an employer once, by a code that is kept only as a hash.

    `name_part` is the beginning of the code, by which the entry is found; `tries` counts codes that began so
    and went on wrong. It ends by being used, by being cancelled, at `expires_at`, or by too many tries.
    """

    LETTER, COUNTER = "letter", "counter"
    NAME_LENGTH, LENGTH, MOST_TRIES = 6, 20, 10

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(
        "participants.Employer", models.PROTECT, related_name="+", db_column="employer_code"
    )
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    way = models.CharField(max_length=10)
    # The power of attorney that one at the counter rests on.
    paper = models.ForeignKey("employers.Paper", models.PROTECT, null=True, related_name="+")
    name_part = models.CharField(max_length=8)
    code_hash = models.BinaryField()
    tries = models.SmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=120, blank=True)
    expires_at = models.DateTimeField()
    # When somebody first looked at what the right code opens.
    looked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.BigIntegerField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "employers_entry"
        constraints = [
            models.CheckConstraint(condition=Q(way__in=["letter", "counter"]), name="employers_entry_way"),
            models.CheckConstraint(
                condition=Q(way="letter", paper=None) | Q(way="counter", paper__isnull=False),
                name="employers_entry_paper",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="employers_entry_order"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(cancelled_at=None), name="employers_entry_one_end"
            ),
            models.UniqueConstraint(fields=["name_part"], name="employers_entry_name_part"),
            # Two that invite one employer at once: one is first, the other is told.
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(used_at=None, cancelled_at=None),
                name="employers_entry_one_open",
            ),
        ]
