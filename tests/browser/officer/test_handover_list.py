"""A hand-over list is opened from the pile by its code, and ticked off scan by scan."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.browser.looks import findings_in_both_themes
from tests.browser.test_every_page import session_of
from tests.making.registrations import BINH, make_application, make_officer, make_officer_account
from vssid.domain.registration.handover import lists
from vssid.domain.registration.models import Application, HandoverList

from . import scanner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_lists_code_opens_it_and_each_sheet_is_ticked_off(sight: Any, live_server: Any) -> None:
    now = timezone.now()
    listed, other = (
        Application.objects.get(id=made).number
        for made in (make_application(now=now), make_application(BINH, now=now))
    )
    list_id = lists.make(f"{listed} 00099/2026/03101", by=make_officer(), now=now)
    session = session_of(make_officer_account())
    sight.context.add_cookies([{"name": "vssid-session", "value": session, "url": live_server.url}])
    sight.goto("/can-bo/nhan-to-khai")
    sight.locator("#id_ma").fill(HandoverList.objects.get().number)
    sight.keyboard.press("Enter")
    sight.wait_for_url(f"**/can-bo/bang-ke/{list_id}")
    sight.wait_for_load_state("load")
    assert findings_in_both_themes(sight) == []
    lines = sight.locator("[data-pile-news] li")
    for number in (listed, other):
        scanner.scan(sight, number)
    lines.nth(1).wait_for()
    assert [lines.nth(at).get_attribute("data-sound") for at in (0, 1)] == ["not_listed", "received"]
    assert sight.locator("[data-pile-missing]").inner_text() == "1"
    assert sight.locator("[data-listed]").all_inner_texts() == ["00099/2026/03101"]
    # Said of the next sheet alone.
    sight.locator("[data-pile-once]").check()
    scanner.scan(sight, listed)
    lines.nth(2).wait_for()
    assert lines.nth(0).get_attribute("data-sound") == "unsigned"
    assert not sight.locator("[data-pile-once]").is_checked()
    assert Application.objects.get(number=listed).form_received_at is None
