"""/dang-ky/theo-loi-moi: what the invitation fills in, before the worker begins."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from vssid.domain.employers.invitations import answering, opening, starting
from vssid.domain.employers.invitations import queries as invitations
from vssid.domain.employers.invitations.errors import WrongProof
from vssid.domain.employers.invitations.opening import Opening, Said
from vssid.domain.participants.views import PersonView
from vssid.domain.registration.draft import steps
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, public

from .. import handover_cookie
from ..registration import file_cookie, wizard
from . import words
from .door import PASS


@public
@sensitive_variables("said", "person")
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: VisitRequest) -> HttpResponse:
    """GET shows it to who has just proved the invitation in this browser; POST begins the draft."""
    handed = handover_cookie.take(request, PASS)
    if handed is None:
        return redirect("public:invitations")
    code = handed.pop("code")
    said = Said(**handed)
    try:
        opened = opening.find(code, now=timezone.now())
        person = opening.proved(opened, said)
        if request.method == "POST":
            return _begin(request, opened, person, said)
    except (*words.CLOSED, WrongProof):
        # Ended, or corrected in the register, since it was proved: its own page says why.
        return redirect("public:invitation", code=code)
    return _page(request, opened, person, said)


@sensitive_variables()
def _begin(request: VisitRequest, opened: Opening, person: PersonView, said: Said) -> HttpResponse:
    now, held = timezone.now(), request.COOKIES.get(file_cookie.COOKIE, "")
    hides = request.POST.get("an") == "1"
    token = starting.begin(opened, person, said, address=client.address(request), after=held, now=now)
    if hides != _hides(opened, person):
        answering.set_hides(
            person.person_id, opened.employer_code, hides=hides, by=answering.SOMEBODY, now=now
        )
    response = HttpResponseRedirect(wizard.path(steps.WHO))
    file_cookie.keep(response, token)
    handover_cookie.drop(response, PASS)
    return response


def _page(request: VisitRequest, opened: Opening, person: PersonView, said: Said) -> HttpResponse:
    typed = starting.filled(opened, person, said)["typed"]
    context: dict[str, Any] = {
        "opened": opened,
        "who": typed[steps.WHO.name],
        "contact": typed.get(steps.CONTACT.name, {}),
        "hides": _hides(opened, person),
        "holds": file_cookie.subject_of(request) is not None,
    }
    return render(request, "public/invitations/invited.html", context)


def _hides(opened: Opening, person: PersonView) -> bool:
    said = invitations.wishes(person.person_id)
    return any(row.hides for row in said if row.employer_code == opened.employer_code)
