"""The inbox, its settings and the addresses that scripts and the service worker use."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from vssid.domain.notifications.inbox import choices, notices, subscriptions
from vssid.domain.notifications.inbox import queries as inbox
from vssid.domain.notifications.inbox.kinds import Channel, Topic
from vssid.domain.notifications.models.messages import Message, Notice
from vssid.infra import push
from vssid.infra.push.vapid import encoded
from vssid.infra.tests.push_endpoint import Browser
from vssid.web.citizen.tests.cast import LAN, TUAN, browser, enter, make_citizen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offers(settings):
    settings.VAPID_KEY, settings.PUSH_LOOPBACK, settings.MAIL_GATEWAY = push.new_key_text(), True, "log"


@pytest.fixture
def lan() -> int:
    return make_citizen()


@pytest.fixture
def client_of_lan(lan: int) -> Client:
    return signed_in(LAN)


def signed_in(code: str) -> Client:
    """Signed in on a device that is known, so that the sign-in itself is no news."""
    client = browser()
    enter(client, code)
    Notice.objects.filter(kind="new_device").delete()
    Message.objects.filter(kind="new_device").delete()
    return client


def tell(person_id: int, kind: str = "test", ago: timedelta = timedelta(0), **facts: str) -> UUID:
    notice_id = notices.notify(person_id, kind, now=timezone.now() - ago, facts=facts)
    assert notice_id is not None
    return notice_id


def page(client: Client, path: str = "/thong-bao") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_inbox_says_what_will_come_and_where_to_choose(client_of_lan):
    shown = page(client_of_lan)
    assert "Chưa có thông báo nào" in shown
    assert "kể cả khi bạn không bật tin nhắn hay e-mail" in shown
    assert 'href="/thong-bao/cai-dat"' in shown


def test_notices_stand_by_day_and_unread_ones_say_so(client_of_lan, lan):
    read = tell(lan, ago=timedelta(days=1))
    notices.mark_read(lan, read, now=timezone.now())
    tell(lan, "session_ended", at=timezone.now().isoformat(), device="Chrome · Android")

    shown = page(client_of_lan)

    assert shown.index("Hôm nay") < shown.index("Một phiên đăng nhập đã kết thúc") < shown.index("Hôm qua")
    assert shown.count("(chưa đọc)") == 1
    assert "1 thông báo chưa đọc" in shown


def test_the_inbox_in_english(client_of_lan, lan):
    tell(lan)
    client_of_lan.cookies["vssid-lang"] = "en"
    shown = page(client_of_lan)
    assert "1 unread notice" in shown
    assert "Test notice" in shown


def test_the_inbox_says_all_of_a_notice_and_its_line_leads_straight_to_the_matter(client_of_lan, lan):
    notice_id = tell(lan, "session_ended", at="2026-11-20T07:03:00+00:00", device="Chrome <b>")
    shown = page(client_of_lan)
    assert "Phiên trên Chrome &lt;b&gt; được kết thúc lúc 14:03, 20/11/2026" in shown
    assert f'href="/thiet-bi" data-notice="/thong-bao/{notice_id}/da-doc"' in shown
    assert inbox.unread(lan) == 1


@pytest.mark.parametrize(
    ("kind", "facts", "matter"),
    [
        ("test", {}, "/thong-bao/cai-dat"),
        ("session_ended", {"at": "2026-11-20T07:03:00+00:00", "device": "Chrome"}, "/thiet-bi"),
        ("family_refused", {"number": "GD-7", "request": 7}, "/gia-dinh/ho-so/7"),
        (
            "ticket_answered",
            {"number": "TN-9", "ticket": 9, "at": "2026-11-20T07:03:00+00:00"},
            "/tro-giup/tin-nhan/9",
        ),
    ],
)
def test_the_address_that_a_push_opens_leads_straight_to_the_matter_and_changes_nothing(
    client_of_lan, lan, kind, facts, matter
):
    answer = client_of_lan.get(f"/thong-bao/{tell(lan, kind, **facts)}")
    assert (answer.status_code, answer["Location"]) == (302, matter)
    assert inbox.unread(lan) == 1


def test_a_form_marks_it_read(client_of_lan, lan):
    notice_id = tell(lan)
    assert client_of_lan.post(f"/thong-bao/{notice_id}/da-doc")["Location"] == "/thong-bao"
    assert inbox.unread(lan) == 0


def test_all_are_marked_read_but_those_that_came_meanwhile(client_of_lan, lan):
    tell(lan, ago=timedelta(minutes=9))
    until = (timezone.now() - timedelta(minutes=5)).isoformat()
    tell(lan)
    client_of_lan.post("/thong-bao/doc-het", {"den": until})
    assert inbox.unread(lan) == 1
    client_of_lan.post("/thong-bao/doc-het", {"den": "khi nào đó"})
    assert inbox.unread(lan) == 0


def test_what_belongs_to_another_is_404_for_reading_and_for_marking(lan):
    notice_id = tell(lan)
    make_citizen(TUAN)
    tuan = signed_in(TUAN)
    for answer in (
        tuan.get(f"/thong-bao/{notice_id}"),
        tuan.post(f"/thong-bao/{notice_id}/da-doc"),
        tuan.get(f"/thong-bao/{uuid4()}"),
    ):
        assert answer.status_code == 404
    tuan.post("/thong-bao/doc-het", {"den": timezone.now().isoformat()})
    assert inbox.unread(lan) == 1


def test_a_stranger_and_an_officer_get_none_of_it(lan):
    notice_id = tell(lan)
    for path in (
        "/thong-bao",
        "/thong-bao/so",
        f"/thong-bao/{notice_id}",
        "/thong-bao/may",
        "/thong-bao/cai-dat",
    ):
        answer = browser().get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/dang-nhap"), path


def test_the_pages_of_a_long_inbox_lead_to_each_other(client_of_lan, lan):
    for n in range(25):
        tell(lan, ago=timedelta(minutes=n))
    assert 'href="?trang=2"' in page(client_of_lan)
    assert 'href="?trang=1"' in page(client_of_lan, "/thong-bao?trang=2")
    for odd in ("0", "99", "abc", "²", "-1"):
        page(client_of_lan, f"/thong-bao?trang={odd}")


# --- the bell ------------------------------------------------------------------------------


def statements(queries):
    """Django keeps no text of the prepared one, which checks the session."""
    return [query["sql"] or "" for query in queries.captured_queries]


def test_the_bell_is_a_link_without_a_number_and_costs_the_page_no_query(client_of_lan, lan):
    tell(lan)
    with CaptureQueriesContext(connection) as queries:
        shown = page(client_of_lan, "/thiet-bi")
    assert 'href="/thong-bao"' in shown
    assert about_notices(queries) == []


def test_the_number_comes_by_one_query_of_its_own(client_of_lan, lan):
    tell(lan)
    with CaptureQueriesContext(connection) as queries:
        answer = client_of_lan.get("/thong-bao/so")
    assert answer.json() == {"unread": 1}
    assert answer["Cache-Control"] == "no-store, private"
    assert len(about_notices(queries)) == 1


def about_notices(queries: CaptureQueriesContext) -> list[str]:
    """The statements on the tables of notices."""
    return [sql for sql in statements(queries) if "notifications_" in sql]


def test_a_signed_out_page_has_no_bell():
    assert "/thong-bao" not in page(browser(), "/")


# --- choices -------------------------------------------------------------------------------


NO_CHANGE = {"push": "on", "email": "on", "sms": "on"}


def test_there_is_one_switch_a_channel_and_security_is_not_asked_for(client_of_lan):
    shown = page(client_of_lan, "/thong-bao/cai-dat")
    assert shown.count('role="switch"') == 3
    for name in ("push", "email", "sms"):
        assert f'name="{name}" checked' in shown
    assert "Luôn gửi" in shown


def test_a_channel_turned_off_is_off_for_all_but_security(client_of_lan, lan):
    client_of_lan.post("/thong-bao/cai-dat", {"push": "on", "email": "on"})
    assert choices.table(lan) == {
        Topic.APPLICATION: frozenset({Channel.PUSH, Channel.EMAIL}),
        Topic.ARREARS: frozenset({Channel.PUSH, Channel.EMAIL}),
        Topic.RESULTS: frozenset({Channel.PUSH, Channel.EMAIL}),
        Topic.SECURITY: frozenset(Channel),
    }
    shown = page(client_of_lan, "/thong-bao/cai-dat?luu=1")
    assert "Đã lưu cài đặt." in shown
    assert 'name="sms">' in shown


def test_a_channel_turned_on_again_is_on_for_every_topic_that_has_it(client_of_lan, lan):
    client_of_lan.post("/thong-bao/cai-dat", {})
    client_of_lan.post("/thong-bao/cai-dat", {"sms": "on"})
    assert choices.channels_for(lan, Topic.ARREARS) == {Channel.SMS}
    assert choices.channels_for(lan, Topic.RESULTS) == {Channel.SMS}
    assert (
        choices.channels_for(lan, Topic.APPLICATION) == frozenset()
    )  # the phone in the application gets those


def test_a_switch_that_was_not_turned_changes_nothing_however_mixed_the_topics_are(client_of_lan, lan):
    before = choices.table(lan)
    assert Channel.SMS not in before[Topic.ARREARS]
    client_of_lan.post("/thong-bao/cai-dat", NO_CHANGE)
    assert choices.table(lan) == before


def test_a_channel_that_is_not_offered_now_keeps_its_choice(client_of_lan, lan, settings):
    settings.MAIL_GATEWAY = "off"
    assert 'name="email"' not in page(client_of_lan, "/thong-bao/cai-dat")
    client_of_lan.post("/thong-bao/cai-dat", {})
    assert choices.channels_for(lan, Topic.ARREARS) == {Channel.EMAIL}


def test_a_test_notice_goes_to_the_own_devices_and_has_a_limit(client_of_lan, lan):
    subscribe(client_of_lan)
    answer = client_of_lan.post("/thong-bao/thu", follow=True)
    assert "Đã gửi thông báo thử" in answer.content.decode()
    assert list(Message.objects.values_list("channel", flat=True)) == ["push"]
    for _ in range(5):
        answer = client_of_lan.post("/thong-bao/thu")
    assert answer.status_code == 429
    assert Notice.objects.count() == 5


# --- Web Push on this device ---------------------------------------------------------------


def subscribe(client: Client, endpoint: str = "http://127.0.0.1:9/push/a"):
    device = Browser()
    keys = {"p256dh": encoded(device.p256dh), "auth": encoded(device.auth)}
    return client.post("/thong-bao/may", {"endpoint": endpoint, **keys})


def test_a_device_is_turned_on_shown_and_turned_off(client_of_lan, lan):
    about = client_of_lan.get("/thong-bao/may").json()
    assert about["key"] == push.public_key()
    assert not about["here"]

    assert subscribe(client_of_lan).status_code == 204

    assert client_of_lan.get("/thong-bao/may").json()["here"]
    assert "Tắt trên máy này" in page(client_of_lan, "/thong-bao/cai-dat")
    [subscription] = subscriptions.of(lan)
    client_of_lan.post("/thong-bao/may/bo", {"id": str(subscription.id)})
    assert subscriptions.of(lan) == []


def test_a_device_subscribes_only_with_the_token_of_the_page(lan):
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(LAN).cookies
    assert subscribe(client).status_code == 403
    token = client.get("/thong-bao/may").json()["csrf"]
    client.defaults["HTTP_X_CSRFTOKEN"] = token
    assert subscribe(client).status_code == 204


def test_another_device_is_listed_apart_and_can_be_turned_off_from_here(client_of_lan, lan):
    other = signed_in(LAN)
    subscribe(other, "http://127.0.0.1:9/push/b")
    shown = page(client_of_lan, "/thong-bao/cai-dat")
    assert "Cũng đang bật trên" in shown
    assert "Bật thông báo trên máy này" in shown


def test_nobody_turns_off_anothers_device(client_of_lan, lan):
    subscribe(client_of_lan)
    make_citizen(TUAN)
    [subscription] = subscriptions.of(lan)
    assert signed_in(TUAN).post("/thong-bao/may/bo", {"id": str(subscription.id)}).status_code == 404
    assert client_of_lan.post("/thong-bao/may/bo", {"id": "x"}).status_code == 302
    assert len(subscriptions.of(lan)) == 1


@pytest.mark.parametrize(
    "endpoint", ["", "https://evil.example/x", "http://169.254.169.254/latest", "https://localhost/x"]
)
def test_an_address_that_is_no_push_service_is_refused(client_of_lan, lan, endpoint):
    assert subscribe(client_of_lan, endpoint).status_code == 400
    assert subscriptions.of(lan) == []


def test_signing_out_ends_push_on_this_device(client_of_lan, lan):
    subscribe(client_of_lan)
    client_of_lan.post("/dang-xuat")
    assert subscriptions.of(lan) == []


def test_without_a_key_push_is_not_offered(client_of_lan, lan, settings):
    settings.VAPID_KEY = ""
    assert client_of_lan.get("/thong-bao/may").json()["key"] == ""
    shown = page(client_of_lan, "/thong-bao/cai-dat")
    assert "data-push-on" not in shown
    assert "arrears-push" not in shown


def test_ending_another_device_leaves_a_notice(client_of_lan, lan):
    signed_in(LAN)
    shown = page(client_of_lan, "/thiet-bi")
    session_id = shown.split('name="id" value="')[1].split('"')[0]
    client_of_lan.post("/thiet-bi", {"id": session_id})
    assert "Một phiên đăng nhập đã kết thúc" in page(client_of_lan)


def test_no_log_line_names_a_notice_a_device_or_an_address(client_of_lan, lan, caplog):
    caplog.set_level("INFO")
    notice_id = tell(lan, "session_ended", at="2026-11-20T07:03:00+00:00", device="Máy của Lan")
    client_of_lan.get(f"/thong-bao/{notice_id}")
    subscribe(client_of_lan, "http://127.0.0.1:9/push/secret-address")
    subscribe(client_of_lan, "http://evil.example/secret-address")
    assert "citizen:push_device" in caplog.text
    for word in (str(notice_id), "Máy của Lan", "secret-address"):
        assert word not in caplog.text
