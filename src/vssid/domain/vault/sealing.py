"""Seal, open and erase what belongs to a subject."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.utils import timezone

from vssid.infra import keys
from vssid.infra.database import prepared
from vssid.kernel.errors import DomainError

from . import erasing
from .models import SubjectKey

log = structlog.get_logger(__name__)
SUBJECT_SEQUENCE = "vault_subject_seq"
# What is bound to its row begins so; before there were rows in the context, a value began with its nonce.
BOUND = b"vs2\0"
# What bears a version besides; its number follows in so many bytes.
VERSIONED = b"vs3\0"
_NUMBER = 8
# Asked for at every sealed value: through a model it took five times as long.
_KEPT = "SELECT wrapped, master_key_id FROM vault_subject_key WHERE subject_id = %(subject)s"
# Two writers may race; the first key wins and both use it.
_KEEP = """
INSERT INTO vault_subject_key (subject_id, wrapped, master_key_id, created_at) VALUES (%s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""


class Erased(DomainError):
    """The subject's key is gone: what it sealed can no longer be read by anyone."""

    code = "erased"


@lru_cache(maxsize=1)
def _masters() -> tuple[keys.Key, ...]:
    return keys.parse_keys(settings.MASTER_KEYS)


@lru_cache(maxsize=1)
def _fingerprint_keys() -> tuple[keys.Key, ...]:
    return keys.parse_keys(settings.FINGERPRINT_KEYS)


def new_subject_id() -> int:
    """A new number from the space that persons, staff and drafts share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [SUBJECT_SEQUENCE])
        return int(cursor.fetchone()[0])


def new_data_key(subject_id: int) -> tuple[bytes, bytes, str]:
    """A fresh data key for a subject: (plain key, wrapped key, master key id). Stores nothing."""
    master = _masters()[0]
    secret = os.urandom(32)
    return secret, keys.seal(master.secret, secret, wrap_context(subject_id)), master.id


def newest_master() -> keys.Key:
    """The master key that new data keys are wrapped under."""
    return _masters()[0]


def wrap_context(subject_id: int) -> bytes:
    """What a wrapped key is bound to."""
    return f"subject-key:{subject_id}".encode()


def unwrap(subject_id: int, wrapped: bytes | memoryview, master_key_id: str) -> bytes:
    """The plain data key. Raises keys.CannotOpen, as LacksKey where the settings have not the master key."""
    for master in _masters():
        if master.id == master_key_id:
            return keys.unseal(master.secret, bytes(wrapped), wrap_context(subject_id))
    raise keys.LacksKey


def _data_key(subject_id: int, *, create: bool) -> bytes:
    row = prepared.row(_KEPT, {"subject": subject_id})
    if row is None and create:
        _, wrapped, master_id = new_data_key(subject_id)
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [subject_id, wrapped, master_id, timezone.now()])
        row = prepared.row(_KEPT, {"subject": subject_id})
    if row is None:  # erased, perhaps between the two
        raise Erased(subject=subject_id)
    return unwrap(subject_id, *row)


def _unwrap(row: SubjectKey) -> bytes:
    return unwrap(row.subject_id, row.wrapped, row.master_key_id)


def seal(subject_id: int, purpose: str, plain: bytes, *, row: object = "", version: int = 0) -> bytes:
    """Encrypt bytes for a subject; `purpose` and `row` must be given again to open.

    `row` tells apart the rows of one subject and purpose: what is sealed for one opens in no other.
    `version` (1 and up) is kept before the value, and can be changed there by nobody (`version_of`).
    """
    return seal_with(_data_key(subject_id, create=True), subject_id, purpose, plain, row=row, version=version)


def seal_with(
    secret: bytes, subject_id: int, purpose: str, plain: bytes, *, row: object = "", version: int = 0
) -> bytes:
    """As `seal`, with the subject's data key."""
    if settings.SEALS == "old" or (row == "" and not version):
        return keys.seal(secret, plain, _context(subject_id, purpose))
    if not version:
        return BOUND + keys.seal(secret, plain, _context(subject_id, purpose, row))
    head = VERSIONED + version.to_bytes(_NUMBER)
    return head + keys.seal(secret, plain, _context(subject_id, purpose, row, version))


def version_of(sealed: bytes | memoryview) -> int:
    """The version that a value says it is; 0 where it bears none."""
    given = bytes(sealed)
    begin = len(VERSIONED)
    return int.from_bytes(given[begin : begin + _NUMBER]) if given.startswith(VERSIONED) else 0


def is_bound(sealed: bytes | memoryview) -> bool:
    """Does a value begin as one that is bound to a row?"""
    return bytes(sealed).startswith((BOUND, VERSIONED))


def unseal(
    subject_id: int, purpose: str, sealed: bytes | memoryview, *, row: object = "", is_history: bool = False
) -> bytes:
    """Decrypt what `seal` made. Raises Erased or keys.CannotOpen.

    What was sealed before rows were told opens too, unless VSSID_SEALS=bound and it is no history.
    """
    secret = _data_key(subject_id, create=False)
    return open_with(secret, subject_id, purpose, sealed, row=row, is_history=is_history)


def open_with(
    secret: bytes,
    subject_id: int,
    purpose: str,
    sealed: bytes | memoryview,
    *,
    row: object = "",
    is_history: bool = False,
) -> bytes:
    """As `unseal`, with the subject's data key; of what is history, what was sealed before rows were told
    opens whatever VSSID_SEALS says. Raises keys.CannotOpen.
    """
    given = bytes(sealed)
    for begin, context in _ways(given, subject_id, purpose, row, is_history):
        with suppress(keys.CannotOpen):
            return keys.unseal(secret, given[begin:], context)
    # Damaged, or put there from another row, purpose or person.
    log.error("sealed_value_refused", subject=subject_id, purpose=purpose)
    raise keys.CannotOpen


def _ways(
    given: bytes, subject_id: int, purpose: str, row: object, is_history: bool
) -> Iterator[tuple[int, bytes]]:
    """Where the sealed part may begin, and its context; a nonce may by chance begin as a head does."""
    if given.startswith(VERSIONED):
        yield len(VERSIONED) + _NUMBER, _context(subject_id, purpose, row, version_of(given))
    if row != "" and given.startswith(BOUND):
        yield len(BOUND), _context(subject_id, purpose, row)
    if row == "" or is_history or settings.SEALS != "bound":
        yield 0, _context(subject_id, purpose)


def _context(subject_id: int, purpose: str, row: object = "", version: int = 0) -> bytes:
    told = f"\0{row}\0{version}" if version else f"\0{row}" if row != "" else ""
    return f"{subject_id}:{purpose}{told}".encode()


def seal_json(subject_id: int, purpose: str, value: Any, *, row: object = "", version: int = 0) -> bytes:
    """Seal a JSON value."""
    plain = json.dumps(value, ensure_ascii=False).encode()
    return seal(subject_id, purpose, plain, row=row, version=version)


def unseal_json(subject_id: int, purpose: str, sealed: bytes | memoryview, *, row: object = "") -> Any:
    """Open a sealed JSON value."""
    return json.loads(unseal(subject_id, purpose, sealed, row=row))


def erase(subject_id: int) -> bool:
    """Take the subject's key away, and with it everything sealed for the subject; destroyed after a day."""
    return erasing.put_away([subject_id]) > 0


def erase_many(subject_ids: Sequence[int]) -> None:
    """Take the keys of many subjects away; destroyed after a day."""
    erasing.put_away(subject_ids)


def fingerprint_keys() -> tuple[keys.Key, ...]:
    """The fingerprint keys of the settings; the first is the current one."""
    return _fingerprint_keys()


def fingerprint(kind: str, value: str) -> bytes:
    """The look-up fingerprint under the current key. Normalise the value first (kernel.ids parse)."""
    return keys.fingerprint(_fingerprint_keys()[0], kind, value)


def fingerprints(kind: str, value: str) -> list[bytes]:
    """Fingerprints under the current and every other key, for look-up while keys are changed (`prints`)."""
    return [keys.fingerprint(key, kind, value) for key in _fingerprint_keys()]


def unopened() -> list[str]:
    """Names of master keys that do not open what they sealed, by the oldest and the newest data key."""
    rows = SubjectKey.objects.order_by("subject_id")
    lacking = set()
    for row in filter(None, (rows.first(), rows.last())):
        try:
            _unwrap(row)
        except keys.CannotOpen:
            lacking.add(row.master_key_id)
    return sorted(lacking)


def make_keys(subject_ids: Iterable[int], *, now: datetime) -> dict[int, SubjectKey]:
    """Keys for subjects that have none; where another writer was first, its key counts."""
    rows = [
        SubjectKey(subject_id=subject_id, wrapped=wrapped, master_key_id=master_id, created_at=now)
        for subject_id in subject_ids
        for _, wrapped, master_id in [new_data_key(subject_id)]
    ]
    SubjectKey.objects.bulk_create(rows, ignore_conflicts=True)
    return SubjectKey.objects.in_bulk([row.subject_id for row in rows])


def seal_many(
    purpose: str, plains: Mapping[int, bytes], *, now: datetime, rows: Mapping[int, object] | None = None
) -> dict[int, bytes]:
    """Seal one value for each of many subjects in three statements, making keys where there are none.

    `rows`: what the value of each is bound to, as `row` of `seal`.
    """
    known = SubjectKey.objects.in_bulk(list(plains))
    fresh = {subject_id: new_data_key(subject_id) for subject_id in plains if subject_id not in known}
    SubjectKey.objects.bulk_create(
        [
            SubjectKey(subject_id=subject_id, wrapped=wrapped, master_key_id=master_id, created_at=now)
            for subject_id, (_, wrapped, master_id) in fresh.items()
        ],
        ignore_conflicts=True,
    )
    # Read the fresh ones back: where another writer was first, its key counts.
    stored = known | SubjectKey.objects.in_bulk(list(fresh))
    secrets = {
        subject_id: fresh[subject_id][0]
        if subject_id in fresh and bytes(row.wrapped) == fresh[subject_id][1]
        else _unwrap(row)
        for subject_id, row in stored.items()
    }
    bound = rows or {}
    return {
        subject_id: seal_with(secrets[subject_id], subject_id, purpose, plain, row=bound.get(subject_id, ""))
        for subject_id, plain in plains.items()
    }


def unseal_many(
    purpose: str,
    sealed: Mapping[int, bytes | memoryview],
    *,
    rows: Mapping[int, object] | None = None,
    is_history: bool = False,
) -> dict[int, bytes]:
    """Open one value of each of many subjects in one statement; who was erased is left out.

    `rows` and `is_history` as `row` of `unseal` and in `open_with`. Raises keys.CannotOpen.
    """
    known, bound = SubjectKey.objects.in_bulk(list(sealed)), rows or {}
    return {
        subject_id: open_with(
            _unwrap(row),
            subject_id,
            purpose,
            sealed[subject_id],
            row=bound.get(subject_id, ""),
            is_history=is_history,
        )
        for subject_id, row in known.items()
    }
