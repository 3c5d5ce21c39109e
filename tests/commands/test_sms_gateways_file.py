"""The file of several gateways: read whole, or refused with a sentence that says what is wrong."""

from __future__ import annotations

import re

import pytest

from tests.environment import ROOT
from vssid.config import sms_gateways
from vssid.config.env import BadSetting
from vssid.infra import sms

EXAMPLE = ROOT / "ops/kannel/gateways.toml"


def filled() -> str:
    """The example with every <…> given, each differently."""
    numbers = iter(range(100))
    return re.sub(r"<[^>]+>", lambda _: f"{next(numbers):040}", EXAMPLE.read_text())


def test_the_example_of_ops_is_two_gateways(tmp_path, settings):
    file = tmp_path / "gateways.toml"
    file.write_text(filled())
    settings.SMS_GATEWAY, settings.SMS_GATEWAYS = "kannel", sms_gateways.read(str(file))
    routes = sms.routes()
    assert [(route.name, route.rest, route.sender) for route in routes.values()] == [
        ("viettel", 51, "BHXH"),
        ("vnpt", 49, "BHXH"),
    ]
    gateway = routes["vnpt"].gateway()
    assert (gateway.name, gateway.url) == ("vnpt", "http://127.0.0.1:13113/cgi-bin/sendsms")
    assert "0000" not in repr(routes) + repr(gateway)


def test_without_a_file_there_is_the_single_gateway(settings):
    assert sms_gateways.read("") == {}
    assert [(route.name, route.rest) for route in sms.routes().values()] == [(settings.SMS_GATEWAY, 100)]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("weight = 51", "weight = 52", "tổng weight phải là 100"),
        ("weight = 51", "weight = 0", "weight phải từ 1 đến 100"),
        ("weight = 51", 'weight = "51"', "thiếu hoặc sai weight"),
        ("[vnpt]", "[VNPT]", "a-z"),
        ("username =", "user =", "không hiểu: user"),
        ("[vnpt]", "[vnpt", "TOMLDecodeError"),
        (f"{4:040}", f"{2:040}", "phải khác nhau"),
        (f"{4:040}", "short", "ít nhất 32 ký tự"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_and_says_why(tmp_path, was, becomes, said):
    file = tmp_path / "gateways.toml"
    text = filled()
    assert was in text
    file.write_text(text.replace(was, becomes, 1))
    with pytest.raises(BadSetting, match=re.escape(said)):
        sms_gateways.read(str(file))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadSetting, match="FileNotFoundError"):
        sms_gateways.read(str(tmp_path / "none.toml"))
