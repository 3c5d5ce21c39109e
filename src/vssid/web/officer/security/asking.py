"""Risky acts ask again who is at the desk: a factor, unless one was proved in the last minutes.

What was sent goes on as it was: the page that asks carries the fields of the form, and the act follows the
code. Reading is never asked; taking data out of the house is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from vssid.domain.accounts.factors import proofs, second_step
from vssid.domain.accounts.sign_in import passkeys, sessions
from vssid.domain.verification.errors import Limited
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest

from .. import frame
from . import onward, words
from .forms import ProofForm

P = ParamSpec("P")
View = Callable[Concatenate[VisitRequest, P], HttpResponse]
CODE, READS = "ma_xac_thuc", "chi_doc"
# Fields of the page that asks; everything else of the form is the act's.
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", CODE, "ma_du_phong", READS})


def asks_again(view: View[P]) -> View[P]:
    """Ask for a factor before this act. Stands below the mark that says who may (`web.ui.access`)."""
    return _asking(view, before_reading=False)


def asks_again_to_take(view: View[P]) -> View[P]:
    """Ask for a factor before what this address gives is taken out of the house."""
    return _asking(view, before_reading=True)


def _asking(view: View[P], *, before_reading: bool) -> View[P]:
    @wraps(view)
    def wrapper(request: VisitRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" and not before_reading:
            return view(request, *args, **kwargs)
        asked = ask(request)
        return view(request, *args, **kwargs) if asked is None else asked

    wrapper.asks_again = True  # type: ignore[attr-defined]
    return cast("View[P]", wrapper)


@sensitive_post_parameters(CODE, "ma_du_phong")
def ask(request: VisitRequest) -> HttpResponse | None:
    """None when a factor was proved just now, here or in the session; else the page to send."""
    session = request.session_view
    assert session is not None  # the mark of the view has seen to it
    there = HttpResponseRedirect(request.get_full_path()) if READS in request.POST else None
    if proofs.is_fresh(session.proved_at, now=timezone.now()):
        return there  # also of the page that asked, when a passkey answered
    form = ProofForm(request.POST if CODE in request.POST else None)
    if not (form.is_valid() and _prove(request, form)):
        return _page(request, form)
    return there


def _prove(request: VisitRequest, form: ProofForm) -> bool:
    """Was the code right? Else the form says why not."""
    session, now = request.session_view, timezone.now()
    assert session is not None
    try:
        second_step.use_code(
            session.person_id,
            form.proof,
            address=client.address(request),
            known_device=onward.MARKS.know(request, session.login),
            now=now,
        )
    except (*second_step.REFUSED, Limited) as refused:
        form.add_error(form.field_used, words.refused(refused))
        return False
    sessions.prove(session.person_id, session.session_id, now=now)
    return True


def _page(request: VisitRequest, form: ProofForm) -> HttpResponse:
    kept = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "form": form,
        "passkeys_on": passkeys.is_on(),
        "kept": [(name, value) for name, value in kept if name not in OWN_FIELDS],
        "reads": request.method != "POST" or READS in request.POST,
        "to": request.get_full_path(),
    }
    return frame.page(request, "officer/security/ask_again.html", context, status=422 if form.errors else 200)
