"""/ca-nhan: what the avatar leads to: who one is in the register, what is held, the account, the settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.domain.record import queries as records
from vssid.kernel.ids import IdKind
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

from ..record import words
from . import record_summary


@citizen
@require_safe
def personal(request: VisitRequest) -> HttpResponse:
    """GET /ca-nhan"""
    session = request.session_view
    assert session is not None
    now = timezone.now()
    page = {"confirmed": now, "login": session.login} | _facts(session.person_id, session.display_name, now)
    return cookies.keep_offline(render(request, "citizen/home/profile.html", page))


def _facts(person_id: int, name: str, now: datetime) -> dict[str, Any]:
    # Its sealed numbers, shown masked, are not in the record.
    person = participants.person(person_id)
    return {
        "person": person,
        "initial": words.initial(person.full_name if person else name),
        "rows": _rows(person) if person else [],
        "holdings": record_summary.of(records.own_record(person_id, now=now)),
    }


def _rows(person: PersonView) -> list[tuple[str, str]]:
    number = person.id_number
    kinds = {
        IdKind.CCCD: _("ĐDCN/CCCD"),
        IdKind.CMND: _("Số CMND cũ hoặc hộ chiếu"),
        IdKind.PASSPORT: _("Số hộ chiếu"),
    }
    return [
        (_("Ngày sinh"), words.birth(person.birth_date, person.birth_precision)),
        (
            kinds[person.id_kind] if person.id_kind else _("ĐDCN/CCCD/Hộ chiếu"),
            number.masked().replace(" ", "\u00a0") if number else _("Chưa có"),
        ),
        (
            _("Số điện thoại"),
            person.phone.national().replace(" ", "\u00a0") if person.phone else _("Chưa có"),
        ),
        *([(_("E-mail"), person.email)] if person.email else []),
        (_("Địa chỉ"), person.address or _("Chưa có")),
    ]
