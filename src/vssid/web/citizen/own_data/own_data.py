"""/du-lieu-cua-toi: what is held about me, who looked, and all of it to take away."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.privacy import actions, as_json, queries
from vssid.domain.privacy.views import Everything, Seen
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

from . import event_words, pdf

SHOWN_EVENTS = 50
FORMS = {"json": "application/json", "pdf": "application/pdf"}


@citizen
@require_safe
def own_data(request: VisitRequest) -> HttpResponse:
    """GET /du-lieu-cua-toi"""
    session = request.session_view
    assert session is not None
    now = timezone.now()
    everything = queries.everything(session.person_id, now=now)
    page: dict[str, Any] = {
        "confirmed": now,
        "rows": counts(everything),
        "seen": [told(event) for event in everything.seen[:SHOWN_EVENTS]],
        "is_more": len(everything.seen) > SHOWN_EVENTS,
    }
    return cookies.keep_offline(render(request, "citizen/own_data/own_data.html", page))


@citizen
@require_POST
def download(request: VisitRequest) -> HttpResponse:
    """POST /du-lieu-cua-toi/tai: the own copy as JSON or PDF, made now and kept nowhere."""
    session = request.session_view
    assert session is not None
    form = request.POST.get("dang", "")
    if form not in FORMS:
        raise Http404
    everything = actions.export(session.person_id, form, by=request.actor, now=timezone.now())
    if form == "json":
        content = json.dumps(as_json.plain(everything), ensure_ascii=False, indent=1).encode()
    else:
        content = pdf.render(everything)
    name = f'attachment; filename="du-lieu-cua-toi.{form}"'
    return HttpResponse(content, content_type=FORMS[form], headers={"Content-Disposition": name})


def told(seen: Seen) -> dict[str, Any]:
    """An event in words."""
    return {"at": seen.at, "what": event_words.what(seen), "who": event_words.who(seen)}


def counts(everything: Everything) -> list[tuple[str, int]]:
    """How much is held of what."""
    return [
        (
            _("Giai đoạn tham gia BHXH, BHTN, TNLĐ-BNN"),
            sum(len(scheme.periods) for scheme in everything.participation.schemes),
        ),
        (_("Giai đoạn có thẻ BHYT"), len(everything.participation.coverage)),
        (_("Lần hưởng chế độ"), len(everything.benefits)),
        (_("Lần khám chữa bệnh"), len(everything.visits)),
        (_("Giấy được cấp"), len(everything.certificates)),
        (_("Dữ liệu trước khi sửa"), len(everything.versions)),
        (_("Hồ sơ đăng ký"), len(everything.applications)),
        (_("Tin nhắn đã gửi (không giữ nội dung)"), len(everything.messages)),
        (_("Máy đang đăng nhập"), len(everything.devices)),
        (_("Bản xác nhận C14-TS đã cấp"), len(everything.statements)),
        (_("Hồ sơ dịch vụ công"), len(everything.requests)),
        (_("Phản ánh, kiến nghị"), len(everything.threads)),
        (_("Ghi chú của cán bộ trên hồ sơ đã đóng"), len(everything.file_notes)),
        (_("Lần đơn vị cung cấp thông tin liên hệ"), len(everything.given_by_employers)),
        (_("Lời mời đăng ký của đơn vị"), len(everything.invitations)),
        (_("Thông báo"), len(everything.notices)),
        (_("Con được theo dõi trong tài khoản này"), len(everything.children)),
    ]
