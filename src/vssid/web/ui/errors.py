"""Pages that say no: what happened, what to do next, whom to call.

A DomainError is turned into a page by its code. Doors add theirs once, at import of their urls:

    register_page("already_open", status=409, title=_("…"), text=_("…"), action=(_("Xem"), reverse_lazy("…")))

`text` may be a function of the error's facts. None of these pages touches the database.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.http import http_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vssid.kernel.calendar import VIETNAM
from vssid.kernel.errors import DomainError

from .context import frame
from .words import text_limit_words

Words = Any  # str or a lazy string
Action = tuple[Words, str | Promise]  # label and address


@dataclass(frozen=True, slots=True)
class Page:
    """One refusal in words."""

    status: int
    title: Words
    text: Words | Callable[[Mapping[str, Any]], Words]
    action: Action


def _limited_text(facts: Mapping[str, Any]) -> str:
    """When to try again, if the error knows."""
    if texts := text_limit_words.used_up(facts):
        return texts
    retry_at = facts.get("retry_at")
    if retry_at is None:
        return gettext("Để giữ an toàn cho tài khoản, hãy đợi ít phút rồi thử lại. Tài khoản không bị khóa.")
    when = retry_at.astimezone(VIETNAM).strftime("%H:%M, %d/%m/%Y")
    words = gettext("Để giữ an toàn cho tài khoản, hãy thử lại sau %(when)s. Tài khoản không bị khóa.")
    return words % {"when": when}


HOME: Action = (_("Về trang chủ"), reverse_lazy("citizen:home"))
BAD_REQUEST = Page(
    400,
    _("Chưa đọc được yêu cầu"),
    _("Thông tin gửi lên thiếu hoặc chưa đúng dạng. Hãy quay lại trang trước, kiểm tra rồi gửi lại."),
    HOME,
)
FORBIDDEN = Page(
    403,
    _("Trang này không dành cho tài khoản đang dùng"),
    _("Hãy đăng nhập bằng tài khoản có quyền xem trang, hoặc quay về trang chủ."),
    HOME,
)
NOT_FOUND = Page(
    404,
    _("Không tìm thấy trang"),
    _("Địa chỉ có thể đã đổi hoặc gõ nhầm, hoặc nội dung không thuộc tài khoản đang dùng."),
    HOME,
)
CONFLICT = Page(
    409,
    _("Việc này đã được làm trước đó"),
    _("Có người hoặc một lần gửi khác đã làm xong việc này. Hãy mở lại trang để xem tình trạng mới nhất."),
    HOME,
)
TOO_BIG = Page(
    413,
    _("Tệp gửi lên quá lớn"),
    _("Mỗi ảnh tối đa 10 MB. Hãy quay lại, chọn ảnh nhỏ hơn hoặc chụp lại rồi gửi."),
    HOME,
)
LIMITED = Page(
    429,
    _("Đã thử quá nhiều lần"),
    _limited_text,
    HOME,
)
BROKEN = Page(
    500,
    _("Hệ thống đang gặp trục trặc"),
    _("Lỗi ở phía chúng tôi và đã được ghi lại. Thông tin đã lưu không bị mất. Hãy thử lại sau ít phút."),
    HOME,
)
CANNOT_OPEN = Page(
    409,
    _("Chưa đọc được dữ liệu đã lưu"),
    _(
        "Dữ liệu đã lưu không khớp với lần ghi mới nhất nên hệ thống không dùng. Việc này đã được ghi lại để"
        " kiểm tra. Hãy liên hệ cơ quan BHXH hoặc tổng đài để được hỗ trợ."
    ),
    HOME,
)
STALE_FORM = Page(
    403,
    _("Trang đã mở quá lâu"),
    _("Để giữ an toàn, biểu mẫu này đã hết hiệu lực. Hãy quay lại, tải lại trang rồi gửi lần nữa."),
    HOME,
)

PAGES: dict[str, Page] = {
    "not_found": NOT_FOUND,
    "invalid": BAD_REQUEST,
    "limited": LIMITED,
    "texts_used_up": LIMITED,
    "domain": CONFLICT,
    # What cannot be written down in the log is not done.
    "audit_lane_missing": replace(BROKEN, status=503),
}


def register_page(
    code: str,
    *,
    status: int,
    title: Words,
    text: Words | Callable[[Mapping[str, Any]], Words],
    action: Action = HOME,
) -> None:
    """Say how the DomainError with `code` looks. A code is registered once."""
    if code in PAGES and PAGES[code] != Page(status, title, text, action):
        raise ValueError(f"error page {code} is registered twice")
    PAGES[code] = Page(status, title, text, action)


def page_for(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a refused rule; an unknown code is a conflict."""
    page = PAGES.get(error.code, CONFLICT)
    response = answer(request, page, error.facts)
    retry_at = error.facts.get("retry_at")
    if page.status == LIMITED.status and retry_at is not None:
        response["Retry-After"] = http_date(retry_at.timestamp())
    return response


def answer(
    request: HttpRequest,
    page: Page,
    facts: Mapping[str, Any] | None = None,
    *,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Draw a page in the frame without context processors; `more` is for the template."""
    text = page.text(facts or {}) if callable(page.text) else page.text
    context = {
        **frame(request),
        "page": page,
        "text": text,
        "csrf_token": get_token(request),
        "request_id": getattr(request, "request_id", ""),
        **(more or {}),
    }
    return HttpResponse(render_to_string("ui/errors/page.html", context), status=page.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400; a body over the limit is said to be too big."""
    return answer(request, TOO_BIG if isinstance(exception, RequestDataTooBig) else BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403"""
    return answer(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404"""
    return answer(request, NOT_FOUND)


PLAIN = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Hệ thống đang gặp trục trặc</title>'
    "<h1>Hệ thống đang gặp trục trặc</h1><p>Hãy thử lại sau ít phút. Tổng đài 1900 9068.</p>"
    '<p lang="en">Something went wrong on our side. Try again in a few minutes. Hotline 1900 9068.</p></html>'
)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500; must answer even when the templates are what broke.

    The database may go while something around the view asks it: that is no fault to be looked into.
    """
    from .pages import unavailable

    try:
        return unavailable.page(request, sys.exc_info()[1]) or answer(request, BROKEN)
    except Exception:  # the last resort of a broken system
        return HttpResponse(PLAIN, status=500)


# Forms of pages a device may have kept for long, and where a fresh form is.
FRESH_FORMS: dict[str, Action] = {"citizen:sign_out": (_("Đăng xuất"), reverse_lazy("citizen:sign_out"))}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """settings.CSRF_FAILURE_VIEW: a form that is too old, or not ours."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    return answer(request, replace(STALE_FORM, action=FRESH_FORMS.get(page, HOME)))
