"""A step of work by the browser, after which the form goes on as it was sent: many ask from one address, or a
stranger asks for a text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from vssid.domain.verification import proofs
from vssid.domain.verification.errors import ChallengeNeeded
from vssid.kernel.errors import DomainError

from .. import client, errors
from ..context import frame

STATUS = 429
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", *client.PROOF})


def page(request: HttpRequest, needed: ChallengeNeeded) -> HttpResponse:
    """The form again, its fields hidden, with a challenge: a script solves it, or a person does a sum.

    A form with files cannot be carried: it is told to wait.
    """
    if request.FILES or request.method != "POST":
        return errors.page_for(request, _Later())
    context = {
        **frame(request),
        "challenge": proofs.make(for_text=needed.facts.get("for_text", False)),
        "needed": needed.facts,
        "action": request.get_full_path(),
        "fields": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_CARRIED
            for value in values
        ],
        "csrf_token": get_token(request),
    }
    return HttpResponse(render_to_string("ui/crowd.html", context), status=STATUS)


class _Later(DomainError):
    code = "limited"
