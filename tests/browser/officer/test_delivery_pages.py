"""How messages arrive, looked at: without figures, with them, a message, a gateway that is not switched."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.browser.pages import DELIVERY
from tests.browser.visit import Visit
from tests.making.registrations import make_officer_account
from tests.making.staff import session_of
from vssid.domain.notifications import actions
from vssid.domain.notifications.delivery import counting
from vssid.domain.notifications.gateways.tests.conftest import A, pair
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import sending
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import Phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pair = pair


@pytest.fixture
def visit(sight: Any, live_server: Any, settings: Any) -> Visit:
    settings.DEMO = True
    return Visit(sight, live_server.url)


def make_messages() -> Message:
    """Some of each sort within the day; the last one is under way."""
    subject_id = vault.new_subject_id()
    for number in range(6):
        now = timezone.now() - timedelta(hours=2 * number)
        message_id = actions.send_sms(
            to=Phone.parse_mobile(f"09{number + 1}2345678"),
            text="BHXH: ma xac nhan 123456.",
            kind="phone_code",
            subject_id=subject_id,
            now=now,
            expires_in=timedelta(days=1),
        )
        sending.attempt(subject_id, message_id, clock=timezone.now)
    counting.count(timezone.now())
    return Message.objects.get(subject_id=subject_id, id=message_id)


def test_pages_of_delivery(visit, pair):
    admin = make_officer_account("van", name="Van", role="administrator")
    visit.cookie("vssid-session", session_of(admin))
    visit.reach("before the first count", lambda: visit.page.goto("/can-bo/tin-gui-di"))
    visit.forget_titles()
    message = make_messages()
    for address in filter(None, DELIVERY.values()):
        visit.open(address.format(person=message.subject_id, message=message.id))
    visit.forget_titles()

    def find(typed: str) -> None:
        visit.page.goto("/can-bo/tin-gui-di")
        visit.page.locator("#id_q").fill(typed)
        visit.page.locator("form.finder .btn").click()
        visit.page.wait_for_url("**/tim")

    visit.reach("a message found", lambda: find("0912345678"))
    visit.forget_titles()
    visit.reach("no message found", lambda: find("0999999999"))

    def switch_without_reason() -> None:
        visit.page.goto("/can-bo/tin-gui-di")
        visit.page.locator("details.refuse summary").first.click()
        visit.page.locator("details.refuse form .btn").first.click()
        visit.page.wait_for_selector(f"#loi-{A}")

    visit.forget_titles()
    visit.reach("a gateway not switched", switch_without_reason)
