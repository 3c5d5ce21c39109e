"""A data officer's desk for tests of uploads: who, a file of employers, hand it in, do the job."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from vssid.domain.audit import queries as audit
from vssid.domain.imports.models import Upload
from vssid.infra import blobs
from vssid.kernel.actor import Actor, ActorKind

from ..uploads import confirming, loading, sealed_files, submission

NOW = datetime(2026, 11, 18, 13, 14, tzinfo=UTC)
QUANG = Actor(ActorKind.OFFICER, 700, "Quang", "03101")
ELSEWHERE = Actor(ActorKind.OFFICER, 701, "Yến", "03102")
HEADER = "code,name,address,office_code"


def employer(number: int, **other: str) -> dict[str, str]:
    """One good row; `other` spoils it."""
    return {"code": f"TZ{number:04d}A", "name": f"Công ty {number}", "address": "", "office_code": ""} | other


def file(folder: Path, rows: Iterable[dict[str, str]], name: str = "don-vi.csv") -> Path:
    """A file of employers."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HEADER.split(","))
        writer.writeheader()
        writer.writerows(rows)
    return path


def hand_in(path: Path, by: Actor = QUANG, **more: Any) -> int:
    """Upload a file of employers."""
    delivery = submission.Delivery(more.pop("kind", "employers"), path.name, "Sở mẫu", **more)
    return submission.receive(path, delivery, by=by, now=NOW)


def show(upload_id: int) -> Upload:
    """What the worker does once; returns the upload as it is then."""
    loading.work(upload_id, clock=lambda: NOW)
    return Upload.objects.get(id=upload_id)


def confirm(upload_id: int, by: Actor = QUANG) -> bool:
    """Confirm what is shown."""
    return confirming.confirm(upload_id, Upload.objects.get(id=upload_id).shown_id or 0, by=by, now=NOW)


def do_job(upload_id: int) -> Upload:
    """Show the upload, confirm it and load it; returns it as it is then."""
    row = show(upload_id)
    if row.state != Upload.State.SHOWN:
        return row
    confirm(upload_id)
    return show(upload_id)


def taken(upload_id: int, by: Actor = QUANG) -> list[dict[str, str]]:
    """The rows of the error file."""
    content = b"".join(submission.refused_rows(upload_id, by=by, now=NOW)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def stored() -> list[str]:
    """The keys of all blobs of uploads."""
    return [key for key, _ in blobs.stored_under(sealed_files.FOLDER)]


def waiting_jobs() -> list[tuple[Any, ...]]:
    """Name, arguments and lock of the jobs there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args, lock FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


def kinds_of(row: Upload) -> list[str]:
    """What the log says of an upload, in order."""
    return [event.kind for event in audit.events_of(row.subject_id)][::-1]


def other_connection() -> psycopg.Connection[Any]:
    """A connection of somebody else."""
    facts = connection.settings_dict
    return psycopg.connect(
        dbname=facts["NAME"],
        user=facts["USER"],
        password=facts["PASSWORD"],
        host=facts["HOST"],
        port=facts["PORT"] or None,
    )
