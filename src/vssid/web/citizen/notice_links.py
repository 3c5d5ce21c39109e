"""Where the notices of the inbox lead to: the page that shows their matter."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from vssid.domain.notifications.inbox.kinds import Facts


def _to(page: str) -> Callable[[Facts], str]:
    return lambda facts: reverse(f"citizen:{page}")


LINKS: dict[str, Callable[[Facts], str]] = {
    "application_approved": _to("home"),
    "arrears": _to("participation"),
    "registration_day_booked": _to("account_employers"),
    "registration_day_soon": _to("account_employers"),
    "registration_day_off": _to("account_employers"),
    "password_changed": _to("devices"),
    "new_device": _to("devices"),
    "session_ended": _to("devices"),
    "password_reset": _to("account"),
    "password_reissued": _to("account"),
    "passkey_added": _to("passkeys"),
    "passkey_removed": _to("passkeys"),
    "passkey_suspect": _to("passkeys"),
    "contact_asked": _to("contact_office"),
    "phone_changed": _to("account"),
    "phone_set": _to("account"),
    "reset_later": _to("account"),
    "email_changed": _to("account"),
    "address_dead": _to("account"),
    "account_frozen": _to("account"),
    "account_thawed": _to("account"),
    "closing_asked": _to("account"),
    "closing_undone": _to("account"),
    "account_closed": _to("account"),
    "request_refused": _to("contact_office"),
    "procedure_done": lambda facts: reverse("citizen:request", args=[facts["request"]]),
    "procedure_refused": lambda facts: reverse("citizen:request", args=[facts["request"]]),
    "procedure_more": lambda facts: reverse("citizen:request", args=[facts["request"]]),
    "family_approved": _to("family"),
    "family_refused": lambda facts: reverse("citizen:family_request", args=[facts["request"]]),
    "family_of_age": _to("family"),
    "family_own": _to("home"),
    "family_second": _to("family"),
    "family_ended": _to("family"),
    "trusted_named": _to("trusted"),
    "trusted_used": _to("trusted"),
    "test": _to("notice_settings"),
}
