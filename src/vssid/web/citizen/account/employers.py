"""/tai-khoan/don-vi: what the own employers may see and send."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.employers.days import booking, reading
from vssid.domain.employers.days.errors import BookingOver, SlotFull
from vssid.domain.employers.invitations import answering, queries
from vssid.kernel.actor import person
from vssid.kernel.calendar import moment_of
from vssid.kernel.errors import Invalid, NotYours
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
    me = person(session.person_id)
    try:
        if "huy" in request.POST:
            booking.cancel(session.person_id, day_id, by=me, now=now)
        else:
            moment = moment_of(request.POST.get("gio", "")[:40])
            booking.book(session.person_id, day_id, moment, by=me, now=now)
    except SlotFull:
        return _page(request, session.person_id, trouble=FULL, status=409)
    except BookingOver:
        return _page(request, session.person_id, trouble=BEGUN, status=409)
    except Invalid:
        return _page(request, session.person_id, trouble=NONE_CHOSEN, status=422)
    except NotYours:
        return _page(request, session.person_id, trouble=CALLED_OFF, status=404)
    return redirect("citizen:account_employers")


FULL = gettext_lazy("Giờ này vừa hết chỗ. Hãy chọn giờ khác.")
BEGUN = gettext_lazy("Giờ này đã bắt đầu nên không đổi, không hủy được.")
NONE_CHOSEN = gettext_lazy("Hãy chọn một giờ trong danh sách.")
CALLED_OFF = gettext_lazy("Ngày đăng ký này không còn, hoặc không phải của đơn vị bạn đang làm.")


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
