"""/tai-khoan/don-vi: what the own employers may see and send."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.employers.days import reading
from vssid.domain.employers.invitations import answering, queries
from vssid.kernel.actor import person
from vssid.kernel.errors import NotYours
from vssid.web.ui import registration_days
from vssid.web.ui.access import VisitRequest, citizen


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def employers(request: VisitRequest) -> HttpResponse:
    """GET shows each employer; POST says for one of them what it may see and whether it may invite."""
    session = request.session_view
    assert session is not None
    gone = request.method == "POST" and not _say(request, session.person_id)
    if request.method == "POST" and not gone:
        return redirect("citizen:account_employers")
    return _page(request, session.person_id, gone=gone, status=404 if gone else 200)


@citizen
@require_POST
def book(request: VisitRequest, day_id: UUID) -> HttpResponse:
    """…/ngay-dang-ky/<day>: take the time `gio` of an own employer's registration day, or none (`huy`)."""
    session, now = request.session_view, timezone.now()
    assert session is not None
    refused = registration_days.take(
        request, session.person_id, day_id, by=person(session.person_id), now=now
    )
    if refused is not None:
        return _page(request, session.person_id, trouble=refused[0], status=refused[1])
    return redirect("citizen:account_employers")


def _page(
    request: VisitRequest,
    person_id: int,
    *,
    gone: bool = False,
    trouble: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "rows": queries.wishes(person_id),
        "days": reading.of_worker(person_id, now=timezone.now()),
        "gone": gone,
        "trouble": trouble,
    }
    return render(request, "citizen/account/employers.html", context, status=status)


def _say(request: VisitRequest, person_id: int) -> bool:
    """Keep what the form says; False for an employer where the person does not work (any more)."""
    employer, now, me = request.POST.get("don-vi", "")[:7], timezone.now(), person(person_id)
    try:
        hides, stopped = request.POST.get("an") == "1", request.POST.get("dung") == "1"
        before = {row.employer_code: row for row in queries.wishes(person_id)}.get(employer)
        if before is None:
            return False
        if hides != before.hides:
            answering.set_hides(person_id, employer, hides=hides, by=me, now=now)
        if stopped != before.stopped:
            answering.set_stopped(person_id, employer, stopped=stopped, by=me, now=now)
    except NotYours:
        return False
    return True
