"""/dat-mat-khau (first sign-in) and /doi-mat-khau."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.accounts.sign_in.sessions import SessionView
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import Invalid
from vssid.web.ui import client, cookies
from vssid.web.ui.access import VisitRequest, citizen, local_path, public
from vssid.web.ui.forms.new_password import ChangePasswordForm, NewPasswordForm

from . import browser
from .sign_in import REFUSED, limited_page, onward

WORDS: dict[str, str | Promise] = {
    "too_short": gettext_lazy("Mật khẩu cần ít nhất 8 ký tự. Thêm một vài chữ nữa là được."),
    "too_long": gettext_lazy("Mật khẩu dài tối đa 128 ký tự."),
    "too_common": gettext_lazy("Nhiều người dùng mật khẩu này nên rất dễ đoán. Hãy chọn mật khẩu khác."),
    "same_as_login": gettext_lazy("Mật khẩu không được chứa mã số BHXH của bạn."),
    "activation_like": gettext_lazy(
        "Mật khẩu này giống mật khẩu kích hoạt trong tin nhắn. Hãy tự đặt mật khẩu khác."
    ),
}
OTHER = gettext_lazy("Mật khẩu này chưa dùng được. Hãy chọn mật khẩu khác.")


def password_words(refused: Invalid) -> str:
    """Why an own password was refused."""
    return str(WORDS.get(refused.fields.get("password", ""), OTHER))


@public
@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: VisitRequest) -> HttpResponse:
    """GET and POST /dat-mat-khau: only while the activation password is still the only one."""
    session = request.session_view
    if session is None or session.kind != "citizen":
        return redirect("citizen:sign_in")
    if not session.must_set_password:
        return onward(request, must_set_password=False)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    next_path = local_path(request, request.POST.get("tiep") or request.GET.get("tiep"), "")
    response = _set(request, form, session) if form.is_valid() else None
    if response is None:
        page = {"form": form, "tiep": next_path, "login": session.login}
        return render(
            request, "citizen/account/first_password.html", page, status=REFUSED if form.errors else 200
        )
    return response


@citizen
@sensitive_post_parameters("now", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: VisitRequest) -> HttpResponse:
    """GET and POST /doi-mat-khau: the old password again, under the limits of sign-in."""
    session = request.session_view
    assert session is not None
    form = ChangePasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            prove(request, session, form.cleaned_data["now"])
        except WrongCredentials:
            form.add_error("now", _("Mật khẩu đang dùng chưa đúng."))
        except Limited as limited:
            return limited_page(request, limited)
    response = _set(request, form, session) if form.is_valid() else None
    if response is None:
        page = {"form": form, "login": session.login}
        return render(
            request, "citizen/account/change_password.html", page, status=REFUSED if form.errors else 200
        )
    return response


def prove(request: VisitRequest, session: SessionView, password: str) -> None:
    """The password of the signed-in person once more. Raises WrongCredentials or Limited, as signing in."""
    actions.prove(
        session.login,
        password,
        kind="citizen",
        address=client.address(request),
        known_device=True,
        now=timezone.now(),
    )


def _set(request: VisitRequest, form: forms.Form, session: SessionView) -> HttpResponse | None:
    """Set the password; None when it was refused and the form says why."""
    try:
        signed_in = actions.set_password(
            session.person_id,
            form.cleaned_data["new"],
            device=browser.name(request),
            now=timezone.now(),
            session_id=session.session_id,
        )
    except WrongCredentials:
        # Ended meanwhile: by a new activation password, or on another device.
        return redirect("citizen:sign_in")
    except Invalid as refused:
        form.add_error("new", password_words(refused))
        return None
    response = onward(request, must_set_password=False)
    cookies.set_session(response, signed_in.token)
    return response
