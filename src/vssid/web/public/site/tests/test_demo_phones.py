import uuid

import pytest

from vssid.infra.sms.gateway import SmsOut
from vssid.infra.sms.log import LogGateway, demo_file
from vssid.kernel.ids import Phone

pytestmark = pytest.mark.django_db


def receive(text):
    sms = SmsOut(Phone("+84590000006"), text, uuid.uuid4(), "http://127.0.0.1/", "BHXH")
    LogGateway(demo_file()).send(sms)


def test_the_demo_shows_what_each_phone_received(client, settings):
    settings.DEMO = True
    receive("BHXH: ma xac nhan 123456")
    page = client.get("/demo/dien-thoai")
    assert page.status_code == 200
    assert 'data-phone="0590000006"' in page.text
    assert "ma xac nhan 123456" in page.text


def test_outside_a_demo_there_is_no_such_page(client):
    assert client.get("/demo/dien-thoai").status_code == 404
