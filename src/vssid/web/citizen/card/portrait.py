"""/chan-dung and /con/<link>/chan-dung: a portrait, small, for the face of a card."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.accounts.guardianship import guardians
from vssid.domain.families import queries as families
from vssid.domain.registration import portraits
from vssid.infra.pictures import images
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

SIDE = 160  # pixels, twice what the page shows


@citizen
@require_safe
def portrait(request: VisitRequest) -> HttpResponse:
    """GET /chan-dung: the JPEG of the one who asks, and of nobody else; 404 when none is kept."""
    session = request.session_view
    assert session is not None
    return _small(portraits.of(session.person_id))


@citizen
@require_safe
def of_child(request: VisitRequest, link_id: uuid.UUID) -> HttpResponse:
    """GET /con/<link>/chan-dung: the picture that this guardian handed in for the child. Raises NotYours."""
    session = request.session_view
    assert session is not None
    guardians.child(session.person_id, link_id, now=timezone.now())
    return _small(families.portrait(session.person_id, link_id))


def _small(kept: bytes | None) -> HttpResponse:
    if kept is None:
        answer = HttpResponse(status=404)
        # Says nothing about anybody, and spares asking with each visit of the page.
        answer["Cache-Control"] = "private, max-age=3600"
        return answer
    answer = HttpResponse(images.face(kept, side=SIDE), content_type="image/jpeg")
    answer["Content-Disposition"] = "inline"
    return cookies.keep_offline(answer)
