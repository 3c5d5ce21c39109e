"""/can-bo/gia-dinh/<guardian>/<request>: one request for a child and what an officer decides on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import path, reverse

from vssid.domain.casework import doubts
from vssid.domain.families import deciding, queries
from vssid.domain.families.queries import RequestFile
from vssid.domain.families.reasons import REASONS
from vssid.domain.families.rules import PAPERS
from vssid.domain.identity.kinds import ImageKind
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest

from ..casework import pages
from ..casework.pages import FileKind, Key, button
from ..casework.pictures import Picture, judged
from . import lists, words


def _opened(request: VisitRequest, key: Key, now: datetime) -> tuple[bool, dict[str, Any]]:
    found = queries.open_file(*key, by=request.actor, now=now)
    state_words, pill = words.STATES[found.request.state]
    return found.request.is_open, {
        "side": lists.side(request.actor, now),
        "file": found,
        "status": found.request,
        "state_words": state_words,
        "pill": pill,
        "pictures": [_picture(found, kind) for kind in PAPERS],
        "rows": words.table(found),
        "warnings": [words.FINDINGS.get(code, code) for code in found.findings],
        "doubts": doubts.mark(found.findings),
        "missing": words.missing(found.missing),
        "given_reasons": words.reasons(found.request.reasons),
        "reasons": REASONS.values(),
        "history": words.history(found.history),
    }


def _picture(found: RequestFile, kind: ImageKind) -> Picture:
    key = [found.request.guardian_id, found.request.id, kind.value]
    url = reverse("officer:family_paper", args=key)
    return judged(kind.value, words.PAPERS[kind.value], url, found.papers.get(kind))


def _paper(guardian_id: int, request_id: int, kind: str, *, by: Actor, now: datetime) -> bytes:
    if kind not in {one.value for one in PAPERS}:
        raise NotYours
    return queries.paper_for_officer(guardian_id, request_id, ImageKind(kind), by=by, now=now)


FILE = FileKind(lists.QUEUE, "officer/families/file.html", _opened, words.DONE, words.REFUSALS, words.trouble)
see_certificate = button(FILE, deciding.see_certificate, "giay")
unsee_certificate = button(FILE, deciding.unsee_certificate, "bo-giay")
refuse = button(FILE, deciding.refuse, "tu-choi", read=pages.reasons, form="refusal")
HERE = "can-bo/gia-dinh/<int:guardian_id>/<int:request_id>"
routes = [
    path(HERE, pages.page(FILE), name="family"),
    path(f"{HERE}/so-giay", see_certificate, name="family_certificate"),
    path(f"{HERE}/bo-so-giay", unsee_certificate, name="family_uncertificate"),
    path(f"{HERE}/duyet", button(FILE, deciding.approve, "duyet", read=pages.seen), name="family_approve"),
    path(f"{HERE}/tu-choi", refuse, name="family_refuse"),
    path(f"{HERE}/ket-thuc", button(FILE, deciding.end_link, "ket-thuc"), name="family_end"),
    path(f"{HERE}/anh/<slug:kind>", pages.picture(_paper), name="family_paper"),
]
