"""/chan-dung: the own portrait, small, for the head of the own page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from vssid.domain.registration import portraits
from vssid.infra import images
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

SIDE = 160  # pixels, twice what the page shows


@citizen
@require_safe
def portrait(request: VisitRequest) -> HttpResponse:
    """GET /chan-dung: the JPEG of the one who asks, and of nobody else; 404 when none is kept."""
    session = request.session_view
    assert session is not None
    kept = portraits.of(session.person_id)
    if kept is None:
        answer = HttpResponse(status=404)
        # Says nothing about anybody, and spares asking with each visit of the page.
        answer["Cache-Control"] = "private, max-age=3600"
        return answer
    answer = HttpResponse(images.face(kept, side=SIDE), content_type="image/jpeg")
    answer["Content-Disposition"] = "inline"
    return cookies.keep_offline(answer)
