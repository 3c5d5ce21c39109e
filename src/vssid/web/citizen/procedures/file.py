"""/dich-vu-cong/ho-so/<id>: one's own request: state, due day, next step, result, answer, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vssid.domain.identity.errors import BadImage
from vssid.domain.procedures import actions, queries
from vssid.domain.procedures.definition.shapes import Kind, Words
from vssid.domain.procedures.errors import AlreadyMoved
from vssid.domain.procedures.queries import Whole
from vssid.domain.procedures.reasons import MORE, REFUSE
from vssid.domain.procedures.states import State
from vssid.kernel.calendar import VIETNAM, local_day
from vssid.kernel.errors import Invalid
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.words import procedure_words as listing
from vssid.web.ui.words.photo_words import BAD_IMAGES

from . import frame, words
from .forms import AnswerForm


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of ui/way.html."""

    state: str
    title: Words
    when: str = ""
    text: Words = ""


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: VisitRequest, request_id: int) -> HttpResponse:
    """GET shows the request; POST answers what was asked for. Another person's does not exist (404)."""
    person_id, now = frame.person_of(request), timezone.now()
    whole = queries.own(person_id, request_id, now=now)
    if request.method != "POST":
        return _page(request, whole, AnswerForm())
    form = AnswerForm(request.POST, request.FILES)
    wrong = _answer(request, whole, now)
    if not wrong:
        return HttpResponseRedirect(frame.file_path(request_id))
    form.is_valid()
    for field, said in wrong.items():
        form.add_error(field, str(said))
    return _page(request, whole, form, status=frame.REFUSED)


def _answer(request: HttpRequest, whole: Whole, now: datetime) -> dict[str, Words]:
    """Send what was given; gives what is wrong with it."""
    photo = request.FILES.get("photo")
    try:
        if photo is not None and (photo.size or 0) > 10 * 1024 * 1024:
            raise BadImage(reason="too_big")
        actions.answer(
            whole.status.person_id,
            whole.status.id,
            text=request.POST.get("text", ""),
            photo=photo.read() if photo else None,
            now=now,
        )
    except Invalid as refused:
        return {name: words.ANSWER[code] for name, code in refused.fields.items()}
    except BadImage as refused:
        return {"photo": BAD_IMAGES[refused.reason]}
    except AlreadyMoved:
        # Answered in another tab, or decided meanwhile; the page says how it stands.
        return {}
    return {}


def _page(request: HttpRequest, whole: Whole, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    now = whole.status
    state_words, pill = listing.STATES[now.state]
    asked = whole.last("ask_more") if now.state is State.MORE_NEEDED else None
    refused = whole.last("refuse")
    context: dict[str, Any] = {
        "whole": whole,
        "status": now,
        "procedure": now.procedure,
        "state_words": state_words,
        "pill": pill,
        "next": words.NEXT[now.state],
        "stages": _stages(whole),
        "days": (now.due_on - local_day(now.moved_at)).days if now.due_on else 0,
        "rows": listing.rows(now.procedure, whole.answers),
        "files": [(name, listing.file_label(now.procedure, name)) for name in whole.files],
        "asked": asked,
        "reasons": _reasons(asked, MORE) if asked else _reasons(refused, REFUSE),
        "refused": refused,
        "approved": whole.last("approve"),
        "in_register": now.procedure.kind is not Kind.CARD_REISSUE,
        "form": form,
    }
    return render(request, "citizen/procedures/file.html", context, status=status)


def _reasons(move: Any, known: Any) -> list[Any]:
    return [known[code] for code in move.reasons if code in known] if move else []


def _stages(whole: Whole) -> list[Stage]:
    """What was done, and what comes."""
    status = whole.status
    stages = [
        Stage(
            "stop" if move.move in ("refuse", "withdraw") else "done",
            words.MOVES[move.move],
            f"{move.at.astimezone(VIETNAM):%H:%M, %d/%m/%Y}",
        )
        for move in whole.moves
    ]
    if status.state is State.MORE_NEEDED:
        stages.append(Stage("now", _("Bạn gửi bổ sung")))
    elif status.is_open and status.due_on:
        stages.append(
            Stage("now", _("Kết quả, chậm nhất ngày %(day)s") % {"day": f"{status.due_on:%d/%m/%Y}"})
        )
    return stages


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: VisitRequest, request_id: int) -> HttpResponse:
    """GET asks, POST /dich-vu-cong/ho-so/…/rut withdraws."""
    person_id, now = frame.person_of(request), timezone.now()
    whole = queries.own(person_id, request_id, now=now)
    if request.method == "POST":
        try:
            actions.withdraw(person_id, request_id, now=now)
        except AlreadyMoved:
            # Decided meanwhile; the request's page says how.
            return HttpResponseRedirect(frame.file_path(request_id))
    if request.method == "POST" or not whole.status.is_open:
        return HttpResponseRedirect(frame.file_path(request_id))
    return render(request, "citizen/procedures/withdraw.html", {"status": whole.status})
