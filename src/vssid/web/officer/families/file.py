"""/can-bo/gia-dinh: requests for children at the own office: queue, file, decision, end of a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vssid.domain.accounts.guardianship.guardians import AlreadyLinked, OfAge, TooManyGuardians
from vssid.domain.casework import doubts
from vssid.domain.casework.errors import InOtherHands, Unconfirmed
from vssid.domain.families import deciding, queries
from vssid.domain.families.errors import NotApprovable, RequestClosed
from vssid.domain.families.models import ChildRequest
from vssid.domain.families.queries import RequestFile
from vssid.domain.families.reasons import REASONS
from vssid.domain.families.rules import PAPERS
from vssid.domain.identity.kinds import ImageKind
from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid, NotYours
from vssid.web.ui.access import VisitRequest, officer

from .. import frame
from ..casework import hand, troubles
from ..casework.troubles import Trouble
from ..errors import or_not_here
from ..registration.file import Picture, Refusal
from ..registration.words import PROBLEMS
from . import words

PER_PAGE = 50
SIDE_ROWS = 40
TABS = (("/can-bo/gia-dinh", _("Chờ duyệt")), ("/can-bo/gia-dinh?xem=da-xong", _("Đã xong")))


@officer
@require_safe
def queue(request: VisitRequest) -> HttpResponse:
    """GET /can-bo/gia-dinh: open requests by due day; `?xem=da-xong` those that are closed."""
    now = timezone.now()
    closed = request.GET.get("xem") == "da-xong"
    rows = queries.waiting_at(request.actor.office, closed=closed)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1"))
    context = {
        "rows": _all_listed(page, request.actor, now),
        "closed": closed,
        "tabs": TABS,
        "tab_here": TABS[closed][0],
        "page": _pager(page, closed) if page.paginator.num_pages > 1 else None,
    }
    return frame.page(request, "officer/families/queue.html", context)


def _all_listed(rows: Iterable[ChildRequest], by: Actor, now: datetime) -> list[dict[str, Any]]:
    """Rows of a list, with who has which in hand."""
    found = [queries.view_of(row, now) for row in rows]
    held = hand.held("gia-dinh", [one.id for one in found], by=by, now=now)
    return [
        {
            "request": one,
            "state_words": words.STATES[one.state][0],
            "pill": words.STATES[one.state][1],
            "holder": held.get(one.id, ""),
        }
        for one in found
    ]


def _pager(page: Any, closed: bool) -> dict[str, Any]:
    base = f"{TABS[closed][0]}{'&' if closed else '?'}trang="
    return {
        "number": page.number,
        "pages": page.paginator.num_pages,
        "count": page.paginator.count,
        "previous": f"{base}{page.number - 1}" if page.has_previous() else "",
        "next": f"{base}{page.number + 1}" if page.has_next() else "",
    }


@officer
@require_safe
@or_not_here
def file(request: VisitRequest, guardian_id: int, request_id: int) -> HttpResponse:
    """GET /can-bo/gia-dinh/<guardian>/<request>: papers, comparison, history, decision."""
    return _draw(request, guardian_id, request_id, done=request.GET.get("xong", ""))


def _draw(
    request: VisitRequest,
    guardian_id: int,
    request_id: int,
    *,
    done: str = "",
    trouble: Trouble | None = None,
    refusal: Refusal | None = None,
    confirm: str = "",
    again: hand.Again | None = None,
) -> HttpResponse:
    now = timezone.now()
    found = queries.open_file(guardian_id, request_id, by=request.actor, now=now)
    side = queries.waiting_at(request.actor.office)[:SIDE_ROWS]
    context = {
        **_file_context(found),
        "side": _all_listed(side, request.actor, now),
        "hand": hand.hold(request, "gia-dinh", request_id, is_open=found.request.is_open, now=now),
        "done": words.DONE.get(done, ""),
        "trouble": trouble,
        "refusal": refusal or Refusal(),
        "confirm": confirm,
        "again": again,
        "refuse_url": _address("family_refuse", found),
    }
    status = trouble.status if trouble else 409 if confirm else 200
    return frame.page(request, "officer/families/file.html", context, status=status)


def _file_context(found: RequestFile) -> dict[str, Any]:
    state_words, pill = words.STATES[found.request.state]
    return {
        "file": found,
        "status": found.request,
        "state_words": state_words,
        "pill": pill,
        "pictures": [_picture(found, kind) for kind in PAPERS],
        "rows": words.table(found),
        "warnings": [words.FINDINGS.get(code, code) for code in found.findings],
        "doubts": doubts.mark(found.findings),
        "missing": words.missing(found.missing),
        "given_reasons": words.reasons(found.request.reasons),
        "reasons": REASONS.values(),
        "history": words.history(found.history),
    }


def _address(name: str, found: RequestFile, *more: str) -> str:
    return reverse(f"officer:{name}", args=[found.request.guardian_id, found.request.id, *more])


def _picture(found: RequestFile, kind: ImageKind) -> Picture:
    image = found.papers.get(kind)
    problems = tuple(PROBLEMS.get(code, code) for code in image.verdict.problems) if image else ()
    url = _address("family_paper", found, kind.value)
    return Picture(kind.value, words.PAPERS[kind.value], url, image is not None, problems)


Act = Callable[[], None]


def _decide(request: VisitRequest, guardian_id: int, request_id: int, act: Act, done: str) -> HttpResponse:
    """Do it and show the file again; what the domain refuses is said beside the buttons."""
    hand.grasp(request, "gia-dinh", request_id)
    try:
        act()
    except InOtherHands as refused:
        return _draw(
            request, guardian_id, request_id, trouble=hand.trouble(refused), again=hand.again(request)
        )
    except Unconfirmed as asked:
        return _draw(request, guardian_id, request_id, confirm=asked.mark)
    except (RequestClosed, NotApprovable, OfAge, AlreadyLinked, TooManyGuardians) as refused:
        said = words.trouble(refused, request.actor.name)
        return _draw(request, guardian_id, request_id, trouble=said)
    here = reverse("officer:family", args=[guardian_id, request_id])
    return HttpResponseRedirect(f"{here}?xong={done}")


@officer
@require_POST
@or_not_here
def see_certificate(request: VisitRequest, guardian_id: int, request_id: int) -> HttpResponse:
    """The birth certificate was compared."""
    act = partial(deciding.see_certificate, guardian_id, request_id, by=request.actor, now=timezone.now())
    return _decide(request, guardian_id, request_id, act, "giay")


@officer
@require_POST
@or_not_here
def unsee_certificate(request: VisitRequest, guardian_id: int, request_id: int) -> HttpResponse:
    """That was a mistake: the birth certificate was not compared."""
    act = partial(deciding.unsee_certificate, guardian_id, request_id, by=request.actor, now=timezone.now())
    return _decide(request, guardian_id, request_id, act, "bo-giay")


@officer
@require_POST
@or_not_here
def approve(request: VisitRequest, guardian_id: int, request_id: int) -> HttpResponse:
    """Approve; the link and the message come with it."""
    seen = request.POST.get("da-xem", "")[:64]
    act = partial(deciding.approve, guardian_id, request_id, by=request.actor, now=timezone.now(), seen=seen)
    return _decide(request, guardian_id, request_id, act, "duyet")


@officer
@require_POST
@or_not_here
def refuse(request: VisitRequest, guardian_id: int, request_id: int) -> HttpResponse:
    """Refuse with reasons and words; a form that is not complete comes back as it was typed."""
    chosen, text = request.POST.getlist("reasons"), request.POST.get("text", "")
    act = partial(deciding.refuse, guardian_id, request_id, reasons=chosen, text=text, by=request.actor)
    try:
        return _decide(request, guardian_id, request_id, partial(act, now=timezone.now()), "tu-choi")
    except Invalid as invalid:
        refusal = Refusal(tuple(chosen), text, tuple(troubles.wrong(invalid)))
        return _draw(request, guardian_id, request_id, trouble=troubles.INCOMPLETE, refusal=refusal)


@officer
@require_POST
@or_not_here
def end_link(request: VisitRequest, guardian_id: int, request_id: int) -> HttpResponse:
    """End the link this office approved."""
    act = partial(deciding.end_link, guardian_id, request_id, by=request.actor, now=timezone.now())
    return _decide(request, guardian_id, request_id, act, "ket-thuc")


@officer
@require_GET
@or_not_here
def paper(request: VisitRequest, guardian_id: int, request_id: int, kind: str) -> HttpResponse:
    """GET …/anh/birth|portrait: the JPEG, kept by nobody on the way; each look is audited."""
    if kind not in {one.value for one in PAPERS}:
        raise NotYours
    now = timezone.now()
    jpeg = queries.paper_for_officer(guardian_id, request_id, ImageKind(kind), by=request.actor, now=now)
    response = HttpResponse(jpeg, content_type="image/jpeg")
    response["Cache-Control"] = "no-store, private"
    response["Content-Disposition"] = "inline"
    return response


FILE = "can-bo/gia-dinh/<int:guardian_id>/<int:request_id>"
urlpatterns = [
    path("can-bo/gia-dinh", queue, name="families"),
    path(FILE, file, name="family"),
    path(f"{FILE}/so-giay", see_certificate, name="family_certificate"),
    path(f"{FILE}/bo-so-giay", unsee_certificate, name="family_uncertificate"),
    path(f"{FILE}/duyet", approve, name="family_approve"),
    path(f"{FILE}/tu-choi", refuse, name="family_refuse"),
    path(f"{FILE}/ket-thuc", end_link, name="family_end"),
    path(f"{FILE}/anh/<slug:kind>", paper, name="family_paper"),
]
