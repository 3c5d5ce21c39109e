"""Where the notices of HR people lead to."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from vssid.domain.notifications.inbox.kinds import Facts


def _list(facts: Facts) -> str:
    return reverse("employer:list", args=[facts["list"]])


def _day(facts: Facts) -> str:
    return reverse("employer:day", args=[facts["day"]])


LINKS: dict[str, Callable[[Facts], str]] = {
    "employer_list_closed": _list,
    "employer_form_unsigned": _list,
    "employer_asked_to_invite": lambda facts: reverse("employer:invitations"),
    "employer_correction_answered": lambda facts: reverse("employer:differences"),
    "employer_day_accepted": _day,
    "employer_day_officer": _day,
    "employer_day_declined": _day,
}
