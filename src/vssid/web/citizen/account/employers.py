"""/tai-khoan/don-vi: what the own employers may see and send."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vssid.domain.employers.invitations import answering, queries
from vssid.kernel.actor import person
from vssid.kernel.errors import NotYours
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
    context = {"rows": queries.wishes(session.person_id), "gone": gone}
    return render(request, "citizen/account/employers.html", context, status=404 if gone else 200)


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
