"""The mark of risky acts at this door: who sits there is asked again (`web.ui.security.asking`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpResponse

from vssid.web.ui.security import asking

from ..seat import SeatRequest
from .door import DOOR

P = ParamSpec("P")
SeatView = Callable[Concatenate[SeatRequest, P], HttpResponse]


def asks_again(view: SeatView[P]) -> SeatView[P]:
    """Ask for a factor before this act. Stands below the mark that says who may (`seat.hr`)."""
    return cast("SeatView[P]", asking.before(cast("Any", view), DOOR))
