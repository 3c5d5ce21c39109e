"""/can-bo/tin-gui-di/tim: messages by number, phone, e-mail address, BHXH code or ID number, in reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from vssid.domain.notifications.delivery import finding
from vssid.domain.notifications.delivery.finding import Sent
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as register
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import BadCode, BhxhCode, IdNumber, Phone
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from . import reach, words

LONGEST = 80
T = TypeVar("T")


@may(Right.SEE_DELIVERY)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: VisitRequest) -> HttpResponse:
    """Only a POST is read: phones and codes do not belong in addresses and their logs."""
    if request.method != "POST":
        return redirect("officer:delivery")
    typed = request.POST.get("q", "").strip()[:LONGEST]
    found = {one.message.id: one for one in _matches(typed)}
    seen = [one for one in found.values() if reach.sees(request.actor, one.subject_id)]
    seen.sort(key=lambda one: one.message.created_at, reverse=True)
    rows = [_row(one) for one in seen[: finding.MOST]]
    context = {"typed": typed, "rows": rows, "most": finding.MOST if len(seen) >= finding.MOST else 0}
    return frame.page(request, "officer/delivery/found.html", context)


def _matches(typed: str) -> Iterator[Sent]:
    """By each thing that the text may be."""
    for way in (finding.by_number, _by_phone, _by_email, _by_code, _by_id_number):
        yield from way(typed)


def _by_phone(typed: str) -> list[Sent]:
    phone = _read(Phone.parse, typed)
    return finding.to(phone) if phone is not None else []


def _by_email(typed: str) -> list[Sent]:
    address = _read(EmailAddress.parse, typed) if "@" in typed else None
    return finding.to(address) if address is not None else []


def _by_code(typed: str) -> list[Sent]:
    code = _read(BhxhCode.parse, typed)
    person = register.by_bhxh_code(code) if code is not None else None
    return finding.of(person.person_id) if person is not None else []


def _by_id_number(typed: str) -> list[Sent]:
    number = _read(IdNumber.parse, typed)
    person = register.by_id_number(number) if number is not None else None
    return finding.of(person.person_id) if person is not None else []


def _read(parse: Callable[[str], T], typed: str) -> T | None:
    try:
        return parse(typed)
    except BadCode:
        return None


def _row(one: Sent) -> dict[str, object]:
    return {
        "sent": one,
        "number": finding.number_of(one.message.id),
        "kind": words.kind(one.message.kind),
        "channel": words.CHANNELS[one.message.channel],
        "state": words.STATES[one.message.state],
    }
