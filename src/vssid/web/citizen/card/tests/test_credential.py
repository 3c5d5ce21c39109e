"""The signed code on /the/ma and at /the/chung-thuc: whose it is, and who gets none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import zxingcpp
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image, ImageDraw

from tests.making import staff
from tests.making.registrations import LAN as REGISTERED
from tests.making.registrations import make_officer_account, make_person
from vssid.domain.cards import actions, envelope, signing, verifier
from vssid.domain.cards.models import SigningKey
from vssid.domain.cards.verifier import Finding, Verdict
from vssid.kernel.calendar import local_day
from vssid.web.citizen.tests.cast import (
    LAN,
    TUAN,
    add_coverage,
    browser,
    enter,
    make_activating,
    make_citizen,
    make_worker,
    sign_in,
)

pytestmark = pytest.mark.django_db
PATH = "/the/chung-thuc"
TODAY = local_day(timezone.now())


@pytest.fixture(autouse=True)
def key() -> None:
    actions.ensure_key(now=timezone.now())


def signed_in(code: str = LAN):
    client = browser()
    enter(client, code=code)
    return client


def check(svg: str) -> Verdict:
    """What a desk reads off the drawing."""
    now = timezone.now()
    return verifier.verify(read(svg), signing.published(now=now), now=now)


def read(svg: str) -> str:
    """Draw the dots of our own SVG and scan them."""
    match = re.search(r'viewBox="0 0 (\d+)', svg)
    assert match is not None
    size = int(match[1])
    picture = Image.new("L", (size * 4, size * 4), 255)
    pen = ImageDraw.Draw(picture)
    x = y = 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", svg.split(' d="')[1]):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            top = (y - 0.5) * 4
            pen.rectangle([x * 4, top, (x + float(first)) * 4 - 1, top + 3], fill=0)
            x += float(first)
    return zxingcpp.read_barcodes(picture)[0].text


def test_the_page_shows_a_code_that_proves_itself():
    make_worker()
    page = signed_in().get("/the/ma").text
    svg = page[page.index('id="ky-so"') :]
    verdict = check(svg[svg.index("<svg") : svg.index("</svg>")])
    assert verdict.finding == Finding.VALID
    assert verdict.facts is not None
    assert (verdict.facts.full_name, verdict.facts.code) == ("Nguyễn Thị Lan", LAN)
    assert "Mã đã hết hạn, hãy kết nối mạng một lần" in page


def test_a_fresh_one_is_given_in_words_and_numbers():
    make_worker()
    answer = signed_in().get(PATH)
    body = answer.json()
    verdict = check(body["svg"])
    assert verdict.finding == Finding.VALID
    assert verdict.times is not None
    assert verdict.times.expires_at.isoformat() != body["issued_at"]
    assert body["until"].endswith(f"{local_day(verdict.times.expires_at):%d/%m/%Y}")
    assert answer["Cache-Control"] == "no-store, private"


def test_the_code_holds_neither_id_number_nor_phone_nor_address():
    make_worker()
    client = signed_in()
    payload = envelope.unpack(read(client.get(PATH).json()["svg"])).payload
    for secret in ("031190000001", "345", "Bạch Đằng", "Số 12"):
        assert secret.encode() not in payload


def test_asking_writes_nothing():
    make_worker()
    client = signed_in()
    client.get(PATH)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(PATH).status_code == 200
        assert client.get("/the/ma").status_code == 200
    said = [query["sql"].lstrip() for query in asked]
    assert said
    assert [sql for sql in said if not sql.startswith(("SELECT", "WITH"))] == []


def test_each_gets_the_own_code_only():
    make_worker()
    person_id = make_person(replace(REGISTERED, bhxh_code=TUAN, full_name="Trần Văn Tuấn"))
    make_citizen(TUAN, person_id=person_id)
    add_coverage(person_id, TODAY - timedelta(days=9), None)
    verdict = check(signed_in(TUAN).get(f"{PATH}?person_id=1").json()["svg"])
    assert verdict.facts is not None
    assert (verdict.facts.full_name, verdict.facts.code) == ("Trần Văn Tuấn", TUAN)


def test_a_stranger_is_sent_to_sign_in():
    make_worker()
    answer = browser().get(PATH)
    assert answer["Location"].startswith("/dang-nhap?tiep=")
    assert not answer.content


def test_an_officer_and_who_must_set_a_password_first_get_none():
    make_officer_account("minh")
    desk = browser()
    staff.sign_in(desk)
    assert "/dang-nhap" in desk.get(PATH)["Location"]
    _, password = make_activating()
    new = browser()
    sign_in(new, password=password)
    assert "/dang-nhap" in new.get(PATH)["Location"]


def test_it_is_only_read():
    make_worker()
    assert signed_in().post(PATH).status_code == 405


@pytest.mark.parametrize(
    "days", [(-300, -1), (30, None), None], ids=["ended", "begins next month", "never insured"]
)
def test_a_card_that_does_not_count_has_the_official_code_only(days: tuple[int, int | None] | None):
    person_id = make_person(replace(REGISTERED, bhxh_code=LAN))
    make_citizen(person_id=person_id)
    if days:
        last = None if days[1] is None else TODAY + timedelta(days=days[1])
        add_coverage(person_id, TODAY + timedelta(days=days[0]), last)
    client = signed_in()
    answer = client.get(PATH)
    assert (answer.status_code, answer.json()) == (404, {"code": "no_signed_code"})
    page = client.get("/the/ma")
    assert page.status_code == 200
    assert "Mã xác thực" not in page.text


def test_without_a_key_the_page_still_shows_the_official_code():
    SigningKey.objects.all().delete()
    make_worker()
    page = signed_in().get("/the/ma")
    assert page.status_code == 200
    assert "Chỉ đưa tại cơ sở y tế" in page.text
    assert "Mã xác thực" not in page.text
