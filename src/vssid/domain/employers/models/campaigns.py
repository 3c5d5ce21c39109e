"""A campaign: whom it is for, its waves of letters by date, and what went out to whom."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

LONGEST_NUMBER, LONGEST_TITLE, LONGEST_AREA, LONGEST_INDUSTRY = 60, 200, 80, 80


class Campaign(models.Model):
    """An office brings employers in by letters. Whom it is for are the columns from `head` on.

    `head` is the office whose employers, and those below it, are meant; `area` words of the address,
    `industry` of what the register calls their industry; `officer_id` the collection officer who looks after
    them on the day of planning. Planning goes by code:
    all up to `planned_to` are done, and all at all at `planned_at`.
    """

    id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    plan = models.ForeignKey("rollout.Plan", models.PROTECT, null=True, related_name="+")
    letter_number = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    letter_on = models.DateField()
    title = models.CharField(max_length=LONGEST_TITLE)
    until_on = models.DateField()
    head = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    size_from = models.IntegerField(null=True)
    size_to = models.IntegerField(null=True)
    area = models.CharField(max_length=LONGEST_AREA, blank=True)
    industry = models.CharField(max_length=LONGEST_INDUSTRY, blank=True, default="", db_default="")
    officer_id = models.BigIntegerField(null=True)
    officer_name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8)
    version = models.IntegerField(default=1)
    copied_from = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(null=True)
    started_by = models.BigIntegerField(null=True)
    started_by_name = models.CharField(max_length=120, blank=True)
    planned_to = models.CharField(max_length=7, blank=True)
    planned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        db_table = "employers_campaign"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "running", "stopped", "ended"]),
                name="employers_campaign_state",
            ),
            models.CheckConstraint(
                condition=Q(size_from=None) | Q(size_to=None) | Q(size_to__gte=F("size_from")),
                name="employers_campaign_size",
            ),
            # Nothing goes out without the number of the letter it goes out by.
            models.CheckConstraint(
                condition=Q(state="draft") | Q(started_at=None) | ~Q(letter_number=""),
                name="employers_campaign_number",
            ),
            models.UniqueConstraint(
                fields=["office", "letter_number", "letter_on"],
                condition=Q(closed_at=None) & ~Q(letter_number=""),
                name="employers_campaign_letter",
            ),
        ]


class Wave(models.Model):
    """Letters of a campaign that go out from a day on: `letter` to who had none yet, the largest first and
    `most` of them at most, or `reminder` to who had one and did not come in. `ask_hr` is no letter: HR of who
    came in is asked to invite its workers. `begun_at`: who gets one is set. `way`: letters go by post; by
    e-mail to whom an address is known of, else by post; or by both.
    """

    LETTER, REMINDER, ASK_HR = "letter", "reminder", "ask_hr"
    POST, EMAIL, BOTH = "post", "email", "both"

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    on_day = models.DateField()
    most = models.IntegerField(null=True)
    way = models.CharField(max_length=5, default=POST, db_default=POST)
    begun_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "employers_wave"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["letter", "reminder", "ask_hr"]), name="employers_wave_kind"
            ),
            models.CheckConstraint(condition=Q(most=None) | Q(most__gte=1), name="employers_wave_most"),
            models.CheckConstraint(condition=Q(way__in=["post", "email", "both"]), name="employers_wave_way"),
            models.UniqueConstraint(fields=["campaign", "on_day"], name="employers_wave_day"),
        ]


class Part(models.Model):
    """Letters of a wave that are printed in one PDF, sealed with a key of its own until they are posted.

    `letters` are meant, `printed` of them were still to be sent when it was made: `on_paper` in the PDF (all
    of them where that is not told), `emailed` by messages that are sealed with the key of `mail_subject_id`.
    `is_instead`: of letters whose e-mail did not arrive. Codes stand in the PDF, and in messages under way,
    alone: once its key is gone (`erased_at`) they are nowhere.
    """

    id = models.BigAutoField(primary_key=True)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="+")
    number = models.IntegerField()
    letters = models.IntegerField()
    queued_at = models.DateTimeField()
    printed = models.IntegerField(null=True)
    on_paper = models.IntegerField(null=True)
    emailed = models.IntegerField(default=0, db_default=0)
    mail_subject_id = models.BigIntegerField(null=True)
    is_instead = models.BooleanField(default=False, db_default=False)
    made_at = models.DateTimeField(null=True)
    subject_id = models.BigIntegerField(null=True)
    blob_key = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    posted_at = models.DateTimeField(null=True)
    posted_by = models.CharField(max_length=120, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "employers_part"
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="employers_part_number"),
            models.CheckConstraint(
                condition=Q(posted_at=None) | Q(made_at__isnull=False), name="employers_part_order"
            ),
        ]
        indexes = [
            models.Index(fields=["queued_at"], condition=Q(made_at=None), name="employers_part_waiting"),
            models.Index(fields=["blob_key"], condition=~Q(blob_key=""), name="employers_part_blob"),
        ]

    @property
    def papers(self) -> int:
        """How many letters its PDF has; none before it is made."""
        return (self.printed if self.on_paper is None else self.on_paper) or 0


class Target(models.Model):
    """An employer that a campaign is for, as it was when the campaign was planned, and what it got last.

    `entry` is the newest invitation of the campaign; `opened_at` when an earlier one was looked at. `skipped`
    says why the last letter that was meant for it did not go out, `email` what became of the last by e-mail
    (as of a mailing).
    """

    pk = models.CompositePrimaryKey("campaign", "employer")
    # Written from the register by one statement, under the campaign's lock; a check of each row would take
    # most of its time and touch every employer. Who is out of the register since then gets no letter.
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    employer = models.ForeignKey(
        "participants.Employer",
        models.PROTECT,
        related_name="+",
        db_column="employer_code",
        db_constraint=False,
    )
    office_code = models.CharField(max_length=5)
    people = models.IntegerField()
    letters = models.SmallIntegerField(default=0, db_default=0)
    printed_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    entry = models.ForeignKey("employers.Entry", models.PROTECT, null=True, related_name="+")
    skipped = models.CharField(max_length=10, blank=True, default="", db_default="")
    email = models.CharField(max_length=7, blank=True, default="", db_default="")

    class Meta:
        db_table = "employers_target"
        indexes = [
            models.Index(fields=["campaign", "-people", "employer"], name="employers_target_listed"),
        ]


class Mailing(models.Model):
    """A letter of a wave to an employer: one at most, whoever makes the wave and however often.

    It went out when `entry` is set, on paper where `by_post`; `skipped` says why it did not. `email` is what
    became of its message: it waits, was sent, failed, is void, or has to go to a changed address.
    """

    pk = models.CompositePrimaryKey("wave", "employer_code")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="+", db_index=False)
    employer_code = models.CharField(max_length=7)
    part = models.IntegerField()
    entry = models.ForeignKey("employers.Entry", models.PROTECT, null=True, related_name="+")
    skipped = models.CharField(max_length=10, blank=True, default="", db_default="")
    by_post = models.BooleanField(default=True, db_default=True)
    email = models.CharField(max_length=7, blank=True, default="", db_default="")
    message_id = models.UUIDField(null=True)

    class Meta:
        db_table = "employers_mailing"
        constraints = [
            models.CheckConstraint(
                condition=Q(entry=None) | Q(skipped=""), name="employers_mailing_sent_or_not"
            ),
        ]
        indexes = [
            models.Index(fields=["wave", "part"], name="employers_mailing_part"),
            # Looked through every ten minutes: what is under way, and what failed and is not on paper yet.
            models.Index(
                fields=["wave", "email"],
                condition=Q(email__in=["waiting", "failed", "changed"]),
                name="employers_mailing_by_email",
            ),
        ]
