from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from vssid.infra import push
from vssid.infra.delivery import Gone, OurFault, Refused, Unavailable, Unsure
from vssid.infra.push import encryption
from vssid.infra.push.service import retry_after
from vssid.infra.push.vapid import Vapid

from .push_endpoint import Browser, plain, running, text, vapid_claims

# RFC 8291, section 5 and appendix A.
RFC = {
    "plain": "V2hlbiBJIGdyb3cgdXAsIEkgd2FudCB0byBiZSBhIHdhdGVybWVsb24",
    "own": "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "receiver": "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    "salt": "DGv6ra1nlYgDCS1FRnbzlw",
    "body": "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
}


def private(value: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(plain(value), "big"), ec.SECP256R1())


def test_the_example_of_the_rfc_comes_out_byte_for_byte():
    body = encryption.encrypt(
        plain(RFC["plain"]),
        plain(RFC["p256dh"]),
        plain(RFC["auth"]),
        own=private(RFC["own"]),
        salt=plain(RFC["salt"]),
    )

    assert text(body) == RFC["body"]
    assert Browser(private(RFC["receiver"]), plain(RFC["auth"])).decrypt(body) == plain(RFC["plain"])


@given(st.binary(max_size=encryption.MOST))
def test_a_browser_reads_every_message_that_fits(message):
    browser = Browser()

    assert browser.decrypt(encryption.encrypt(message, browser.p256dh, browser.auth)) == message


def test_a_message_over_one_record_is_refused_and_the_longest_fills_4096_bytes():
    browser = Browser()
    body = encryption.encrypt(b"x" * encryption.MOST, browser.p256dh, browser.auth)
    assert len(body) == 4096
    with pytest.raises(ValueError, match="one record"):
        encryption.encrypt(b"x" * (encryption.MOST + 1), browser.p256dh, browser.auth)


def test_no_two_messages_share_salt_or_key():
    browser = Browser()
    first, second = (encryption.encrypt(b"same", browser.p256dh, browser.auth) for _ in range(2))
    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]


@pytest.mark.parametrize("p256dh", [b"", b"\4" + b"\1" * 64, b"\2" * 65, b"\4" * 64])
def test_keys_that_are_no_keys_are_known(p256dh):
    assert not encryption.is_key(p256dh, b"x" * 16)
    assert encryption.is_key(Browser().p256dh, b"x" * 16)
    assert not encryption.is_key(Browser().p256dh, b"x" * 15)


def test_a_key_of_settings_is_read_back_and_a_bad_one_is_not_echoed():
    made = push.new_key_text()
    assert Vapid.read(made, "mailto:a@example.vn").public_text == Vapid.read(made, "x").public_text
    for bad in ("secret!", "c2hvcnQ", text(b"\0" * 32)):
        with pytest.raises(ValueError, match="base64url of 32 bytes") as refused:
            Vapid.read(bad, "x")
        assert bad not in str(refused.value)


# --- the address ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuQ",
        "https://wns2-sg2p.notify.windows.com/w/?token=BQ%3d",
        "https://fcm.googleapis.com:443/x",
    ],
)
def test_the_known_push_services_are_called(address):
    assert push.is_allowed(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com/x",
        "https://push.services.mozilla.com/x",
        "https://.push.services.mozilla.com.evil.example/",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://127.0.0.1#@fcm.googleapis.com/",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com\\@127.0.0.1/x",
        "https://fcm.googleapis.com./x",
        "https://fcm.googleapis.com:99999999/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://localhost/x",
        "http://127.0.0.1:5432/",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/\r\nX: y",
        "https://fcm.googleapis.com/đ",
        "https://fcm.googleapis.com/" + "x" * 1000,
    ],
)
def test_no_other_address_is_called(address):
    assert not push.is_allowed(address)


def test_this_machine_is_called_only_when_settings_say_so(settings):
    settings.PUSH_LOOPBACK = True
    assert push.is_allowed("http://127.0.0.1:4711/push/a")
    assert not push.is_allowed("http://127.0.0.2/push/a")
    assert not push.is_allowed("http://127.0.0.1@evil.example/push/a")


# --- a push service that decrypts ----------------------------------------------------------


@pytest.fixture
def endpoint(settings):
    settings.PUSH_LOOPBACK = True
    settings.VAPID_KEY = push.new_key_text()
    settings.VAPID_SUBJECT = "mailto:van-hanh@example.vn"
    with running() as service:
        yield service


def outgoing(endpoint, **changes) -> push.PushOut:
    facts = {
        "endpoint": endpoint.address(),
        "p256dh": endpoint.browser.p256dh,
        "auth": endpoint.browser.auth,
        "payload": json.dumps({"title": "Có thông báo mới"}).encode(),
        "topic": "t" * 32,
        "valid_for": timedelta(hours=1),
    }
    return push.PushOut(**facts | changes)


def test_the_browser_reads_it_and_the_service_knows_who_sent_it(endpoint):
    accepted = push.service().send(outgoing(endpoint))

    assert (accepted.receipts, accepted.delivered) == (False, False)
    assert endpoint.messages() == [{"title": "Có thông báo mới"}]
    headers = endpoint.received[0].headers
    claims = vapid_claims(headers["authorization"], public=push.public_key())
    assert claims["aud"] == endpoint.url
    assert claims["sub"] == "mailto:van-hanh@example.vn"
    assert timedelta(0) < datetime.fromtimestamp(claims["exp"], UTC) - datetime.now(UTC) < timedelta(hours=24)
    assert (headers["content-encoding"], headers["ttl"], headers["topic"]) == ("aes128gcm", "3600", "t" * 32)


def test_the_service_in_between_can_read_nothing(endpoint):
    push.service().send(outgoing(endpoint))
    assert b"title" not in endpoint.received[0].body


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_subscription_is_gone(endpoint, status):
    endpoint.answers = [(status, {})]
    with pytest.raises(Gone):
        push.service().send(outgoing(endpoint))


@pytest.mark.parametrize("status", [401, 429, 500, 502, 503])
def test_what_is_not_the_messages_fault_is_tried_later(endpoint, status):
    endpoint.answers = [(status, {"Retry-After": "120"})]
    with pytest.raises(Unavailable) as later:
        push.service().send(outgoing(endpoint))
    assert (later.value.reason, later.value.retry_after) == (f"http_{status}", timedelta(minutes=2))


@pytest.mark.parametrize(
    ("status", "says", "error"),
    [
        (301, "", OurFault),
        (307, "", OurFault),
        (400, '{"reason":"VapidPkHashMismatch"}', OurFault),
        (403, '{"reason":"BadJwtToken"}', OurFault),
        (413, "", Refused),
    ],
)
def test_a_refusal_is_judged_by_what_it_says_and_no_redirect_is_followed(endpoint, status, says, error):
    endpoint.answers, endpoint.says = [(status, {"Location": endpoint.address("elsewhere")})], says
    with pytest.raises(error) as refused:
        push.service().send(outgoing(endpoint))
    assert (type(refused.value), refused.value.provider) == (error, "127.0.0.1")
    assert len(endpoint.received) == 1


def test_no_answer_leaves_it_unsure_and_no_service_is_unavailable(endpoint):
    endpoint.answers = [(0, {})]
    with pytest.raises(Unsure):
        push.service().send(outgoing(endpoint))
    with pytest.raises(Unavailable):
        push.service().send(replace(outgoing(endpoint), endpoint="http://127.0.0.1:1/x"))


def test_an_address_that_is_not_allowed_any_more_is_not_called(endpoint, settings):
    settings.PUSH_LOOPBACK = False
    with pytest.raises(OurFault) as refused:
        push.service().send(outgoing(endpoint))
    assert refused.value.reason == "not_allowed"
    assert endpoint.received == []


def test_keys_that_are_no_keys_are_refused_before_anything_is_sent(endpoint):
    with pytest.raises(Gone):
        push.service().send(outgoing(endpoint, p256dh=b"\4" * 65))
    assert endpoint.received == []


def test_how_long_to_wait_is_read_in_both_forms_and_has_an_end():
    assert retry_after("30") == timedelta(seconds=30)
    assert retry_after("9" * 40) == timedelta(days=1)
    assert retry_after("soon") is None
    assert retry_after("") is None
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert timedelta(minutes=59) < (retry_after(in_an_hour) or timedelta(0)) <= timedelta(hours=1)
    assert retry_after("Thu, 01 Jan 1970 00:00:00 GMT") == timedelta(0)


def test_nothing_secret_is_printed(endpoint):
    shown = repr(outgoing(endpoint)) + repr(push.service())
    assert endpoint.url not in shown
    assert "title" not in shown
