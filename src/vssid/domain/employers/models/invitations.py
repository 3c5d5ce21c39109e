"""How an employer invites its workers, and what they said to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

CHANNELS = ("sms", "email", "slip")


class Inviting(models.Model):
    """What an employer invites by as a whole: the code of its poster and link, and the messages of a day.

    The code alone proves nothing, so it stands as it is. Who invites locks this row first.
    """

    employer_code = models.CharField(max_length=7, primary_key=True)
    poster_code = models.CharField(max_length=12, null=True, unique=True)
    poster_made_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    messages = models.IntegerField(default=0)

    class Meta:
        db_table = "employers_inviting"


class InvitationRound(models.Model):
    """One act of HR that invited many. `skipped`: why others of those chosen were not, and how many."""

    id = models.BigAutoField(primary_key=True)
    employer_code = models.CharField(max_length=7)
    channel = models.CharField(max_length=5)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    made_by_name = models.CharField(max_length=120)
    expires_at = models.DateTimeField()
    many = models.IntegerField()
    skipped = models.JSONField(default=dict)

    class Meta:
        db_table = "employers_invitation_round"
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="employers_invitation_channel")
        ]
        indexes = [models.Index(fields=["employer_code", "-id"], name="employers_invitation_rounds")]


class Invitation(models.Model):
    """One worker invited once, by a code that is kept as a keyed fingerprint.

    `seed` makes the code again, so that a slip is printed twice with the same one. `used_by` is the draft
    that it began, which has the number of the application later. It ends by `ended_why` or at `expires_at`.
    """

    WHYS = ("not_me", "stop", "left", "no_way", "over")

    id = models.BigAutoField(primary_key=True)
    round = models.ForeignKey(InvitationRound, models.PROTECT, related_name="+")
    employer_code = models.CharField(max_length=7)
    person_id = models.BigIntegerField()
    channel = models.CharField(max_length=5)
    seed = models.BinaryField()
    code_print = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=7, blank=True, default="", db_default="")

    class Meta:
        db_table = "employers_invitation"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="")
                | Q(ended_at__isnull=False, ended_why__in=["not_me", "stop", "left", "no_way", "over"]),
                name="employers_invitation_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["person_id", "employer_code", "-made_at"], name="employers_invitation_of"),
            models.Index(fields=["expires_at"], name="employers_invitation_old"),
        ]


class Invitee(models.Model):
    """Where a worker stands with an employer that invites: `step` 1 invited, 2 started, 0 neither. `draft_id`
    is what the worker began last; once it is gone, unsent, or closed, the worker has not started any more,
    until it is corrected: then it is the number of the correction.

    What the worker said holds until the worker says otherwise: `stopped_at`, `not_me_at` (until HR gives
    another phone or e-mail), `hides` all but the stage.
    """

    NEITHER, INVITED, STARTED = 0, 1, 2

    pk = models.CompositePrimaryKey("person_id", "employer_code")
    person_id = models.BigIntegerField()
    employer_code = models.CharField(max_length=7)
    step = models.SmallIntegerField(default=0, db_default=0)
    invited_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    draft_id = models.BigIntegerField(null=True)
    stopped_at = models.DateTimeField(null=True)
    not_me_at = models.DateTimeField(null=True)
    hides = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "employers_invitee"
        constraints = [models.CheckConstraint(condition=Q(step__in=[0, 1, 2]), name="employers_invitee_step")]
        indexes = [
            models.Index(
                fields=["draft_id"], condition=Q(draft_id__isnull=False), name="employers_invitee_draft"
            )
        ]
