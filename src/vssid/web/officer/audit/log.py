"""/can-bo/nhat-ky: ask the log, read it in sentences, take it away as a file that proves itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit import anchors, files
from vssid.domain.audit import search as log
from vssid.domain.audit.search import Place, Search
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.oversight import search as oversight
from vssid.domain.participants import queries as participants
from vssid.infra import blobs
from vssid.kernel.calendar import end_of, local_day, start_of
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..security.asking import asks_again
from . import words
from .forms import SearchForm

PER_PAGE = 50
WEEK = timedelta(days=6)  # and today
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; odd values fall back to the usual, as where nothing is asked."""

    since: date
    until: date
    matter: str
    officer: int | None
    office: str
    person: int | None

    def address(self, after: Place | None = None) -> str:
        """The same search; `after` begins behind an event."""
        place = f"{after.at.isoformat()}_{after.lane}_{after.seq}" if after else ""
        said = {
            "tu": self.since.isoformat(),
            "den": self.until.isoformat(),
            "viec": self.matter,
            "can-bo": self.officer,
            "co-quan": self.office,
            "nguoi": self.person,
            "sau": place,
        }
        return f"{reverse('officer:log')}?{urlencode({name: value for name, value in said.items() if value})}"

    def search(self, reach: str | None) -> Search:
        """What it means for who may see so far."""
        asked = Search(
            since=start_of(self.since),
            until=end_of(self.until),
            kinds=words.kinds_of(self.matter),
            in_doubt=self.matter == words.DOUBTED,
            subjects=oversight.about(self.person) if self.person else (),
            actor_id=self.officer,
            offices=(self.office,) if self.office else None,
        )
        return oversight.within(asked, reach)


@may(Right.SEE_AUDIT)
@require_safe
def read(request: VisitRequest) -> HttpResponse:
    """What was done and seen; who reads about one person is in that person's own log."""
    now = timezone.now()
    asked = _asked(request.GET, local_day(now))
    if asked.person:
        oversight.look_at(asked.person, by=request.actor, now=now)
    form = SearchForm(initial=_initial(asked))
    return _page(request, form, asked, after=_place(request.GET.get("sau", "")))


@may(Right.SEE_AUDIT)
@require_POST
def ask(request: VisitRequest) -> HttpResponse:
    """What was typed, as an address without names or codes."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, form, None, status=422)
    given = form.cleaned_data
    asked = Asked(
        given["since"], given["until"], given["matter"], given["officer"], given["office"], given["person"]
    )
    return HttpResponseRedirect(asked.address())


@may(Right.SEE_AUDIT, change=Right.EXPORT_AUDIT)
@require_POST
@asks_again
def take(request: VisitRequest) -> HttpResponse:
    """The events of a search as a file."""
    now = timezone.now()
    asked = _asked(request.POST, local_day(now))
    try:
        content = oversight.take_away(
            asked.search(oversight.reach_of(request.actor)), by=request.actor, now=now
        )
    except files.TooMany as refused:
        form = SearchForm(_initial(asked))
        form.add_error("until", _("Một tệp chứa được %(most)s sự kiện. Hãy thu hẹp lại.") % refused.facts)
        return _page(request, form, None, status=422)
    response = HttpResponse(content, content_type="application/x-ndjson; charset=utf-8")
    name = f"nhat-ky-{asked.since:%Y%m%d}-{asked.until:%Y%m%d}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(
    request: VisitRequest,
    form: SearchForm,
    asked: Asked | None,
    *,
    after: Place | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "asked": asked, **_anchor()}
    if asked is not None:
        search = asked.search(oversight.reach_of(request.actor))
        events, last = log.page(search, after=after, size=PER_PAGE)
        subjects = oversight.named(event.subject_id for event in events)
        names = offices.names(event.office for event in events)
        context |= {
            "lines": [words.line(event, subjects, names) for event in events],
            "count": log.count(search, at_most=MOST_COUNTED),
            "most": MOST_COUNTED,
            "first": asked.address() if after else "",
            "next": asked.address(last) if last else "",
        }
    return frame.page(request, "officer/audit/log.html", context, status=status)


def _anchor() -> dict[str, Any]:
    """The newest anchor; the log is read also while the store of files is away."""
    try:
        return {"anchor": anchors.latest()}
    except (blobs.Away, blobs.NotStored):
        return {"anchor_unread": True}


def _asked(given: Any, today: date) -> Asked:
    matter, office = given.get("viec", ""), given.get("co-quan", "")
    since, until = _day(given.get("tu", ""), today - WEEK), _day(given.get("den", ""), today)
    return Asked(
        since=since,
        until=max(since, until),
        matter=matter if matter in words.MATTERS else "",
        officer=_number(given.get("can-bo", "")),
        office=office if offices.exists(office[:5]) and len(office) == 5 else "",
        person=_number(given.get("nguoi", "")),
    )


def _initial(asked: Asked) -> dict[str, Any]:
    """The form as it was typed, from the numbers of the address."""
    person = participants.person(asked.person) if asked.person else None
    officer = Account.objects.filter(person_id=asked.officer or 0, kind=Account.STAFF).first()
    return {
        "since": asked.since,
        "until": asked.until,
        "matter": asked.matter,
        "officer": officer.login if officer else "",
        "office": asked.office,
        "person": person.bhxh_code.reveal() if person else "",
    }


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _place(text: str) -> Place | None:
    at, _sep, rest = text.partition("_")
    lane, _sep, seq = rest.partition("_")
    try:
        moment = datetime.fromisoformat(at)
        place = Place(moment, int(lane), int(seq))
    except ValueError:
        return None
    return place if moment.tzinfo and abs(place.seq) < 2**62 and 0 <= place.lane < 2**15 else None
