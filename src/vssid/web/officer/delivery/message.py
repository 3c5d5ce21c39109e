"""/can-bo/tin-gui-di/<subject>/<message>: the course of one message, never its text; and sending it again."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.accounts.contacts import notify, work_email
from vssid.domain.notifications.delivery import finding, resending
from vssid.domain.notifications.delivery.errors import NotAgain
from vssid.domain.notifications.inbox.notices import Reach
from vssid.domain.notifications.outbox.transitions import NoMessage, get
from vssid.domain.offices.rights import Right
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from . import reach, words


@may(Right.SEE_DELIVERY)
@require_safe
def show(request: VisitRequest, subject_id: int, message_id: UUID) -> HttpResponse:
    """GET one message in reach; 404 for any other, and the look is in its person's log."""
    return _page(request, subject_id, message_id)


@may(Right.MANAGE_DELIVERY)
@require_POST
def again(request: VisitRequest, subject_id: int, message_id: UUID) -> HttpResponse:
    """POST …/gui-lai: what waits goes at once, a notice is told anew; else the page says why not."""
    _in_reach(request, subject_id)
    try:
        went = resending.resend(
            subject_id, message_id, reach=_of(subject_id), by=request.actor, now=timezone.now()
        )
    except NoMessage:
        raise Http404 from None
    except NotAgain as refused:
        trouble = words.NOT_AGAIN[refused.facts["why"]]
        return _page(request, subject_id, message_id, status=409, trouble=trouble)
    return HttpResponseRedirect(reverse("officer:delivery_message", args=[subject_id, went]) + "?da=gui")


def _in_reach(request: VisitRequest, subject_id: int) -> None:
    if not reach.sees(request.actor, subject_id):
        raise Http404


def _of(subject_id: int) -> Reach:
    """Of a member of staff or of HR the work e-mail, of anybody else what the own account has."""
    if work_email.is_of_staff(subject_id):
        return work_email.reach(subject_id, now=timezone.now())
    if work_email.is_of_hr(subject_id):
        return work_email.reach_of_hr(subject_id)
    return notify.reach(subject_id)


def _page(
    request: VisitRequest, subject_id: int, message_id: UUID, *, status: int = 200, trouble: object = ""
) -> HttpResponse:
    _in_reach(request, subject_id)
    try:
        course = finding.course(subject_id, message_id, by=request.actor, now=timezone.now())
        why = resending.why_not(get(subject_id, message_id))
    except NoMessage:
        raise Http404 from None
    message = course.sent.message
    context = {
        "course": course,
        "message": message,
        "number": finding.number_of(message_id),
        "kind": words.kind(message.kind),
        "channel": words.CHANNELS[message.channel],
        "state": words.STATES[message.state],
        "reason": words.reason(message.reason),
        "tries": [(one, words.said(one.said)) for one in course.tries],
        "not_again": words.NOT_AGAIN[why] if why else "",
        "trouble": trouble,
        "done": request.GET.get("da") == "gui",
    }
    return frame.page(request, "officer/delivery/message.html", context, status=status)
