"""The frame of the registration's steps: who may open which, where it leads, what typing is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from vssid.domain.employers.invitations.starting import INVITED
from vssid.domain.registration.draft import drafts, steps
from vssid.domain.registration.draft.drafts import DraftView
from vssid.domain.registration.draft.steps import Step
from vssid.kernel.sheets import Overtaken, Sheet
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.forms import overtaken, wizard
from vssid.web.ui.forms.wizard import REFUSED as REFUSED

from . import file_cookie

TITLES = {
    steps.WHO: _("Bản thân"),
    steps.CONTACT: _("Liên hệ"),
    steps.PHOTOS: _("Ảnh"),
    steps.OFFICE: _("Nơi nộp tờ khai"),
    steps.REVIEW: _("Xem lại và cam kết"),
    steps.CODE: _("Mã xác nhận"),
}
# The name of each step's page.
PAGES = {
    steps.WHO: "who",
    steps.CONTACT: "contact",
    steps.PHOTOS: "photos",
    steps.OFFICE: "office",
    steps.REVIEW: "review",
    steps.CODE: "confirm",
}
StepView = Callable[[VisitRequest, DraftView], HttpResponse]


def path(step: Step) -> str:
    """The address of a step."""
    return reverse(f"public:{PAGES[step]}")


WIZARD = wizard.Wizard(steps.STEPS, path, reverse_lazy("public:start"), reverse_lazy("public:own_file"))


def to(step: Step) -> HttpResponse:
    """Go to a step."""
    return HttpResponseRedirect(path(step))


def after(step: Step) -> HttpResponse:
    """Go to the step that follows."""
    return HttpResponseRedirect(WIZARD.after(step))


def before(step: Step) -> str:
    """The address of the step before, or of the start."""
    return WIZARD.before(step)


def left(request: HttpRequest, step: Step) -> HttpResponse:
    """The answer once typing is kept."""
    return WIZARD.left(request, step)


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Where a browser without a draft belongs: its sent file, or the start."""
    return redirect("public:start" if file_cookie.subject_of(request) is None else "public:own_file")


def reached(step: Step) -> Callable[[StepView], Callable[[VisitRequest], HttpResponse]]:
    """A view of this step: the draft is handed in; without one, or too early, it goes where it must."""

    def wrap(view: StepView) -> Callable[[VisitRequest], HttpResponse]:
        @public
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def wrapper(request: VisitRequest) -> HttpResponse:
            draft = file_cookie.draft_of(request)
            if draft is None:
                return elsewhere(request)
            if not steps.reachable(step, draft.values, draft.images):
                return to(draft.missing or steps.WHO)
            return view(request, draft)

        return wrapper

    return wrap


def told_when_late(form_of: Callable[[HttpRequest], Form]) -> Callable[..., Callable[..., HttpResponse]]:
    """Draw the step as another page saved it, with what this one wanted to save (`form_of` the request)."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapper(request: VisitRequest, *draft: DraftView) -> HttpResponse:
            try:
                return view(request, *draft)
            except Overtaken:
                if request.POST.get("go") == "keep":
                    return HttpResponse(status=overtaken.STATUS)
                overtaken.redraw(request, form_of(request))
                return view(request, *(filter(None, [file_cookie.draft_of(request)]) if draft else ()))

        return wrapper

    return wrap


def page(
    request: HttpRequest, step: Step, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Draw a step in the frame. What came too late from an older page is shown beside what was saved."""
    draft = file_cookie.draft_of(request)
    frame = {
        "invited_by": draft.values.get(INVITED, {}).get("name", "") if draft else "",
        "step_number": WIZARD.number(step),
        "step_total": len(steps.STEPS),
        "step_title": TITLES[step],
        "back_url": before(step),
    }
    saved_by = draft.saved_by(step) if draft else ""
    return wizard.page(request, template, {**frame, **context}, saved_by=saved_by, status=status)


def typed(draft: DraftView | None, step: Step) -> dict[str, str]:
    """What was typed at this step and not yet accepted."""
    kept: dict[str, dict[str, str]] = draft.values.get("typed", {}) if draft else {}
    return kept.get(step.name, {})


def remember(draft: DraftView, step: Step, raw: Mapping[str, str], sheet: Sheet) -> None:
    """Keep what was typed, sealed in the draft, so that leaving loses nothing. Raises Overtaken."""
    kept = {**draft.values.get("typed", {}), step.name: dict(raw)}
    drafts.save(draft.subject_id, {"typed": kept}, step=step, sheet=sheet, now=timezone.now())


def accept(
    draft: DraftView,
    step: Step,
    values: Mapping[str, Any],
    sheet: Sheet | None,
    **kept_elsewhere: Mapping[str, str],
) -> None:
    """Keep the clean values of a step and forget how they were typed. Raises Overtaken.

    Without a `sheet` the step has another guard against older pages.
    """
    left = {name: raw for name, raw in draft.values.get("typed", {}).items() if name != step.name}
    kept = {**values, "typed": left | kept_elsewhere}
    drafts.save(draft.subject_id, kept, step=step, sheet=sheet, now=timezone.now())
