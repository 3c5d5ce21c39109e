"""The keys that sign cards' credentials."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SigningKey(models.Model):
    """One ES256 key: announced, then signing, then retired; never back.

    The private part is sealed in the vault under a subject of the key's own, and erased after retirement.
    A retired key is published until `published_until`, when the last credential it signed has expired.
    """

    class State(models.TextChoices):
        """Where the key is in its life."""

        ANNOUNCED = "announced"
        SIGNING = "signing"
        RETIRED = "retired"

    kid = models.CharField(primary_key=True, max_length=8)  # 4 bytes, hex
    subject_id = models.BigIntegerField(unique=True)
    x = models.BinaryField()
    y = models.BinaryField()
    sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=9, choices=State)
    announced_at = models.DateTimeField()
    # Planned while announced, then when it really began.
    signs_from = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    published_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "cards_signing_key"
        constraints = [
            # Two runs at once would else announce two keys, or leave two that sign.
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state__in=["announced", "signing"]),
                name="cards_signing_key_one_of_a_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["announced", "signing", "retired"]), name="cards_signing_key_state"
            ),
            # While it may still sign, its private part is there; once retired, the day is known on which it
            # may be forgotten.
            models.CheckConstraint(
                condition=(Q(state="retired") & Q(retired_at__isnull=False, published_until__isnull=False))
                | (
                    ~Q(state="retired")
                    & Q(retired_at__isnull=True, published_until__isnull=True, sealed__isnull=False)
                ),
                name="cards_signing_key_life",
            ),
        ]
