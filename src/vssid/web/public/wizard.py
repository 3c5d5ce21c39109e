"""The frame of the registration's steps: who may open which, where it leads, what typing is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from vssid.domain.registration import drafts, steps
from vssid.domain.registration.drafts import DraftView
from vssid.domain.registration.steps import Step
from vssid.web.ui.access import VisitRequest, public

from . import holding

START = "/dang-ky"
OWN_FILE = "/dang-ky/ho-so"
# Refusals answer 422: the browser must not take a refused form for a page to remember.
REFUSED = 422
TITLES = {
    steps.WHO: _("Bản thân"),
    steps.CONTACT: _("Liên hệ"),
    steps.PHOTOS: _("Ảnh"),
    steps.OFFICE: _("Nơi nộp tờ khai"),
    steps.REVIEW: _("Xem lại và cam kết"),
    steps.CODE: _("Mã xác nhận"),
}
StepView = Callable[[VisitRequest, DraftView], HttpResponse]


def path(step: Step) -> str:
    """The address of a step."""
    return f"{START}/{step.name}"


def to(step: Step) -> HttpResponse:
    """Go to a step."""
    return HttpResponseRedirect(path(step))


def after(step: Step) -> HttpResponse:
    """Go to the step that follows."""
    return to(steps.STEPS[steps.STEPS.index(step) + 1])


def before(step: Step) -> str:
    """The address of the step before, or of the start."""
    index = steps.STEPS.index(step)
    return path(steps.STEPS[index - 1]) if index else START


def left(request: HttpRequest, step: Step) -> HttpResponse:
    """The answer once typing is kept: the step before, or nothing for a page that only went out of sight."""
    if request.POST.get("go") == "keep":
        return HttpResponse(status=204)
    return HttpResponseRedirect(before(step))


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Where a browser without a draft belongs: its sent file, or the start."""
    return HttpResponseRedirect(START if holding.subject_of(request) is None else OWN_FILE)


def reached(step: Step) -> Callable[[StepView], Callable[[VisitRequest], HttpResponse]]:
    """A view of this step: the draft is handed in; without one, or too early, it goes where it must."""

    def wrap(view: StepView) -> Callable[[VisitRequest], HttpResponse]:
        @public
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def wrapper(request: VisitRequest) -> HttpResponse:
            draft = holding.draft_of(request)
            if draft is None:
                return elsewhere(request)
            if not steps.reachable(step, draft.values, draft.images):
                return to(draft.missing or steps.WHO)
            return view(request, draft)

        return wrapper

    return wrap


def page(
    request: HttpRequest, step: Step, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Draw a step in the frame."""
    frame = {
        "step_number": steps.STEPS.index(step) + 1,
        "step_total": len(steps.STEPS),
        "step_title": TITLES[step],
        "back_url": before(step),
    }
    return render(request, f"public/{template}", {**frame, **context}, status=status)


def typed(draft: DraftView | None, step: Step) -> dict[str, str]:
    """What was typed at this step and not yet accepted."""
    kept: dict[str, dict[str, str]] = draft.values.get("typed", {}) if draft else {}
    return kept.get(step.name, {})


def remember(draft: DraftView, step: Step, raw: Mapping[str, str]) -> None:
    """Keep what was typed, sealed in the draft, so that going back or away loses nothing."""
    kept = {**draft.values.get("typed", {}), step.name: dict(raw)}
    drafts.save(draft.subject_id, {"typed": kept}, now=timezone.now())


def accept(
    draft: DraftView, step: Step, values: Mapping[str, Any], **kept_elsewhere: Mapping[str, str]
) -> None:
    """Keep the clean values of a step and forget how they were typed."""
    left = {name: raw for name, raw in draft.values.get("typed", {}).items() if name != step.name}
    drafts.save(draft.subject_id, {**values, "typed": left | kept_elsewhere}, now=timezone.now())
