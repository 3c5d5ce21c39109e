"""A worker takes a time of a registration day, or none: signed in, or on the page of the own file."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from vssid.domain.employers.days import booking
from vssid.domain.employers.days.errors import BookingOver, SlotFull
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import moment_of
from vssid.kernel.errors import Invalid, NotYours

FULL = gettext_lazy("Giờ này vừa hết chỗ. Hãy chọn giờ khác.")
BEGUN = gettext_lazy("Giờ này đã bắt đầu nên không đổi, không hủy được.")
NONE_CHOSEN = gettext_lazy("Hãy chọn một giờ trong danh sách.")
CALLED_OFF = gettext_lazy("Ngày đăng ký này không còn, hoặc không phải của đơn vị bạn đang làm.")


def take(
    request: HttpRequest, person_id: int, day_id: UUID, *, by: Actor, now: datetime
) -> tuple[str | Promise, int] | None:
    """Do what the form says (`gio`, or `huy`). None when it is done, else what to tell, and the status."""
    try:
        if "huy" in request.POST:
            booking.cancel(person_id, day_id, by=by, now=now)
        else:
            moment = moment_of(request.POST.get("gio", "")[:40])
            booking.book(person_id, day_id, moment, by=by, now=now)
    except SlotFull:
        return FULL, 409
    except BookingOver:
        return BEGUN, 409
    except Invalid:
        return NONE_CHOSEN, 422
    except NotYours:
        return CALLED_OFF, 404
    return None
