"""What every page of a procedure shares: which one, whose draft, where its steps are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from vssid.domain.procedures import drafts
from vssid.domain.procedures.definition import walk
from vssid.domain.procedures.definition.catalogue import BY_SLUG
from vssid.domain.procedures.definition.shapes import Procedure, Step
from vssid.domain.procedures.drafts import DraftView
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.forms.wizard import REFUSED as REFUSED
from vssid.web.ui.forms.wizard import Wizard

DraftPage = Callable[..., HttpResponse]


def procedure_of(slug: str) -> Procedure:
    """The procedure of an address, or 404."""
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def person_of(request: VisitRequest) -> int:
    """The signed-in person."""
    assert request.session_view is not None
    return request.session_view.person_id


def start_path(procedure: Procedure) -> str:
    """The page that says what the procedure is."""
    return reverse("citizen:procedure", args=[procedure.slug])


def step_path(procedure: Procedure, step: Step | None) -> str:
    """The address of a step; without one, of the review."""
    if step is None:
        return reverse("citizen:procedure_review", args=[procedure.slug])
    return reverse("citizen:procedure_step", args=[procedure.slug, step.name])


def file_path(request_id: int) -> str:
    """The address of a sent request."""
    return reverse("citizen:request", args=[request_id])


def wizard_of(draft: DraftView) -> Wizard[Step]:
    """The way through the steps that the answers so far call for, to the review."""
    procedure = draft.procedure
    steps = walk.steps_of(procedure, draft.answers)
    return Wizard(
        steps, lambda step: step_path(procedure, step), start_path(procedure), step_path(procedure, None)
    )


def with_draft(view: DraftPage) -> Callable[..., HttpResponse]:
    """Hand in the person's own draft of the procedure; without one, to where it begins."""

    @citizen
    @wraps(view)
    def wrapper(request: VisitRequest, /, procedure: str, **more: str) -> HttpResponse:
        known_procedure = procedure_of(procedure)
        draft = drafts.view(person_of(request), known_procedure.kind)
        if draft is None:
            return HttpResponseRedirect(start_path(known_procedure))
        return view(request, draft, **more)

    return wrapper
