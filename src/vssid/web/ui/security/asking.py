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

from .. import client
from ..access import VisitRequest
from . import words
from .door import Door
from .forms import ProofForm

P = ParamSpec("P")
View = Callable[Concatenate[VisitRequest, P], HttpResponse]
CODE, READS = "ma_xac_thuc", "chi_doc"
# Fields of the page that asks; everything else of the form is the act's.
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", CODE, "ma_du_phong", READS})


def before(view: View[P], door: Door, *, reading: bool = False) -> View[P]:
    """Ask for a factor before this act or, with `reading`, before what the address gives is taken out of the
    house. Stands below the mark that says who may (`web.ui.access`).
    """

    @wraps(view)
    def wrapper(request: VisitRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" and not reading:
            return view(request, *args, **kwargs)
        asked = ask(request, door)
        return view(request, *args, **kwargs) if asked is None else asked

    wrapper.asks_again = True  # type: ignore[attr-defined]
    return cast("View[P]", wrapper)


@sensitive_post_parameters(CODE, "ma_du_phong")
def ask(request: VisitRequest, door: Door) -> HttpResponse | None:
    """None when a factor was proved just now, here or in the session; else the page to send."""
    session = request.session_view
    assert session is not None  # the mark of the view has seen to it
    there = HttpResponseRedirect(request.get_full_path()) if READS in request.POST else None
    if proofs.is_fresh(session.proved_at, now=timezone.now()):
        return there  # also of the page that asked, when a passkey answered
    form = ProofForm(request.POST if CODE in request.POST else None)
    if not (form.is_valid() and _prove(request, door, form)):
        return _page(request, door, form)
    return there


def _prove(request: VisitRequest, door: Door, form: ProofForm) -> bool:
    """Was the code right? Else the form says why not."""
    session, now = request.session_view, timezone.now()
    assert session is not None
    try:
        second_step.use_code(
            session.person_id,
            form.proof,
            address=client.address(request),
            known_device=door.marks.know(request, session.login),
            now=now,
        )
    except (*second_step.REFUSED, Limited) as refused:
        form.add_error(form.field_used, words.refused(refused))
        return False
    sessions.prove(session.person_id, session.session_id, now=now)
    return True


def _page(request: VisitRequest, door: Door, form: ProofForm) -> HttpResponse:
    kept = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "form": form,
        "passkeys_on": passkeys.is_on(),
        "kept": [(name, value) for name, value in kept if name not in OWN_FIELDS],
        "reads": request.method != "POST" or READS in request.POST,
        "to": request.get_full_path(),
    }
    return door.draw(request, "ui/security/ask_again.html", context, status=422 if form.errors else 200)
