"""/…/mat-khau-moi: with an activation code one sets the own password, and opens nothing else."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import WrongCredentials
from vssid.kernel.errors import Invalid

from .. import browser_name, cookies
from ..access import VisitRequest
from ..forms.new_password import NewPasswordForm
from .door import Door

WORDS: dict[str, Any] = {
    "too_short": _("Mật khẩu cần ít nhất 8 ký tự. Thêm một vài chữ nữa là được."),
    "too_long": _("Mật khẩu dài tối đa 128 ký tự."),
    "too_common": _("Nhiều người dùng mật khẩu này nên rất dễ đoán. Hãy chọn mật khẩu khác."),
    "same_as_login": _("Mật khẩu không được chứa tên đăng nhập."),
    "activation_like": _("Mật khẩu này giống mã kích hoạt. Hãy tự đặt mật khẩu khác."),
}
OTHER = _("Mật khẩu này chưa dùng được. Hãy chọn mật khẩu khác.")


@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: VisitRequest, door: Door) -> HttpResponse:
    """Only while the activation code is still the only way in; then the second factor comes."""
    session = request.session_view
    assert session is not None
    if not session.must_set_password:
        return door.lead("factor_app" if session.proved_at is None else door.home)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            signed_in = actions.set_password(
                session.person_id,
                form.cleaned_data["new"],
                device=browser_name.name(request),
                now=timezone.now(),
                session_id=session.session_id,
            )
        except WrongCredentials:  # a new activation code was given meanwhile
            return door.lead("sign_in")
        except Invalid as refused:
            form.add_error("new", WORDS.get(refused.fields.get("password", ""), OTHER))
        else:
            response = door.lead("factor_app")
            cookies.set_session(response, signed_in.token, at_work=True)
            return response
    page = {"form": form, "login": session.login}
    status = 422 if form.errors else 200
    return door.draw_outside(request, "ui/security/first_password.html", page, status=status)


def routes(door: Door) -> list[URLPattern]:
    """The page, at a door."""
    return [path("mat-khau-moi", door.member(door.bound(first_password)), name="first_password")]
