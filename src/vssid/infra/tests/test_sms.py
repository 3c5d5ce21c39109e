from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from vssid.infra.sms import Gone, OurFault, Outcome, SmsOut, Unavailable, Unsure
from vssid.infra.sms.kannel import KannelGateway, outcome_of
from vssid.infra.sms.log import LogGateway, demo_messages, demo_phones
from vssid.kernel.ids import Phone


def make_sms(text: str = "BHXH: xin chao", to: str = "0912345678") -> SmsOut:
    return SmsOut(
        to=Phone.parse(to),
        text=text,
        message_id=uuid4(),
        receipt_url="http://inside/receipt",
        sender="BHXH",
        valid_for=timedelta(minutes=5),
    )


def kannel_that(answer: object) -> tuple[KannelGateway, list[httpx.Request]]:
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, httpx.Response)
        return answer

    gateway = KannelGateway("http://kannel/cgi-bin/sendsms", "vssid", "secret")
    gateway.__dict__["_client"] = httpx.Client(transport=httpx.MockTransport(handle))
    return gateway, asked


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.ConnectError("no"), Unavailable),
        (httpx.ConnectTimeout("no"), Unavailable),
        (httpx.ReadTimeout("no"), Unsure),
        (httpx.WriteError("no"), Unsure),
        (httpx.RemoteProtocolError("no"), Unsure),
        (httpx.Response(503, text="Temporal failure, try again later."), Unavailable),
        (httpx.Response(429), Unavailable),
        (httpx.Response(403, text="Authorization failed for sendsms"), OurFault),
        (httpx.Response(403, text="Not routable. Do not try again."), OurFault),
        (httpx.Response(400, text="Validity field misformed, rejected"), OurFault),
        (httpx.Response(400, text="Empty receiver number not allowed, rejected"), Gone),
        (httpx.Response(502), Unsure),
        (httpx.Response(504), Unsure),
        (httpx.Response(302), OurFault),
    ],
)
def test_what_an_answer_of_kannel_means(answer, error):
    gateway, _ = kannel_that(answer)

    with pytest.raises(error) as raised:
        gateway.send(make_sms())

    assert type(raised.value) is error


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("0: Accepted for delivery", ""),
        ("3: Queued for later delivery", ""),
        ("0: Accepted for delivery: ab-1", "ab-1"),
    ],
)
def test_accepted_and_queued_are_both_taken(text, ref):
    gateway, _ = kannel_that(httpx.Response(202, text=text))

    assert gateway.send(make_sms()).provider_ref == ref


@pytest.mark.parametrize(("text", "coding"), [("BHXH: ma 1", "0"), ("Mã của Đỗ", "2")])
def test_phone_and_text_never_stand_in_the_address(text, coding):
    gateway, asked = kannel_that(httpx.Response(202, text="0: Accepted for delivery"))

    gateway.send(make_sms(text))

    [request] = asked
    assert str(request.url) == "http://kannel/cgi-bin/sendsms"
    assert request.content.decode() == text
    assert request.headers["X-Kannel-Coding"] == coding
    assert request.headers["X-Kannel-Validity"] == "5"
    assert request.headers["X-Kannel-DLR-Url"] == "http://inside/receipt?loai=%d"


def test_the_types_of_a_delivery_report():
    meanings = {code: outcome_of(code) for code in ("1", "2", "4", "8", "16", "32", "x", "")}

    assert meanings == {
        "1": Outcome.DELIVERED,
        "2": Outcome.FAILED,
        "4": Outcome.ACCEPTED,
        "8": Outcome.ACCEPTED,
        "16": Outcome.REJECTED,
        "32": None,
        "x": None,
        "": None,
    }


def test_the_demo_shows_each_phone_with_its_newest_text_first(tmp_path):
    gateway = LogGateway(tmp_path / "demo" / "sms.jsonl")
    for text, to in (("mot", "0912345678"), ("hai", "0987654321"), ("ba", "0912345678")):
        gateway.send(make_sms(text, to))

    shown = [(phone, [sms.text for sms in texts]) for phone, texts in demo_phones(gateway.path)]

    assert shown == [("+84912345678", ["ba", "mot"]), ("+84987654321", ["hai"])]


def test_a_line_cut_short_by_a_crash_is_left_out(tmp_path):
    gateway = LogGateway(tmp_path / "sms.jsonl")
    gateway.send(make_sms("mot"))
    with gateway.path.open("a") as file:
        file.write(json.dumps({"at": "2026"})[:6] + "\n")

    assert [sms.text for sms in demo_messages(gateway.path)] == ["mot"]


def test_the_demo_has_no_texts_before_the_first(tmp_path):
    assert demo_phones(tmp_path / "none.jsonl") == []


def test_others_cannot_read_the_demo_texts(tmp_path):
    gateway = LogGateway(tmp_path / "sms.jsonl")
    gateway.send(make_sms())

    assert gateway.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("gateway", "base"), [("log", "https://vssid.example"), ("pigeon", "http://127.0.0.1")]
)
def test_a_real_site_refuses_to_start_with_the_demo_gateway_or_an_unknown_one(gateway, base):
    started = subprocess.run(
        [sys.executable, "-c", "import vssid.config.settings"],
        env=os.environ
        | {"VSSID_SMS_GATEWAY": gateway, "VSSID_BASE_URL": base, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode != 0
    assert "VSSID_SMS_GATEWAY" in started.stderr
