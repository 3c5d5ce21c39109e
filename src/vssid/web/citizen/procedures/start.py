"""/dich-vu-cong/<procedure> and /dich-vu-cong/lich-su: what it is, begin or go on; all one's requests."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.procedures import drafts, queries
from vssid.domain.procedures.definition import term
from vssid.domain.procedures.drafts import DraftView
from vssid.domain.procedures.errors import AlreadyOpen, NotEligible
from vssid.domain.procedures.states import State
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.words import procedure_words as listing

from . import frame, words


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: VisitRequest, procedure: str) -> HttpResponse:
    """GET says what is needed; POST begins a draft or goes on with it."""
    known_procedure, person_id, now = frame.procedure_of(procedure), frame.person_of(request), timezone.now()
    trouble = ""
    try:
        if request.method == "POST":
            drafts.start(person_id, known_procedure.kind, now=now)
            draft = drafts.view(person_id, known_procedure.kind)
            return HttpResponseRedirect(frame.step_path(known_procedure, draft.missing if draft else None))
        drafts.office_of(drafts.standing(person_id, known_procedure.kind, now=now).person)
    except AlreadyOpen as refused:
        return HttpResponseRedirect(frame.file_path(refused.request))
    except NotEligible as refused:
        trouble = refused.reason
    there = queries.unfinished(person_id, known_procedure.kind, now=now)
    context = {
        "procedure": known_procedure,
        "there": listing.listed(there) if there else None,
        "is_draft": there is not None and there.state is State.DRAFT,
        "trouble": words.NOT_ELIGIBLE.get(trouble, ""),
        "working_days": term.working_days(known_procedure.kind, local_day(now)),
    }
    status = frame.REFUSED if trouble and request.method == "POST" else 200
    return render(request, "citizen/procedures/start.html", context, status=status)


@frame.with_draft
@require_POST
def discard(request: VisitRequest, draft: DraftView) -> HttpResponse:
    """POST /dich-vu-cong/…/bo: throw the draft away."""
    drafts.discard(draft.person_id, draft.request_id, now=timezone.now())
    return HttpResponseRedirect(frame.start_path(draft.procedure))


@citizen
@require_safe
def history(request: VisitRequest) -> HttpResponse:
    """GET /dich-vu-cong/lich-su: everything the person ever sent, and drafts."""
    statuses = queries.of_person(frame.person_of(request), now=timezone.now())
    context = {
        "mine": [listing.listed(status) for status in statuses],
        "tab_here": reverse("citizen:request_history"),
    }
    return render(request, "citizen/procedures/history.html", context)
