"""…/mat-khau: what a proved claim is good for: a new password, or the password that thaws the account."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts import queries
from vssid.domain.accounts.errors import AccountFrozen, ClaimOver, TooSoon, WrongCredentials
from vssid.domain.accounts.models.accounts import Claim
from vssid.domain.accounts.recovery import claims, freezing, password_reset
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import Invalid
from vssid.web.ui import client, cookies, reading
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.forms.new_password import NewPasswordForm

from .. import browser
from ..forms import PasswordForm
from ..password import password_words
from ..sign_in import REFUSED, frozen_page, limited_page
from . import claim_cookie


@public
@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: VisitRequest) -> HttpResponse:
    """GET and POST /quen-mat-khau/mat-khau: only with a proved claim."""
    secret = claim_cookie.secret_of(request, Claim.RESET)
    claim = claims.view(secret, now=timezone.now()) if secret else None
    if claim is None or claim.person_id is None or claim.purpose != Claim.RESET:
        return redirect("citizen:forgotten")
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _set(request, secret, form.cleaned_data["new"], claim.person_id)
        except Invalid as refused:
            form.add_error("new", password_words(refused))
        except AccountFrozen as frozen_error:
            return frozen_page(request, frozen_error)
        except ClaimOver:
            return redirect("citizen:forgotten")
    safety = queries.safety_of(claim.person_id)
    page = {"form": form, "login": safety.login, "passkeys": safety.passkeys}
    return render(
        request, "citizen/account/recovery_password.html", page, status=REFUSED if form.errors else 200
    )


def _set(request: VisitRequest, secret: str, new: str, person_id: int) -> HttpResponse:
    login = queries.safety_of(person_id).login
    signed_in = password_reset.finish(secret, new, device=browser.name(request), now=timezone.now())
    response = HttpResponseRedirect(reverse("citizen:account", query={"xong": "mat-khau"}))
    cookies.set_session(response, signed_in.token)
    reading.settle(request, response, person_id)
    browser.remember(request, response, login)
    return claim_cookie.drop(response, Claim.RESET)


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def thaw(request: VisitRequest) -> HttpResponse:
    """GET and POST /mo-khoa-tai-khoan/mat-khau: with a proved claim, the password opens the account."""
    secret = claim_cookie.secret_of(request, Claim.THAW)
    claim = claims.view(secret, now=timezone.now()) if secret else None
    if claim is None or claim.state != Claim.PROVED or claim.purpose != Claim.THAW:
        return redirect("citizen:thaw")
    form, too_soon = PasswordForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        try:
            freezing.thaw_by_code(
                secret, form.cleaned_data["password"], address=client.address(request), now=timezone.now()
            )
        except WrongCredentials:
            form.add_error("password", _("Mật khẩu chưa đúng."))
        except Limited as limited:
            return limited_page(request, limited)
        except TooSoon as refused:
            too_soon = refused.at
        except ClaimOver:
            return redirect("citizen:thaw")
        else:
            return claim_cookie.drop(
                HttpResponseRedirect(reverse("citizen:sign_in", query={"xong": "mo-khoa"})), Claim.THAW
            )
    status = REFUSED if form.errors else 409 if too_soon else 200
    return render(
        request,
        "citizen/account/recovery_thaw_password.html",
        {"form": form, "too_soon": too_soon},
        status=status,
    )
