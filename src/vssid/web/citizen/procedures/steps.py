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
    found = next((one for one in draft.procedure.steps if one.name == step), None)
    if found is None:
        raise Http404
    if not draft.reaches(found):
        return HttpResponseRedirect(frame.step_path(draft.procedure, draft.missing))
    if found.photos:
        return _photos(request, draft, found)
    if request.method != "POST":
        return _open(request, draft, found)
    try:
        return _take(request, draft, found)
    except Overtaken:
        return _late(request, draft, found)


def _late(request: HttpRequest, draft: DraftView, step: Step) -> HttpResponse:
    """Another page saved the step after this one was drawn: what it saved, and what this one held."""
    if request.POST.get("go") == "keep":
        return HttpResponse(status=overtaken.STATUS)
    fresh = drafts.view(draft.person_id, draft.procedure.kind) or draft
    questions = walk.fields_of(step, fresh.answers)
    held = forms.initial(questions, {}, forms.raw(questions, request.POST))
    found = _found(_facilities(request, fresh, step))
    overtaken.redraw(request, StepForm(questions, initial=held, province=_province(fresh), facilities=found))
    return _open(request, fresh, step)


def _open(request: HttpRequest, draft: DraftView, step: Step) -> HttpResponse:
    questions = walk.fields_of(step, draft.answers)
    filled = forms.initial(questions, draft.answers, draft.typed.get(step.name, {}))
    context = _facilities(request, draft, step)
    form = StepForm(questions, initial=filled, province=_province(draft), facilities=_found(context))
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
        form = StepForm(questions, request.POST, province=_province(draft), facilities=_found(context))
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
    province, wanted = asked.get("tinh", standing.person.province_code)[:2], asked.get("q", "")[:80]
    found = directory.search(province, wanted)
    chosen = draft.answers.get("facility_code", "")
    held = standing.coverage.facility_code if standing.coverage else ""
    if chosen and chosen not in {one.code for one in found}:
        found = [one for one in [directory.facility(chosen)] if one] + found
    return {
        "facility_search": True,
        "q": wanted,
        "province": province,
        "provinces": province_choices()[1:],
        "facilities": [one for one in found if one.code != held and _may_register(one.level)],
        "held_name": directory.facility_name(held) or held,
    }


def _may_register(level: str) -> bool:
    return facility_days.may_register(level, local_day(timezone.now()))


def _found(context: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [
        (one.code, f"{one.name} · {one.address}" if one.address else one.name)
        for one in context.get("facilities", ())
    ]


def _photos(request: HttpRequest, draft: DraftView, step: Step) -> HttpResponse:
    wanted = walk.attachments_of(draft.procedure, draft.answers)
    wrong: dict[str, Any] = {}
    if request.method == "POST":
        wrong = _keep(request, draft, [one.name for one in wanted])
        if request.POST.get("go") == "back" and not wrong:
            return HttpResponseRedirect(frame.wizard_of(draft).before(step))
        draft = drafts.view(draft.person_id, draft.procedure.kind) or draft
        for one in wanted:
            if one.required and one.name not in draft.files and one.name not in wrong:
                wrong[one.name] = BAD_IMAGES["required"]
        if not wrong:
            return _onward(draft, step)
    places = [
        {"wanted": one, "file": draft.files.get(one.name), "error": wrong.get(one.name)} for one in wanted
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
