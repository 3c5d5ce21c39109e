"""In which language somebody reads what is sent: chosen on any page, kept here, Vietnamese until then."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from .models.languages import Reader


class Language(StrEnum):
    """A language that every text is written in."""

    VI = "vi"
    EN = "en"


def chosen(*subjects: int | None) -> Language | None:
    """What the first of these subjects that chose has chosen: a person before an application of theirs."""
    rows = dict(
        Reader.objects.filter(subject_id__in=[subject for subject in subjects if subject is not None])
        .values_list("subject_id", "language")
    )  # fmt: skip
    return next((Language(rows[subject]) for subject in subjects if subject in rows), None)


def of(*subjects: int | None) -> Language:
    """As `chosen`; who chose nothing reads Vietnamese."""
    return chosen(*subjects) or Language.VI


def choose(subject_id: int, language: str, *, now: datetime) -> None:
    """From now on every message to this person or stranger is in `language`. Another one is a ValueError."""
    Reader.objects.update_or_create(
        subject_id=subject_id, defaults={"language": Language(language), "chosen_at": now}
    )


def read_here(subject_id: int, language: str, *, now: datetime) -> None:
    """A stranger goes on in `language`. Who reads Vietnamese and never chose leaves no row."""
    if of(subject_id) != language:
        choose(subject_id, language, now=now)


def hand_on(subject_id: int, to: int, *, now: datetime) -> None:
    """What was chosen for an application holds for its person, who has not chosen yet."""
    if (language := chosen(subject_id)) and chosen(to) is None:
        choose(to, language, now=now)


def give_all(old: int, new: int) -> None:
    """A person's choice goes to another number of the same person, unless that has its own."""
    if chosen(new) is None:
        Reader.objects.filter(subject_id=old).update(subject_id=new)
    forget(old)


def forget(subject_id: int) -> None:
    """The subject is gone."""
    Reader.objects.filter(subject_id=subject_id).delete()
