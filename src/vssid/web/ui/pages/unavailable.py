"""The database or the store of files is away: a page in words, and what was typed ready to be sent again.

Nothing here asks the database. A form is drawn again only when it was sent from a page of ours (its token is
looked at here, for the database may fail before that is checked), is short, and holds no file and no
password; for others the browser keeps what was typed, and sends it again when the page is loaded anew.
"""

from __future__ import annotations

import structlog
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext_lazy as _

from vssid.infra import blobs
from vssid.infra.database import away

from .. import errors

SECONDS = 30  # after which trying again is worth it
LONGEST = 200_000  # bytes of a form that is drawn again
API = "/api/"
SECRETS = ("password", "mat-khau")
log = structlog.get_logger("vssid.web")

TITLE = _("Hệ thống tạm thời gián đoạn")
READING = _(
    "Lỗi ở phía chúng tôi, không phải do máy hay mạng của bạn. Thông tin đã lưu không bị mất."
    " Hãy đợi khoảng nửa phút rồi thử lại."
)
CARRIED = _(
    "Lỗi ở phía chúng tôi. Điều bạn vừa gửi có thể chưa được lưu, nhưng những gì đã nhập vẫn còn ở trang này:"
    " đừng đóng trang, hãy đợi khoảng nửa phút rồi bấm “Gửi lại”."
)
RELOAD = _(
    "Lỗi ở phía chúng tôi. Điều bạn vừa gửi có thể chưa được lưu, nhưng trình duyệt còn giữ những gì đã nhập"
    " và tệp đã chọn: đừng đóng trang, hãy đợi khoảng nửa phút, tải lại trang này rồi đồng ý gửi lại."
)
FILE_NOT_KEPT = _(
    "Lỗi ở phía chúng tôi: nơi lưu tệp tạm thời không nhận được tệp, nên tệp vừa gửi chưa được lưu."
    " Thông tin và tệp đã lưu trước đó không bị mất."
    " Đừng đóng trang: hãy đợi ít phút, tải lại trang này rồi đồng ý gửi lại."
)
Fields = list[tuple[str, str]]


def page(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The answer 503 when the database is away or too busy; None for any other error."""
    if isinstance(error, blobs.Away):
        return _of_the_store(request, error)
    if not away.is_away(error):
        return None
    cause = away.cause(error)
    log.warning("database_away", error=type(cause).__name__, sqlstate=getattr(cause, "sqlstate", None))
    response = _for_programs() if request.path.startswith(API) else _for_people(request)
    response["Retry-After"] = str(SECONDS)
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would log the path
    return response


def _of_the_store(request: HttpRequest, error: blobs.Away) -> HttpResponse:
    """The store of files takes or gives nothing: 507 when it is full, else 503. What was saved is whole."""
    log.error("store_away", is_full=error.is_full, error=type(error.__cause__).__name__)
    status = 507 if error.is_full else 503
    text = READING if request.method in {"GET", "HEAD"} else FILE_NOT_KEPT
    back = (_("Thử lại"), request.get_full_path()) if request.method in {"GET", "HEAD"} else errors.HOME
    response = errors.answer(request, errors.Page(status, TITLE, text, back))
    response["Retry-After"] = str(SECONDS)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _for_programs() -> HttpResponse:
    """RFC 9457, as the other refusals of the API."""
    problem = {"type": "about:blank", "title": "Service Unavailable", "status": 503, "code": "unavailable"}
    return JsonResponse(problem, status=503, content_type="application/problem+json")


def _for_people(request: HttpRequest) -> HttpResponse:
    here = request.get_full_path()
    if request.method in {"GET", "HEAD"}:
        return errors.answer(request, errors.Page(503, TITLE, READING, (_("Thử lại"), here)))
    fields = _fields(request)
    text = RELOAD if fields is None else CARRIED
    return errors.answer(
        request, errors.Page(503, TITLE, text, errors.HOME), more={"fields": fields, "address": here}
    )


def _fields(request: HttpRequest) -> Fields | None:
    """What was typed, when it may be drawn; None when the browser has to keep it."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST or not _is_from_here(request):
            return None
        sent = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        if request.FILES or not sent:
            return None
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError, ValueError):
        return None
    if any(secret in name for name, value in sent if value for secret in SECRETS):
        return None
    return [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]


def _is_from_here(request: HttpRequest) -> bool:
    """Does the form carry our token? Else another site could have its own form sent by our button."""

    def nothing(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    check = CsrfViewMiddleware(nothing)
    check.process_request(request)
    return check.process_view(request, nothing, (), {}) is None
