"""/…/xac-thuc: what the member proves with, and what was done about it lately."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.accounts.factors import authenticator_apps, changing, recovery_codes
from vssid.domain.accounts.factors.errors import LastFactor
from vssid.domain.accounts.sign_in import passkeys
from vssid.domain.audit import queries as audit

from ..access import VisitRequest
from . import asking
from .door import Door

EVENTS: dict[str, Any] = {
    "account.signed_in": gettext_lazy("Đăng nhập"),
    "account.factor_refused": gettext_lazy("Nhập sai mã xác thực"),
    "account.factor_added": gettext_lazy("Thêm ứng dụng xác thực"),
    "account.factor_removed": gettext_lazy("Bỏ ứng dụng xác thực hoặc khóa truy cập"),
    "account.passkey_added": gettext_lazy("Thêm khóa truy cập"),
    "account.recovery_codes_made": gettext_lazy("Tạo bộ mã dự phòng mới"),
    "account.recovery_code_used": gettext_lazy("Dùng một mã dự phòng"),
    "account.password_set": gettext_lazy("Đặt mật khẩu"),
    "account.staff_reset": gettext_lazy("Quản trị đặt lại tài khoản, cấp mã kích hoạt mới"),
    "account.employer_reset": gettext_lazy("Quản trị đặt lại tài khoản, cấp mã kích hoạt mới"),
    "account.factor_asked": gettext_lazy("Nhờ quản trị xác nhận để thêm cách xác thực mới"),
    "account.factor_vouched": gettext_lazy("Quản trị xác nhận cho thêm cách xác thực mới"),
    "account.factor_word_refused": gettext_lazy("Quản trị từ chối xác nhận"),
    "account.contact_asked": gettext_lazy("Ghi e-mail công việc, chờ xác nhận"),
    "account.email_changed": gettext_lazy("Đổi hoặc bỏ e-mail công việc"),
    "account.session_ended": gettext_lazy("Kết thúc một phiên đăng nhập"),
    "account.shift_ended": gettext_lazy("Kết thúc ca"),
}
SHOWN = 15


@require_safe
def factors(request: VisitRequest, door: Door) -> HttpResponse:
    """Every factor with when it was used last, the recovery codes that are left, the newest events."""
    return _page(request, door)


def _page(request: VisitRequest, door: Door, *, trouble: str = "") -> HttpResponse:
    session = request.session_view
    assert session is not None
    person_id = session.person_id
    events = [event for event in audit.events_of(person_id, limit=100) if event.kind in EVENTS]
    left = recovery_codes.left(person_id)
    context = {
        "apps": authenticator_apps.of(person_id),
        "passkeys": passkeys.of(person_id),
        "left": left,
        "few": left <= recovery_codes.FEW,
        "not_kept": recovery_codes.awaits(person_id, now=timezone.now()),
        "events": [(event.at, EVENTS[event.kind]) for event in events[:SHOWN]],
        "trouble": trouble,
    }
    return door.draw(request, "ui/security/factors.html", context, status=409 if trouble else 200)


@require_POST
def remove(request: VisitRequest, door: Door, factor_id: uuid.UUID) -> HttpResponse:
    """Take away an app or a passkey of one's own; the last factor stays."""
    session = request.session_view
    assert session is not None
    try:
        changing.remove(session.person_id, factor_id, session_id=session.session_id, now=timezone.now())
    except LastFactor:
        return _page(
            request,
            door,
            trouble=_("Đây là cách xác thực duy nhất. Hãy thêm cách khác trước rồi bỏ cách này."),
        )
    return door.lead("factors")


def routes(door: Door) -> list[URLPattern]:
    """The pages, at a door."""
    taken_away = door.signed_in(asking.before(door.bound(remove), door))
    return [
        path("xac-thuc", door.signed_in(door.bound(factors)), name="factors"),
        path("xac-thuc/bo/<uuid:factor_id>", taken_away, name="factor_remove"),
    ]
