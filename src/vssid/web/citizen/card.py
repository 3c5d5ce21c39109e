"""/the: the health-insurance card, its picture, and its QR for the desk."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vssid.domain.accounts.guardians import ChildView
from vssid.domain.cards import children, qr_text
from vssid.domain.cards.card import Card
from vssid.infra.qr import qr_svg
from vssid.kernel.calendar import local_day
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

from . import credential, words
from .whose import address, people, record_of


@citizen
@require_safe
def card(request: VisitRequest, link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /the: all fields, and in plain words whether the card counts."""
    return _page(request, "citizen/card.html", link_id)


@citizen
@require_safe
def picture(request: VisitRequest, link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /the/hinh-anh: the card as it is printed."""
    return _page(request, "citizen/card_picture.html", link_id)


@citizen
@require_safe
def use(request: VisitRequest, link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /the/ma: the QR for the reception desk, and the signed one for desks that verify."""
    return _page(request, "citizen/card_use.html", link_id)


def _page(request: VisitRequest, template: str, link_id: uuid.UUID | None) -> HttpResponse:
    session = request.session_view
    assert session is not None
    now = timezone.now()
    today = local_day(now)
    whose = record_of(request, link_id, now)
    held = whose.record.card
    page: dict[str, Any] = {"confirmed": now, "login": session.login, **whose.page}
    if template == "citizen/card.html":
        page |= people(request, now, "/the")
        page["deck"] = _deck(page["children"], now) if link_id is None else []
    if held is None:
        return cookies.keep_offline(render(request, "citizen/card_none.html", page))
    page |= {"card": held, "state": words.card_state(held, today), "sex": words.sex(held.sex)}
    page |= {"level": _level(held), "rows": _rows(held)}
    if template != "citizen/card.html":
        page["qr"] = mark_safe(qr_svg(qr_text.compose(held)))  # noqa: S308 - drawn by us from dots
    if template == "citizen/card_use.html":
        page["signed"] = credential.signed_code(held, whose.person_id, now)
    return cookies.keep_offline(render(request, template, page))


def _deck(found: list[ChildView], now: datetime) -> list[dict[str, Any]]:
    """The children's cards beside the own one; a child without a card has its name there all the same."""
    deck = []
    for child in found:
        held = children.child_record(child, now=now).card
        state = words.card_state(held, local_day(now)) if held else None
        deck.append(
            {
                "child": child,
                "of": address(child),
                "card": held,
                "state": state,
                "level": _level(held) if held else "",
                "sex": words.sex(held.sex) if held else "",
            }
        )
    return deck


def _level(card: Card) -> str:
    area = f" · {card.living_area}" if card.living_area else ""
    return (
        f"{card.benefit_level} · {card.benefit_percent}%" if card.benefit_percent else card.benefit_level
    ) + area


def _rows(card: Card) -> list[tuple[str, str]]:
    facility = f"{card.facility_name} ({card.facility_code})" if card.facility_name else card.facility_code
    kind = f"{card.object_name} ({card.object_code})" if card.object_name else card.object_code
    rows = [
        (_("Thời hạn có giá trị đến"), _day(card.valid_to) or _("Tự gia hạn khi tiền đóng được ghi nhận")),
        (_("Nơi ĐKKCB BĐ"), facility),
        (_("Thời điểm 5 năm liên tục"), _day(card.five_years_from)),
        (_("Đối tượng"), kind),
        (_("Số thẻ BHYT (15 ký tự)"), card.number),
        (_("Số thẻ cũ"), card.old_card_number if card.old_card_number != card.number else ""),
        (_("Nơi cấp, đổi thẻ"), card.issued_by),
        (_("Ngày cấp"), _day(card.issued_on)),
    ]
    return [(label, value) for label, value in rows if value]


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
