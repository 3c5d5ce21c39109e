"""What domain.notifications relies on, asked of every gateway alike."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.kannel import network
from tests.ports import free_port
from vssid.infra.sms import Gateway, SmsOut, Unavailable
from vssid.infra.sms.kannel import KannelGateway
from vssid.infra.sms.log import LogGateway, demo_messages
from vssid.kernel.ids import Phone

MARKED = "Xin chào Đỗ Thị Ánh, mã là 123456"
BARE = "BHXH: ma xac nhan 123456, het han sau 5 phut. (~ @ {}) = 1%"


def out(text: str) -> SmsOut:
    return SmsOut(
        to=Phone.parse("0912345678"),
        text=text,
        message_id=uuid4(),
        receipt_url="http://127.0.0.1:9/receipt",
        sender="BHXH",
        valid_for=timedelta(minutes=5),
    )


class Setup:
    """A gateway, what its phones got, the same gateway out of order."""

    def __init__(self, kind: str, request: pytest.FixtureRequest) -> None:
        self.kind = kind
        if kind == "kannel":
            self.kannel: network.Kannel = request.getfixturevalue("kannel")
            self.gateway: Gateway = KannelGateway(self.kannel.send_url, network.USER, network.PASSWORD)
            nowhere = f"http://127.0.0.1:{free_port()}/"
            self.broken: Gateway = KannelGateway(nowhere, network.USER, network.PASSWORD)
        else:
            path = request.getfixturevalue("tmp_path")
            self.file = path / "sms.jsonl"
            (path / "file").write_text("")
            self.gateway, self.broken = LogGateway(self.file), LogGateway(path / "file" / "sms.jsonl")

    def received(self) -> list[tuple[str, str]]:
        if self.kind == "kannel":
            return [(sms.to, sms.text) for sms in self.kannel.received()]
        return [(sms.to, sms.text) for sms in demo_messages(self.file)]


@pytest.fixture(params=["log", pytest.param("kannel", marks=pytest.mark.kannel)])
def setup(request: pytest.FixtureRequest) -> Setup:
    return Setup(request.param, request)


@pytest.mark.contract
@pytest.mark.parametrize("text", [MARKED, BARE], ids=["marked", "bare"])
def test_the_phone_gets_exactly_the_text(setup, text):
    setup.gateway.send(out(text))

    network.eventually(lambda: setup.received() == [("+84912345678", text)], what="the text arrives")


@pytest.mark.contract
def test_each_send_is_one_text(setup):
    for text in ("mot", "hai", "ba"):
        setup.gateway.send(out(text))

    network.eventually(lambda: len(setup.received()) >= 3, what="three texts arrive")
    assert [text for _, text in setup.received()] == ["mot", "hai", "ba"]


@pytest.mark.contract
def test_a_gateway_that_cannot_be_reached_is_unavailable_and_sends_nothing(setup):
    with pytest.raises(Unavailable):
        setup.broken.send(out(BARE))

    assert setup.received() == []


@pytest.mark.contract
def test_neither_phone_nor_text_nor_token_shows_in_what_is_logged(setup):
    shown = f"{setup.gateway!r} {out(BARE)!r} {out(BARE)}"

    for secret in ("912345678", "123456", "127.0.0.1:9", network.PASSWORD):
        assert secret not in shown
