"""The example of ops/ works as it is, keeps what it took, and writes down neither phones nor codes."""

from __future__ import annotations

import re

import pytest

from tests.environment import ROOT
from tests.kannel import network
from tests.kannel.shipped import FILE, Shipped, command, folders
from tests.kannel.test_gateway_contract import BARE, MARKED, out
from vssid.infra.sms import Unavailable
from vssid.infra.sms.kannel import KannelGateway

pytestmark = pytest.mark.kannel


@pytest.fixture
def shipped(tmp_path):
    if why := network.missing():
        pytest.skip(why)
    gateway = Shipped(tmp_path)
    try:
        gateway.start()
        yield gateway
    finally:
        gateway.stop()


def sender(shipped: Shipped) -> KannelGateway:
    return KannelGateway(shipped.send_url, network.USER, network.PASSWORD)


def test_a_text_arrives_and_nothing_of_it_is_written_down(shipped):
    for text in (BARE, MARKED):
        sender(shipped).send(out(text))
    network.eventually(lambda: len(shipped.received()) == 2, what="both texts arrived")
    with pytest.raises(Unavailable):
        KannelGateway(shipped.send_url, network.USER, "wrong").send(out(BARE))
    for secret in ("123456", "0912345678", "912345678", network.PASSWORD, "wrong"):
        assert secret not in shipped.written(), secret


def test_what_was_taken_and_not_yet_sent_survives_a_kill(shipped):
    shipped.stop("fakesmsc")
    sender(shipped).send(out(BARE))
    spool = shipped.folder / "var/lib/kannel"
    network.eventually(lambda: [path for path in spool.rglob("*") if path.is_file()], what="it is kept")
    shipped.stop("smsbox", "bearerbox")
    shipped.start()
    network.eventually(lambda: shipped.received(), what="it arrived after all")
    assert shipped.received()[0].text == BARE


def test_every_folder_of_the_example_is_made_by_the_units():
    named = re.findall(r'"(/var/[^"]+)"', (ROOT / "ops/kannel/kannel.conf").read_text())
    assert {name if name in folders() else name.rpartition("/")[0] for name in named} == folders()


@pytest.mark.parametrize("unit", ["kannel-bearerbox", "kannel-smsbox"])
def test_the_units_start_it_quietly_with_the_file_of_the_example(unit):
    assert command(unit)[1:] == ["-v", "4", FILE]
    assert f"as {FILE}" in (ROOT / "ops/kannel/kannel.conf").read_text()
