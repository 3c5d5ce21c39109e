"""Staff: posts with their days, absences, and who of the register somebody of the staff is."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from vssid.domain.offices.rights import Role

WHY_LENGTH, PHONE_LENGTH = 200, 40
_DAYS = Q(until_on=None) | Q(until_on__gte=F("from_on"))


class Post(models.Model):
    """A person, an office and a role, from a day to a day (both count; no last day: until it is ended).

    `deputises_for` is the post whose work this one does while its holder is away. `chosen_at`: when the
    holder last chose to act in it. `phone` is the desk's, told to who asks for the holder. `made_by`,
    `ended_by` are person ids; none where a command did it.
    """

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    deputises_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    absence = models.ForeignKey("accounts.Absence", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_why = models.CharField(max_length=WHY_LENGTH, blank=True, default="")
    chosen_at = models.DateTimeField(null=True)
    phone = models.CharField(max_length=PHONE_LENGTH, blank=True, default="", db_default="")

    class Meta:
        db_table = "accounts_staff_post"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="accounts_staff_post_role"
            ),
            models.CheckConstraint(condition=_DAYS, name="accounts_staff_post_days"),
            models.CheckConstraint(
                condition=~Q(deputises_for=F("id")), name="accounts_staff_post_for_another"
            ),
        ]


class Absence(models.Model):
    """Somebody of the staff is away from a day to a day, both counted, unless it ended before."""

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "accounts_absence"
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="accounts_absence_days")
        ]


class StaffPerson(models.Model):
    """Who of the register somebody of the staff is (`person_id`), so that nobody decides on their own."""

    account = models.OneToOneField("accounts.Account", models.PROTECT, primary_key=True, related_name="+")
    person_id = models.BigIntegerField(db_index=True)

    class Meta:
        db_table = "accounts_staff_person"
