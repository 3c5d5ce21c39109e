"""/can-bo/tin-gui-di: how messages arrive, and the gateways they go by."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vssid.domain.notifications.caps import spending
from vssid.domain.notifications.delivery import board as figures
from vssid.domain.notifications.gateways import queries as gateways
from vssid.domain.offices.rights import Right
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.lists import address
from . import caps, chart, reach, words

# How the address says it, and so many hours.
TIMES = {"": 24, "7-ngay": 168}
DEFAULT = "sms"


@may(Right.SEE_DELIVERY)
@require_safe
def board(request: VisitRequest) -> HttpResponse:
    """GET the figures of one channel over a day or a week."""
    return page(request)


def page(request: VisitRequest, *, status: int = 200, **trouble: Any) -> HttpResponse:
    """The page; `trouble` is what is said beside a gateway that was not switched."""
    channel, time = _chosen(request)
    shown = figures.board(channel, hours=TIMES[time], now=timezone.now())
    context = {
        "shown": shown,
        "bars": chart.bars(shown.hours),
        "chart": {"width": chart.WIDTH, "height": chart.HEIGHT},
        "is_week": bool(time),
        "groups": _groups(shown, channel),
        "median": words.seconds(shown.whole.median),
        "slowest": words.seconds(shown.whole.slowest),
        "states": [(words.STATES[state], count) for state, count in shown.states.items()],
        "gateways": [_gateway(row, trouble) for row in gateways.listed()] if channel == DEFAULT else [],
        "near": [(caps.scope_words(cap.scope), cap) for cap in spending.listed(timezone.now()) if cap.alarms],
        "manages": reach.manages_all(request.actor),
        "done": request.GET.get("da", "") == "doi",
        "tabs": [(_at(channel, ""), _("24 giờ")), (_at(channel, "7-ngay"), _("7 ngày"))],
        "tab_here": _at(channel, time),
        "channels": [(_at(code, time), name, code == channel) for code, name in words.CHANNELS.items()],
        **trouble,
    }
    return frame.page(request, "officer/delivery/board.html", context, status=status)


def _chosen(request: VisitRequest) -> tuple[str, str]:
    """Channel and time as the address says; what it does not know is the first."""
    channel, time = request.GET.get("kenh", DEFAULT), request.GET.get("ky", "")
    return channel if channel in words.CHANNELS else DEFAULT, time if time in TIMES else ""


def _at(channel: str, time: str) -> str:
    return address("officer:delivery", kenh=channel if channel != DEFAULT else "", ky=time)


def _groups(shown: figures.Board, channel: str) -> list[dict[str, Any]]:
    """The tables: title, heading of the first column, and lines in words."""
    kinds = [(words.kind(line.name), line) for line in shown.kinds]
    groups = [{"title": _("Theo loại tin"), "head": _("Loại tin"), "lines": _worded(kinds)}]
    if channel == DEFAULT:
        none = _("Chưa gửi qua cổng nào")
        by_gateway = [(line.name or none, line) for line in shown.gateways]
        by_operator = [(line.name or _("Không rõ"), line) for line in shown.operators]
        groups = [
            {"title": _("Theo cổng"), "head": _("Cổng"), "lines": _worded(by_gateway)},
            {"title": _("Theo nhà mạng của đầu số"), "head": _("Nhà mạng"), "lines": _worded(by_operator)},
            *groups,
        ]
    return groups


def _worded(lines: list[tuple[Any, figures.Line]]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "line": line,
            "median": words.seconds(line.median),
            "slowest": words.seconds(line.slowest),
        }
        for name, line in lines
    ]


def _gateway(row: gateways.GatewayView, trouble: dict[str, Any]) -> dict[str, Any]:
    is_meant = trouble.get("meant") == row.name
    return {
        "row": row,
        "use": words.USES[row.use],
        "why": words.gateway_why(row.why, row.changed_by),
        "typed": trouble.get("typed", "") if is_meant else "",
        "error": trouble.get("error", "") if is_meant else "",
    }
