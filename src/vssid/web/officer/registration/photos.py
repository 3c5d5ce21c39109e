"""The ID photos of a file. The domain audits each look."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from vssid.domain.identity.kinds import ImageKind
from vssid.domain.registration import queries
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest, officer

from ..errors import or_not_here


@officer
@require_GET
@or_not_here
def photo(request: VisitRequest, application_id: int, kind: str) -> HttpResponse:
    """/can-bo/ho-so/…/anh/front|back|portrait: the JPEG, kept by nobody on the way."""
    if kind not in set(ImageKind):
        raise NotYours
    jpeg = queries.image_for_officer(application_id, ImageKind(kind), by=request.actor, now=timezone.now())
    response = HttpResponse(jpeg, content_type="image/jpeg")
    response["Cache-Control"] = "no-store, private"
    response["Content-Disposition"] = "inline"
    return response
