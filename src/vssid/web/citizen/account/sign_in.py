"""/dang-nhap, /dang-xuat."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.accounts import actions
from vssid.domain.accounts.actions import SignedIn
from vssid.domain.accounts.errors import AccountFrozen, ActivationExpired, WrongCredentials
from vssid.domain.accounts.recovery import freezing
from vssid.domain.accounts.sign_in import passkeys, sessions
from vssid.domain.verification.errors import Limited
from vssid.infra import metrics
from vssid.web.ui import client, cookies, reading
from vssid.web.ui.access import VisitRequest, local_path, public

from . import browser
from .sign_in_forms import SignInForm

# Refusals answer 422: the browser must not take a refused form for a page to remember.
REFUSED = 422


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: VisitRequest) -> HttpResponse:
    """GET and POST /dang-nhap. `tiep` is the local page to open afterwards."""
    if request.method == "POST":
        return _try(request)
    session = request.session_view
    if session is not None and session.kind == "citizen":
        return onward(request, must_set_password=session.must_set_password)
    return _form(request, SignInForm())


def onward(request: VisitRequest, *, must_set_password: bool) -> HttpResponse:
    """To the page that was wanted, or first to the choice of an own password."""
    next_path = local_path(request, request.POST.get("tiep") or request.GET.get("tiep"))
    if must_set_password:
        query = {"tiep": next_path} if next_path != reverse("citizen:home") else None
        return HttpResponseRedirect(reverse("citizen:first_password", query=query))
    return HttpResponseRedirect(next_path)


def _form(
    request: VisitRequest, form: SignInForm, *, expired: bool = False, status: int = 200
) -> HttpResponse:
    next_path = local_path(request, request.POST.get("tiep") or request.GET.get("tiep"), "")
    page = {
        "form": form,
        "tiep": next_path,
        "expired": expired,
        "passkeys_on": passkeys.is_on(),
        "thawed": request.GET.get("xong") == "mo-khoa",
    }
    # Who comes here is signed out, perhaps from afar: nothing personal may stay on the device.
    return cookies.wipe_offline(render(request, "citizen/account/sign_in.html", page, status=status))


def _try(request: VisitRequest) -> HttpResponse:
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=REFUSED)
    try:
        signed_in = _credentials(request, form.cleaned_data["name"], form.cleaned_data["password"])
    except WrongCredentials:
        form.add_error(None, _("Mã số hoặc mật khẩu chưa đúng. Hãy xem lại cả hai rồi thử lần nữa."))
        return _form(request, form, status=REFUSED)
    except ActivationExpired:
        return _form(request, form, expired=True, status=REFUSED)
    except AccountFrozen as frozen:
        return frozen_page(request, frozen)
    except Limited as limited:
        return limited_page(request, limited)
    return let_in(request, signed_in, form.cleaned_data["name"])


def let_in(request: VisitRequest, signed_in: SignedIn, name: str) -> HttpResponse:
    """Onward with the new session; the one this browser held before ends."""
    old = request.session_view
    if old is not None:
        sessions.end(old.person_id, old.session_id)
    response = onward(request, must_set_password=signed_in.must_set_password)
    cookies.set_session(response, signed_in.token)
    reading.settle(request, response, signed_in.person_id)
    browser.remember(request, response, name)
    return response


def _credentials(request: VisitRequest, name: str, password: str) -> SignedIn:
    with metrics.sign_in("citizen", "password"):
        return actions.sign_in(
            name,
            password,
            kind="citizen",
            address=client.address(request),
            device=browser.name(request),
            known_device=browser.is_known(request, name),
            now=timezone.now(),
        )


def limited_page(request: VisitRequest, limited: Limited) -> HttpResponse:
    """Too many tries: until when, and what else can be done. It is the answer itself, so nothing can loop."""
    response = render(request, "citizen/account/limited.html", {"retry_at": limited.retry_at}, status=429)
    response["Retry-After"] = http_date(limited.retry_at.timestamp())
    return response


def frozen_page(request: VisitRequest, frozen: AccountFrozen) -> HttpResponse:
    """The proof was right, but the account is frozen: since when, and how it is opened."""
    page = {"frozen_at": frozen.frozen_at, "thaws_at": freezing.thaws_at(frozen.frozen_at)}
    return cookies.wipe_offline(render(request, "citizen/account/frozen.html", page, status=403))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: VisitRequest) -> HttpResponse:
    """POST /dang-xuat ends the session; GET asks, for those whose form was too old."""
    if request.method != "POST":
        return render(request, "citizen/account/sign_out.html")
    session = request.session_view
    if session is not None:
        sessions.end(session.person_id, session.session_id)
    response = redirect("citizen:signed_out")
    cookies.clear_session(response)
    return response


@public
@require_safe
def signed_out(request: VisitRequest) -> HttpResponse:
    """GET /da-dang-xuat: the page a service worker sees, so it carries the order to forget."""
    session = request.session_view
    if session is not None and session.kind == "citizen":
        return onward(request, must_set_password=session.must_set_password)
    return cookies.wipe_offline(render(request, "citizen/account/signed_out.html"))
