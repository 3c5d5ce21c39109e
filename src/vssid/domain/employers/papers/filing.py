"""File a power of attorney of an employer, show it, erase it after its term. Pages are pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from vssid.domain.audit import actions as audit
from vssid.domain.casework import attachments
from vssid.domain.casework.attachments import Folder
from vssid.domain.offices.rights import Right
from vssid.domain.registration.signed import pictures
from vssid.domain.vault import sealing as vault
from vssid.infra import orphans
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from .. import policy, retention
from ..models.entries import Entry
from ..models.papers import Paper, PaperPage
from ..models.seats import Seat
from ..standing import queries as standing

FOLDER = Folder("power-of-attorney", "power-of-attorney")
BATCH = 500


@dataclass(frozen=True, slots=True)
class PaperView:
    """A filed power of attorney; without pages once it is erased."""

    id: int
    filed_at: datetime
    filed_by: str
    pages: tuple[int, ...]
    erased_at: datetime | None


def file(employer_code: str, files: Sequence[bytes], *, by: Actor, now: datetime) -> int:
    """File the pages (pictures, or a scanned PDF) of one power of attorney; its number.

    Call it outside a transaction. Raises NotYours, NotAllowed or registration's BadScan.
    """
    # Asked before anything is decoded, and again in the transaction that files.
    with transaction.atomic():
        policy.managed(employer_code, by=by, now=now)
    pages = pictures.pages_of(files)
    subject = vault.new_subject_id()
    keys = [attachments.put(FOLDER, subject, page.jpeg) for page in pages]
    try:
        with transaction.atomic():
            employer, office = policy.managed(employer_code, by=by, now=now)
            paper = Paper.objects.create(
                id=subject,
                employer=employer,
                office_id=office,
                filed_at=now,
                filed_by=by.id,
                filed_by_name=by.name,
            )
            PaperPage.objects.bulk_create(
                PaperPage(paper=paper, number=number, blob_key=key, width=page.width, height=page.height)
                for number, (key, page) in enumerate(zip(keys, pages, strict=True), start=1)
            )
            facts = {"employer": employer_code, "paper": subject, "pages": len(pages)}
            audit.record("employer.paper_filed", subject=0, by=by, now=now, facts=facts, office=office)
    except BaseException as error:
        orphans.drop(keys, error)
        raise
    return subject


def of_employer(employer_code: str) -> list[PaperView]:
    """All of an employer, the newest first."""
    numbers: dict[int, list[int]] = {}
    pages = PaperPage.objects.filter(paper__employer_id=employer_code).order_by("paper_id", "number")
    for paper, number in pages.values_list("paper_id", "number"):
        numbers.setdefault(paper, []).append(number)
    rows = Paper.objects.filter(employer_id=employer_code).order_by("-filed_at", "-id")
    return [
        PaperView(row.id, row.filed_at, row.filed_by_name, tuple(numbers.get(row.id, ())), row.erased_at)
        for row in rows
    ]


def look_at(employer_code: str, paper_id: int, number: int, *, by: Actor, now: datetime) -> bytes:
    """One page (JPEG), audited. Raises NotYours, also of another employer, out of reach, or once erased."""
    reached = standing.within(by, Right.MANAGE_EMPLOYERS, on=local_day(now)).filter(code=employer_code)
    rows = PaperPage.objects.filter(paper_id=paper_id, number=number)
    page = rows.filter(paper__employer_id__in=reached.values("code")).first()
    jpeg = attachments.content(FOLDER, paper_id, page.blob_key) if page else None
    if jpeg is None:
        raise NotYours
    facts = {"employer": employer_code, "paper": paper_id, "page": number}
    audit.record("employer.paper_viewed", subject=0, by=by, now=now, facts=facts)
    return jpeg


def erase_old(now: datetime) -> int:
    """Erase the pages of papers past their term: since the last seat that rests on one ended, or where none
    does since it was filed. Returns how many papers.
    """
    before, done = now - timedelta(days=retention.term("power_of_attorney", local_day(now)).days), 0
    while removed := _erase_batch(before, now):
        done += removed
    return done


def _erase_batch(before: datetime, now: datetime) -> int:
    resting = Seat.objects.filter(entry__paper_id=OuterRef("id"))
    needed = resting.filter(Q(ended_at=None) | Q(ended_at__gt=before))
    waiting = Entry.objects.filter(
        paper_id=OuterRef("id"), used_at=None, cancelled_at=None, expires_at__gt=now
    )
    with transaction.atomic():
        old = Paper.objects.select_for_update(skip_locked=True).filter(
            ~Exists(needed), ~Exists(waiting), erased_at=None, filed_at__lt=before
        )
        ids = list(old.order_by("filed_at").values_list("id", flat=True)[:BATCH])
        pages = PaperPage.objects.filter(paper_id__in=ids)
        keys = list(pages.values_list("blob_key", flat=True))
        pages.delete()
        Paper.objects.filter(id__in=ids).update(erased_at=now)
        for paper_id in ids:
            vault.erase(paper_id)
        attachments.discard(keys)
    return len(ids)


def sweep_orphans(now: datetime) -> int:
    """Delete pages that no row names; returns how many. It starts from the blobs."""
    rows = PaperPage.objects.values_list("blob_key", flat=True)
    return attachments.sweep(FOLDER, lambda keys: rows.filter(blob_key__in=keys), now)
