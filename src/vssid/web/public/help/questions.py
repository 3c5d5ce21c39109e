"""/tro-giup: questions and answers, whom to call, one's own office; and the copy read without a network."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from vssid.domain.offices import queries as offices
from vssid.domain.offices.queries import OfficeView
from vssid.domain.participants import queries as participants
from vssid.domain.support.help import faq, lines, search
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.caching import cacheable
from vssid.web.ui.context import frame

from ..frame import draw

FILLERS = " ".join(sorted(search.FILLERS))


@public
@cacheable
@require_safe
def help_page(request: VisitRequest) -> HttpResponse:
    """GET /tro-giup?q=quen+mat+khau: the questions that fit first; without `q` all by subject."""
    language, words = translation.get_language() or faq.SOURCE, request.GET.get("q", "")[:120]
    every = faq.questions(language)
    fitting = search.find(every, words) if search.words(words) else ()
    own = own_office(request)
    return draw(
        request,
        "public/help/questions.html",
        q=words,
        fitting=fitting,
        asked=bool(search.words(words)),
        groups=faq.groups(language, tuple(question for question in every if question not in fitting)),
        total=len(every),
        lines=lines.LINES,
        fillers=FILLERS,
        own_office=own,
        own_open=own.is_open(timezone.now()) if own else False,
    )


@public
@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """GET /tro-giup/ngoai-tuyen: every answer in both languages, kept by each device; it knows nobody."""
    with translation.override(faq.SOURCE):
        known: dict[str, Any] = {key: frame(request)[key] for key in ("brand", "hotline", "hotline_tel")}
        parts = [(language, faq.groups(language)) for language in faq.LANGUAGES]
        page = render_to_string(
            "public/help/offline_book.html",
            {**known, "lang": faq.SOURCE, "parts": parts, "lines": lines.LINES, "fillers": FILLERS},
        )
    return HttpResponse(page, headers={"Cache-Control": "no-cache"})


def own_office(request: VisitRequest) -> OfficeView | None:
    """The office that keeps the signed-in person's record, if it is known."""
    session = request.session_view
    if session is None or session.kind != "citizen" or session.must_set_password:
        return None
    person = participants.person(session.person_id)
    if person is None or not offices.exists(person.office_code):
        return None
    return offices.office(person.office_code)
