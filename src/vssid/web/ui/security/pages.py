"""All shared pages of a door, for its urls."""

from __future__ import annotations

from django.urls import URLPattern

from . import (
    authenticator,
    devices,
    factors,
    first_password,
    own_password,
    passkeys,
    recovery,
    second_step,
    sign_in,
    work_email,
)
from .door import Door

_PAGES = (
    *(sign_in, second_step, first_password, authenticator, factors, own_password),
    *(recovery, devices, passkeys, work_email),
)


def routes(door: Door) -> list[URLPattern]:
    """Their addresses, below that of the door."""
    return [route for page in _PAGES for route in page.routes(door)]
