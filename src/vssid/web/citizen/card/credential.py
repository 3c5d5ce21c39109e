"""The signed code beside the official one on /the/ma, and a fresh one for a page open for long."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from vssid.domain.cards import signing
from vssid.domain.cards.standing import Worth
from vssid.domain.record.decode import Record
from vssid.infra.documents.qr import qr_svg
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.templatetags.ui import ngay_gio

from ..record.record_owner import record_of
from .face import standing_of


@dataclass(frozen=True, slots=True)
class SignedCode:
    """A signed code as the page shows it."""

    svg: SafeString
    issued_at: datetime
    expires_at: datetime


def signed_code(record: Record, person_id: int, now: datetime) -> SignedCode | None:
    """The person's signed code; None when the card does not count in the next days or may be recalled."""
    card = record.card
    if card is None or standing_of(record, local_day(now)).worth is Worth.UNKNOWN:
        return None
    issued = signing.issue(card, person_id, now=now)
    if issued is None:
        return None
    # Level Q as documented: it survives a cracked screen, and the text was made to fit.
    drawn = mark_safe(qr_svg(issued.text, error="q"))  # noqa: S308 - drawn by us from dots
    return SignedCode(drawn, issued.times.issued_at, issued.times.expires_at)


@citizen
@require_safe
def fresh(request: VisitRequest, link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /the/chung-thuc, a child's too: a signed code issued now, as JSON; 404 when there is none to give.

    It changes nothing, so asking again does no harm. No cache keeps it; on the device only the whole page
    /the/ma is stored, which the script asks the service worker to fetch anew.
    """
    now = timezone.now()
    shown = record_of(request, link_id, now)
    code = signed_code(shown.record, shown.person_id, now)
    if code is None:
        return JsonResponse({"code": "no_signed_code"}, status=404)
    return JsonResponse(
        {
            "svg": code.svg,
            "issued_at": code.issued_at.isoformat(),
            "expires_at": code.expires_at.isoformat(),
            "until": ngay_gio(code.expires_at),
        }
    )
