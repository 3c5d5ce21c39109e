"""/dang-ky/ho-so: the file a proven browser holds: state, form 01, the employer's help, withdraw, correct."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.employers import whom
from vssid.domain.employers.days import reading
from vssid.domain.employers.invitations import starting
from vssid.domain.registration import actions, queries
from vssid.domain.registration.draft import drafts
from vssid.domain.registration.errors import NotCorrectable, NotOpen
from vssid.domain.registration.handover import agreeing
from vssid.domain.registration.paper import calendar_file, form01, printing
from vssid.domain.registration.queries import OwnApplication
from vssid.domain.registration.reasons import ALL as REASONS
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours
from vssid.web.ui import pdfs, registration_days
from vssid.web.ui.access import View, VisitRequest, public

from . import file_cookie, states, wizard, words

P = ParamSpec("P")
FileView = Callable[Concatenate[VisitRequest, OwnApplication, P], HttpResponse]


def _held(view: FileView[P]) -> View[P]:
    """Hand in the application this browser holds; others go to the draft or to the look-up."""

    @public
    @wraps(view)
    def wrapper(request: VisitRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        subject = file_cookie.subject_of(request)
        if subject is None:
            return redirect("public:look_up")
        own = queries.own(subject, now=timezone.now())
        return redirect("public:start") if own is None else view(request, own, *args, **kwargs)

    return wrapper


@_held
@require_safe
def own_file(request: VisitRequest, own: OwnApplication) -> HttpResponse:
    """GET /dang-ky/ho-so."""
    return _page(request, own)


def _page(
    request: VisitRequest, own: OwnApplication, *, trouble: str | Promise = "", code: int = 200
) -> HttpResponse:
    status, now = own.status, timezone.now()
    context = {
        "own": own,
        "status": status,
        "wording": states.WORDING[status.state],
        "stages": states.way(status, phone=own.form.phone.national()),
        "term": max(1, (status.due_on - local_day(status.submitted_at)).days),
        "left": max(0, status.days_left),
        "over": status.days_left < 0,
        "ring_kind": "bad" if status.days_left <= 1 else "warn" if status.days_left <= 4 else "",
        "reasons": [REASONS[code] for code in own.reasons if code in REASONS],
        "to_ask": whom.of_worker(own.person_id, now) if own.person_id else [],
        "activation_hours": int(settings.ACTIVATION_LIFE.total_seconds() // 3600),
        "days": reading.of_application(status.id, now=now)[1] if status.is_open else [],
        "trouble": trouble,
    }
    return render(request, "public/registration/own_file.html", context, status=code)


@_held
@require_safe
def form_pdf(request: VisitRequest, own: OwnApplication) -> HttpResponse:
    """GET /dang-ky/ho-so/to-khai.pdf: form 01, while it may be handed in.

    A file to keep, not a page: shown inside the installed app it would leave no way back. Letters that it
    cannot print, of an application sent before they were refused, are named on a page instead.
    """
    _must_be_open(own)
    if unprintable := printing.of_form(own.form):
        sentences = [words.unprintable(field, letters) for field, letters in unprintable.items()]
        return render(
            request, "public/registration/unprintable.html", {"sentences": sentences}, status=wizard.REFUSED
        )
    return pdfs.to_keep(f"to-khai-mau-01-ho-so-{own.status.number}", form01.render(own.status, own.form))


@_held
@require_safe
def calendar(request: VisitRequest, own: OwnApplication) -> HttpResponse:
    """GET /dang-ky/ho-so/lich.ics: the last day to hand in the form."""
    _must_be_open(own)
    content = calendar_file.due_day(
        own.status,
        title=_("Hạn nộp tờ khai BHXH"),
        description=_(
            "Hồ sơ %(number)s. Mang tờ khai mẫu số 01 đã ký và bản chính giấy tờ. Tổng đài 1900 9068."
        )
        % {"number": own.status.number},
        now=timezone.now(),
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="han-nop-to-khai.ics"'
    return response


def _must_be_open(own: OwnApplication) -> None:
    if not own.status.is_open:
        raise NotYours


@_held
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: VisitRequest, own: OwnApplication) -> HttpResponse:
    """GET asks, POST /dang-ky/ho-so/rut withdraws."""
    if request.method == "POST":
        try:
            actions.withdraw(own.status.id, now=timezone.now())
        except NotOpen:
            # Decided meanwhile; the file's page says how.
            return redirect("public:own_file")
    if request.method == "POST" or not own.status.is_open:
        return redirect("public:own_file")
    return render(request, "public/registration/withdraw.html", {"status": own.status})


@_held
@require_POST
def employer(request: VisitRequest, own: OwnApplication) -> HttpResponse:
    """POST /dang-ky/ho-so/don-vi: let the employer print and hand in (`dong-y`), or no more."""
    act = agreeing.agree if request.POST.get("dong-y") == "1" else agreeing.take_back
    with suppress(NotOpen):  # handed in or closed meanwhile; the file's page says so
        act(own.status.id, now=timezone.now())
    return redirect("public:own_file")


@_held
@require_POST
def book_day(request: VisitRequest, own: OwnApplication, day_id: UUID) -> HttpResponse:
    """POST /dang-ky/ho-so/ngay-dang-ky/<day>: take a time of the inviting employer's day, or none."""
    now = timezone.now()
    person_id, days = reading.of_application(own.status.id, now=now)
    # Of the inviting employer alone, while the file is open: whatever else is named is not there.
    meant = person_id if own.status.is_open and day_id in {day.row.id for day in days} else 0
    refused = registration_days.take(request, meant, day_id, by=Actor(ActorKind.PERSON), now=now)
    if refused is not None:
        return _page(request, own, trouble=refused[0], code=refused[1])
    return redirect("public:own_file")


@_held
@require_POST
def correct(request: VisitRequest, own: OwnApplication) -> HttpResponse:
    """POST /dang-ky/ho-so/sua: a new draft with everything typed before; this browser now holds it."""
    try:
        token = drafts.correct(own.status.id, now=timezone.now())
    except NotCorrectable:
        return redirect("public:own_file")
    starting.follow_corrections(own.status.id)
    response = redirect("public:start")
    file_cookie.keep(response, token)
    return response


@public
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """POST /dang-ky/ho-so/dong: this browser holds the file no longer, as on a shared device."""
    response = redirect("public:look_up")
    file_cookie.forget(response)
    return response
