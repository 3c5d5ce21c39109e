"""File the signed form with its application, show it, erase it after its term.

A version is the pages of one signed sheet. Another one never takes the place of an earlier one silently: both
are kept until the term is over. A new page is written under a new key, then a row names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction

from vssid.domain.casework import attachments, desk
from vssid.domain.casework.attachments import Folder
from vssid.domain.offices.rights import Right
from vssid.infra import orphans
from vssid.infra.database.kept import Query, given
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from ..desk import log
from ..errors import BadScan, NotOpen
from ..models import Application, SignedPage
from ..moves import APPLICATION
from . import pictures, retention
from .pictures import Page

FOLDER = Folder("signed-form", "signed-form")
MOST_VERSIONS = 20
_PAGES = Query(lambda: SignedPage.objects.filter(subject_id=given("subject")).order_by("-version", "number"))


@dataclass(frozen=True, slots=True)
class Version:
    """One signed form: how many pages, since when, and who filed it."""

    number: int
    pages: tuple[int, ...]
    filed_at: datetime
    filed_by: str


def file_pages(
    application_id: int, files: Sequence[bytes], *, by: Actor, now: datetime, anew: bool = False
) -> int:
    """Add pages to the newest version, or begin another one (`anew`); returns its number.

    What was filed a moment ago and is sent once more, as after a lost answer, is filed once. Also a closed
    application takes its form, until the term is over. Call it outside a transaction.
    Raises BadScan, NotYours, NotAllowed, OwnFile, InOtherHands, or NotOpen after the term.
    """
    # Asked before anything is decoded, and again under the lock.
    desk.find(APPLICATION, application_id, by=by, need=Right.CHECK_PAPERS)
    pages = pictures.pages_of(files)
    keys = [attachments.put(FOLDER, application_id, page.jpeg) for page in pages]
    named: set[str] = set()
    try:
        with transaction.atomic():
            row = desk.lock_free(APPLICATION, application_id, by=by, now=now, need=Right.CHECK_PAPERS)
            if row.closed_at is not None and row.closed_at <= now - _term(now):
                raise NotOpen
            number, rows = _rows(row, list(zip(pages, keys, strict=True)), by, now, anew)
            SignedPage.objects.bulk_create(rows)
            if rows:
                facts = {"version": number, "pages": len(rows)}
                log.record("application.form_filed", row, by=by, now=now, facts=facts)
        named = {row.blob_key for row in rows}
    except BaseException as error:
        orphans.drop(keys, error)
        raise
    orphans.drop(key for key in keys if key not in named)
    return number


def _rows(
    row: Application, pages: list[tuple[Page, str]], by: Actor, now: datetime, anew: bool
) -> tuple[int, list[SignedPage]]:
    """The number of the version and the pages to be added to it; none when all of them are there."""
    before = list(SignedPage.objects.filter(subject_id=row.id).order_by("version", "number"))
    number = before[-1].version if before else 1
    newest = [page for page in before if page.version == number]
    there = {bytes(page.digest) for page in newest}
    # Another version of exactly these pages is the same one, sent once more.
    if anew and before and there != {page.digest for page, _key in pages}:
        number, newest, there = number + 1, [], set()
    fresh = [(page, key) for page, key in pages if page.digest not in there]
    if number > MOST_VERSIONS or len(newest) + len(fresh) > pictures.MOST_PAGES:
        raise BadScan(reason="too_many_pages", place=1)
    return number, [
        SignedPage(
            subject_id=row.id,
            version=number,
            number=place,
            blob_key=key,
            digest=page.digest,
            width=page.width,
            height=page.height,
            filed_at=now,
            filed_by=by.name,
        )
        for place, (page, key) in enumerate(fresh, start=len(newest) + 1)
    ]


def versions_of(application_id: int) -> tuple[Version, ...]:
    """What is filed, the newest first."""
    rows = _PAGES.rows(subject=application_id)
    return tuple(_version(number, list(pages)) for number, pages in groupby(rows, lambda row: row.version))


def _version(number: int, pages: list[SignedPage]) -> Version:
    first = pages[0]
    return Version(number, tuple(page.number for page in pages), first.filed_at, first.filed_by)


def look_at(application_id: int, version: int, number: int, *, by: Actor, now: datetime) -> bytes:
    """One page (JPEG), audited. Raises NotYours, also once erased."""
    row = desk.find(APPLICATION, application_id, by=by)
    page = SignedPage.objects.filter(subject_id=row.id, version=version, number=number).first()
    jpeg = attachments.content(FOLDER, row.id, page.blob_key) if page else None
    if jpeg is None:
        raise NotYours
    facts = {"version": version, "page": number}
    log.record("application.form_viewed", row, by=by, now=now, facts=facts)
    return jpeg


def past_term(now: datetime) -> list[int]:
    """Applications whose signed form is kept and whose term after closing is over."""
    kept = SignedPage.objects.values("subject_id")
    over = Application.objects.filter(closed_at__lte=now - _term(now), id__in=kept)
    return list(over.values_list("id", flat=True))


def erase(application_id: int) -> int:
    """Delete every version in the caller's transaction; returns how many pages there were."""
    rows = SignedPage.objects.filter(subject_id=application_id)
    keys = list(rows.values_list("blob_key", flat=True))
    rows.delete()
    attachments.discard(keys)
    return len(keys)


def sweep_orphans(now: datetime) -> int:
    """Delete pages that no row names; returns how many. Names no person: it starts from the blobs."""
    rows = SignedPage.objects.values_list("blob_key", flat=True)
    return attachments.sweep(FOLDER, lambda keys: rows.filter(blob_key__in=keys), now)


def _term(now: datetime) -> timedelta:
    return timedelta(days=retention.term(local_day(now)).days)
