"""What reports read: tables that `counting` keeps, all as of one moment. Nobody else writes them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class FileLine(models.Model):
    """One application as reports see it: no name, no number of a person.

    `stage` is how far it came: 1 sent, 2 handed in, 3 approved, 4 signed in, 5 card used. `employer_code` is
    where the person works (the first by code of several), "" for nobody's worker. Days are of Việt Nam;
    `hours` from sending to the end, None while open.
    """

    application_id = models.BigIntegerField(primary_key=True)
    office_code = models.CharField(max_length=5)
    employer_code = models.CharField(max_length=7, blank=True)
    state = models.CharField(max_length=10)
    stage = models.SmallIntegerField()
    sent_on = models.DateField()
    handed_in_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    hours = models.IntegerField(null=True)
    reasons = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        db_table = "reports_file"
        indexes = [
            models.Index(fields=["office_code", "sent_on"], name="reports_file_sent"),
            models.Index(fields=["office_code", "closed_on"], name="reports_file_closed"),
            models.Index(fields=["employer_code", "sent_on"], name="reports_file_employer"),
        ]


class Tally(models.Model):
    """Files that are alike, counted by day, office and employer.

    `kind` funnel: by the day of sending, `what` the stage reached; event: by the day on which it happened,
    `what` sent, handed_in, approved, refused, expired or withdrawn; refusal: by the day, `what` the code of
    the reason; decided: by the day, `what` approved or refused, `amount` hours; open: by the day of sending,
    `what` the state; draft: what was not sent, by the day it was begun, `what` the last step done,
    `office_code` "" where none is chosen.
    """

    kind = models.CharField(max_length=8)
    office_code = models.CharField(max_length=5)
    day = models.DateField()
    employer_code = models.CharField(max_length=7, blank=True)
    what = models.CharField(max_length=40)
    amount = models.IntegerField(default=0)
    files = models.IntegerField()
    pk = models.CompositePrimaryKey("kind", "office_code", "day", "employer_code", "what", "amount")

    class Meta:
        db_table = "reports_tally"


class Progress(models.Model):
    """How far the workers of an employer are on a day: people, each stage counted with those beyond it."""

    pk = models.CompositePrimaryKey("day", "employer_code")
    day = models.DateField()
    employer_code = models.CharField(max_length=7)
    office_code = models.CharField(max_length=5)
    workers = models.IntegerField()
    sent = models.IntegerField()
    handed_in = models.IntegerField()
    approved = models.IntegerField()
    signed_in = models.IntegerField()
    card_used = models.IntegerField()

    class Meta:
        db_table = "reports_progress"
        indexes = [
            models.Index(fields=["day", "office_code", "employer_code"], name="reports_progress_office")
        ]


class TextLine(models.Model):
    """So many texts of a day (in Việt Nam, of being made) and kind that came to the same end.

    `office_code`: of the file they tell of, "" for texts of no file. `outcome`: delivered, lost or under_way;
    `seconds` until they arrived, rounded up to tens and from ten minutes on to minutes, -1 for the others.
    """

    pk = models.CompositePrimaryKey("day", "office_code", "kind", "outcome", "seconds")
    day = models.DateField()
    office_code = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=40)
    outcome = models.CharField(max_length=9)
    seconds = models.IntegerField()
    texts = models.IntegerField()

    class Meta:
        db_table = "reports_text"


class Count(models.Model):
    """The moment of the last count, in the one row that there is; `people_at`: of the workers' employers."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    as_of = models.DateTimeField(null=True)
    people_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_count"


class Schedule(models.Model):
    """A post has a report made each week or month; while `ended_at` is None and the post holds."""

    class Rhythm(models.TextChoices):
        """How often: for each whole week (Monday to Sunday), or each whole month."""

        WEEKLY = "weekly"
        MONTHLY = "monthly"

    id = models.BigAutoField(primary_key=True)
    post_id = models.BigIntegerField()
    account_id = models.BigIntegerField(db_index=True)
    office_code = models.CharField(max_length=5)
    report = models.CharField(max_length=30)
    rhythm = models.CharField(max_length=7, choices=Rhythm)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_schedule"
        constraints = [
            models.UniqueConstraint(
                fields=["post_id", "report", "rhythm"],
                condition=models.Q(ended_at=None),
                name="reports_schedule_once",
            ),
            models.CheckConstraint(
                condition=models.Q(rhythm__in=["weekly", "monthly"]), name="reports_schedule_rhythm"
            ),
        ]


class Made(models.Model):
    """A report that was made by its schedule: the figures as they then were, in files. No person is in it.

    `seen_at`: when its owner first took a file. `pdf` is None for a table too long to print.
    """

    id = models.BigAutoField(primary_key=True)
    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="+", db_index=False)
    account_id = models.BigIntegerField()
    office_code = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField()
    made_at = models.DateTimeField(db_index=True)
    rows = models.IntegerField()
    pdf = models.BinaryField(null=True)
    xlsx = models.BinaryField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_made"
        constraints = [
            # A period is made once, however many workers try and whichever of them dies.
            models.UniqueConstraint(fields=["schedule", "until"], name="reports_made_once")
        ]
        indexes = [models.Index(fields=["account_id", "-made_at"], name="reports_made_of")]
