"""/demo/dien-thoai: what the made-up phones of a demo received. Demo only; elsewhere it does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vssid.infra.sms.log import DemoSms, demo_phones
from vssid.kernel.ids import Phone
from vssid.web.ui.access import public


@dataclass(frozen=True, slots=True)
class Handset:
    """One phone: its number as people write it, and its texts, newest first."""

    number: str
    digits: str
    texts: list[DemoSms]


@public
@require_safe
def phones(request: HttpRequest) -> HttpResponse:
    """Every phone with its texts; the one that received last comes first."""
    if not settings.DEMO:
        raise Http404
    handsets = [
        Handset(Phone(number).national(), "0" + number.removeprefix("+84"), texts)
        for number, texts in demo_phones()
    ]
    return render(request, "public/site/demo_phones.html", {"handsets": handsets})
