"""Devices that hold the files of a registration day: taken along, forgotten, withdrawn by the office."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.registration import queries as registration
from vssid.domain.registration.desk import readiness
from vssid.domain.registration.models import Application
from vssid.domain.registration.moves import APPLICATION
from vssid.domain.registration.queries import File
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from ..days import queries
from ..models.days import RegistrationDay
from ..models.on_site import DayDevice
from . import of_days as days
from .errors import NothingTaken
from .queries import in_reach
from .versions import version

# So long after closing a device keeps the files: our own choice.
KEPT = timedelta(hours=48)


@dataclass(frozen=True, slots=True, repr=False)
class Taken:
    """A file as it went onto the device. `version` is the mark of what the officer will see."""

    file: File
    version: str
    starts_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Pack:
    """The files of a day, and when the device has to forget them. `left_out`: files of somebody close."""

    day: RegistrationDay
    ends_at: datetime
    files: tuple[Taken, ...]
    left_out: int


def ends_at(day: RegistrationDay) -> datetime:
    """When a device forgets what it holds of a day."""
    return days.closes_at(day) + KEPT


def take(day_id: uuid.UUID, device: uuid.UUID, *, by: Actor, now: datetime) -> Pack:
    """Give a device the open files of a day for which the officer is named; each is an event of its file.

    Taking again on the same device adds to what it may decide. Raises NotYours, NotAllowed or NothingTaken.
    """
    policy.require(by, Right.DECIDE_REGISTRATIONS, by.office)
    with transaction.atomic():
        day = days.named(day_id, by, now=now)
        ids = {found.application_id: found.starts_at for found in queries.files(day, by)}
        files, left_out = _files(ids, day, by, now)
        if not files:
            raise NothingTaken
        row, is_new = DayDevice.objects.select_for_update().get_or_create(
            day=day,
            officer_id=by.id or 0,
            device=device,
            defaults={
                "office_id": by.office,
                "officer_name": by.name[:120],
                "applications": [],
                "taken_at": now,
                "ends_at": ends_at(day),
                "last_seen_at": now,
            },
        )
        if row.withdrawn_at is not None:
            raise NotYours
        row.applications = sorted({*row.applications, *(taken.file.status.id for taken in files)})
        row.taken_at, row.last_seen_at, row.forgotten_at, row.ends_at = now, now, None, ends_at(day)
        row.save()
        facts = {"day": str(day.id), "files": len(files), "again": not is_new}
        audit.record("employer.day_taken", subject=0, by=by, now=now, facts=facts)
    return Pack(day, row.ends_at, tuple(files), left_out)


def _files(
    ids: dict[int, datetime | None], day: RegistrationDay, by: Actor, now: datetime
) -> tuple[list[Taken], int]:
    files, left_out = [], 0
    for application_id, starts_at in ids.items():
        try:
            row = desk.find(APPLICATION, application_id, by=by, need=Right.DECIDE_REGISTRATIONS)
        except (OwnFile, NotYours):
            left_out += 1
            continue
        if row.closed_at is None:
            audit.record(
                "application.taken_along", subject=row.id, by=by, now=now, facts={"day": str(day.id)}
            )
            files.append(_taken(row, starts_at, now))
    return files, left_out


def _taken(row: Application, starts_at: datetime | None, now: datetime) -> Taken:
    ready = readiness.read(row, on=local_day(now))
    return Taken(registration.file_of(row, now), version(row, ready), starts_at)


def forget(day_id: uuid.UUID, device: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """The device says that it holds nothing of the day any more. Twice is once. Raises NotYours."""
    rows = DayDevice.objects.filter(day_id=day_id, officer_id=by.id or 0, device=device)
    with transaction.atomic():
        if not rows.exists():
            raise NotYours
        if rows.filter(forgotten_at=None).update(forgotten_at=now, last_seen_at=now):
            facts = {"day": str(day_id)}
            audit.record("employer.day_forgotten", subject=0, by=by, now=now, facts=facts)


def withdrawn(device: uuid.UUID, *, by: Actor) -> list[uuid.UUID]:
    """The days whose files this device of the officer has to forget."""
    rows = DayDevice.objects.filter(officer_id=by.id or 0, device=device, withdrawn_at__isnull=False)
    return list(rows.values_list("day_id", flat=True))


def withdraw(device_id: int, *, by: Actor, now: datetime) -> None:
    """At its next contact the device forgets the files, and nothing it decided counts from now on.

    Twice is once. Raises NotYours.
    """
    with transaction.atomic():
        row = DayDevice.objects.select_for_update().filter(in_reach(by), id=device_id).first()
        if row is None:
            raise NotYours
        if row.withdrawn_at is None:
            row.withdrawn_at, row.withdrawn_by = now, by.name[:120]
            row.save(update_fields=["withdrawn_at", "withdrawn_by"])
            facts = {"day": str(row.day_id), "officer": row.officer_name}
            audit.record("employer.device_withdrawn", subject=0, by=by, now=now, facts=facts)
