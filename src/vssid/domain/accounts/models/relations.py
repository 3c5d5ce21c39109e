"""Who may look at whose record, and whom a person trusts with codes. Keyed by the person who has them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q

# At most so many guardians of one child at a time [M]: as a rule father and mother.
GUARDIANS_AT_MOST = 2
RELATIONS = ("mother", "father", "guardian")
ENDINGS = ("of_age", "guardian", "office", "merged")


def _of_age(born: str) -> Func:
    """The day a child turns eighteen, as `ages.of_age_on` counts it."""
    template = "(%(expressions)s + interval '18 years')::date"
    return Func(F(born), template=template, output_field=models.DateField())


class Guardian(models.Model):
    """A guardian (`person_id`) may look at a child's record from `from_on` until the day before `until_on`.

    `place` is one of the child's places for guardians; a place is taken by one live link.
    """

    person_id = models.BigIntegerField()
    id = models.UUIDField()
    child_id = models.BigIntegerField()
    child_name = models.CharField(max_length=120)
    child_born_on = models.DateField()
    relation = models.CharField(max_length=10)
    request_id = models.BigIntegerField()
    place = models.SmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=10, blank=True)
    pk = models.CompositePrimaryKey("person_id", "id")

    class Meta:
        db_table = "accounts_guardian"
        constraints = [
            # Else a person under eighteen could open the own record past the guardians.
            models.CheckConstraint(
                condition=~Q(person_id=F("child_id")), name="accounts_guardian_of_another"
            ),
            # The record is read by one statement that asks for today between the two days and counts no ages;
            # a wrong day here would leave an adult's record open.
            models.CheckConstraint(
                condition=Q(until_on=_of_age("child_born_on")), name="accounts_guardian_until_of_age"
            ),
            models.CheckConstraint(
                condition=Q(from_on__lt=F("until_on")), name="accounts_guardian_of_a_child"
            ),
            models.CheckConstraint(condition=Q(relation__in=RELATIONS), name="accounts_guardian_relation"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=GUARDIANS_AT_MOST), name="accounts_guardian_place"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_reason="")
                | Q(ended_at__isnull=False, ended_reason__in=ENDINGS),
                name="accounts_guardian_ended_why",
            ),
            # Two requests for one child that are approved at once make one link, not two to end.
            models.UniqueConstraint(
                fields=["person_id", "child_id"],
                condition=Q(ended_at__isnull=True),
                name="accounts_guardian_once",
            ),
            # With places from one to GUARDIANS_AT_MOST this is the limit itself: of offices that each add a
            # guardian at once, the one too many is refused without a lock on the child.
            models.UniqueConstraint(
                fields=["child_id", "place"],
                condition=Q(ended_at__isnull=True),
                name="accounts_guardian_one_a_place",
            ),
        ]
        indexes = [
            # For the night, which ends links of those who turn eighteen; ended ones stay and are most.
            models.Index(
                fields=["until_on"], condition=Q(ended_at__isnull=True), name="accounts_guardian_ending"
            ),
            # The key begins with the guardian. Whose guardians a child has is asked when one is added and for
            # the child's own page.
            models.Index(fields=["child_id"], name="accounts_guardian_child"),
        ]


class TrustedPerson(models.Model):
    """Whose phone may get this person's codes as well, once both agreed. Name and phone are sealed."""

    person_id = models.BigIntegerField()
    id = models.UUIDField()
    sealed = models.BinaryField()
    # Asked for how many people trust one phone: somebody who collects them is refused.
    phone_fingerprint = models.BinaryField(db_index=True)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    pk = models.CompositePrimaryKey("person_id", "id")

    class Meta:
        db_table = "accounts_trusted_person"
        constraints = [
            # Rows of the past stay for the log. One in force: a code goes to one other phone at most.
            models.UniqueConstraint(
                fields=["person_id"], condition=Q(removed_at__isnull=True), name="accounts_trusted_one"
            )
        ]
