"""/dich-vu-cong/<procedure>/xem-lai: everything at a glance, the commitment, and sending."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vssid.domain.procedures import actions, drafts
from vssid.domain.procedures.definition import term, walk
from vssid.domain.procedures.definition.shapes import Words
from vssid.domain.procedures.drafts import DraftView
from vssid.domain.procedures.errors import Changed, Incomplete, NotEligible
from vssid.domain.procedures.queries import unfinished
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.words import procedure_words as listing

from . import frame
from .forms import CommitForm


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: VisitRequest, procedure: str) -> HttpResponse:
    """GET shows, POST sends. A second tap finds the request sent and leads to it."""
    known_procedure, person_id = frame.procedure_of(procedure), frame.person_of(request)
    draft = drafts.view(person_id, known_procedure.kind)
    if draft is None:
        there = unfinished(person_id, known_procedure.kind, now=timezone.now())
        return HttpResponseRedirect(frame.file_path(there.id) if there else frame.start_path(known_procedure))
    if draft.missing is not None:
        return HttpResponseRedirect(frame.step_path(known_procedure, draft.missing))
    if request.method != "POST":
        return _page(request, draft, CommitForm())
    return _send(request, draft)


def _send(request: HttpRequest, draft: DraftView) -> HttpResponse:
    if request.POST.get("go") == "back":
        return HttpResponseRedirect(frame.wizard_of(draft).before(None))
    form = CommitForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, form, status=frame.REFUSED)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
    try:
        sent = actions.submit(draft.person_id, draft.request_id, version=version, now=timezone.now())
    except Changed:
        return _page(request, draft, CommitForm(), changed=True, status=frame.REFUSED)
    except (Incomplete, NotEligible, NotYours):
        # Thrown away or no longer possible meanwhile; the first page says why.
        return HttpResponseRedirect(frame.start_path(draft.procedure))
    return HttpResponseRedirect(frame.file_path(sent))


def _page(
    request: HttpRequest, draft: DraftView, form: CommitForm, *, changed: bool = False, status: int = 200
) -> HttpResponse:
    procedure, now = draft.procedure, timezone.now()
    steps = walk.steps_of(procedure, draft.answers)
    context = {
        "procedure": procedure,
        "form": form,
        "changed": changed,
        "version": draft.version,
        "request_id": draft.request_id,
        "parts": [_part(draft, step) for step in steps],
        "office": drafts.office_of(drafts.standing(draft.person_id, procedure.kind, now=now).person),
        "working_days": term.working_days(procedure.kind, local_day(now)),
        "due_on": term.due(procedure.kind, now),
        "step_number": len(steps) + 1,
        "step_total": len(steps) + 1,
        "back_url": frame.wizard_of(draft).before(None),
    }
    return render(request, "citizen/procedures/review.html", context, status=status)


def _part(draft: DraftView, step: Any) -> dict[str, Any]:
    """One step as the review shows it."""
    rows: list[tuple[Words, str]] = [
        (field.label, listing.shown(field, draft.answers[field.name]))
        for field in walk.fields_of(step, draft.answers)
        if draft.answers.get(field.name)
    ]
    files = [
        (name, listing.file_label(draft.procedure, name))
        for name in draft.files
        if step.photos
        and name in {attachment.name for attachment in walk.attachments_of(draft.procedure, draft.answers)}
    ]
    url = frame.step_path(draft.procedure, step)
    return {"title": step.title, "url": url, "rows": rows, "files": files, "photos": step.photos}
