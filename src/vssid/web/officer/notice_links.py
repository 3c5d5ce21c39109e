"""Where the notices of staff lead to."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from vssid.domain.notifications.inbox.kinds import Facts

LINKS: dict[str, Callable[[Facts], str]] = {
    "registration_day_named": lambda facts: reverse("officer:on_site"),
    "registration_day_replaced": lambda facts: reverse("officer:on_site"),
    "registration_day_ended": lambda facts: reverse("officer:on_site"),
    "sms_cap_near": lambda facts: reverse("officer:delivery_caps"),
    "sms_cap_used_up": lambda facts: reverse("officer:delivery_caps"),
}
