"""Files with a known answer: the cases they are made of, those that lie in a queue, how they were decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

APPROVE, REFUSE, SEND_BACK = "approve", "refuse", "send_back"
NOBODY = 0  # in place of an officer: the file was taken back before anybody had decided


class KnownCase(models.Model):
    """A made-up person with pictures, and what is right to decide.

    `subject_id` is of the vault: form, register and pictures are sealed under its key. `reasons`: any of them
    is the right one to refuse for. `findings`: what the desk tells of it, by keys. `lesson`: what was to see.
    """

    subject_id = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    digest = models.BinaryField()  # of what was loaded: the same again is the same case
    expected = models.CharField(max_length=10)
    reasons = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    lesson = models.CharField(max_length=500)
    sealed = models.BinaryField()
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "registration_known_case"
        constraints = [
            models.CheckConstraint(
                condition=Q(expected=APPROVE, reasons=[]) | (Q(expected=REFUSE) & ~Q(reasons=[])),
                name="registration_case_answer",
            )
        ]


class Trial(models.Model):
    """A case as it lies at an office. Beside the application's row, so nothing of that tells it apart.

    `register`: what the register says of the made-up person, sealed. `hand_in_at`: from then on the form
    counts as handed in, which it is at `handed_in_at`, the original seen at `seen_at`, and both told of
    `taken_by`. `ends_at`: if nobody has decided by then, it is taken back.
    """

    application_id = models.BigIntegerField(primary_key=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    case_name = models.CharField(max_length=60)
    expected = models.CharField(max_length=10)
    reasons = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    lesson = models.CharField(max_length=500)
    register = models.BinaryField()
    laid_at = models.DateTimeField()
    hand_in_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=120, blank=True)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "registration_trial"
        constraints = [
            # In two queues at once, who sees both offices would see it twice.
            models.UniqueConstraint(fields=["case_name"], name="registration_trial_once"),
        ]


class TrialResult(models.Model):
    """How an officer decided: all that is kept of a file with a known answer.

    `outcome`: see `trials.outcomes`. `given`: approve, refuse, or send_back of a second officer.
    """

    application_id = models.BigIntegerField()
    officer_id = models.BigIntegerField()  # NOBODY: it was taken back undecided
    officer_name = models.CharField(max_length=120, blank=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=20)
    case_name = models.CharField(max_length=60)
    expected = models.CharField(max_length=10)
    reasons = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    lesson = models.CharField(max_length=500)
    given = models.CharField(max_length=10, blank=True)
    given_reasons = models.JSONField(default=list)
    outcome = models.CharField(max_length=20)
    decided_at = models.DateTimeField()
    seconds = models.IntegerField(null=True)  # in hand; null where that is not known
    # One result of an officer, however often a decision is sent.
    pk = models.CompositePrimaryKey("application_id", "officer_id")

    class Meta:
        db_table = "registration_trial_result"
        indexes = [
            models.Index(fields=["office", "decided_at"], name="registration_trial_results"),
            models.Index(fields=["officer_id", "decided_at"], name="registration_trial_own"),
            models.Index(fields=["decided_at"], name="registration_trial_decided"),
        ]


class TrialPace(models.Model):
    """How far the numbers of an office's year were looked at: of each later one chance is asked once."""

    pk = models.CompositePrimaryKey("office_code", "year")
    office_code = models.CharField(max_length=5)
    year = models.SmallIntegerField()
    seen = models.IntegerField()

    class Meta:
        db_table = "registration_trial_pace"
