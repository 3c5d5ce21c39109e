"""Which fingerprint keys some row may bear: noted at a process's start, which is refused without them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from vssid.infra import keys
from vssid.kernel.errors import DomainError

from .. import sealing
from ..models import FingerprintKey

_LOCK = 7_114_002  # beside that of files about people (participants)


class KeyMissing(DomainError):
    """A key is not given that fingerprints still bear. Facts: `name`."""

    code = "fingerprint_key_missing"


class NotPrepared(DomainError):
    """The first key is new: under it most of the register would not be found. Facts: `name`."""

    code = "fingerprint_key_not_prepared"


class NotMarked(DomainError):
    """A key beside another must be marked, so that what bears which can be told. Facts: `name`."""

    code = "fingerprint_key_not_marked"


def given() -> tuple[keys.Key, ...]:
    """The keys of the settings, in their order."""
    return sealing.fingerprint_keys()


def note(*, now: datetime) -> None:
    """Note the keys of the settings. Raises KeyMissing, NotPrepared or NotMarked, and then notes nothing."""
    with transaction.atomic():
        _lock()
        rows = check()
        listed = {keys.mark_of(key): key for key in given()}
        for mark, key in listed.items():
            if mark not in rows:
                # Of the very first the first is what everything was made with until now.
                is_oldest = not rows and key == given()[0]
                FingerprintKey.objects.create(
                    mark=mark,
                    name=key.id,
                    is_marked=key.is_marked,
                    added_at=now,
                    prepared_at=now if is_oldest else None,
                    first_at=now if is_oldest else None,
                )
        _lead(keys.mark_of(given()[0]), now)
        # What comes back after it was away has missed what was written meanwhile.
        gone = FingerprintKey.objects.exclude(mark__in=list(listed))
        gone.update(prepared_at=None)


def check() -> dict[bytes, FingerprintKey]:
    """What is noted, by mark. Raises KeyMissing, NotPrepared or NotMarked where the keys do not fit it."""
    rows = {bytes(row.mark): row for row in FingerprintKey.objects.all()}
    if rows:
        _refuse(rows, {keys.mark_of(key): key for key in given()})
    return rows


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _refuse(rows: dict[bytes, FingerprintKey], listed: dict[bytes, keys.Key]) -> None:
    for mark, row in rows.items():
        if mark not in listed and row.first_at is not None and row.free_at is None:
            raise KeyMissing(name=row.name)
    for mark, key in listed.items():
        if mark not in rows and not key.is_marked:
            raise NotMarked(name=key.id)
    first = given()[0]
    known = rows.get(keys.mark_of(first))
    if known is None or known.prepared_at is None:
        raise NotPrepared(name=first.id)


def _lead(mark: bytes, now: datetime) -> None:
    """The first key is borne from now on, so it is not free."""
    row = FingerprintKey.objects.get(mark=mark)
    if row.first_at is None or row.free_at is not None:
        row.first_at, row.free_at = row.first_at or now, None
        row.save(update_fields=["first_at", "free_at"])


def prepare(*, now: datetime) -> None:
    """What is compared is complete under every key of the settings."""
    marks = [keys.mark_of(key) for key in given()]
    FingerprintKey.objects.filter(mark__in=marks, prepared_at=None).update(prepared_at=now)


def free(*, now: datetime) -> None:
    """Nothing needs another key than the first any more."""
    rows = FingerprintKey.objects.filter(mark__in=[keys.mark_of(key) for key in given()[1:]], free_at=None)
    rows.exclude(first_at=None).update(free_at=now)


def forget(marks: Sequence[bytes]) -> None:
    """No row bears these any more, and they are not given."""
    FingerprintKey.objects.filter(mark__in=list(marks)).delete()


def gone() -> list[FingerprintKey]:
    """Keys that are not given any more, though some rows may still bear them."""
    return list(FingerprintKey.objects.exclude(mark__in=[keys.mark_of(key) for key in given()]))


def unprepared() -> list[str]:
    """Names of the given keys under which the register is not complete yet."""
    ready = {
        bytes(mark)
        for mark in FingerprintKey.objects.exclude(prepared_at=None).values_list("mark", flat=True)
    }
    return [key.id for key in given() if keys.mark_of(key) not in ready]


def led() -> set[keys.Key]:
    """The given keys that are the first, or were."""
    marks = {bytes(m) for m in FingerprintKey.objects.exclude(first_at=None).values_list("mark", flat=True)}
    return {key for key in given() if keys.mark_of(key) in marks}


def freed() -> list[str]:
    """Names of the given keys that may be taken out of the settings."""
    marks = {bytes(m) for m in FingerprintKey.objects.exclude(free_at=None).values_list("mark", flat=True)}
    return [key.id for key in given()[1:] if keys.mark_of(key) in marks]
