"""/…/xac-thuc/ung-dung: set up an authenticator app, by a picture or by typing the secret."""

from __future__ import annotations

import segno
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts.factors import authenticator_apps, proofs, totp
from vssid.domain.accounts.factors.errors import (
    ClockOff,
    ProofNeeded,
    SetUpOver,
    TooManyFactors,
    WrongFactor,
)
from vssid.domain.accounts.sign_in import passkeys
from vssid.domain.accounts.sign_in.sessions import SessionView

from ..access import VisitRequest
from . import asking, recovery, words
from .door import Door
from .forms import AppCodeForm

# What the app lists the code under, beside the user name.
ISSUER = "BHXH"


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def factor_app(request: VisitRequest, door: Door) -> HttpResponse:
    """GET shows the secret, the same until it is confirmed in the session; POST confirms it by a code."""
    session = request.session_view
    assert session is not None
    if session.must_set_password:
        return door.lead("first_password")
    is_first = _is_first(session)
    if not is_first:
        if session.proved_at is None:  # a factor was added elsewhere since: sign in by it
            return door.lead("sign_in")
        if (asked := asking.ask(request, door)) is not None:
            return asked
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            authenticator_apps.confirm(
                session.person_id,
                form.cleaned_data["code"],
                session_id=session.session_id,
                name="",
                now=timezone.now(),
            )
        except (WrongFactor, ClockOff) as refused:
            form.add_error("code", words.refused(refused))
        except (SetUpOver, ProofNeeded):
            return door.lead("factor_app")
        else:
            return recovery.shown(request, door) if is_first else door.lead("factors")
    return _page(request, door, form, session)


def _is_first(session: SessionView) -> bool:
    """Also who adds one by another's word begins anew: what was before goes."""
    word = proofs.has_word(session.person_id, session.session_id, now=timezone.now())
    return word or not proofs.has_any(session.person_id)


@sensitive_variables()
def _page(request: VisitRequest, door: Door, form: AppCodeForm, session: SessionView) -> HttpResponse:
    try:
        begun = authenticator_apps.begin(session.person_id, session_id=session.session_id, now=timezone.now())
    except TooManyFactors:
        return door.lead("factors")
    page = {
        "form": form,
        "passkeys_on": passkeys.is_on(),
        "login": session.login,
        "picture": _picture(totp.address(begun.secret, login=session.login, issuer=ISSUER)),
        "secret": totp.in_groups(begun.secret),
        "is_first": session.proved_at is None,
    }
    status = 422 if form.errors else 200
    return door.draw_outside(request, "ui/security/factor_app.html", page, status=status)


def _picture(address: str) -> SafeString:
    """The QR code as SVG within the page: it is sent once, with the page, and kept by no cache."""
    code = segno.make(address, error="m", micro=False)
    drawn: str = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr")
    return mark_safe(drawn)  # noqa: S308 (modules alone; no text of the address is in it)


def routes(door: Door) -> list[URLPattern]:
    """The page, at a door."""
    return [
        path("xac-thuc/ung-dung", door.member(door.bound(factor_app)), name="factor_app"),
    ]
