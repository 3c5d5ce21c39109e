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
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.notifications.inbox import notices, queries, subscriptions
from vssid.domain.notifications.models.messages import Message, Notice
from vssid.domain.notifications.outbox import sending
from vssid.infra import push
from vssid.infra.push.vapid import encoded
from vssid.infra.tests import push_endpoint
from vssid.web.citizen.tests.cast import make_worker

from .test_citizen_pages import TOO_WIDE, enter

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
    with push_endpoint.running() as found:
        yield found


@pytest.fixture
def lan(phone: Any, live_server: Any, endpoint: push_endpoint.PushEndpoint) -> Any:
    """Lan, signed in, with two notices of today and one of yesterday."""
    phone.url_base = live_server.url
    phone.person_id = make_worker()
    enter(phone, phone.person_id)
    Notice.objects.all().delete()
    now = timezone.now()
    facts = {"at": now.isoformat(), "device": "Chrome · Android"}
    notices.notify(phone.person_id, "test", now=now - timedelta(days=1))
    notices.notify(phone.person_id, "session_ended", now=now - timedelta(minutes=2), facts=facts)
    notices.notify(phone.person_id, "new_device", now=now - timedelta(minutes=1), facts=facts)
    return phone


def look(page: Any) -> None:
    assert findings(page) == []
    assert page.evaluate(TOO_WIDE) <= 0


@pytest.mark.parametrize(
    ("language", "bell", "heading", "mark_all"),
    [
        ("vi", "Thông báo, 3 chưa đọc", "Đăng nhập trên thiết bị mới", "Đánh dấu đã đọc hết"),
        ("en", "Notices, 3 unread", "Sign-in on a new device", "Mark all as read"),
    ],
)
def test_the_bell_leads_to_a_notice_that_is_read_by_being_opened(lan, language, bell, heading, mark_all):
    lan.context.add_cookies([{"name": "vssid-lang", "value": language, "url": lan.url_base}])
    lan.goto("/the")
    lan.get_by_role("link", name=bell).click()
    expect(lan.locator(".unread")).to_have_count(3)
    look(lan)

    lan.get_by_role("link", name=heading).click()
    lan.wait_for_url("**/thiet-bi")  # straight to the matter
    expect(lan.locator("[data-bell] .count")).to_have_text("2")
    look(lan)
    assert queries.unread(lan.person_id) == 2

    lan.goto("/thong-bao")
    lan.get_by_role("button", name=mark_all).click()
    expect(lan.locator(".unread")).to_have_count(0)
    expect(lan.locator("[data-bell] .count")).to_be_hidden()
    look(lan)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_settings_are_accessible_in_both_themes_and_keep_what_is_ticked(lan, language):
    lan.context.add_cookies([{"name": "vssid-lang", "value": language, "url": lan.url_base}])
    lan.goto("/thong-bao/cai-dat")
    assert findings_in_both_themes(lan) == []
    look(lan)
    expect(lan.get_by_role("switch")).to_have_count(3)
    lan.locator("#sms").uncheck()
    lan.locator("[action='/thong-bao/cai-dat'] button").click()
    expect(lan.locator("#sms")).not_to_be_checked()
    expect(lan.locator(".note.good")).to_be_visible()
    assert findings_in_both_themes(lan) == []
    look(lan)


def test_an_empty_inbox_is_accessible(lan):
    Notice.objects.all().delete()
    lan.goto("/thong-bao")
    expect(lan.get_by_role("heading", name="Chưa có thông báo nào")).to_be_visible()
    expect(lan.locator("[data-bell] .count")).to_be_hidden()
    look(lan)


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


def stand_in(page: Any, endpoint: push_endpoint.PushEndpoint) -> None:
    page.add_init_script(STAND_IN % stood_for(endpoint))


def stood_for(endpoint: push_endpoint.PushEndpoint) -> str:
    keys = {"p256dh": encoded(endpoint.browser.p256dh), "auth": encoded(endpoint.browser.auth)}
    json_form = {"endpoint": endpoint.address(), "keys": keys}
    return json.dumps({"endpoint": endpoint.address(), "json": json_form})


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


def test_a_device_turned_on_receives_a_test_notice_that_it_can_read_and_is_turned_off(lan, endpoint):
    lan.context.grant_permissions(["notifications"], origin=lan.url_base)
    lan.add_init_script("Notification.requestPermission = async () => 'granted';")
    stand_in(lan, endpoint)
    lan.goto("/thong-bao/cai-dat")
    lan.get_by_role("button", name="Bật thông báo trên máy này").click()
    expect(lan.get_by_text("Đang bật")).to_be_visible()
    look(lan)

    lan.get_by_role("button", name="Gửi thông báo thử").click()
    expect(lan.get_by_text("Đã gửi thông báo thử")).to_be_visible()
    message = Message.objects.get(subject_id=lan.person_id, kind="test", channel="push")
    sending.attempt(message.subject_id, message.id, clock=timezone.now)
    assert endpoint.messages() == [{"title": "Có thông báo mới", "id": str(message.notice_id)}]

    lan.get_by_role("button", name="Tắt trên máy này").click()
    expect(lan.get_by_role("button", name="Bật thông báo trên máy này")).to_be_visible()
    assert subscriptions.of(lan.person_id) == []


def test_the_worker_shows_what_was_pushed_and_nothing_else(lan):
    lan.context.grant_permissions(["notifications"], origin=lan.url_base)
    lan.goto("/the")
    lan.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    notice = Notice.objects.filter(person_id=lan.person_id, kind="test").get()
    said = {"title": "Có thông báo mới", "id": str(notice.id)}
    deliver(lan, json.dumps(said, ensure_ascii=False))

    shown = until(lan, SHOWN, lambda found: bool(found))
    assert shown == [
        {"title": "Có thông báo mới", "body": "", "tag": str(notice.id), "path": f"/thong-bao/{notice.id}"}
    ]
    deliver(lan, json.dumps(said, ensure_ascii=False))
    assert len(until(lan, SHOWN, lambda found: bool(found))) == 1, "a copy replaces the first"

    for odd in ("", "no json", json.dumps({"title": "x", "id": "../dang-xuat"})):
        deliver(lan, odd)
    paths = until(lan, SHOWN, lambda found: len(found) == 2)
    assert {one["path"] for one in paths} == {f"/thong-bao/{notice.id}", "/thong-bao"}


def test_a_tap_on_the_notification_opens_the_matter_and_marks_the_notice_read(lan):
    lan.context.grant_permissions(["notifications"], origin=lan.url_base)
    lan.goto("/the")
    lan.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    notice = Notice.objects.filter(person_id=lan.person_id, kind="test").get()
    deliver(lan, json.dumps({"title": "Có thông báo mới", "id": str(notice.id)}))
    until(lan, SHOWN, lambda found: len(found) == 1)

    # Only a tap of a hand may bring a window to the front, so that one step is left out.
    lan.context.service_workers[0].evaluate(
        """async () => {
          WindowClient.prototype.focus = async function () { return this; };
          const [notification] = await self.registration.getNotifications();
          self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
        }"""
    )

    lan.wait_for_url("**/thong-bao/cai-dat")
    assert until(lan, "() => 1", lambda _one: Notice.objects.get(id=notice.id).read_at is not None)
    assert lan.evaluate(SHOWN) == []


def test_in_flight_mode_a_tap_on_the_notification_opens_the_stored_inbox(lan):
    lan.goto("/")  # which stores the inbox too
    until(lan, "async () => Boolean(await caches.match('/thong-bao'))", bool)
    notice = Notice.objects.filter(person_id=lan.person_id, kind="test").get()
    lan.context.set_offline(True)
    lan.goto(f"/thong-bao/{notice.id}")
    expect(lan.get_by_role("heading", level=1)).to_have_text("Thông báo")
    expect(lan.get_by_text("Thông báo thử")).to_be_visible()


def test_a_browser_that_lost_its_subscription_is_connected_again_at_the_next_visit(lan, endpoint):
    session = sessions.resolve(token_of(lan), now=timezone.now())
    assert session is not None
    old = push_endpoint.Browser()
    address = subscriptions.PushAddress(endpoint.address("lost"), old.p256dh, old.auth)
    subscriptions.subscribe(
        lan.person_id, address, session_id=session.session_id, device="", now=timezone.now()
    )
    lan.context.grant_permissions(["notifications"], origin=lan.url_base)
    lan.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'granted' });")
    stand_in(lan, endpoint)
    lan.goto("/the")
    until_subscribed(lan, endpoint.address())


def test_the_worker_tells_when_the_browser_made_its_subscription_anew_and_ends_it_when_signed_out(
    lan, endpoint
):
    lan.goto("/the")
    lan.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    worker = lan.context.service_workers[0]
    worker.evaluate(STAND_IN % stood_for(endpoint))
    worker.evaluate("() => { self.dispatchEvent(new ExtendableEvent('pushsubscriptionchange')); }")
    until_subscribed(lan, endpoint.address())

    lan.context.clear_cookies(name="vssid-session")
    lan.goto("/the")
    expect(lan.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    until(lan, "() => 1", lambda _one: worker.evaluate(GONE))


GONE = "async () => (await self.registration.pushManager.getSubscription()) === null"


def token_of(page: Any) -> str:
    return next(one["value"] for one in page.context.cookies() if one["name"] == "vssid-session")


def until_subscribed(page: Any, address: str) -> None:
    for _ in range(50):
        found = subscriptions.of(page.person_id)
        kept = [subscriptions.address_of(page.person_id, one.id) for one in found]
        if [one.endpoint for one in kept if one] == [address]:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"subscribed: {len(found)}")


SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(
  (one) => ({ title: one.title, body: one.body, tag: one.tag, path: one.data.path }))"""


def until(page: Any, expression: str, good: Any) -> Any:
    for _ in range(50):
        found = page.evaluate(expression)
        if good(found):
            return found
        page.wait_for_timeout(100)
    pytest.fail(f"found: {found}")


def deliver(page: Any, data: str) -> None:
    """As a push service would, through the browser's own tools."""
    tools = page.context.new_cdp_session(page)
    registrations: list[dict[str, Any]] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda said: registrations.extend(said["registrations"])
    )
    tools.send("ServiceWorker.enable")
    for _ in range(50):
        if registrations:
            break
        page.wait_for_timeout(100)
    tools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": page.url_base, "registrationId": registrations[-1]["registrationId"], "data": data},
    )
    tools.detach()
