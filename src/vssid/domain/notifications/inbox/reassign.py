"""The inbox and the choices of a person go to another number of the same person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vssid.domain.vault.reassign import give

from .. import languages
from ..models.languages import Reader
from ..models.messages import Choice, Notice, Subscription
from .notices import SEALED_FOR


def with_any(people: Sequence[int]) -> Iterable[int]:
    """Which of these people have a notice, a choice, a language or a browser that takes Web Push."""
    person_ids: set[int] = set()
    for model in (Notice, Choice, Subscription):
        person_ids.update(model.objects.filter(person_id__in=people).values_list("person_id", flat=True))
    person_ids.update(Reader.objects.filter(subject_id__in=people).values_list("subject_id", flat=True))
    return person_ids


def give_all(old: int, new: int) -> None:
    """Give the inbox and the choices over, in the caller's transaction.

    A choice the other made stays. Browsers are forgotten: their session was the old number's.
    """
    give(Notice, old, new, sealed={"sealed": SEALED_FOR}, row_of=lambda row: row.id)
    give(Choice, old, new)
    languages.give_all(old, new)
    Subscription.objects.filter(person_id=old).delete()
