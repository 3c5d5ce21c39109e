"""/can-bo/gia-dinh/<guardian>/<request>: one request for a child and what an officer decides on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import path, reverse

from vssid.domain.casework.why import told
from vssid.domain.families import deciding
from vssid.domain.families.desk import looks
from vssid.domain.families.desk.doubt_classes import CLASSES
from vssid.domain.families.queries import RequestFile
from vssid.domain.families.reasons import REASONS
from vssid.domain.families.rules import PAPERS
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest

from ..casework import colleague_pages, pages, why
from ..casework.pages import FileKind, Key, button
from ..casework.pictures import Picture, judged
from . import lists, words


def _opened(request: VisitRequest, key: Key, now: datetime) -> tuple[bool, dict[str, Any]]:
    file = looks.look_at(*key, by=request.actor, now=now)
    state_words, pill = words.STATES[file.request.state]
    return file.request.is_open, {
        "side": lists.side(request.actor, now),
        "file": file,
        "status": file.request,
        "state_words": state_words,
        "pill": pill,
        "pictures": [_picture(file, kind) for kind in PAPERS],
        "rows": words.table(file),
        "warnings": [words.FINDINGS.get(code, code) for code in file.findings],
        "groups": why.groups(request, file.findings if file.request.is_open else (), CLASSES),
        "despite": told(file.request.despite, CLASSES),
        "missing": words.missing(file.missing),
        "given_reasons": words.reasons(file.request.reasons),
        "reasons": REASONS.values(),
        "history": words.history(file.history),
    }


def _picture(file: RequestFile, kind: ImageKind) -> Picture:
    key = [file.request.guardian_id, file.request.id, kind.value]
    url = reverse("officer:family_paper", args=key)
    return judged(kind.value, words.PAPERS[kind.value], url, file.papers.get(kind))


def _paper(guardian_id: int, request_id: int, kind: str, *, by: Actor, now: datetime) -> bytes:
    if kind not in {paper.value for paper in PAPERS}:
        raise NotYours
    return looks.look_at_paper(guardian_id, request_id, ImageKind(kind), by=by, now=now)


FILE = FileKind(lists.QUEUE, "officer/families/file.html", _opened, words.DONE, words.REFUSALS, words.trouble)
see_certificate = button(FILE, deciding.see_certificate, "giay", need=Right.CHECK_PAPERS)
unsee_certificate = button(FILE, deciding.unsee_certificate, "bo-giay", need=Right.CHECK_PAPERS)
approve = button(FILE, deciding.approve, "duyet", read=lambda request: why.approval(request, CLASSES))
refuse = button(FILE, deciding.refuse, "tu-choi", read=pages.reasons, form="refusal")
HERE = "can-bo/gia-dinh/<int:guardian_id>/<int:request_id>"
routes = [
    path(HERE, pages.page(FILE), name="family"),
    path(f"{HERE}/so-giay", see_certificate, name="family_certificate"),
    path(f"{HERE}/bo-so-giay", unsee_certificate, name="family_uncertificate"),
    path(f"{HERE}/duyet", approve, name="family_approve"),
    path(f"{HERE}/tu-choi", refuse, name="family_refuse"),
    path(f"{HERE}/ket-thuc", button(FILE, deciding.end_link, "ket-thuc"), name="family_end"),
    path(f"{HERE}/anh/<slug:kind>", pages.picture(lists.QUEUE, _paper), name="family_paper"),
    *colleague_pages.routes(FILE, HERE),
]
