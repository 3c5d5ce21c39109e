"""The bell, the inbox, its settings and Web Push in Chromium, at 360 px, in both languages.

The browser program of a test machine has no push service behind it, so the address that a real one would
give is that of a push service here; everything after it is real: permission, server, encryption, worker.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.looks import findings_in_both_themes
from tests.browser.waiting import comes_true, worker_of
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.notifications.inbox import notices, queries, subscriptions
from vssid.domain.notifications.models.messages import Message, Notice
from vssid.domain.notifications.outbox import sending
from vssid.infra import push
from vssid.infra.push.vapid import encoded
from vssid.infra.tests import push_endpoint
from vssid.web.citizen.tests.cast import make_worker

from .test_citizen_pages import TOO_WIDE, enter
from .test_offline import until_stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What PushManager would do with a push service behind it.
STAND_IN = """(() => {
  let made = null;
  const keys = %s;
  PushManager.prototype.subscribe = async function (options) {
    const unsubscribe = async () => { made = null; return true; };
    made = { endpoint: keys.endpoint, options, toJSON: () => keys.json, unsubscribe };
    return made;
  };
  PushManager.prototype.getSubscription = async () => made;
})();"""


@pytest.fixture
def endpoint(settings: Any) -> Iterator[push_endpoint.PushEndpoint]:
    settings.PUSH_LOOPBACK, settings.VAPID_KEY = True, push.new_key_text()
    with push_endpoint.running() as service:
        yield service


@pytest.fixture
def lan(sight: Any, live_server: Any, endpoint: push_endpoint.PushEndpoint) -> Any:
    """Lan, signed in, for looking at pages only."""
    return be_lan(sight, live_server.url)


@pytest.fixture
def device(phone: Any, live_server: Any, endpoint: push_endpoint.PushEndpoint) -> Any:
    """Lan, signed in, on a phone with the service worker."""
    return be_lan(phone, live_server.url)


def be_lan(page: Any, base: str) -> Any:
    page.url_base, page.person_id = base, make_worker()
    enter(page, page.person_id)
    notify(page.person_id)
    return page


def notify(person_id: int) -> None:
    """Two notices of today and one of yesterday, and none else."""
    Notice.objects.all().delete()
    now = timezone.now()
    facts = {"at": now.isoformat(), "device": "Chrome · Android"}
    notices.notify(person_id, "test", now=now - timedelta(days=1))
    notices.notify(person_id, "session_ended", now=now - timedelta(minutes=2), facts=facts)
    notices.notify(person_id, "new_device", now=now - timedelta(minutes=1), facts=facts)


def look(page: Any) -> None:
    assert findings(page) == []
    assert page.evaluate(TOO_WIDE) <= 0


SPOKEN = {
    "vi": ("Thông báo, 3 chưa đọc", "Đăng nhập trên thiết bị mới", "Đánh dấu đã đọc hết"),
    "en": ("Notices, 3 unread", "Sign-in on a new device", "Mark all as read"),
}


def test_the_bell_leads_to_notices_that_are_read_by_being_opened_until_there_is_none(lan):
    for language, words in SPOKEN.items():
        lan.context.add_cookies([{"name": "vssid-lang", "value": language, "url": lan.url_base}])
        notify(lan.person_id)
        lan.goto("/the")
        the_bell_leads_to_a_notice(lan, *words)
        lan.evaluate("sessionStorage.clear()")  # the number that the bell keeps for a minute
    Notice.objects.all().delete()
    lan.context.clear_cookies(name="vssid-lang")
    lan.goto("/thong-bao")
    expect(lan.get_by_role("heading", name="Chưa có thông báo nào")).to_be_visible()
    expect(lan.locator("[data-bell] .count")).to_be_hidden()
    look(lan)


def the_bell_leads_to_a_notice(page, bell, heading, mark_all):
    page.get_by_role("link", name=bell).click()
    expect(page.locator(".unread")).to_have_count(3)
    look(page)
    page.get_by_role("link", name=heading).click()
    page.wait_for_url("**/thiet-bi")  # straight to the matter
    expect(page.locator("[data-bell] .count")).to_have_text("2")
    look(page)
    comes_true(page, lambda: queries.unread(page.person_id) == 2, "one notice less is unread")
    page.goto("/thong-bao")
    page.get_by_role("button", name=mark_all).click()
    expect(page.locator(".unread")).to_have_count(0)
    expect(page.locator("[data-bell] .count")).to_be_hidden()
    look(page)


def test_the_settings_are_accessible_in_both_themes_and_keep_what_is_ticked(lan):
    for language in SPOKEN:
        lan.context.add_cookies([{"name": "vssid-lang", "value": language, "url": lan.url_base}])
        lan.goto("/thong-bao/cai-dat")
        assert findings_in_both_themes(lan) == [], language
        assert lan.evaluate(TOO_WIDE) <= 0, language
        expect(lan.get_by_role("switch")).to_have_count(3)
        sms = lan.locator("#sms")
        was = sms.is_checked()
        assert was == (language == "vi")
        sms.set_checked(not was)
        lan.locator("[action='/thong-bao/cai-dat'] button").click()
        expect(lan.locator(".note.good")).to_be_visible()
        expect(sms).to_be_checked(checked=not was)
        assert findings_in_both_themes(lan) == [], language
        assert lan.evaluate(TOO_WIDE) <= 0, language


def test_without_a_script_the_bell_is_a_link_and_a_button_marks_all_read(lan, chromium):
    context = chromium.new_context(
        base_url=lan.url_base, java_script_enabled=False, storage_state=lan.context.storage_state()
    )
    page = context.new_page()
    page.goto("/the")
    page.get_by_role("link", name="Thông báo").click()
    page.get_by_role("link", name="Thông báo thử").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cài đặt thông báo")
    page.goto("/thong-bao")
    page.get_by_role("button", name="Đánh dấu đã đọc hết").click()
    expect(page.get_by_role("button", name="Đánh dấu đã đọc hết")).to_have_count(0)
    context.close()
    assert queries.unread(lan.person_id) == 0


def stood_for(endpoint: push_endpoint.PushEndpoint, address: str) -> str:
    keys = {"p256dh": encoded(endpoint.browser.p256dh), "auth": encoded(endpoint.browser.auth)}
    return json.dumps({"endpoint": address, "json": {"endpoint": address, "keys": keys}})


def test_nobody_is_asked_before_the_tap_and_a_refusal_is_explained(lan, endpoint):
    lan.add_init_script(
        "window.asked = 0;"
        "Notification.requestPermission = async () => { window.asked += 1; return 'denied'; };"
    )
    lan.goto("/thong-bao/cai-dat")
    expect(lan.get_by_text("không có thông tin riêng")).to_be_visible()
    assert lan.evaluate("window.asked") == 0
    lan.get_by_role("button", name="Bật thông báo trên máy này").click()
    expect(lan.locator("[data-push-says=denied]")).to_be_visible()
    assert lan.evaluate("window.asked") == 1
    assert subscriptions.of(lan.person_id) == []


def test_a_device_is_turned_on_and_off_and_stays_connected_when_its_browser_loses_the_subscription(
    device, endpoint
):
    device.context.grant_permissions(["notifications"], origin=device.url_base)
    device.add_init_script(
        "Notification.requestPermission = async () => 'granted';"
        "Object.defineProperty(Notification, 'permission', { get: () => 'granted' });"
    )
    device.add_init_script(STAND_IN % stood_for(endpoint, endpoint.address()))
    a_device_turned_on_receives_a_test_notice_that_it_can_read_and_is_turned_off(device, endpoint)
    a_lost_subscription_is_made_again_at_the_next_visit(device, endpoint)
    the_worker_tells_of_a_new_one_and_ends_it_when_signed_out(device, endpoint)


def a_device_turned_on_receives_a_test_notice_that_it_can_read_and_is_turned_off(page, endpoint):
    page.goto("/thong-bao/cai-dat")
    page.get_by_role("button", name="Bật thông báo trên máy này").click()
    expect(page.get_by_text("Đang bật")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Gửi thông báo thử").click()
    expect(page.get_by_text("Đã gửi thông báo thử")).to_be_visible()
    message = Message.objects.get(subject_id=page.person_id, kind="test", channel="push")
    sending.attempt(message.subject_id, message.id, clock=timezone.now)
    assert endpoint.messages() == [{"title": "Có thông báo mới", "id": str(message.notice_id)}]
    page.get_by_role("button", name="Tắt trên máy này").click()
    expect(page.get_by_role("button", name="Bật thông báo trên máy này")).to_be_visible()
    assert subscriptions.of(page.person_id) == []


def a_lost_subscription_is_made_again_at_the_next_visit(page, endpoint):
    session = sessions.resolve(token_of(page), now=timezone.now())
    assert session is not None
    old = push_endpoint.Browser()
    address = subscriptions.PushAddress(endpoint.address("lost"), old.p256dh, old.auth)
    subscriptions.subscribe(
        page.person_id, address, session_id=session.session_id, device="", now=timezone.now()
    )
    page.evaluate("sessionStorage.clear()")  # another tab
    page.goto("/the")
    until_subscribed(page, endpoint.address())


def the_worker_tells_of_a_new_one_and_ends_it_when_signed_out(page, endpoint):
    worker = worker_of(page)
    worker.evaluate(STAND_IN % stood_for(endpoint, endpoint.address("renewed")))
    worker.evaluate("() => { self.dispatchEvent(new ExtendableEvent('pushsubscriptionchange')); }")
    until_subscribed(page, endpoint.address("renewed"))
    page.context.clear_cookies(name="vssid-session")
    page.goto("/the")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    until(page, "() => 1", lambda _one: worker.evaluate(GONE))


@pytest.mark.whole_chromium
def test_the_worker_shows_what_was_pushed_and_a_tap_on_it_opens_the_matter(device):
    device.context.grant_permissions(["notifications"], origin=device.url_base)
    device.goto("/")  # which stores the inbox too
    until_stored(device, {"/thong-bao"})
    notice = Notice.objects.get(person_id=device.person_id, kind="test")
    in_flight_mode_its_address_opens_the_stored_inbox(device, notice)
    device.goto("/the")
    said = json.dumps({"title": "Có thông báo mới", "id": str(notice.id)}, ensure_ascii=False)
    shown = delivered(device, said)
    assert shown == [
        {"title": "Có thông báo mới", "body": "", "tag": str(notice.id), "path": f"/thong-bao/{notice.id}"}
    ]
    a_tap_opens_the_matter_and_marks_it_read(device, notice)
    deliver(device, said)
    deliver(device, said)
    for odd in ("", "no json", json.dumps({"title": "x", "id": "../dang-xuat"})):
        deliver(device, odd)
    shown = until(
        device,
        SHOWN,
        lambda notifications: len({notification["path"] for notification in notifications}) == 2,
    )
    assert {notification["path"] for notification in shown} == {f"/thong-bao/{notice.id}", "/thong-bao"}
    assert len(shown) == 2, "a copy replaces the first"


def in_flight_mode_its_address_opens_the_stored_inbox(page, notice):
    page.context.set_offline(True)
    page.goto(f"/thong-bao/{notice.id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông báo")
    expect(page.get_by_text("Thông báo thử")).to_be_visible()
    page.context.set_offline(False)


def a_tap_opens_the_matter_and_marks_it_read(page, notice):
    # Only a tap of a hand may bring a window to the front, so that one step is left out.
    worker_of(page).evaluate(
        """async () => {
          WindowClient.prototype.focus = async function () { return this; };
          const [notification] = await self.registration.getNotifications();
          self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
        }"""
    )
    page.wait_for_url("**/thong-bao/cai-dat")
    assert until(page, "() => 1", lambda _one: Notice.objects.get(id=notice.id).read_at is not None)
    until(page, SHOWN, lambda notifications: notifications == [])


GONE = "async () => (await self.registration.pushManager.getSubscription()) === null"


def token_of(page: Any) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "vssid-session")


def until_subscribed(page: Any, address: str) -> None:
    for _ in range(300):
        subscribed = subscriptions.of(page.person_id)
        kept = [subscriptions.address_of(page.person_id, subscription.id) for subscription in subscribed]
        if [stored.endpoint for stored in kept if stored] == [address]:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"subscribed: {len(subscribed)}")


SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(
  (one) => ({ title: one.title, body: one.body, tag: one.tag, path: one.data.path }))"""


def until(page: Any, expression: str, good: Any) -> Any:
    """What the page answers once that is good, half a minute long."""
    for _ in range(300):
        answer = page.evaluate(expression)
        if good(answer):
            return answer
        page.wait_for_timeout(100)
    pytest.fail(f"found: {answer}")


def delivered(page: Any, data: str) -> list[dict[str, str]]:
    """What is shown of a message. On a laden machine the browser's tools may drop what they took; a push
    service would send it again, and the same one takes the place of the first.
    """
    for _ in range(3):
        deliver(page, data)
        for _moment in range(100):
            if shown := page.evaluate(SHOWN):
                return list(shown)
            page.wait_for_timeout(100)
    pytest.fail("no notification")


def deliver(page: Any, data: str) -> None:
    """As a push service would, through the browser's own tools: they tell of every worker there is or was."""
    tools = page.context.new_cdp_session(page)
    registered: dict[str, dict[str, Any]] = {}
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: registered.update({each["registrationId"]: each for each in said["registrations"]}),
    )
    tools.send("ServiceWorker.enable")
    ours: list[str] = []
    for _ in range(300):
        ours = [
            number
            for number, each in registered.items()
            if not each["isDeleted"] and each["scopeURL"] == f"{page.url_base}/"
        ]
        if ours:
            break
        page.wait_for_timeout(100)
    assert len(ours) == 1, registered
    tools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": page.url_base, "registrationId": ours[0], "data": data},
    )
    tools.detach()
