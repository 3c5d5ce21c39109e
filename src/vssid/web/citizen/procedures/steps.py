"""/dich-vu-cong/<procedure>/<step>: one screen of questions or pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.directory import queries as directory
from vssid.domain.identity.errors import BadImage, NoImage
from vssid.domain.procedures import drafts, queries
from vssid.domain.procedures.definition import facility_days, typed, walk
from vssid.domain.procedures.definition.shapes import Step
from vssid.domain.procedures.drafts import DraftView
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.kernel.sheets import Overtaken, Sheet
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.forms import overtaken, wizard
from vssid.web.ui.forms.choices import province_choices
from vssid.web.ui.words.photo_words import BAD_IMAGES

from . import forms, frame
from .forms import StepForm

MOST = 10 * 1024 * 1024


@frame.with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: VisitRequest, draft: DraftView, step: str) -> HttpResponse:
    """GET draws, POST takes a step; one that is not open yet leads to the one that is."""
    current_step = next((known_step for known_step in draft.procedure.steps if known_step.name == step), None)
    if current_step is None:
        raise Http404
    if not draft.reaches(current_step):
        return HttpResponseRedirect(frame.step_path(draft.procedure, draft.missing))
    if current_step.photos:
        return _photos(request, draft, current_step)
    if request.method != "POST":
        return _open(request, draft, current_step)
    try:
        return _take(request, draft, current_step)
    except Overtaken:
        return _late(request, draft, current_step)


def _late(request: HttpRequest, draft: DraftView, step: Step) -> HttpResponse:
    """Another page saved the step after this one was drawn: what it saved, and what this one held."""
    if request.POST.get("go") == "keep":
        return HttpResponse(status=overtaken.STATUS)
    fresh = drafts.view(draft.person_id, draft.procedure.kind) or draft
    questions = walk.fields_of(step, fresh.answers)
    typed_values = forms.initial(questions, {}, forms.raw(questions, request.POST))
    facilities = _facility_choices(_facilities(request, fresh, step))
    overtaken.redraw(
        request, StepForm(questions, initial=typed_values, province=_province(fresh), facilities=facilities)
    )
    return _open(request, fresh, step)


def _open(request: HttpRequest, draft: DraftView, step: Step) -> HttpResponse:
    questions = walk.fields_of(step, draft.answers)
    filled = forms.initial(questions, draft.answers, draft.typed.get(step.name, {}))
    context = _facilities(request, draft, step)
    form = StepForm(
        questions, initial=filled, province=_province(draft), facilities=_facility_choices(context)
    )
    return _page(request, draft, step, {**context, "form": form})


def _take(request: HttpRequest, draft: DraftView, step: Step) -> HttpResponse:
    now, questions = timezone.now(), walk.fields_of(step, draft.answers)
    sheet = Sheet.sent(request.POST)
    raw = forms.raw(questions, request.POST)
    keep = drafts.remember
    if request.POST.get("go") in ("back", "keep"):
        keep(draft.person_id, draft.request_id, step, raw, sheet=sheet, now=now)
        return frame.wizard_of(draft).left(request, step)
    standing = drafts.standing(draft.person_id, draft.procedure.kind, now=now)
    try:
        values = typed.clean(step, raw, draft.answers, standing)
    except Invalid as refused:
        keep(draft.person_id, draft.request_id, step, raw, sheet=sheet, now=now)
        context = _facilities(request, draft, step)
        form = StepForm(
            questions, request.POST, province=_province(draft), facilities=_facility_choices(context)
        )
        form.refuse(refused)
        return _page(request, draft, step, {**context, "form": form}, status=frame.REFUSED)
    drafts.accept(draft.person_id, draft.request_id, step, values, sheet=sheet, now=now)
    return _onward(draft, step)


def _onward(draft: DraftView, step: Step) -> HttpResponse:
    """To the step after this one, by the answers there are now."""
    fresh = drafts.view(draft.person_id, draft.procedure.kind)
    there = frame.wizard_of(fresh).after(step) if fresh else frame.start_path(draft.procedure)
    return HttpResponseRedirect(there)


def _province(draft: DraftView) -> str:
    return str(draft.answers.get("province_code", ""))


def _facilities(request: HttpRequest, draft: DraftView, step: Step) -> dict[str, Any]:
    """The search of a step that asks for a facility: what was asked, what was found."""
    if not any(field.form == "facility" for field in step.fields):
        return {}
    asked = request.POST if request.method == "POST" else request.GET
    standing = drafts.standing(draft.person_id, draft.procedure.kind, now=timezone.now())
    province, words = asked.get("tinh", standing.person.province_code)[:2], asked.get("q", "")[:80]
    facilities = directory.search(province, words)
    chosen = draft.answers.get("facility_code", "")
    registered_code = standing.coverage.facility_code if standing.coverage else ""
    if chosen and chosen not in {facility.code for facility in facilities}:
        facilities = [facility for facility in [directory.facility(chosen)] if facility] + facilities
    return {
        "facility_search": True,
        "q": words,
        "province": province,
        "provinces": province_choices()[1:],
        "facilities": [
            facility
            for facility in facilities
            if facility.code != registered_code and _may_register(facility.level)
        ],
        "registered_name": directory.facility_name(registered_code) or registered_code,
    }


def _may_register(level: str) -> bool:
    return facility_days.may_register(level, local_day(timezone.now()))


def _facility_choices(context: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [
        (facility.code, f"{facility.name} · {facility.address}" if facility.address else facility.name)
        for facility in context.get("facilities", ())
    ]


def _photos(request: HttpRequest, draft: DraftView, step: Step) -> HttpResponse:
    attachments = walk.attachments_of(draft.procedure, draft.answers)
    wrong: dict[str, Any] = {}
    if request.method == "POST":
        wrong = _keep(request, draft, [attachment.name for attachment in attachments])
        if request.POST.get("go") == "back" and not wrong:
            return HttpResponseRedirect(frame.wizard_of(draft).before(step))
        draft = drafts.view(draft.person_id, draft.procedure.kind) or draft
        for attachment in attachments:
            if attachment.required and attachment.name not in draft.files and attachment.name not in wrong:
                wrong[attachment.name] = BAD_IMAGES["required"]
        if not wrong:
            return _onward(draft, step)
    places = [
        {
            "attachment": attachment,
            "file": draft.files.get(attachment.name),
            "error": wrong.get(attachment.name),
        }
        for attachment in attachments
    ]
    problems = [(f"id_{name}", words) for name, words in wrong.items()]
    context = {"places": places, "problems": problems}
    return _page(request, draft, step, context, status=frame.REFUSED if wrong else 200)


def _keep(request: HttpRequest, draft: DraftView, names: list[str]) -> dict[str, Any]:
    """Keep each picture that came; gives what is wrong with the others."""
    wrong: dict[str, Any] = {}
    for name in names:
        file = request.FILES.get(name)
        if file is None:
            continue
        try:
            if (file.size or 0) > MOST:
                raise BadImage(reason="too_big")
            drafts.store_photo(draft.person_id, draft.request_id, name, file.read(), now=timezone.now())
        except BadImage as refused:
            wrong[name] = (
                _("Không nhận tệp PDF. Hãy chụp ảnh giấy tờ.")
                if _is_pdf(file)
                else BAD_IMAGES[refused.reason]
            )
    return wrong


def _is_pdf(file: Any) -> bool:
    file.seek(0)
    return bool(file.read(5) == b"%PDF-")


def _page(
    request: HttpRequest, draft: DraftView, step: Step, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    way = frame.wizard_of(draft)
    frame_of_step = {
        "procedure": draft.procedure,
        "step": step,
        "request_id": draft.request_id,
        "step_number": way.number(step),
        "step_total": len(way.steps) + 1,
        "back_url": way.before(step),
    }
    return wizard.page(
        request,
        "citizen/procedures/step.html",
        {**frame_of_step, **context},
        saved_by=draft.pages.get(step.name, ""),
        status=status,
    )


@citizen
@require_safe
def picture(request: VisitRequest, request_id: int, name: str) -> HttpResponse:
    """GET /dich-vu-cong/ho-so/…/anh/…: a picture of one's own draft or request. 404 for anybody else's."""
    try:
        content = queries.own_file(frame.person_of(request), request_id, name)
    except NoImage:
        raise Http404 from None
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "no-store, private"
    return response
