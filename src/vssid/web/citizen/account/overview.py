"""/tai-khoan: the account at one glance; freeze it, close it, keep it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.accounts import queries
from vssid.domain.accounts.contacts import changes
from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.accounts.recovery import closing, freezing
from vssid.domain.audit import queries as audit
from vssid.domain.verification.errors import Limited
from vssid.infra import mail
from vssid.kernel.actor import person
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

from . import words
from .forms import PasswordForm
from .password import prove
from .sign_in import REFUSED, limited_page

DONE: dict[str, str | Promise] = {
    "mat-khau": gettext_lazy("Đã đặt mật khẩu mới. Các máy khác đã đăng xuất, khóa truy cập cũ đã xóa."),
    "lien-he": gettext_lazy("Đã đổi. Số hoặc e-mail mới dùng được ngay."),
    "con-dung": gettext_lazy("Đã ghi nhận. Tin sau sẽ gửi lại vào đây; nếu không đến, bạn được báo lại."),
    "giu": gettext_lazy("Tài khoản được giữ lại. Không có gì bị xóa."),
    "yeu-cau": gettext_lazy("Đã gửi yêu cầu đến cơ quan BHXH."),
}
EVENTS_SHOWN = 12


@citizen
@require_safe
def account(request: VisitRequest) -> HttpResponse:
    """GET /tai-khoan"""
    session = request.session_view
    assert session is not None
    events = audit.events_of(session.person_id, limit=60)
    page = {
        "safety": queries.safety_of(session.person_id),
        "contacts": changes.of(session.person_id),
        "mail_on": mail.is_offered(),
        "done": DONE.get(request.GET.get("xong", ""), ""),
        "history": words.history(events)[:EVENTS_SHOWN],
    }
    return render(request, "citizen/account/overview.html", page)


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: VisitRequest) -> HttpResponse:
    """GET /tai-khoan/khoa asks, POST freezes at once: no password, since to be quick is to be safe."""
    session = request.session_view
    assert session is not None
    if request.method != "POST":
        hours = int(settings.THAW_WAIT.total_seconds() // 3600)
        return render(request, "citizen/account/freeze.html", {"thaw_hours": hours})
    freezing.freeze(session.person_id, by=person(session.person_id), how="session", now=timezone.now())
    response = redirect("citizen:frozen")
    cookies.clear_session(response)
    return response


@citizen
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: VisitRequest) -> HttpResponse:
    """GET /tai-khoan/dong says what goes and what remains; POST with the password asks for it."""
    session = request.session_view
    assert session is not None
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            prove(request, session, form.cleaned_data["password"])
        except WrongCredentials:
            form.add_error("password", _("Mật khẩu chưa đúng."))
        except Limited as limited:
            return limited_page(request, limited)
        else:
            closing.ask(session.person_id, now=timezone.now())
            return redirect("citizen:account_close")
    page = {
        "form": form,
        "safety": queries.safety_of(session.person_id),
        "close_days": settings.CLOSE_WAIT.days,
    }
    return render(request, "citizen/account/close.html", page, status=REFUSED if form.errors else 200)


@citizen
@require_POST
def keep(request: VisitRequest) -> HttpResponse:
    """POST /tai-khoan/giu: think otherwise."""
    session = request.session_view
    assert session is not None
    closing.keep(session.person_id, now=timezone.now())
    return HttpResponseRedirect(reverse("citizen:account", query={"xong": "giu"}))
