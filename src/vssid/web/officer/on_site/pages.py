"""/can-bo/luu-dong: the page that lies ready on the device, and what it asks the server."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.employers.days import queries as registration_days
from vssid.domain.employers.on_site import deciding, devices, of_days
from vssid.domain.employers.on_site.errors import NothingTaken
from vssid.domain.offices.rights import Right
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import NotYours
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, may, public
from vssid.web.ui.context import frame

from ..security.door import DOOR
from . import packing, reading, words

# What the page may know: of the site and of the reader's taste, nothing of a person or of who is signed in.
KNOWN = ("brand", "hotline", "hotline_tel", "lang", "theme", "size", "demo", "copied")


@public
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The page without anybody in it; its scripts show what the device holds, once it is unlocked."""
    known = {key: value for key, value in frame(request).items() if key in KNOWN}
    said = {name: str(text) for name, text in words.PAGE.items()}
    said |= {f"what_{name}": str(text) for name, text in words.WHAT.items()}
    response = HttpResponse(render_to_string("officer/on_site/page.html", {**known, "said": said}))
    response["Cache-Control"] = "no-cache"
    return response


@may(Right.DECIDE_REGISTRATIONS)
@require_safe
def work(request: VisitRequest) -> HttpResponse:
    """…/viec?may=<device>: who is signed in, the days that name the officer, what the device must forget."""
    device = _uuid(request.GET.get("may", ""))
    days = registration_days.of_officer(request.actor, now=timezone.now())
    return _json(
        {
            "officer": str(request.actor.id),
            "token": get_token(request),
            "days": [{"id": str(day.id), "name": _name(day)} for day in days],
            "withdrawn": [str(day) for day in devices.withdrawn(device, by=request.actor)] if device else [],
        }
    )


@sensitive_post_parameters("mat_khau")
@may(Right.DECIDE_REGISTRATIONS)
@require_POST
def take(request: VisitRequest, day_id: uuid.UUID) -> HttpResponse:
    """…/<day>/nhan: the files of a day for this device, after the password is proved again."""
    session, device, now = request.session_view, _uuid(request.POST.get("may", "")), timezone.now()
    assert session is not None  # the mark of the view has seen to it
    try:
        # The day first: of another's no password is tried.
        if device is None or not of_days.is_named(day_id, request.actor):
            raise NotYours
        accounts.prove(
            session.login,
            request.POST.get("mat_khau", "")[:200],
            kind=Account.STAFF,
            address=client.address(request),
            known_device=DOOR.marks.know(request, session.login),
            now=now,
        )
        taken = devices.take(day_id, device, by=request.actor, now=now)
    except WrongCredentials:
        return _json({"wrong": _("Mật khẩu không đúng.")}, status=422)
    except Limited:
        return _json({"wrong": _("Thử quá nhiều lần. Hãy đợi ít phút rồi thử lại.")}, status=429)
    except NothingTaken:
        return _json({"wrong": _("Ngày này chưa có hồ sơ nào đang chờ để nhận về máy.")}, status=409)
    except NotYours:
        return _json({"wrong": str(words.NOT_NAMED)}, status=404)
    return _json({"name": _name(taken.day), "officer": str(request.actor.id), **packing.pack(taken, now)})


@may(Right.DECIDE_REGISTRATIONS)
@require_POST
def decide(request: VisitRequest) -> HttpResponse:
    """…/quyet-dinh: one decision of the device; the answer says what became of it."""
    sent = reading.decision(request.body)
    if sent is None:
        return _json({"wrong": "unreadable"}, status=400)
    try:
        answer = deciding.decide(sent, by=request.actor, now=timezone.now())
    except NotYours:
        return _json({"wrong": "not_found"}, status=404)
    return _json(words.told(answer, request.actor.name))


@may(Right.DECIDE_REGISTRATIONS)
@require_POST
def forget(request: VisitRequest, day_id: uuid.UUID) -> HttpResponse:
    """…/<day>/xoa: the device holds nothing of the day any more."""
    device = _uuid(request.POST.get("may", ""))
    try:
        devices.forget(day_id, device or uuid.UUID(int=0), by=request.actor, now=timezone.now())
    except NotYours:
        return _json({"wrong": "not_found"}, status=404)
    return HttpResponse(status=204)


def _name(day: Any) -> str:
    return f"{day.place}, {date_format(day.on, 'd/m/Y')}"


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _json(body: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store, private"})


HERE = "can-bo/luu-dong"
routes = [
    path(HERE, shell, name="on_site"),
    path(f"{HERE}/viec", work, name="on_site_work"),
    path(f"{HERE}/quyet-dinh", decide, name="on_site_decide"),
    path(f"{HERE}/<uuid:day_id>/nhan", take, name="on_site_take"),
    path(f"{HERE}/<uuid:day_id>/xoa", forget, name="on_site_forget"),
]
