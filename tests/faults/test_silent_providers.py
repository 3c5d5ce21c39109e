"""Providers that take a connection, or not even that, and then say nothing: no call waits without an end."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from vssid.domain.notifications.outbox.states import LEASE
from vssid.infra import mail, push, sms
from vssid.infra.delivery import Unavailable, Unsure, posting
from vssid.infra.mail import smtp
from vssid.infra.push.service import _client
from vssid.infra.sms.kannel import KannelGateway
from vssid.infra.tests.push_endpoint import Browser
from vssid.kernel.ids import Phone

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("short")]
# Connecting and the whole, by HTTP and by SMTP, before a test makes them smaller.
AS_THEY_ARE = (
    (posting.STEPS.connect or 0) + posting.WHOLE_SECONDS,
    smtp.ANSWER_SECONDS + smtp.WHOLE_SECONDS,
)
ENOUGH = 60  # seconds in which a call that has an end has surely ended


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """The same limits, smaller."""
    monkeypatch.setattr(posting, "STEPS", httpx.Timeout(0.3))
    monkeypatch.setattr(posting, "WHOLE_SECONDS", 0.6)
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(smtp, "WHOLE_SECONDS", 0.6)


@contextmanager
def peer(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server whose every connection is given to `talk`."""
    door, connections = socket.create_server(("127.0.0.1", 0)), []

    def welcome() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = door.accept()
                connections.append(connection)
                threading.Thread(target=talk, args=[connection], daemon=True).start()

    threading.Thread(target=welcome, daemon=True).start()
    try:
        yield door.getsockname()[1]
    finally:
        for opened in (door, *connections):
            with contextlib.suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)
            opened.close()


def silent(_one: socket.socket) -> None:
    """Takes all and says nothing."""


def dripping(connection: socket.socket) -> None:
    """A byte now and then, so that no single read ever waits long; never a whole line."""
    pause = threading.Event()
    with contextlib.suppress(OSError):
        while True:
            connection.send(b"2")
            pause.wait(0.05)


@contextmanager
def deaf() -> Iterator[int]:
    """A port whose queue is full: packets of a connection that begins are dropped."""
    with socket.socket() as door, contextlib.ExitStack() as waiting:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        for _ in range(4):
            caller = waiting.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(door.getsockname())
        yield door.getsockname()[1]


def text(port: int, settings: object) -> object:
    gateway = KannelGateway(f"http://127.0.0.1:{port}/cgi-bin/sendsms", "vssid", "x")
    return gateway.send(
        sms.SmsOut(
            to=Phone.parse("0912345678"),
            text="BHXH",
            message_id=uuid4(),
            receipt_url="http://127.0.0.1:9/r",
            sender="BHXH",
        )
    )


def letter(port: int, settings: object, security: str = "none") -> object:
    gateway = smtp.SmtpGateway("127.0.0.1", port, security, "", "", "BHXH <a@bhxh.example>")
    return gateway.send(mail.Mail(to="lan@example.vn", subject="s", text="t", message_id=uuid4()))


def secret_letter(port: int, settings: object) -> object:
    return letter(port, settings, "tls")


def pushed(port: int, settings) -> object:
    settings.PUSH_LOOPBACK, settings.VAPID_KEY = True, push.new_key_text()
    browser = Browser()
    return push.service().send(
        push.PushOut(
            endpoint=f"http://127.0.0.1:{port}/a",
            p256dh=browser.p256dh,
            auth=browser.auth,
            payload=b"{}",
            topic="t",
            valid_for=timedelta(hours=1),
        )
    )


def outcome(call: Callable[[int, object], object], port: int, settings: object) -> type[BaseException] | None:
    """What the call ends with; it must end."""
    ended: list[BaseException | None] = []

    def run() -> None:
        try:
            call(port, settings)
            ended.append(None)
        except BaseException as error:
            ended.append(error)

    # Made afresh, so that it takes the limits of this test.
    _client.cache_clear()
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(ENOUGH)
    _client.cache_clear()
    assert ended, "the call waits without an end"
    return type(ended[0])


@pytest.mark.parametrize(
    ("call", "error"),
    [(text, Unsure), (pushed, Unsure), (letter, Unavailable), (secret_letter, Unavailable)],
)
@pytest.mark.parametrize("talk", [silent, dripping])
def test_a_provider_that_never_finishes_is_left(call, error, talk, settings):
    with peer(talk) as port:
        assert outcome(call, port, settings) is error


@pytest.mark.parametrize("call", [text, pushed, letter, secret_letter])
def test_a_provider_that_cannot_be_reached_is_left_and_nothing_was_sent(call, settings):
    with deaf() as port:
        assert outcome(call, port, settings) is Unavailable


def test_a_mail_server_that_falls_silent_after_the_text_leaves_it_unsure(settings):
    def until_the_text(connection: socket.socket) -> None:
        lines = connection.makefile("rwb")
        with contextlib.suppress(OSError, ValueError):
            connection.sendall(b"220 sink\r\n")
            for line in lines:
                if line.startswith(b"data"):
                    connection.sendall(b"354 go on\r\n")
                    return
                connection.sendall(b"250 yes\r\n")

    with peer(until_the_text) as port:
        assert outcome(letter, port, settings) is Unsure


def test_an_answer_without_end_is_cut():
    def flooding(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection.sendall(b"HTTP/1.1 403 no\r\nContent-Length: 99999999999\r\n\r\n")
            while True:
                connection.sendall(b"x" * 65536)

    with peer(flooding) as port, posting.client() as client:
        answer = posting.post(client, f"http://127.0.0.1:{port}/", headers={}, content=b"")
    assert (answer.code, len(answer.text)) == (403, posting.MOST_BYTES)


def test_a_slow_handshake_of_tls_is_left_as_well(settings):
    def half_a_handshake(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection.recv(4096)
            connection.sendall(b"\x16\x03\x03\x40\x00")  # a record of 16 kB follows
            dripping(connection)

    with peer(half_a_handshake) as port:
        assert outcome(secret_letter, port, settings) is Unavailable


def test_the_limits_end_before_another_worker_may_take_the_message_over():
    assert AS_THEY_ARE[0] < LEASE.total_seconds()
    assert AS_THEY_ARE[1] < LEASE.total_seconds()
