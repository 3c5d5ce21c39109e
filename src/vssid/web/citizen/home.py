"""/: the person's own page, or the welcome for everybody else."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vssid.domain.cards import queries as cards
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import IdKind
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, public

from . import holdings, participation, words
from .whose import people

# So many details are kept for reading without a network; the lists themselves always are.
WARM_DETAILS = 12


@public
@require_safe
def home(request: VisitRequest) -> HttpResponse:
    """GET /"""
    session = request.session_view
    if session is None:
        return cookies.wipe_offline(render(request, "citizen/welcome.html"))
    if session.kind != "citizen":
        return HttpResponseRedirect("/can-bo")
    if session.must_set_password:
        return HttpResponseRedirect("/dat-mat-khau")
    now = timezone.now()
    page = {"confirmed": now, "login": session.login}
    return cookies.keep_offline(
        render(
            request,
            "citizen/home.html",
            page | people(request, now) | _facts(session.person_id, session.display_name, now),
        )
    )


def _facts(person_id: int, name: str, now: datetime) -> dict[str, object]:
    # Its sealed numbers, shown masked, are not in the record.
    person = participants.person(person_id)
    own, today = cards.own_record(person_id, now=now), local_day(now)
    card, record = own.card, own.participation.of("bhxh")
    newest = range(len(record.periods), max(0, len(record.periods) - WARM_DETAILS), -1)
    return {
        "person": person,
        "initial": words.initial(person.full_name if person else name),
        "rows": _rows(person) if person else [],
        "holdings": holdings.of(own),
        "card_short": words.card_short(card),
        "card_state": words.card_state(card, today) if card else None,
        "history_short": words.paid_short(record.totals),
        "unpaid_months": record.totals.unpaid_months,
        "unpaid": participation.unpaid_of(record, today),
        "warm_details": [f"/qua-trinh/bhxh/{number}" for number in newest],
    }


def _rows(person: PersonView) -> list[tuple[str, str]]:
    number = person.id_number
    kinds = {
        IdKind.CCCD: _("ĐDCN/CCCD"),
        IdKind.CMND: _("Số CMND"),
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
        *([(_("Thư điện tử"), person.email)] if person.email else []),
        (_("Địa chỉ"), person.address or _("Chưa có")),
    ]
