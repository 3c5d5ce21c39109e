"""Where the notices about matters that are shown without signing in lead to."""

from __future__ import annotations

from django.urls import reverse

from vssid.domain.notifications.inbox.kinds import Facts


def _look_up(facts: Facts) -> str:
    return reverse("public:look_up")


LINKS = {
    "application_received": _look_up,
    "application_unsigned": _look_up,
    "application_refused": _look_up,
    "application_expired": _look_up,
    "application_withdrawn": _look_up,
    "ticket_answered": lambda facts: reverse("public:ticket", args=[facts["ticket"]]),
}
