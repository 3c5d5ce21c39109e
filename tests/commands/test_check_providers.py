"""`./vssid check` finds what providers would refuse us for, and sends nothing."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.utils import timezone

from vssid.cli.checks import providers
from vssid.domain.notifications.outbox import provider_faults as delivery
from vssid.domain.notifications.tests.fakes import subscribe
from vssid.domain.vault import sealing as vault
from vssid.infra import push
from vssid.infra.delivery import OurFault
from vssid.infra.tests import smtp_sink

pytestmark = pytest.mark.django_db


@contextmanager
def gateway(status: int, says: str, during: Callable[[], None] = lambda: None) -> Iterator[int]:
    """Something that speaks HTTP and always says the same; `during` runs before it does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            during()
            self.send_response(status)
            self.send_header("Content-Length", str(len(says)))
            self.end_headers()
            self.wfile.write(says.encode())

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def asks(settings: Any, port: int) -> list[str]:
    settings.SMS_GATEWAY, settings.KANNEL_SEND_URL = "kannel", f"http://127.0.0.1:{port}/sendsms"
    return providers.faults()


@pytest.fixture
def mail_server(settings: Any) -> Iterator[smtp_sink.SmtpSink]:
    with smtp_sink.running() as sink:
        settings.MAIL_GATEWAY, settings.SMTP_SECURITY = "smtp", "none"
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", sink.port
        settings.MAIL_FROM = "BHXH <khong-tra-loi@bhxh.example>"
        yield sink


def test_a_gateway_that_knows_us_is_no_fault_and_one_that_does_not_is(settings: Any) -> None:
    with gateway(400, "Missing receiver number, rejected") as port:
        assert asks(settings, port) == []
    with gateway(403, "Authorization failed for sendsms") as port:
        (said,) = asks(settings, port)
    assert "VSSID_KANNEL_PASSWORD" in said


def test_of_several_gateways_the_one_that_does_not_know_us_is_named(settings: Any) -> None:
    with gateway(400, "Empty receiver number, rejected") as good, gateway(403, "Authorization failed") as bad:
        settings.SMS_GATEWAY = "kannel"
        settings.SMS_GATEWAYS = {
            name: {
                "send_url": f"http://127.0.0.1:{port}/",
                "username": "u",
                "password": "p",
                "receipt_secret": name,
                "weight": 50,
            }
            for name, port in (("viettel", good), ("vnpt", bad))
        }
        (said,) = providers.faults()
    assert "Cổng SMS vnpt từ chối" in said
    assert "[vnpt] trong VSSID_SMS_GATEWAYS_FILE" in said
    assert "viettel" not in said


def test_an_address_that_is_no_gateway_is_told(settings: Any) -> None:
    with gateway(404, "not here") as port:
        (said,) = asks(settings, port)
    assert "VSSID_KANNEL_SEND_URL" in said


def test_programs_that_do_not_answer_are_told_by_their_address(
    settings: Any, mail_server: smtp_sink.SmtpSink
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = gone.getsockname()[1]
    settings.SMTP_PORT = nobody
    by_gateway, by_mail = asks(settings, nobody)
    assert f"127.0.0.1:{nobody}" in by_gateway
    assert f"127.0.0.1:{nobody}" in by_mail


def test_a_mail_server_that_takes_login_and_sender_is_no_fault(mail_server: smtp_sink.SmtpSink) -> None:
    assert providers.faults() == []
    assert mail_server.messages == []


def test_a_mail_password_that_is_wrong_is_told(settings: Any, mail_server: smtp_sink.SmtpSink) -> None:
    settings.SMTP_USERNAME, settings.SMTP_PASSWORD = "vssid", "wrong"
    mail_server.answers = {"EHLO": ["250-sink\r\n250 AUTH PLAIN"], "AUTH": ["535 5.7.8 no"]}
    (said,) = providers.faults()
    assert "VSSID_SMTP_PASSWORD" in said
    assert "wrong" not in said


def test_a_sender_that_is_refused_is_told(mail_server: smtp_sink.SmtpSink) -> None:
    mail_server.answers = {"MAIL": ["550 5.7.1 not yours"]}
    (said,) = providers.faults()
    assert "VSSID_MAIL_FROM" in said


def test_a_server_without_encryption_and_a_sender_without_a_domain_are_told(
    settings: Any, mail_server: smtp_sink.SmtpSink
) -> None:
    settings.SMTP_SECURITY, settings.MAIL_FROM = "starttls", "BHXH <a@localhost>"
    sender, encryption = providers.faults()
    assert "VSSID_MAIL_FROM" in sender
    assert "VSSID_SMTP_SECURITY" in encryption


@pytest.mark.parametrize(
    ("subject", "good"),
    [
        ("mailto:van-hanh@bhxh.example", True),
        ("https://bhxh.example", True),
        ("http://bhxh.example", False),
        ("https://localhost:8000", False),
        ("mailto:van-hanh@localhost", False),
        ("mailto: van-hanh@bhxh.example", False),
        ("van-hanh@bhxh.example", False),
    ],
)
def test_a_contact_that_push_services_refuse_is_told(settings: Any, subject: str, good: bool) -> None:
    settings.VAPID_KEY, settings.VAPID_SUBJECT = push.new_key_text(), subject
    settings.DEMO = True
    assert providers.faults() == [], "a demo calls nobody outside"
    settings.DEMO = False
    assert ["VSSID_VAPID_SUBJECT" in said for said in providers.faults()] == ([] if good else [True])


def test_a_key_that_is_no_key_of_the_curve_is_told(settings: Any) -> None:
    settings.VAPID_KEY, settings.VAPID_SUBJECT = "A" * 43, "mailto:a@bhxh.example"
    (said,) = providers.faults()
    assert "VSSID_VAPID_KEY" in said


def test_a_key_that_browsers_did_not_subscribe_for_is_told(settings: Any) -> None:
    settings.PUSH_LOOPBACK, settings.VAPID_SUBJECT = True, "mailto:a@bhxh.example"
    settings.VAPID_KEY = push.new_key_text()
    subscribe(vault.new_subject_id())
    assert providers.faults() == []
    settings.VAPID_KEY = push.new_key_text()
    (said,) = providers.faults()
    assert said.startswith("1 máy")
    subscribe(vault.new_subject_id())
    assert providers.faults() == [], "they come over one by one"


def test_what_stands_against_us_is_told_and_a_proof_that_succeeds_ends_it(settings: Any) -> None:
    delivery.note("push", OurFault("http_403", provider="web.push.example"), now=timezone.now())
    delivery.note("sms", OurFault("http_403"), now=timezone.now())
    with gateway(400, "Missing receiver number, rejected") as port:
        (said,) = asks(settings, port)
    assert "web.push.example" in said
    assert "http_403" in said
