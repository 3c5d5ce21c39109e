"""/khoa-tai-khoan: freezing an account without a session."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.accounts.models.accounts import Claim
from vssid.domain.accounts.recovery import freezing
from vssid.domain.verification.errors import Limited
from vssid.web.ui import client, cookies
from vssid.web.ui.access import VisitRequest, public

from .. import browser
from ..forms import FreezeForm
from ..sign_in import REFUSED, limited_page
from . import asking, claim_cookie


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: VisitRequest) -> HttpResponse:
    """GET and POST /khoa-tai-khoan: with the password at once, else by a code to the account's phone."""
    by_password = request.POST.get("cach") == "mat-khau"
    form = FreezeForm(request.POST if request.method == "POST" else None, needs_password=by_password)
    if not form.is_valid():
        return asking.draw(request, Claim.FREEZE, form, status=REFUSED if form.errors else 200)
    if not by_password:
        return asking.ask_for_code(request, Claim.FREEZE, form)
    name = form.cleaned_data["name"]
    try:
        freezing.freeze_by_password(
            name,
            form.cleaned_data["password"],
            address=client.address(request),
            known_device=browser.is_known(request, name),
            now=timezone.now(),
        )
    except WrongCredentials:
        form.add_error(None, _("Mã số hoặc mật khẩu chưa đúng. Hãy xem lại cả hai rồi thử lần nữa."))
        return asking.draw(request, Claim.FREEZE, form, status=REFUSED)
    except Limited as limited:
        return limited_page(request, limited)
    return to_frozen()


def to_frozen() -> HttpResponse:
    """On to what a frozen account means; this browser is signed out and its claim over."""
    response = redirect("citizen:frozen")
    cookies.clear_session(response)
    return claim_cookie.drop(response, Claim.FREEZE)


@public
@require_safe
def frozen(request: VisitRequest) -> HttpResponse:
    """GET /khoa-tai-khoan/xong: what a frozen account means. Says the same to everybody."""
    hours = int(settings.THAW_WAIT.total_seconds() // 3600)
    return cookies.wipe_offline(render(request, "citizen/account/frozen.html", {"thaw_hours": hours}))
