"""Facilities, who collects contributions and where, and the index that all look-ups read."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from .fields import PointField

FACILITY_CODE = r"^\d{2}[0-9A-Z]\d{2}$"
LEVELS = ("initial", "basic", "specialised")
SERVICES = ("voluntary_bhxh", "household_bhyt")


class Located(models.Model):
    """What every place has: where it lies, when it is open, from when to when it is, where the row came from.

    `hours` and `closed_days` as of offices. Degrees are WGS 84. `mark` says how well the row is known.
    """

    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.JSONField(default=list)
    province_code = models.CharField(max_length=2)
    commune_code = models.CharField(max_length=5, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    closed_days = ArrayField(models.DateField(), default=list)
    is_synthetic = models.BooleanField(default=False)
    mark = models.CharField(max_length=10, blank=True)
    # Which run wrote the row, from which line: an undo finds by it what the run made.
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField(db_index=True)

    class Meta:
        abstract = True


class Facility(Located):
    """A facility where insured people are treated.

    It is contracted for BHYT from `bhyt_from` to `bhyt_until` (open while None); `leave_papers`: it may issue
    papers for leave with benefits (TT 25/2025/TT-BYT, before July 2025 TT 56/2017/TT-BYT). `level` is one of
    LEVELS, of 2025 on [M].
    """

    code = models.CharField(primary_key=True, max_length=5)
    level = models.CharField(max_length=12, blank=True)
    bhyt_from = models.DateField(null=True)
    bhyt_until = models.DateField(null=True)
    leave_papers = models.BooleanField(default=False)
    specialties = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        db_table = "directory_facility"
        constraints = [
            # A code that lost its leading zero in a spreadsheet would be another facility.
            models.CheckConstraint(
                condition=Q(code__regex=FACILITY_CODE), name="directory_facility_code_form"
            ),
            models.CheckConstraint(condition=Q(level__in=("", *LEVELS)), name="directory_facility_level"),
        ]


class Collector(models.Model):
    """An organisation that collects contributions by contract (tổ chức dịch vụ thu)."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    is_synthetic = models.BooleanField(default=False)
    mark = models.CharField(max_length=10, blank=True)
    run_id = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "directory_collector"


class Point(Located):
    """A collection point or agent (điểm thu, đại lý thu) of a collector, for the communes of its `area`.

    `services` are of SERVICES. The form of the official code is not known [?].
    """

    code = models.CharField(primary_key=True, max_length=12)
    collector = models.ForeignKey(Collector, models.PROTECT, null=True, related_name="+")
    person_in_charge = models.CharField(max_length=120, blank=True)
    services = ArrayField(models.CharField(max_length=20), default=list)
    area = ArrayField(models.CharField(max_length=5), default=list)

    class Meta:
        db_table = "directory_point"


class Place(models.Model):
    """One line of the index. Made from the tables by `index.refresh`; nothing else writes it.

    `served` are the communes of today where it lies and which it serves.
    `folded` is the name in words to search by, with its abbreviations; `words` holds these and those of where
    it lies and whom it serves. `weight` orders what fits equally.
    `spot` is longitude × 0.96 and latitude, so that
    a degree is about as long both ways in Việt Nam.
    """

    pk = models.CompositePrimaryKey("kind", "code")
    kind = models.CharField(max_length=8)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    words = ArrayField(models.CharField(max_length=40), default=list)
    weight = models.IntegerField()
    province_code = models.CharField(max_length=2)
    commune_code = models.CharField(max_length=5, blank=True)
    served = ArrayField(models.CharField(max_length=5), default=list)
    services = ArrayField(models.CharField(max_length=60), default=list)
    hours = models.JSONField(default=list)
    spot = PointField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    closed_days = ArrayField(models.DateField(), default=list)
    is_synthetic = models.BooleanField(default=False)
    as_of = models.DateTimeField()

    class Meta:
        db_table = "directory_place"
        indexes = [
            # One a kind: an index gives places in the order of distance, and would else walk past those of
            # the other kinds.
            GistIndex(fields=["spot"], condition=Q(kind=kind), name=f"directory_near_{kind}")
            for kind in ("office", "facility", "point")
        ]


class Spelling(models.Model):
    """A word of the index under itself and under each way to leave one letter out, to find it mistyped."""

    pk = models.CompositePrimaryKey("variant", "word")
    variant = models.CharField(max_length=40)
    word = models.CharField(max_length=40)

    class Meta:
        db_table = "directory_spelling"
        # The key begins with the variant. Whether a word is known as it was typed is asked first, before
        # others are tried.
        indexes = [models.Index(fields=["word"], name="directory_spelling_word")]


class Edition(models.Model):
    """One row: when the sets of places were made, in microseconds. What was read of another is read anew."""

    id = models.SmallIntegerField(primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        db_table = "directory_edition"


class Rank(models.Model):
    """Where a place stands among all by weight, from 0 on, with what orders those that fit."""

    ordinal = models.IntegerField(primary_key=True)
    kind = models.CharField(max_length=8)
    # Codes are found by how they begin; Django adds the index for that to any of a text.
    code = models.CharField(max_length=12, db_index=True)
    folded = models.CharField(max_length=300)
    weight = models.IntegerField()

    class Meta:
        db_table = "directory_rank"


class Posting(models.Model):
    """The places that have a word (or another name of `bitmaps`): bit n for rank n, least first, zlib."""

    word = models.CharField(primary_key=True, max_length=80)
    places = models.BinaryField()

    class Meta:
        db_table = "directory_posting"


class Change(models.Model):
    """A change of one place by hand. `before` and `after` are the changed cells by column, as in its file.

    It is a subject of its own in the audit log. `effective_on` is the day from which it holds; until then it
    waits. `refusals` says by column why the rules refused it on that day.
    """

    class Action(models.TextChoices):
        """What is done to the place."""

        CREATE = "create"
        CHANGE = "change"
        CLOSE = "close"

    class State(models.TextChoices):
        """waiting → done; or withdrawn, or refused on its day."""

        WAITING = "waiting"
        DONE = "done"
        WITHDRAWN = "withdrawn"
        REFUSED = "refused"

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=12)
    action = models.CharField(max_length=10, choices=Action)
    before = models.JSONField(default=dict)
    after = models.JSONField()
    reason = models.CharField(max_length=500)
    effective_on = models.DateField()
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State)
    refusals = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "directory_change"
        indexes = [
            models.Index(fields=["kind", "code"], name="directory_change_place"),
            # The job reads what waits every five minutes; what was done stays as history.
            models.Index(fields=["effective_on"], condition=Q(state="waiting"), name="directory_change_due"),
        ]
        constraints = [
            # What is over says when; a change that ended nobody knows when could not be told from one that
            # waits.
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(ended_at__isnull=False), name="directory_change_end"
            ),
        ]
