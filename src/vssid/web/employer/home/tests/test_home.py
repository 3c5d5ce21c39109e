"""Where HR begins: the employer, whom to ask, and the other employers in one tap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.architecture.urls import routes
from tests.making.employers import BIEN_XANH, NOW, SAO_MAI, make_hr
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST
from tests.page_text import text_of
from vssid.domain.employers.models import Seat
from vssid.domain.employers.seats import actions as seats
from vssid.domain.employers.seats.roles import Role
from vssid.domain.offices.models import Office
from vssid.domain.rollout import assigning
from vssid.kernel.actor import SYSTEM

from ...tests import cast

pytestmark = pytest.mark.django_db


def home(client: Any) -> str:
    return text_of(client.get("/don-vi").content)


def test_the_collection_officer_stands_there_with_the_phone_and_hours_of_the_office() -> None:
    thu = make_officer_account("thu", FIRST, "Lê Thị Thu", "collection_officer")
    hours = [{"days": [1, 2, 3, 4, 5], "open": "07:30", "close": "17:00"}]
    Office.objects.filter(code=FIRST).update(phone="0225 000 0000", hours=hours)
    assigning.assign(SAO_MAI, thu, date(2026, 11, 1), by=SYSTEM, now=NOW)
    page = home(cast.tuan())
    for said in ("Chuyên quản thu", "Lê Thị Thu", "0225 000 0000", "Đang mở cửa"):
        assert said in page


def test_every_page_names_the_collection_officer_with_phone_and_hours() -> None:
    thu = make_officer_account("thu", FIRST, "Lê Thị Thu", "collection_officer")
    hours = [{"days": [1, 2, 3, 4, 5], "open": "07:30", "close": "17:00"}]
    Office.objects.filter(code=FIRST).update(phone="0225 000 0000", hours=hours)
    assigning.assign(SAO_MAI, thu, date(2026, 11, 1), by=SYSTEM, now=NOW)
    client = cast.tuan()
    pages = [route.path for route in routes() if route.access == "employer" and "<" not in route.path]
    told = {path: client.get(path) for path in pages}
    shown = {path: text_of(answer.content) for path, answer in told.items() if answer.status_code == 200}
    assert len(shown) > 5
    for path, text in shown.items():
        assert all(said in text for said in ("Lê Thị Thu", "0225 000 0000", "7:30–17:00")), path


def test_without_one_the_office_is_named_and_nothing_that_is_not_held() -> None:
    page = home(cast.tuan())
    assert "Chuyên quản thu" not in page
    assert f"BHXH {FIRST} (mẫu)" in page


def test_one_tap_leads_to_the_other_employer_and_the_next_sign_in_begins_there() -> None:
    both = make_hr("Vũ Kế", (SAO_MAI, Role.ADMINISTRATOR), (BIEN_XANH, Role.READER))
    client = cast.browser_of(both)
    assert "Chuyển sang Công ty Biển Xanh (mẫu)" in home(client)
    other = Seat.objects.get(account_id=both, employer_id=BIEN_XANH).id
    assert client.post("/don-vi/chon", {"vai-tro": other})["Location"] == "/don-vi"
    assert "Chuyển sang Công ty Sao Mai (mẫu)" in home(client)
    assert "Chuyển sang Công ty Sao Mai (mẫu)" in home(cast.browser_of(both))
    assert client.get("/don-vi/nguoi").status_code == 403  # a reader there


@pytest.mark.parametrize("typed", ["", "x", "0", "999999999999999999999"])
def test_a_seat_that_is_none_is_not_there(typed: str) -> None:
    assert cast.tuan().post("/don-vi/chon", {"vai-tro": typed}).status_code == 404


def test_who_has_no_seat_any_more_reads_so_and_opens_nothing() -> None:
    client = cast.tuan()
    seat = Seat.objects.get()
    make_hr("Lê Vân", (SAO_MAI, Role.ADMINISTRATOR))
    seats.end(seat.id, SAO_MAI, why="Nghỉ việc", by=SYSTEM, now=NOW)
    client = cast.browser_of(seat.account_id)
    for page in ("/don-vi", "/don-vi/nguoi"):
        answer = client.get(page)
        assert answer.status_code == 403
        assert "không có vai trò nào còn hiệu lực" in text_of(answer.content)
    assert client.get("/don-vi/chon").status_code == 200
    assert client.get("/don-vi/phien").status_code == 200
