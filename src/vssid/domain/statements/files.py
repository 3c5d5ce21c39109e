"""Keep the signed files of statements, sealed for their person, and erase them when their term is over."""

from __future__ import annotations

import secrets
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from vssid.domain.vault import copying
from vssid.domain.vault import sealing as vault
from vssid.infra import blobs, orphans
from vssid.kernel.calendar import local_day

from . import retention
from .models import Statement

FOLDER = "statement"
BATCH = 500


def keep(person_id: int, pdf: bytes) -> str:
    """Store a file before its row is written; returns its key. One that no row names is swept."""
    key = _new_key()
    blobs.put(key, vault.seal(person_id, _purpose(key), pdf))
    return key


def read(row: Statement) -> bytes | None:
    """The file as it was signed, or None once it is erased."""
    if not row.blob_key:
        return None
    try:
        return vault.unseal(row.person_id, _purpose(row.blob_key), blobs.get(row.blob_key))
    except blobs.NotStored:
        return None


def copied(old: int, new: int) -> AbstractContextManager[copying.Copies]:
    """Copies of every file of one number for another. Call it outside a transaction."""
    rows = Statement.objects.filter(person_id=old).exclude(blob_key="")
    keys = list(rows.values_list("blob_key", flat=True))
    return copying.copied(keys, old, new, purpose=_purpose, fresh=_new_key)


def erase_old(now: datetime) -> int:
    """Erase the files whose term is over, in batches; returns how many. What was stated stays."""
    before, done = now - timedelta(days=retention.term(local_day(now)).days), 0
    while erased := _erase_batch(before):
        done += erased
    return done


def _erase_batch(before: datetime) -> int:
    with transaction.atomic():
        old = Statement.objects.select_for_update(skip_locked=True).filter(issued_at__lt=before)
        rows = list(old.exclude(blob_key="").order_by("issued_at")[:BATCH])
        for row in rows:
            Statement.objects.filter(person_id=row.person_id, id=row.id).update(blob_key="")
            transaction.on_commit(partial(blobs.delete, row.blob_key), robust=True)
    return len(rows)


def sweep_orphans(now: datetime) -> int:
    """Delete files that no row names."""
    return orphans.sweep(
        FOLDER,
        lambda keys: Statement.objects.filter(blob_key__in=keys).values_list("blob_key", flat=True),
        now,
    )


def _new_key() -> str:
    return f"{FOLDER}/{secrets.token_hex(1)}/{secrets.token_hex(16)}"


def _purpose(key: str) -> str:
    return f"statement-file:{key}"
