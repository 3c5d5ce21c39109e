"""Make an installation known, adopt a copy, let a machine join."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import SYSTEM

from . import marker, standing
from .errors import NotThere, StillTheOriginals
from .models import Installation
from .standing import Standing, State

log = structlog.get_logger(__name__)


def begin(*, now: datetime) -> Standing:
    """A process starts: an installation that nobody used yet is made known, with this machine in it.

    One in use is left as it is, whatever it is. Several may begin at once: the database keeps one number.
    """
    current = standing.now()
    if current.state is not State.NEW:
        return current
    with transaction.atomic():
        uid = marker.known() or uuid4()
        row = {"uid": uid, "place": current.place, "since": now}
        Installation.objects.bulk_create([Installation(**row)], ignore_conflicts=True)
        kept = Installation.objects.select_for_update().get()
        if marker.known() not in (None, kept.uid) or kept.place != current.place:
            Installation.objects.update(**row)
        else:
            uid = kept.uid
    try:
        _belong(uid)
    except OSError as error:
        # It serves as long as nobody has used it; `./vssid check` tells the folder.
        log.error("installation_not_written", reason=error.strerror)
    return standing.now()


def may_adopt() -> UUID:
    """The number that the copy would get. Raises StillTheOriginals.

    It is a new one, so that machines and folders of the original do not fit it.
    """
    uid: UUID = settings.INSTALLATION or uuid4()
    if uid == standing.now().uid:
        raise StillTheOriginals(uid=str(uid))
    return uid


def adopt(*, now: datetime) -> UUID:
    """Make the copy an installation of its own and let go what it holds; returns its number.

    Raises StillTheOriginals.
    """
    before, uid = standing.now(), may_adopt()
    # The folder first: a copy whose database says yes and whose folder says no stays held.
    _belong(uid)
    with transaction.atomic():
        Installation.objects.update(uid=uid, place=before.place, since=now)
        facts = {"was": str(before.uid), "is": str(uid), "state": before.state.value}
        audit.record("installation.adopted", subject=0, by=SYSTEM, now=now, facts=facts)
    return uid


def join(*, now: datetime) -> UUID:
    """Let this machine belong to the installation that its database is; returns its number.

    Raises NotThere.
    """
    current = standing.now()
    if current.uid is None or current.state in (State.MOVED, State.UNPREPARED):
        raise NotThere
    _belong(current.uid)
    audit.record("installation.joined", subject=0, by=SYSTEM, now=now, facts={"is": str(current.uid)})
    return current.uid


def _belong(uid: UUID) -> None:
    # Who names the installation by setting needs no file, and may have no folder that lasts.
    if settings.INSTALLATION is None and marker.known() != uid:
        marker.write(uid)
