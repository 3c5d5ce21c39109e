"""/…/mat-khau: people at work change the own password, after a factor and with the old one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.accounts.factors import own_passwords, proofs
from vssid.domain.accounts.factors.errors import ProofNeeded
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import Invalid

from .. import browser_name, client, cookies
from ..access import VisitRequest
from ..forms.new_password import ChangePasswordForm
from . import asking, first_password, words
from .door import Door

WORDS: dict[str, Any] = first_password.WORDS | {
    "same_as_old": gettext_lazy("Mật khẩu mới phải khác mật khẩu đang dùng."),
}


@sensitive_post_parameters("now", "new", "again", asking.CODE, "ma_du_phong")
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: VisitRequest, door: Door) -> HttpResponse:
    """A factor is asked before the form is shown, so that no password waits in the page that asks."""
    session = request.session_view
    assert session is not None
    sends = request.method == "POST" and asking.READS not in request.POST
    if sends and not proofs.is_fresh(session.proved_at, now=timezone.now()):
        return _too_late(door)
    if (asked := asking.ask(request, door)) is not None:
        return asked
    form = ChangePasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (done := _change(request, door, form)) is not None:
        return done
    context = {
        "form": form,
        "login": session.login,
        "late": request.GET.get("muon") == "1",
        "done": request.GET.get("xong") == "1",
    }
    template = "ui/security/own_password.html"
    return door.draw(request, template, context, status=422 if form.errors else 200)


def _change(request: VisitRequest, door: Door, form: ChangePasswordForm) -> HttpResponse | None:
    """None when it was refused, and the form says why."""
    session, given = request.session_view, form.cleaned_data
    assert session is not None
    here = own_passwords.Here(
        session.session_id,
        door.kind,
        session.login,
        client.address(request),
        browser_name.name(request),
        door.marks.know(request, session.login),
    )
    try:
        token = own_passwords.change(
            given["now"], given["new"], here=here, by=request.actor, now=timezone.now()
        )
    except WrongCredentials:
        form.add_error("now", _("Mật khẩu đang dùng chưa đúng."))
    except Limited as refused:
        form.add_error("now", words.refused(refused))
    except Invalid as refused:
        form.add_error("new", WORDS.get(refused.fields.get("password", ""), first_password.OTHER))
    except ProofNeeded:
        return _too_late(door)
    else:
        response = HttpResponseRedirect(door.address("own_password", {"xong": "1"}))
        cookies.set_session(response, token, at_work=True)
        return response
    return None


def _too_late(door: Door) -> HttpResponse:
    return HttpResponseRedirect(door.address("own_password", {"muon": "1"}))


def routes(door: Door) -> list[URLPattern]:
    """The page, at a door."""
    return [path("mat-khau", door.signed_in(door.bound(own_password)), name="own_password")]
