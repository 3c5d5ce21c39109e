"""/don-vi/hoi: HR asks its office, reads the answers, and what the office wrote first."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.employers.seats.roles import Act
from vssid.domain.employers.standing import queries as standing
from vssid.domain.support import queries, writing
from vssid.domain.support.employers import conversation
from vssid.domain.support.errors import NotOpenAnyMore
from vssid.domain.support.notes import LONGEST, Written, written
from vssid.domain.support.queries import Row
from vssid.domain.support.writing import Reader
from vssid.domain.verification.errors import Limited
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.web.ui.words import ticket_words

from .. import frame
from ..errors import or_not_here
from ..seat import SeatRequest, hr

# What HR asks about; card and benefit are the worker's own to ask.
TOPICS: Mapping[str, Any] = {
    code: ticket_words.TOPICS[code] for code in ("participation", "personal", "account", "complaint", "other")
}
_NO_TOPIC: Any = ticket_words.PROBLEMS["topic", "required"]
_NO_TEXT: Any = ticket_words.PROBLEMS["text", "required"]
_TOO_LONG: Any = ticket_words.PROBLEMS["text", "too_long"]
REFUSED = 422


class QuestionForm(forms.Form):
    """A message to the office."""

    topic = forms.ChoiceField(
        label=gettext_lazy("Về việc"),
        choices=[("", gettext_lazy("Chọn…")), *TOPICS.items()],
        error_messages={"required": _NO_TOPIC, "invalid_choice": _NO_TOPIC},
    )
    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        help_text=gettext_lazy("Nêu mã số BHXH thay vì số giấy tờ của người lao động."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "vi"}),
        error_messages={"required": _NO_TEXT, "max_length": _TOO_LONG},
    )


class AgainForm(forms.Form):
    """More of the same message."""

    text = QuestionForm.base_fields["text"]


@hr(Act.READ, change=Act.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def questions(request: SeatRequest) -> HttpResponse:
    """GET lists what was written, both ways; POST sends a new message."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now, employer = timezone.now(), request.seat.employer_code
        office = standing.office_of(employer, on=local_day(now))
        try:
            sent = conversation.send(
                _what(request, form),
                topic=form.cleaned_data["topic"],
                office_code=office,
                by=request.actor,
                now=now,
            )
        except Invalid:
            form.add_error(
                None, _("Chưa rõ cơ quan BHXH quản lý đơn vị nên chưa gửi được. Hãy gọi tổng đài.")
            )
        except Limited:
            form.add_error(None, LIMITED)
        else:
            return redirect("employer:question", sent)
    rows = [_worded(row) for row in conversation.of(request.seat.employer_code, timezone.now())]
    context = {"rows": rows, "form": form, "once": _once(request)}
    status = REFUSED if form.errors else 200
    return frame.page(request, "employer/questions/list.html", context, status=status)


@hr(Act.READ, change=Act.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def question(request: SeatRequest, ticket_id: int) -> HttpResponse:
    """GET the conversation; POST writes again. Another employer's is not there."""
    now, reader = timezone.now(), Reader(hr=request.actor)
    form = AgainForm(request.POST if request.method == "POST" else None)
    thread = queries.thread(ticket_id, by=reader, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            writing.write(ticket_id, _what(request, form), by=reader, now=now)
        except NotOpenAnyMore:
            form.add_error(None, _("Tin nhắn này đã đóng. Hãy viết một tin nhắn khác."))
        except Limited:
            form.add_error(None, LIMITED)
        else:
            return HttpResponseRedirect(reverse("employer:question", args=[ticket_id], fragment="cuoi"))
    context = {
        "thread": thread,
        "row": thread.row,
        **_worded(thread.row),
        "form": form,
        "once": _once(request),
    }
    status = REFUSED if form.errors else 200
    return frame.page(request, "employer/questions/thread.html", context, status=status)


@hr(Act.WORK)
@require_POST
@or_not_here
def close(request: SeatRequest, ticket_id: int) -> HttpResponse:
    """…/dong: no more is needed; twice is fine."""
    writing.close(ticket_id, by=Reader(hr=request.actor), now=timezone.now())
    return redirect("employer:question", ticket_id)


LIMITED = gettext_lazy("Đơn vị đã gửi nhiều tin nhắn trong một giờ qua. Hãy đợi ít phút rồi gửi lại.")


def _what(request: SeatRequest, form: forms.Form) -> Written:
    return written(form.cleaned_data["text"], _once(request))


def _once(request: SeatRequest) -> str:
    """The key of the form, which stays when it is drawn again: sent twice it is written once."""
    return request.POST.get("once", "")[:64] or secrets.token_urlsafe(12)


def _worded(row: Row) -> dict[str, Any]:
    state, pill = ticket_words.STATES[row.state]
    return {"row": row, "topic": ticket_words.TOPICS[row.topic], "state": state, "pill": pill}


routes: list[URLPattern] = [
    path("don-vi/hoi", questions, name="questions"),
    path("don-vi/hoi/<int:ticket_id>", question, name="question"),
    path("don-vi/hoi/<int:ticket_id>/dong", close, name="question_close"),
]
