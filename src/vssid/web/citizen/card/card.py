"""/the: the health-insurance card, its picture, and its QR for the desk."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vssid.domain.cards import qr_text
from vssid.domain.participants.participation.five_years import FiveYears
from vssid.domain.record import queries
from vssid.domain.record.card import Card
from vssid.infra.documents.qr import qr_svg
from vssid.kernel.calendar import local_day
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

from ..record import words
from ..record.record_owner import people, record_of
from . import credential
from . import words as card_words
from .face import face, standing_of


@citizen
@require_safe
def card(request: VisitRequest, link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /the: all fields, and in plain words whether the card counts."""
    return _page(request, "citizen/card/card.html", link_id)


@citizen
@require_safe
def picture(request: VisitRequest, link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /the/hinh-anh: the card as it is printed."""
    return _page(request, "citizen/card/card_picture.html", link_id)


@citizen
@require_safe
def use(request: VisitRequest, link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /the/ma: the QR for the reception desk, and the signed one for desks that verify."""
    return _page(request, "citizen/card/card_use.html", link_id)


def _page(request: VisitRequest, template: str, link_id: uuid.UUID | None) -> HttpResponse:
    session = request.session_view
    assert session is not None
    now = timezone.now()
    today = local_day(now)
    shown = record_of(request, link_id, now)
    card_view = shown.record.card
    page: dict[str, Any] = {"confirmed": now, "login": session.login, **shown.page}
    if template == "citizen/card/card.html":
        page |= people(request, now, "card")
    if card_view is None:
        return cookies.keep_offline(render(request, "citizen/card/card_none.html", page))
    standing = standing_of(shown.record, today)
    name = shown.child.name if shown.child else session.display_name
    page |= {
        "card": card_view,
        "state": card_words.state(card_view, standing),
        "sex": words.sex(card_view.sex),
    }
    page |= {"face": face(shown.record, today, name=name, link_id=shown.link_id), "standing": standing}
    page |= {"ended": card_words.over(card_view), "rows": _rows(card_view, shown.record.five_years, today)}
    if template != "citizen/card/card.html":
        told = qr_text.compose(queries.with_street(card_view, shown.person_id))
        page["qr"] = mark_safe(qr_svg(told))  # noqa: S308 - drawn by us from dots
    if template == "citizen/card/card_use.html":
        page["signed"] = credential.signed_code(shown.record, shown.person_id, now)
    return cookies.keep_offline(render(request, template, page))


def _level(card: Card, today: date) -> str:
    area = f" · {card.living_area}" if card.living_area else ""
    return words.level(card.object_code, card.told_level, min(today, card.valid_to or today)) + area


def _rows(card: Card, full: FiveYears, today: date) -> list[tuple[str, str]]:
    facility = f"{card.facility_name} ({card.facility_code})" if card.facility_name else card.facility_code
    kind = f"{card.object_name} ({card.object_code})" if card.object_name else card.object_code
    rows = [
        (_("Ngày sinh"), card.birth_text),
        (_("Giới tính"), words.sex(card.sex)),
        (_("Mức hưởng"), _level(card, today)),
        (_("Giá trị từ"), _day(card.valid_from)),
        (_("Thời hạn có giá trị đến"), _day(card.valid_to) or _("Tự gia hạn khi tiền đóng được ghi nhận")),
        (_("Nơi ĐKKCB BĐ"), facility),
        (_("Thời điểm 5 năm liên tục"), _day(full.told_on)),
        (_("Đủ 5 năm liên tục (tính từ dữ liệu)"), "" if full.told_on else _day(full.counted_on)),
        (_("Đối tượng"), kind),
        (_("Số thẻ đầy đủ, như trên thẻ cũ (15 ký tự)"), card.number),
        (_("Số thẻ cũ"), card.old_card_number if card.old_card_number != card.number else ""),
        (_("Nơi cấp, đổi thẻ"), card.issued_by),
        (_("Ngày cấp"), _day(card.issued_on)),
    ]
    return [(label, value) for label, value in rows if value]


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
