"""A signed-in phone that has stored the one page it looked at: all the others would take seconds."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.browser.citizen.test_offline import until_stored
from tests.browser.waiting import until
from vssid.domain.accounts.sign_in import sessions
from vssid.web.ui import cookies

IN_CHARGE = "() => navigator.serviceWorker.controller !== null"
# Said to every page of the tab: all pages were stored a moment ago.
WARM = "if (location.protocol === 'http:') sessionStorage.setItem('warmed', `${Date.now()} vi  `)"


def take(page: Any, base: str, person_id: int) -> None:
    """Make the phone this person's, the worker in charge; nobody is signed in yet."""
    page.url_base, page.person_id = base, person_id
    page.context.add_init_script(WARM)
    page.goto("/dang-nhap")
    until(page, IN_CHARGE)


def come(page: Any) -> None:
    """Sign in, and bring the card into view and into the store."""
    token = sessions.start(page.person_id, device="", proved_at=None, now=timezone.now())
    page.context.add_cookies([{"name": cookies.SESSION, "value": token, "url": page.url_base}])
    page.goto("/the")
    until_stored(page, {"/the"})
