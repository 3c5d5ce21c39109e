"""/dang-ky/tra-cuu: where a file stands, by number and phone; opening it here, by a code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.registration import manage_codes, queries
from vssid.domain.registration.queries import Status
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BadCode, Phone
from vssid.kernel.text import digits
from vssid.web.ui import client, reading
from vssid.web.ui.access import VisitRequest, public

from .. import handover_cookie
from . import file_cookie, states, wizard, words
from .confirm import AGAIN
from .forms import CodeForm, LookUpForm

PASS = "tra-cuu"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: VisitRequest) -> HttpResponse:
    """GET and POST /dang-ky/tra-cuu. Number and phone travel in the body only."""
    if request.method != "POST":
        has_own_file = file_cookie.subject_of(request) is not None and file_cookie.draft_of(request) is None
        return render(
            request, "public/registration/look_up.html", {"form": LookUpForm(), "has_own_file": has_own_file}
        )
    look_up_form, now = LookUpForm(request.POST), timezone.now()
    try:
        status = _find(request, look_up_form.raw)
    except Invalid as refused:
        words.refuse(look_up_form, refused)
        return render(
            request, "public/registration/look_up.html", {"form": look_up_form}, status=wizard.REFUSED
        )
    except Limited as refused:
        look_up_form.add_error(None, words.limited(refused, now))
        return render(request, "public/registration/look_up.html", {"form": look_up_form}, status=429)
    if status is None:
        look_up_form.add_error(
            None, _("Không tìm thấy hồ sơ nào có cả số hồ sơ và số điện thoại này. Hãy xem lại cả hai.")
        )
        return render(
            request, "public/registration/look_up.html", {"form": look_up_form}, status=wizard.REFUSED
        )
    response = redirect("public:look_up_result")
    handover_cookie.put(response, PASS, {"id": status.id})
    return response


def _find(request: HttpRequest, raw: dict[str, str]) -> Status | None:
    """The file, or None. Raises Invalid or Limited."""
    wrong: dict[str, str] = {}
    phone = None
    try:
        phone = Phone.parse(raw["phone"])
    except BadCode:
        wrong["phone"] = "bad_phone" if raw["phone"].strip() else "required"
    if not raw["number"].strip():
        wrong["number"] = "required"
    if phone is None or wrong:
        raise Invalid(**wrong)
    return queries.look_up(raw["number"], phone, address=client.address(request), now=timezone.now())


def _status(request: HttpRequest) -> Status | None:
    handed_over = handover_cookie.take(request, PASS)
    own = queries.own(handed_over["id"], now=timezone.now()) if handed_over else None
    return own.status if own else None


@public
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """GET /dang-ky/tra-cuu/ket-qua: state, last day, next step, office; nothing personal."""
    status = _status(request)
    if status is None:
        return redirect("public:look_up")
    context = {
        "status": status,
        "wording": states.WORDING[status.state],
        "stages": states.way(status),
        "has_own_file": file_cookie.subject_of(request) == status.id,
    }
    return render(request, "public/registration/look_up_result.html", context)


@public
@require_POST
def send_code(request: HttpRequest) -> HttpResponse:
    """POST /dang-ky/tra-cuu/mo: send the code that opens the file in this browser."""
    status, now = _status(request), timezone.now()
    if status is None:
        return redirect("public:look_up")
    try:
        manage_codes.send(status.id, address=client.address(request), now=now)
    except Limited as refused:
        if refused.facts["name"] != AGAIN or request.POST.get("go") == "again":
            return _page(request, error=words.limited(refused, now), status=429)
    return redirect("public:look_up_code")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: VisitRequest) -> HttpResponse:
    """GET and POST /dang-ky/tra-cuu/ma."""
    status = _status(request)
    if status is None:
        return redirect("public:look_up")
    if request.method != "POST":
        return _page(request)
    typed = digits(request.POST.get("code", "")[:60])
    if len(typed) != 6:
        return _page(request, error=_("Hãy nhập đủ 6 chữ số trong tin nhắn."))
    now = timezone.now()
    try:
        token = manage_codes.enter(status.id, typed, address=client.address(request), now=now)
        reading.goes_on(request, status.id)
    except (WrongCode, CodeExpired, Limited) as refused:
        return _page(request, error=words.of_code(refused, now))
    except NotYours:
        return redirect("public:look_up")
    response = redirect("public:own_file")
    file_cookie.keep(response, token)
    handover_cookie.drop(response, PASS)
    return response


def _page(request: HttpRequest, *, error: str = "", status: int = 0) -> HttpResponse:
    form = CodeForm({}) if error else CodeForm()
    if error:
        form.add_error("code", error)
    return render(
        request,
        "public/registration/look_up_code.html",
        {"form": form},
        status=status or (wizard.REFUSED if error else 200),
    )
