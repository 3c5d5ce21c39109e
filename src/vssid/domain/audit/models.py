"""The log of events and the heads of its lanes."""

from __future__ import annotations

from django.db import models

LANES = 32


class Lane(models.Model):
    """The last event of one lane. Locked while an event is added, so a lane is one chain.

    There are always 32. Events up to `founded_seq` were written before there were marks.
    """

    lane = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(default=bytes(32))
    founded_seq = models.BigIntegerField(default=0, db_default=0)
    founded_hash = models.BinaryField(null=True)
    founded_at = models.DateTimeField(null=True)
    mac = models.BinaryField(null=True)

    class Meta:
        db_table = "audit_lane"


class Event(models.Model):
    """One thing seen or done. Never changed, never removed."""

    subject_id = models.BigIntegerField()
    lane = models.SmallIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    office = models.CharField(max_length=5, blank=True)
    facts = models.JSONField(default=dict)
    previous = models.BinaryField()
    hash = models.BinaryField()
    mac = models.BinaryField(null=True)  # of the hash, by a key outside the database (marks)
    # Begins with the subject: a person reads the own log, by key, and it stays on the person's shard.
    pk = models.CompositePrimaryKey("subject_id", "lane", "seq")

    class Meta:
        db_table = "audit_event"
        constraints = [
            # Two events never stand in one place of a lane, and the check of the chain walks each lane in
            # order by it. The subject is last only because a unique index of a table that is split by subject
            # must hold it.
            models.UniqueConstraint(fields=["lane", "seq", "subject_id"], name="audit_event_place")
        ]
        # The newest first, without sorting what a person of many years has.
        indexes = [models.Index(fields=["subject_id", "at"], name="audit_event_subject")]
