"""/quyen-rieng-tu: what is held, who may see it, how long."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.notifications.inbox import retention as notices
from vssid.domain.statements import retention as statements
from vssid.domain.support import retention as tickets
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.caching import cacheable


@public
@cacheable
@require_safe
def privacy(request: VisitRequest) -> HttpResponse:
    """GET /quyen-rieng-tu; the terms are those of the settings and of the dated data."""
    today = local_day(timezone.now())
    days = {
        "image_days": settings.IMAGE_RETENTION.days,
        "draft_days": settings.DRAFT_LIFE.days,
        "error_days": settings.IMPORT_ERRORS_KEPT.days,
        "device_days": settings.DEVICE_IDLE.days,
        "ticket_days": tickets.term(today).days,
        "notice_days": notices.term(today).days,
        "file_days": statements.term(today).days,
    }
    return render(request, "public/site/privacy.html", days)
