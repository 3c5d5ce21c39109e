"""The register's fingerprints: of ID numbers a row for each key, and the digests that tell changes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import F

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import parts
from vssid.infra.keys import CannotOpen

from . import row_values, sealed_part
from .models.history import Version
from .models.people import Identifier, Person
from .people import register_lock
from .row_values import id_kind, keys_of

_NUMBERS = ("id_number", "old_id_number")

FEW = 20


def are_current() -> bool:
    """A look at the oldest and the newest persons with an ID number; True where there is nothing to look at.

    Imports look by the newest key alone, so under another one they would take everybody for new.
    """
    rows = Person.objects.only("person_id", "sealed", "run_id", "line")
    some = chain(rows.order_by("person_id")[:FEW], rows.order_by("-person_id")[:FEW])
    try:
        opened = sealed_part.opened_many(some)
    except CannotOpen:
        return True  # without the master key, or damaged, which is told by itself
    numbers = [json.loads(text).get("id_number") for text in opened.values()]
    keys = [vault.fingerprint(id_kind(number).value, number).hex() for number in numbers if number]
    return not keys or Identifier.objects.filter(key__in=keys).exists()


def digest(texts: Mapping[int, bytes]) -> None:
    """Note of some persons what their sealed part is, under today's key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE participants_person p SET sealed_digest = f.digest "
            "FROM unnest(%s::bigint[], %s::bytea[]) AS f (id, digest) WHERE p.person_id = f.id",
            [list(texts), [vault.fingerprint(sealed_part.DIGEST, text.decode()) for text in texts.values()]],
        )


def numbers(person_ids: Iterable[int]) -> dict[int, list[str]]:
    """The ID numbers that the register knows of some persons, today's and earlier ones, and those of whom was
    merged with them. Who was erased is left out.
    """
    ids = list(set(person_ids))
    rows = Person.objects.filter(person_id__in=ids).only("person_id", "sealed", "run_id", "line")
    by_person = defaultdict[int, list[str]](list)
    for person_id, text in sealed_part.opened_many(rows).items():
        by_person[person_id] += _told(text)
    # A merged person is a version of the kept one, sealed as it was.
    merged = Version.objects.filter(person_id__in=ids, record=Version.Record.PERSON)
    for person_id, was in merged.exclude(record_id=F("person_id")).values_list("person_id", "was"):
        given = [row_values.as_it_was(Person, was)]
        for text in sealed_part.opened_many(given, is_history=True).values():
            by_person[person_id] += _told(text)
    return {person_id: list(dict.fromkeys(told)) for person_id, told in by_person.items()}


def _told(text: bytes) -> list[str]:
    private = json.loads(text)
    return [private[name] for name in _NUMBERS if private.get(name)]


def _twins(batch: list[tuple[Any, ...]]) -> dict[tuple[str, ...], list[str]]:
    # Who changes a person's documents has the person's row, and a file that merges people is alone.
    register_lock.share()
    persons = sorted({person_id for *_, person_id in batch})
    list(Person.objects.select_for_update().filter(person_id__in=persons).order_by("person_id").only("pk"))
    batch_keys = {(kind, key) for kind, key, _ in batch}
    twins = dict[tuple[str, ...], list[str]]()
    for told in numbers(persons).values():
        for number in told:
            keys = keys_of(number)
            for own in batch_keys.intersection(keys):
                twins[own] = [key for _, key in keys if key != own[1]]
    return twins


def _digests(rows: Sequence[Person]) -> dict[int, dict[str, bytes]]:
    return {
        person_id: {"sealed_digest": vault.fingerprint(sealed_part.DIGEST, text.decode())}
        for person_id, text in sealed_part.opened_many(rows).items()
    }


PARTS = (
    parts.Doubled(
        "participants_identifier",
        ("kind", "key"),
        ("c", ""),  # after `bhxh`, whose keys are no fingerprints
        "kind <> 'bhxh'",
        ("kind", "person_id", "merged_id"),
        _twins,
    ).part(is_compared=True),
    parts.sealed(Person, ("sealed_digest",), _digests),
)
