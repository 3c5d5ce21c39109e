"""What every page of a procedure shares: which one, whose draft, where its steps are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse, HttpResponseRedirect

from vssid.domain.procedures import drafts, walk
from vssid.domain.procedures.catalogue import BY_SLUG
from vssid.domain.procedures.drafts import DraftView
from vssid.domain.procedures.shapes import Procedure, Step
from vssid.web.ui.access import VisitRequest, citizen

LIST = "/dich-vu-cong"
HISTORY = f"{LIST}/lich-su"
REVIEW = "xem-lai"
# Refusals answer 422: the browser must not take a refused form for a page to remember.
REFUSED = 422
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
    return f"{LIST}/{procedure.slug}"


def step_path(procedure: Procedure, step: Step | None) -> str:
    """The address of a step; without one, of the review."""
    return f"{start_path(procedure)}/{step.name if step else REVIEW}"


def file_path(request_id: int) -> str:
    """The address of a sent request."""
    return f"{LIST}/ho-so/{request_id}"


def before(draft: DraftView, step: Step | None) -> str:
    """The address before a step, or before the review."""
    steps = walk.steps_of(draft.procedure, draft.answers)
    at = steps.index(step) if step in steps else len(steps)
    return step_path(draft.procedure, steps[at - 1]) if at else start_path(draft.procedure)


def after(draft: DraftView, step: Step) -> str:
    """The address after a step, by the answers there are now."""
    steps = walk.steps_of(draft.procedure, draft.answers)
    at = steps.index(step) + 1 if step in steps else 0
    return step_path(draft.procedure, steps[at] if at < len(steps) else None)


def with_draft(view: DraftPage) -> Callable[..., HttpResponse]:
    """Hand in the person's own draft of the procedure; without one, to where it begins."""

    @citizen
    @wraps(view)
    def wrapper(request: VisitRequest, /, procedure: str, **more: str) -> HttpResponse:
        found = procedure_of(procedure)
        draft = drafts.view(person_of(request), found.kind)
        if draft is None:
            return HttpResponseRedirect(start_path(found))
        return view(request, draft, **more)

    return wrapper
