"""The mark of the console's risky acts: who is at the desk is asked again (`web.ui.security.asking`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from vssid.web.ui.access import VisitRequest
from vssid.web.ui.security import asking

from .door import DOOR

P = ParamSpec("P")
View = Callable[Concatenate[VisitRequest, P], HttpResponse]


def asks_again(view: View[P]) -> View[P]:
    """Ask for a factor before this act. Stands below the mark that says who may (`web.ui.access`)."""
    return asking.before(view, DOOR)


def asks_again_to_take(view: View[P]) -> View[P]:
    """Ask for a factor before what this address gives is taken out of the house."""
    return asking.before(view, DOOR, reading=True)
